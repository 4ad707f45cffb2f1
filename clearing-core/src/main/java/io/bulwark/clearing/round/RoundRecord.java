package io.bulwark.clearing.round;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.node.NodeList;
import io.bulwark.clearing.round.RoundMessage.Commitment;
import io.bulwark.clearing.round.RoundMessage.Observed;
import io.bulwark.clearing.round.RoundMessage.Reveal;
import io.bulwark.clearing.round.RoundMessage.Signed;
import io.bulwark.clearing.round.RoundMessage.Turn;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What counts of a round: commitments and what opens them, by node. An epoch that nodes seal names it among its documents as {@code
 * round}.
 *
 * <p>A commitment counts if t nodes of the record held it before they showed anything, so that nobody waits with his own for what
 * others show. Where messages were so
 * late that there is no such record, each further view asks for one holder less: no round is stuck for good, and the median's bound
 * does not rest on it.
 *
 * @param view the view in which it was proposed first
 * @param opened sorted by node, each once
 */
public record RoundRecord(int view, List<Opened> opened) {
    private static final String SCHEMA = "bulwark-round-record";

    /**
     * A node's commitment and what it revealed.
     *
     * @param commitment signed
     * @param reveal signed by the same node, of the same round
     */
    public record Opened(Signed commitment, Signed reveal) {
        /** Checks that these are what they are called. */
        public Opened {
            if (!(commitment.message() instanceof Commitment)
                    || !(reveal.message() instanceof Reveal)
                    || !commitment.node().equals(reveal.node())
                    || !commitment.message().turn().equals(reveal.message().turn())) {
                throw new CanonicalException(
                        "round.opened", reveal.node().hex(), "must be a commitment and a reveal of one node and round");
            }
        }

        /** Who. */
        public Digest node() {
            return commitment.node();
        }

        /** Of which round. */
        public Turn turn() {
            return commitment.message().turn();
        }

        /** Whether what was revealed is what was committed to. */
        public boolean opens() {
            return said().commitment(node()).equals(((Commitment) commitment.message()).hash());
        }

        /** What was revealed. */
        public Reveal said() {
            return (Reveal) reveal.message();
        }
    }

    /** Sorts, and checks that each node stands once and all are of one round. */
    public RoundRecord {
        opened = opened.stream().sorted(Comparator.comparing(Opened::node)).toList();
        if (opened.isEmpty()
                || opened.size() > NodeList.MEMBERS_MAX
                || opened.stream().map(Opened::node).distinct().count() != opened.size()
                || opened.stream().map(Opened::turn).distinct().count() != 1) {
            throw new CanonicalException(
                    "round.record", opened.size() + " nodes", "must hold each node once, all of one round");
        }
    }

    /**
     * The largest record that can be made of what was opened: whose commitment enough of it held before they showed anything. Empty
     * if fewer than t are left.
     */
    public static Optional<RoundRecord> of(List<Opened> opened, int threshold, int view) {
        List<Opened> left = opened.stream().filter(Opened::opens).toList();
        while (left.size() >= threshold) {
            List<Opened> now = left;
            List<Opened> counted = now.stream()
                    .filter(o -> heldBy(o, now) >= holders(threshold, view))
                    .toList();
            if (counted.size() == now.size()) {
                return Optional.of(new RoundRecord(view, now));
            }
            left = counted;
        }
        return Optional.empty();
    }

    private static int holders(int threshold, int view) {
        return Math.max(0, threshold - view);
    }

    private static long heldBy(Opened one, List<Opened> all) {
        Digest id = one.commitment().id();
        return all.stream().filter(o -> o.said().held().contains(id)).count();
    }

    /** Why this may not be the record of a round, in words; empty if it may. */
    public Optional<String> flaw(NodeList list, Turn turn) {
        if (!turn().equals(turn.at(0)) || !turn.house().equals(list.house())) {
            return Optional.of("the record must be of epoch " + turn.epoch() + "; it is of epoch " + turn().epoch());
        }
        for (Opened one : opened) {
            if (list.member(one.node()).isEmpty()) {
                return Optional.of("the record must hold nodes of the list; it holds " + one.node());
            }
            if (!one.commitment().holds() || !one.reveal().holds()) {
                return Optional.of(list.name(one.node()) + " must have signed its commitment and its reveal");
            }
            if (!one.opens()) {
                return Optional.of("the reveal of " + list.name(one.node()) + " must open its commitment");
            }
            int holders = holders(list.threshold(), view);
            if (heldBy(one, opened) < holders) {
                return Optional.of("the commitment of " + list.name(one.node()) + " must have been held by " + holders
                        + " nodes before they showed anything; it was by " + heldBy(one, opened));
            }
        }
        return opened.size() >= list.threshold()
                ? Optional.empty()
                : Optional.of("the record must hold " + list.threshold() + " nodes; it holds " + opened.size());
    }

    /** Of which round it is. */
    public Turn turn() {
        return opened.getFirst().turn();
    }

    /** What was observed of each venue account, by the observer. */
    public SortedMap<VenueAccount, SortedMap<Digest, Digest>> observed() {
        SortedMap<VenueAccount, SortedMap<Digest, Digest>> observed =
                new TreeMap<>(Comparator.comparingInt(VenueAccount::venue).thenComparing(VenueAccount::address));
        for (Opened one : opened) {
            for (Observed account : one.said().observed()) {
                observed.computeIfAbsent(account.account(), ignored -> new TreeMap<>())
                        .put(one.node(), account.snapshot());
            }
        }
        return observed;
    }

    /** The tree of round.cddl. */
    public CanonicalValue canonical() {
        return array(
                text(SCHEMA),
                integer(1),
                integer(view),
                array(opened.stream()
                        .map(one ->
                                array(one.commitment().canonical(), one.reveal().canonical()))
                        .toList()));
    }

    /** SHA-256 of the canonical encoding. */
    public Digest digest() {
        return canonical().sha256();
    }

    /**
     * Reads what {@link #canonical} wrote.
     *
     * @throws CanonicalException if the value is not a record in its one order
     */
    public static RoundRecord of(CanonicalValue value) {
        CanonicalFields fields = CanonicalFields.document(value, SCHEMA, 1);
        RoundRecord record = new RoundRecord(
                (int) fields.integer("view", 0, RoundMessage.VIEW_MAX),
                fields.list("opened", f -> new Opened(Signed.of(f.value("commitment")), Signed.of(f.value("reveal")))));
        fields.end();
        if (!record.canonical().equals(value)) {
            throw new CanonicalException(SCHEMA, record.digest().hex(), "must be in the one order");
        }
        return record;
    }
}
