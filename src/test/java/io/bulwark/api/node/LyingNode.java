package io.bulwark.api.node;

import io.bulwark.adapter.VenueReader;
import io.bulwark.adapter.Venues;
import io.bulwark.api.venue.VenueCommand;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.attestation.ChainStatement;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.node.NodeList.Member;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.Reading;
import io.bulwark.clearing.round.RoundMessage;
import io.bulwark.clearing.round.RoundMessage.Absence;
import io.bulwark.clearing.round.RoundMessage.Commitment;
import io.bulwark.clearing.round.RoundMessage.Proposal;
import io.bulwark.clearing.round.RoundMessage.Reveal;
import io.bulwark.clearing.round.RoundMessage.Seal;
import io.bulwark.clearing.round.RoundMessage.Signed;
import io.bulwark.clearing.round.RoundMessage.Value;
import io.bulwark.clearing.round.RoundMessage.Vote;
import io.bulwark.clearing.round.RoundRecord;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.epoch.EpochComputation;
import io.bulwark.house.epoch.FollowingEpoch;
import io.bulwark.house.epoch.WrongTable;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.founding.Home;
import io.bulwark.house.node.Node;
import io.bulwark.house.node.NodeHome;
import io.bulwark.prover.binding.ProverLibrary;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A node that tells the others something else than it found, in one way an epoch. Its arguments: the configuration, then the ways of epochs
 * 1, 2, …; after these it tells nothing. One that listens where nobody looks for it is heard by what it sends alone.
 */
public final class LyingNode implements Node.Peers {
    private final NodeHome home;
    private final Node.Peers honest;
    private final List<Way> ways;
    private final int lateMillis;
    private final ConcurrentHashMap<String, Signed> heard = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Signed> own = new ConcurrentHashMap<>();

    /** What it told each of the others: as nobody can ask for it, it is told again whenever this one asks. */
    private final ConcurrentHashMap<String, Signed> told = new ConcurrentHashMap<>();

    /** What it makes of the records of rounds over a table of its own, by their digests. */
    private final ConcurrentHashMap<Digest, Value> wrong = new ConcurrentHashMap<>();

    private final FollowingEpoch following;

    /** How it lies. */
    private enum Way {
        PRICE,
        COPIED,
        LATE,
        EQUIVOCATING,
        REPLAYING,
        SILENT,
        TABLE,
        MISMATCH
    }

    private LyingNode(NodeHome home, Node.Peers honest, List<Way> ways, int lateMillis) {
        this.home = home;
        this.honest = honest;
        this.ways = ways;
        this.lateMillis = lateMillis;
        this.following = following(home);
    }

    /** How epochs follow by the home's own files. */
    public static FollowingEpoch following(NodeHome home) {
        Venues kinds = Venues.ofClassPath();
        return FollowingEpoch.over(
                home,
                new EpochComputation(ProverLibrary.load()),
                kinds,
                home.genesis().foundation(kinds),
                home.genesis().accounts(),
                Digest::sha256);
    }

    /** What follows from a record over a table of which one entry is off by one unit. */
    public static WrongTable wrong(NodeHome home, FollowingEpoch following, RoundRecord record) {
        long epoch = record.turn().epoch();
        Optional<ComputedEpoch> last = home.epoch(epoch - 1).map(following::again);
        return WrongTable.of(following, following.of(home.nodes(epoch), record, last));
    }

    /** Runs it until it is killed. */
    public static void main(String[] arguments) throws InterruptedException {
        NodeConfiguration configuration = NodeConfiguration.read(Path.of(arguments[0]));
        List<Way> ways = Stream.of(arguments).skip(1).map(Way::valueOf).toList();
        NodeHome home = new NodeHome(Home.ofEnvironment());
        FoundingFile founding = FoundingFile.read(home.genesis().file(), Venues.ofClassPath());
        List<VenueReader> readers = VenueCommand.readers(configuration.venues(), founding);
        try (Peering peering = Peering.of(
                home,
                configuration,
                () -> observed(home, readers, ways),
                peers -> new LyingNode(
                        home, peers, ways, 3 * configuration.timing().revealMillis()),
                System.out::println)) {
            peering.node().run();
        }
    }

    private static Way way(List<Way> ways, long epoch) {
        return epoch <= ways.size() ? ways.get((int) epoch - 1) : Way.SILENT;
    }

    private static List<RawSnapshot> observed(NodeHome home, List<VenueReader> readers, List<Way> ways) {
        List<RawSnapshot> observed = Peering.observed(home, readers);
        return way(ways, home.last() + 1) == Way.PRICE
                ? observed.stream().map(LyingNode::dearer).toList()
                : observed;
    }

    /** Every price of a market with a nine before it. */
    private static RawSnapshot dearer(RawSnapshot raw) {
        return raw.account().address().equals(VenueAccount.MARKET)
                ? new RawSnapshot(
                        raw.account(),
                        raw.horizon(),
                        raw.readings().stream()
                                .map(reading -> new Reading(
                                        reading.method(),
                                        reading.parameters(),
                                        new String(reading.result(), StandardCharsets.UTF_8)
                                                .replaceAll(
                                                        "(\"(?:markPx|oraclePx|index_price|oraclePrice)\":\\s*\"?)(\\d)",
                                                        "$19$2")
                                                .getBytes(StandardCharsets.UTF_8)))
                                .toList())
                : raw;
    }

