package io.bulwark.api.chain;

import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.evm.EvmAccount;
import io.bulwark.adapter.evm.EvmAccount.Mined;
import io.bulwark.adapter.evm.EvmNode;
import io.bulwark.adapter.registry.RegistryCalls;
import io.bulwark.api.chain.ChainSender.HeadPosts.Head;
import io.bulwark.api.chain.ChainSender.HeadPosts.Source;
import io.bulwark.api.chain.ChainSender.Place;
import io.bulwark.api.chain.RegistryView.Following;
import io.bulwark.api.chain.RegistryView.Published;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.ChainKey;
import io.bulwark.clearing.attestation.ChainSignature;
import io.bulwark.clearing.attestation.ChainStatement;
import io.bulwark.clearing.attestation.ChainStatement.OfAct;
import io.bulwark.clearing.attestation.ChainStatement.OfEpoch;
import io.bulwark.clearing.attestation.ChainStatement.Registry;
import io.bulwark.clearing.attestation.RegistryAct.NodeSet;
import io.bulwark.clearing.attestation.RegistryAct.RotateNodes;
import io.bulwark.clearing.database.DatabaseException;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.node.NodeList;
import io.bulwark.clearing.node.NodeList.Member;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What a registry has not been told yet, told it in turns. How far it is, the registry itself says: nothing is kept here, and several that
 * post do not disturb one another. An epoch goes out with the signatures of those who may sign there now; one that a new list of nodes
 * signed waits until the registry was handed over to that list, if too few of its signers were nodes before.
 */
final class RegistryPosts {
    private static final EvmAccount.Limits LIMITS = new EvmAccount.Limits(200, Duration.ofMinutes(5));

    private final Place place;
    private final Optional<ChainKey> payer;
    private final Source source;
    private final Consumer<String> say;
    private final String there;

    /** Where a registry begins that holds no epoch: the last one when this began. */
    private final long begin;

    /** The epoch that is told next; 0 before the registry was asked. */
    private long next;

    /** How many lists the registry is known to have been handed over to, the first included. */
    private int settled = 1;

    private String waiting = "";
    private String handing = "";

    RegistryPosts(Place place, Optional<ChainKey> payer, Source source, Consumer<String> say) {
        this.place = place;
        this.payer = payer;
        this.source = source;
        this.say = say;
        this.begin = Math.max(1, source.last());
        this.there = "registry " + place.registry().text();
    }

    /** Tells what can be told now; gives whether nothing is left. */
    boolean turn() {
        try {
            long last = source.last();
            boolean told = payer.isEmpty() || next > last;
            if (last == 0 || (told && settled >= source.lists().size())) {
                return true;
            }
            return ChainSender.reading(
                    place.node(), place.chain(), node -> turn(new RegistryView(node, place.registry()), last));
        } catch (BadInput refused) {
            boolean bySomebodyElse = List.of("Known", "HandOverPending", "WrongNumber")
                    .contains(refused.rule().replace(ChainSender.REFUSES, ""));
            if (!bySomebodyElse) {
                waits(refused.rule().startsWith(ChainSender.REFUSES) ? refused.rule() : "", refused.rule());
            }
        } catch (DatabaseException | UncheckedIOException | IllegalStateException | CanonicalException away) {
            waits("", String.valueOf(away.getMessage()));
        }
        return false;
    }

    /** Says why the next epoch is not there yet, again only when another one got there meanwhile. */
    private void waits(String kind, String why) {
        if (!waiting.equals("waits: " + kind)) {
            waiting = "waits: " + kind;
            say.accept((next == 0 ? "epochs are" : "epoch " + next + " is") + " NOT in " + there + ", and "
                    + (next == 0 ? "are" : "is") + " tried again: "
                    + why.lines().findFirst().orElse(""));
        }
    }

    /** Says once why the registry was not handed over to a list yet. */
    private boolean waitsForList(NodeList list, String why) {
        String line = there + " is NOT handed over to list " + list.number() + " yet: " + why;
        if (!handing.equals(line)) {
            handing = line;
            say.accept(line);
        }
        return false;
    }

