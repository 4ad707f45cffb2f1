package io.bulwark.house.node;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.attestation.ChainKey;
import io.bulwark.clearing.attestation.ChainStatement;
import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.attestation.EpochStatement;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.node.NodeList;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.clearing.round.Evidence;
import io.bulwark.clearing.round.RoundMessage;
import io.bulwark.clearing.round.RoundMessage.Absence;
import io.bulwark.clearing.round.RoundMessage.Commitment;
import io.bulwark.clearing.round.RoundMessage.Observed;
import io.bulwark.clearing.round.RoundMessage.Proposal;
import io.bulwark.clearing.round.RoundMessage.Reveal;
import io.bulwark.clearing.round.RoundMessage.Seal;
import io.bulwark.clearing.round.RoundMessage.Signed;
import io.bulwark.clearing.round.RoundMessage.Turn;
import io.bulwark.clearing.round.RoundMessage.Value;
import io.bulwark.clearing.round.RoundMessage.Vote;
import io.bulwark.clearing.round.RoundRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Seven nodes of one round in a network whose delays, losses, lies and kills are drawn from a seed. */
final class SimulatedNodes implements Evidence.Recomputation {
    private static final int NODES = 7;
    private static final int THRESHOLD = 5;
    private static final int TURN_MILLIS = 50;
    private static final int PULL_MILLIS = 1_000;
    private static final int AGAIN_MILLIS = 20_000;
    private static final Node.Timing TIMING = new Node.Timing(1_000, 1_000, 1_000, 1);

    private final Random random;
    private final boolean stormy;
    private final NodeList nodes;
    private final Turn turn;
    private final List<Party> parties = new ArrayList<>();
    private final Set<Digest> liars = new HashSet<>();
    private final PriorityQueue<Delivery> network =
            new PriorityQueue<>(Comparator.comparingLong(Delivery::at).thenComparingLong(Delivery::order));
    private final Set<Evidence> evidence = new LinkedHashSet<>();
    private final List<Commitment> committed = new ArrayList<>();
    private long now;
    private long sent;
    private boolean silent;

    private record Delivery(long at, long order, Signed said, int to) {}

    private record Keys(QuorumKey key, ChainKey chain) {}

    SimulatedNodes(int seed, int lying, boolean stormy) {
        this.random = new Random(seed);
        this.stormy = stormy;
        Digest house = Digest.sha256("house".getBytes(StandardCharsets.UTF_8));
        Map<Digest, Keys> keys = new TreeMap<>();
        for (int i = 0; i < NODES; i++) {
            QuorumKey key = QuorumKey.generate();
            keys.put(key.publicKey(), new Keys(key, ChainKey.generate()));
        }
        List<NodeList.Member> members = new ArrayList<>();
        keys.forEach((key, both) -> members.add(
                new NodeList.Member(key, both.chain().address(), "http://127.0.0.1:" + (7_000 + members.size()))));
        nodes = new NodeList(house, 0, Digest.ZERO, 1, THRESHOLD, members, NodeList.Terms.INITIAL);
        turn = new Turn(house, 1 + random.nextInt(NODES), 0);
        List<Digest> order = new ArrayList<>(nodes.keys());
        Collections.shuffle(order, random);
        liars.addAll(order.subList(0, lying));
        nodes.keys().forEach(key -> parties.add(new Party(key, Objects.requireNonNull(keys.get(key)))));
    }

    /** One node: what it has written down outlives its kills. */
    private final class Party implements Round.Desk {
        private final Digest key;
        private final Keys keys;
        private final List<Signed> journal = new ArrayList<>();
        private final Digest salt = draw();
        private final List<Observed> observed = List.of(new Observed(new VenueAccount(1, VenueAccount.MARKET), draw()));
        private Round round = new Round(nodes, nodes.keys().getFirst(), turn, TIMING, this);
        private long pullAt;

        /** What has come since the last kill, by identity: it is not sent again at once. */
        private final Set<Signed> come = Collections.newSetFromMap(new IdentityHashMap<>());

        /** What came and was not taken: it may be once more has come, so it is sent again, as by nodes at work. */
        private final Set<Signed> left = Collections.newSetFromMap(new IdentityHashMap<>());