    @Override
    public Optional<byte[]> ask(Member to, byte[] question) {
        String current = to.key() + " " + (home.last() + 1) + " ";
        told.forEach((place, lie) -> {
            if (place.startsWith(current)) {
                honest.tell(to, lie.canonical().encode());
            }
        });
        Optional<byte[]> answer = honest.ask(to, question);
        answer.ifPresent(this::listen);
        return answer;
    }

    /** What others have said stands third in an answer. */
    private void listen(byte[] answer) {
        try {
            if (CanonicalReader.read(answer) instanceof CanonicalValue.Array(List<CanonicalValue> fields)
                    && fields.size() > 2
                    && fields.get(2) instanceof CanonicalValue.Array(List<CanonicalValue> said)) {
                said.stream()
                        .map(Signed::of)
                        .forEach(s -> heard.put(
                                s.message().turn().epoch() + " " + s.message().kind() + " " + s.node(), s));
            }
        } catch (CanonicalException e) {
            // A snapshot.
        }
    }

    @Override
    public void tell(Member to, byte[] message) {
        Signed said = Signed.read(message);
        long epoch = said.message().turn().epoch();
        own.put(epoch + " " + said.message().kind(), said);
        lie(said, to, way(ways, epoch)).ifPresent(lie -> {
            told.put(
                    to.key() + " " + epoch + " " + said.message().kind() + " "
                            + said.message().turn().view(),
                    lie);
            honest.tell(to, lie.canonical().encode());
        });
    }

    private Optional<Signed> lie(Signed said, Member to, Way way) {
        RoundMessage message = said.message();
        boolean odd = home.nodes(message.turn().epoch()).keys().indexOf(to.key()) % 2 == 1;
        return switch (way) {
            case PRICE -> Optional.of(said);
            case SILENT -> Optional.empty();
            case REPLAYING -> Optional.ofNullable(own.get((message.turn().epoch() - 1) + " " + message.kind()));
            case LATE -> late(said);
            case MISMATCH ->
                Optional.of(
                        message instanceof Reveal reveal
                                ? by(new Reveal(
                                        reveal.turn(),
                                        reveal.commitment(said.node()),
                                        reveal.observed(),
                                        reveal.held()))
                                : said);
            case COPIED -> copied(said);
            case EQUIVOCATING -> Optional.of(odd ? by(other(message)) : said);
            case TABLE -> Optional.of(by(wrong(message)));
        };
    }

    private Optional<Signed> late(Signed said) {
        if (said.message() instanceof Reveal) {
            sleep(lateMillis);
        }
        return Optional.of(said);
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for what another commits to and shows, and says it in its own name. */
    private Optional<Signed> copied(Signed said) {
        if (!(said.message() instanceof Commitment) && !(said.message() instanceof Reveal)) {
            return Optional.of(said);
        }
        for (int tries = 0; tries < 300; tries++) {
            Optional<Signed> original = heard.values().stream()
                    .filter(other -> other.message().isInPlaceOf(said.message())
                            && !other.node().equals(said.node()))
                    .min(Comparator.comparing(Signed::node));
            if (original.isPresent()) {
                return Optional.of(by(original.get().message()));
            }
            sleep(20);
        }
        return Optional.empty();
    }

    private RoundMessage other(RoundMessage message) {
        return switch (message) {
            case Commitment c -> new Commitment(c.turn(), Digest.sha256(c.hash().bytes()));
            case Vote v when v.value().isPresent() -> new Vote(v.turn(), v.kind(), Optional.empty());
            case Absence a -> a;
            case Reveal r -> r;
            case Proposal p -> p;
            case Seal s -> s;
            case Vote v -> v;
        };
    }

    /** What follows from a table that is wrong by one unit, proposed, voted for and signed in both ways. */
    private RoundMessage wrong(RoundMessage message) {
        return switch (message) {
            case Proposal p -> new Proposal(p.turn(), p.valid(), wrong(p.value()), p.record());
            case Vote v -> new Vote(v.turn(), v.kind(), v.value().map(this::wrong));
            case Seal s -> {
                Value value = wrong(s.value());
                yield new Seal(
                        s.turn(),
                        value,
                        key().sign(value.statement()),
                        NodeHome.keys(Home.ofEnvironment())
                                .getFirst()
                                .chain()
                                .sign(new ChainStatement.OfEpoch(
                                        s.turn().house(),
                                        s.turn().epoch(),
                                        value.statement().digest())));
            }
            case Commitment c -> c;
            case Reveal r -> r;
            case Absence a -> a;
        };
    }

    /** The record lies among what this node has computed from, before it says anything of it. */
    private Value wrong(Value value) {
        return wrong.computeIfAbsent(value.record(), digest -> {
            RoundRecord record =
                    RoundRecord.of(CanonicalReader.read(home.document(digest).orElseThrow()));
            return wrong(home, following, record).value(record);
        });
    }

    private Signed by(RoundMessage message) {
        return message.by(key());
    }

    private QuorumKey key() {
        return NodeHome.keys(Home.ofEnvironment()).getFirst().key();
    }
}