    private Head head(long number) {
        return source.head(number).orElseThrow(() -> new IllegalStateException("epoch " + number + " is not here"));
    }

    private boolean turn(RegistryView view, long last) throws VenueException {
        BigInteger house = new BigInteger(1, head(last).sealed().epoch().house().bytes());
        if (!view.house().equals(house)) {
            throw new BadInput("registry", place.registry().text(), "it must be of this house; it is of another");
        }
        if (payer.isPresent()) {
            begin(view, last);
            for (; next <= last; next++) {
                handOver(view);
                if (!stands(view, head(next))) {
                    return false;
                }
                waiting = "";
            }
        }
        next = Math.max(next, last + 1);
        return handOver(view);
    }

    /** A registry that holds an epoch is told of all since its own last, but for those of which it takes no proof any more. */
    private void begin(RegistryView view, long last) throws VenueException {
        if (next == 0) {
            long latest = view.latest();
            next = latest == 0 ? begin : Math.min(latest + 1, last);
        }
        long oldest = last - view.taken() + 1;
        if (next < oldest) {
            say.accept("epochs " + next + " to " + (oldest - 1) + " are NOT in " + there
                    + ": it takes proofs over the newest " + view.taken());
            next = oldest;
        }
    }

    /** Whether an epoch stands there now, or never will. */
    private boolean stands(RegistryView view, Head head) throws VenueException {
        BigInteger digest = new BigInteger(1, head.sealed().digest().bytes());
        Published before = view.epoch(next);
        if (before.digest().equals(digest)) {
            say.accept("epoch " + next + " stands in " + there + " already");
            return true;
        }
        if (before.isThere() && before.equivocated()) {
            return contradicted(before, head);
        }
        long set = before.isThere() ? before.set() : view.set();
        ChainStatement statement = OfEpoch.of(head.sealed());
        List<ChainSignature> signatures = new ArrayList<>();
        for (ChainSignature signature : head.signatures()) {
            Optional<ChainAddress> signer = signature.signer(statement);
            if (signer.isPresent() && view.has(set, signer.get())) {
                signatures.add(signature);
            }
        }
        int needed = view.threshold(set);
        if (signatures.size() < needed) {
            return tooFew(
                    view,
                    set,
                    signatures.size() + " of its signers are nodes of set " + set + " there, which needs " + needed);
        }
        Mined mined = send(
                view.node(),
                RegistryCalls.publication(
                        next, head.sealed().digest(), set, ChainSignature.joined(statement, signatures)));
        if (!view.epoch(next).digest().equals(digest)) {
            return contradicted(view.epoch(next), head);
        }
        say.accept("epoch " + next + " stands in " + there + " of chain " + place.chain() + ", block " + mined.block());
        return true;
    }

    /** Somebody else had another digest of this number signed and published: the registry now holds that both were. */
    private boolean contradicted(Published published, Head head) {
        say.accept("EQUIVOCATION: epoch " + next + " was sealed here as "
                + head.sealed().digest() + " and stands in " + there + " as "
                + Digest.of(HexFormat.of().parseHex("%064x".formatted(published.digest()))) + ", signed by set "
                + published.set() + ": it takes no proof over that epoch");
        return true;
    }

    /** One that an older list signed than the set's never will stand there; any other waits for its set. */
    private boolean tooFew(RegistryView view, long set, String why) throws VenueException {
        Optional<NodeList> sealing =
                source.lists().stream().filter(list -> list.from() <= next).reduce((one, later) -> later);
        Optional<NodeList> inForce = inForce(view, set);
        boolean never = sealing.isPresent()
                && inForce.filter(list -> list.number() > sealing.get().number())
                        .isPresent();
        if (never) {
            say.accept("epoch " + next + " is NOT in " + there + ": " + why);
        } else {
            waits("few", why);
        }
        return never;
    }