        private long againAt;

        Party(Digest key, Keys keys) {
            this.key = key;
            this.keys = keys;
            start();
        }

        private Digest draw() {
            byte[] bytes = new byte[Digest.LENGTH];
            random.nextBytes(bytes);
            return Digest.of(bytes);
        }

        private void start() {
            round = new Round(nodes, key, turn, TIMING, this);
            come.clear();
            journal.forEach(round::remember);
            come.addAll(journal);
        }

        boolean lies() {
            return liars.contains(key);
        }

        @Override
        public Signed say(RoundMessage message) {
            Optional<Signed> before = journal.stream()
                    .filter(said -> said.message().isInPlaceOf(message))
                    .findFirst();
            Signed said = before.orElseGet(() -> message.by(keys.key()));
            if (before.isEmpty()) {
                journal.add(said);
                come.add(said);
            }
            if (message instanceof Commitment commitment && !lies()) {
                committed.add(commitment);
            }
            for (int to = 0; to < NODES; to++) {
                Signed heard = lies() ? lie(said) : said;
                if (!(lies() && silent)) {
                    send(heard, to);
                }
            }
            return said;
        }

        /** Says something else to this one, in the liar's own name; or leaves it out. */
        private Signed lie(Signed said) {
            if (!stormy || random.nextInt(3) > 0) {
                return said;
            }
            RoundMessage other = switch (said.message()) {
                case Commitment c ->
                    committed.isEmpty() || random.nextBoolean()
                            ? new Commitment(c.turn(), draw())
                            : committed.get(random.nextInt(committed.size()));
                case Reveal r -> new Reveal(r.turn(), draw(), r.observed(), r.held());
                case Absence a -> new Absence(a.turn(), List.of(nodes.keys().get(random.nextInt(NODES))));
                case Proposal p -> new Proposal(p.turn(), p.valid(), wrong(p.value()), p.record());
                case Vote v ->
                    new Vote(
                            v.turn(),
                            v.kind(),
                            random.nextBoolean() ? Optional.empty() : v.value().map(this::wrong));
                case Seal s -> seal(s.turn(), wrong(s.value()));
            };
            return other.by(keys.key());
        }

        private Value wrong(Value value) {
            return new Value(
                    value.record(),
                    value.inputs(),
                    new EpochStatement(
                            turn.house(),
                            turn.epoch(),
                            draw(),
                            value.statement().timeMillis()));
        }

        @Override
        public boolean holds(Reveal reveal) {
            return true;
        }

        @Override
        public Optional<Value> follows(RoundRecord record) {
            return SimulatedNodes.this.follows(record);
        }

        @Override
        public Seal seal(Turn at, Value value) {
            return new Seal(
                    at,
                    value,
                    keys.key().sign(value.statement()),
                    keys.chain()
                            .sign(new ChainStatement.OfEpoch(
                                    at.house(), at.epoch(), value.statement().digest())));
        }

        @Override
        public void convict(Evidence found) {
            if (!lies()) {
                found.flaw(nodes, SimulatedNodes.this).ifPresent(flaw -> {
                    throw new AssertionError(found.fault() + " would convince no stranger: " + flaw);
                });
                evidence.add(found);
            }
        }

        private void turnOfLoop() {
            if (round.stage() == Round.Stage.OBSERVING) {
                round.observed(salt, observed, now);
            }
            round.step(now);
            if (now >= againAt) {
                againAt = now + AGAIN_MILLIS;
                come.removeAll(left);
                left.clear();
            }
            if (now >= pullAt) {
                pullAt = now + PULL_MILLIS;
                parties.stream()
                        .filter(other -> other != this && !(other.lies() && silent))
                        .forEach(other -> other.round.said().stream()
                                .filter(said -> !come.contains(said))
                                .forEach(said -> send(said, parties.indexOf(this))));
            }
            if (stormy && !lies() && random.nextInt(500) == 0) {
                start();
            }
        }
    }

    private void send(Signed said, int to) {
        if (stormy && random.nextInt(5) == 0) {
            return;
        }
        int delay = 1 + (stormy ? random.nextInt(random.nextInt(10) == 0 ? 3_000 : 100) : 0);
        network.add(new Delivery(now + delay, sent++, said, to));
    }