    private Mined send(EvmNode node, byte[] call) throws VenueException {
        return new EvmAccount(ChainSender.NAME, node, place.chain(), payer.orElseThrow(), LIMITS)
                .send(Optional.of(place.registry()), call);
    }

    /** The newest list whose nodes are those of a set; of lists with the same nodes, one with the set's threshold. */
    private Optional<NodeList> inForce(RegistryView view, long set) throws VenueException {
        Set<ChainAddress> has = new TreeSet<>();
        for (ChainAddress node : source.lists().stream()
                .flatMap(list -> addresses(list).stream())
                .collect(Collectors.toCollection(TreeSet::new))) {
            if (view.has(set, node)) {
                has.add(node);
            }
        }
        List<NodeList> same = source.lists().stream()
                .filter(list -> has.equals(new TreeSet<>(addresses(list))))
                .toList();
        int threshold = view.threshold(set);
        return same.stream()
                .filter(list -> list.threshold() == threshold)
                .reduce((one, later) -> later)
                .or(() -> same.stream().reduce((one, later) -> later));
    }

    private static Collection<ChainAddress> addresses(NodeList list) {
        return list.members().stream().map(Member::chain).toList();
    }

    /** Whether the registry has the list that seals the next epoch; if not, has it handed over, as far as that goes now. */
    private boolean handOver(RegistryView view) throws VenueException {
        List<NodeList> lists = source.lists();
        if (settled >= lists.size()) {
            return true;
        }
        long set = view.set();
        Optional<NodeList> inForce = inForce(view, set);
        if (inForce.isEmpty()) {
            return waitsForList(lists.getLast(), "no list of this house has the nodes of set " + set + " there");
        }
        if (inForce.get().equals(lists.getLast())) {
            settled = lists.size();
            return true;
        }
        NodeList following = lists.get(inForce.get().number() + 1);
        return following.from() > next || handOver(view, set, inForce.get(), following);
    }

    private boolean handOver(RegistryView view, long set, NodeList before, NodeList following) throws VenueException {
        Following onItsWay = view.following();
        if (onItsWay.number() != 0) {
            return waitsForList(
                    following,
                    "set " + onItsWay.number() + " follows at " + Instant.ofEpochSecond(onItsWay.fromSeconds()));
        }
        int number = Math.toIntExact(view.lastSet() + 1);
        if (number != set + 1) {
            return waitsForList(
                    following,
                    "the hand-over to set " + (number - 1) + " was taken back, and is not begun again by itself");
        }
        NodeSet nodes = NodeSet.of(following.threshold(), addresses(following));
        OfAct act = new OfAct(new Registry(place.chain(), place.registry()), new RotateNodes(number, nodes));
        List<ChainSignature> signed = source.handOver(act, List.of(before, following));
        List<ChainSignature> byOld = by(before, act, signed);
        List<ChainSignature> byNew = by(following, act, signed);
        int needed = view.threshold(set);
        if (byOld.size() < needed || byNew.size() < following.threshold()) {
            return waitsForList(
                    following,
                    "it is signed by " + byOld.size() + " of the " + needed + " nodes before and by " + byNew.size()
                            + " of the " + following.threshold() + " after that it needs");
        }
        if (payer.isEmpty()) {
            return false;
        }
        Mined mined = send(
                view.node(),
                RegistryCalls.handOver(
                        number, nodes, ChainSignature.joined(act, byOld), ChainSignature.joined(act, byNew)));
        say.accept("list " + following.number() + " stands in " + there + " as set " + number + ", block "
                + mined.block() + ", in force "
                + (view.set() == number
                        ? "now"
                        : "from " + Instant.ofEpochSecond(view.following().fromSeconds())));
        return view.set() == number;
    }

    private static List<ChainSignature> by(NodeList list, OfAct act, List<ChainSignature> signed) {
        Collection<ChainAddress> nodes = addresses(list);
        return signed.stream()
                .filter(signature ->
                        signature.signer(act).filter(nodes::contains).isPresent())
                .toList();
    }
}