    void silence() {
        silent = true;
    }

    /** Runs until every honest node has sealed, or so long; gives whether all have. */
    boolean run(long millis) {
        while (now < millis && !isSealed()) {
            now += TURN_MILLIS;
            while (!network.isEmpty() && network.peek().at() <= now) {
                Delivery delivery = network.poll();
                Party to = parties.get(delivery.to());
                if (to.come.add(delivery.said()) && !to.round.hear(delivery.said())) {
                    to.left.add(delivery.said());
                }
            }
            parties.forEach(Party::turnOfLoop);
        }
        return isSealed();
    }

    private boolean isSealed() {
        return parties.stream()
                .filter(party -> !party.lies())
                .allMatch(party -> party.round.stage() == Round.Stage.SEALED);
    }

    /** What honest nodes have sealed. */
    Set<Value> sealed() {
        Set<Value> sealed = new HashSet<>();
        parties.stream()
                .filter(party -> !party.lies() && party.round.stage() == Round.Stage.SEALED)
                .forEach(party -> sealed.add(party.round.decided().orElseThrow().value()));
        return sealed;
    }

    String waiting() {
        return parties.stream()
                .filter(party -> !party.lies())
                .map(party -> party.round.waitsFor())
                .toList()
                .toString();
    }

    /** No honest node said two things in one place, whatever was killed. */
    void requireOneWordInEachPlace() {
        for (Party party : parties) {
            for (Signed one : party.journal) {
                for (Signed other : party.journal) {
                    if (!party.lies() && one != other && one.message().isInPlaceOf(other.message())) {
                        throw new AssertionError("two words of " + one.message().kind());
                    }
                }
            }
        }
        for (Evidence found : evidence) {
            if (found instanceof Evidence.Equivocation && !isLiar(found.accused())) {
                throw new AssertionError("an honest node equivocated");
            }
        }
    }

    Set<Evidence> evidence() {
        return evidence;
    }

    boolean isLiar(Digest node) {
        return liars.contains(node);
    }

    List<Digest> honest() {
        return nodes.keys().stream().filter(node -> !isLiar(node)).toList();
    }

    NodeList nodes() {
        return nodes;
    }

    boolean isNamedAbsent(Digest node, Evidence.Absent absent) {
        return absent.waited().stream()
                        .filter(said -> said.message() instanceof Absence a
                                && a.missing().contains(node))
                        .count()
                >= THRESHOLD;
    }

    /** The same evidence with its signatures turned: another signer, and a changed signature. */
    List<Evidence> forgeries(Evidence evidence) {
        List<Evidence> forged = new ArrayList<>();
        for (Digest honest : honest()) {
            switch (evidence) {
                case Evidence.Equivocation e ->
                    forged.add(new Evidence.Equivocation(as(honest, e.first()), as(honest, e.second())));
                case Evidence.Mismatch m ->
                    forged.add(new Evidence.Mismatch(new RoundRecord.Opened(
                            as(honest, m.shown().commitment()),
                            as(honest, m.shown().reveal()))));
                case Evidence.Copy c -> forged.add(new Evidence.Copy(as(honest, c.copy()), c.original()));
                case Evidence.Refuted r -> forged.add(new Evidence.Refuted(as(honest, r.signed()), r.record()));
                case Evidence.Absent a ->
                    forged.add(new Evidence.Absent(
                            a.accused(),
                            a.waited().stream().map(said -> as(honest, said)).toList()));
                case Evidence.Outlier ignored -> {
                    // Of snapshots, which this round has none of.
                }
            }
        }
        return forged;
    }

    private static Signed as(Digest node, Signed said) {
        return new Signed(
                said.message(), new EpochSignature(node, said.signature().signature()));
    }

    @Override
    public Optional<VenueSnapshot> meaning(RawSnapshot raw) {
        return Optional.empty();
    }

    @Override
    public Optional<Value> follows(RoundRecord record) {
        byte[] digest = record.digest().bytes();
        return Optional.of(new Value(
                record.digest(),
                Digest.sha256(digest, new byte[] {1}),
                new EpochStatement(turn.house(), turn.epoch(), Digest.sha256(digest, new byte[] {2}), 1)));
    }
}
