package io.bulwark.house.node;

import io.bulwark.adapter.Venues;
import io.bulwark.clearing.attestation.ChainSignature;
import io.bulwark.clearing.attestation.ChainStatement.OfAct;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.node.NodeList;
import io.bulwark.clearing.node.NodeList.Member;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.round.Evidence;
import io.bulwark.clearing.round.RoundMessage.Proposal;
import io.bulwark.clearing.round.RoundMessage.Signed;
import io.bulwark.clearing.round.RoundMessage.Turn;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.epoch.EpochComputation;
import io.bulwark.house.epoch.FollowingEpoch;
import io.bulwark.house.node.NodeHome.Kept;
import io.bulwark.house.node.Question.Answer;
import io.bulwark.house.node.Question.Asked;
import io.bulwark.prover.binding.ProverLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A node at work: one thread that hears, computes and speaks; what is asked over the network is handed to others. The {@link Round}
 * decides; this gives it time, disk and network.
 */
public final class Node implements AutoCloseable {
    private static final int INBOX_MAX = 10_000;
    private static final int TURN_MILLIS = 25;

    private final NodeHome home;
    private final FollowingEpoch following;
    private final Supplier<List<RawSnapshot>> venues;
    private final Timing timing;
    private final Consumer<String> log;

    private final BlockingQueue<Signed> inbox = new ArrayBlockingQueue<>(INBOX_MAX);
    private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final NodeNetwork network;
    private final Heads heads;
    private final HandOver.UnderWay handOvers;
    private final List<Evidence> evidence = new ArrayList<>();

    private Optional<ComputedEpoch> last;
    private NodeDesk desk;
    private Round round;
    private Optional<Round> before = Optional.empty();
    private Optional<CompletableFuture<List<RawSnapshot>>> observing = Optional.empty();
    private long beginAt;
    private long pullAt;
    private volatile Shown shown;
    private volatile boolean closed;

    /**
     * How long a node waits, milliseconds; what is waited for is all nodes, or t of them after so long.
     *
     * @param commitMillis for commitments
     * @param revealMillis for what opens them
     * @param voteMillis for a proposal or votes, in the first view; each later one has half as much more
     * @param pauseMillis from an epoch to the observations of the next
     */
    public record Timing(int commitMillis, int revealMillis, int voteMillis, int pauseMillis) {
        /** Checks the ranges. */
        public Timing {
            if (commitMillis < 1 || revealMillis < 1 || voteMillis < 1 || pauseMillis < 0) {
                throw new IllegalArgumentException("times must be > 0, and the pause >= 0; have " + commitMillis + ", "
                        + revealMillis + ", " + voteMillis + " and " + pauseMillis);
            }
        }

        /** How long a vote is waited for in a view. */
        long voteMillis(int view) {
            return voteMillis + (long) view * voteMillis / 2;
        }
    }

    /** How nodes reach one another. */
    public interface Peers {
        /** Hands a message to a node; whether it arrives, nobody says. */
        void tell(Member to, byte[] message);

        /** Asks a node, which may not answer. */
        Optional<byte[]> ask(Member to, byte[] question);

        /** From asking everybody for what was missed to asking again, milliseconds. */
        default int pullMillis() {
            return NodeNetwork.PULL_MILLIS;
        }
    }

    /** What is shown and answered of the round that runs, made by its thread, read by all. */
    private record Shown(long epoch, List<Signed> said, String waitsFor, List<Evidence> evidence) {}

    /**
     * A node over its home.
     *
     * @param venues reads every venue once
     * @param log takes a line for people
     */
    public Node(
            NodeHome home,
            ProverLibrary library,
            Supplier<List<RawSnapshot>> venues,
            Peers peers,
            Timing timing,
            Consumer<String> log) {
        this.home = home;
        this.venues = venues;
        this.network = new NodeNetwork(home, peers);
        this.timing = timing;
        this.log = log;
        this.following = following(home, library);
        this.handOvers = new HandOver.UnderWay(home);
        this.heads = new Heads(home, following, log, this::convicted);
        evidence.addAll(home.evidence());
        this.last = home.epoch(home.last()).map(following::again);
        this.desk = desk();
        this.round = round();
        this.beginAt = now();
        this.pullAt = now();
        this.shown = new Shown(epoch(), List.of(), round.waitsFor(), List.copyOf(evidence));
    }

    private static FollowingEpoch following(NodeHome home, ProverLibrary library) {
        Venues kinds = Venues.ofClassPath();
        Genesis genesis = home.genesis();
        return FollowingEpoch.over(
                home,
                new EpochComputation(library),
                kinds,
                genesis.foundation(kinds),
                genesis.accounts(),
                home::document);
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    private long epoch() {
        return last.map(ComputedEpoch::number).orElse(0L) + 1;
    }

    private NodeDesk desk() {
        NodeDesk.Wire wire = new NodeDesk.Wire(
                said -> network.tellAll(others(), said),
                id -> network.fetch(others(), desk.asking(), id),
                this::convicted);
        return new NodeDesk(home, home.nodes(epoch()), following, last, wire);
    }

    private Round round() {
        Round made = new Round(
                desk.nodes(),
                desk.self().orElse(Digest.ZERO),
                new Turn(home.genesis().nodes().house(), epoch(), 0),
                timing,
                desk);
        desk.own().forEach(made::remember);
        return made;
    }

    /** Works until it is closed. */
    public void run() throws InterruptedException {
        while (!closed) {
            Signed said = inbox.poll(TURN_MILLIS, TimeUnit.MILLISECONDS);
            while (said != null) {
                hear(said);
                said = inbox.poll();
            }
            observe();
            round.step(now());
            if (round.stage() == Round.Stage.SEALED) {
                sealed();
            }
            pull();
            for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
                take(answer);
            }
            shown = new Shown(epoch(), round.said(), waitsFor(), List.copyOf(evidence));
        }
    }

    private String waitsFor() {
        return "epoch " + epoch() + " "
                + (desk.self().isEmpty()
                        ? "is followed: this node is not on its list"
                        : round.waitsFor()
                                + desk.obstacle().map(why -> "; " + why).orElse(""));
    }

    private void hear(Signed said) {
        long of = said.message().turn().epoch();
        if (of == epoch()) {
            round.hear(said);
        } else if (of == epoch() - 1) {
            before.ifPresent(past -> past.hear(said));
        } else if (of > epoch()) {
            pullAt = Math.min(pullAt, now());
        }
    }

    /** Observes once the pause is over, or others have begun. What was written down before a kill is not observed again. */
    private void observe() {
        if (round.stage() != Round.Stage.OBSERVING || desk.self().isEmpty()) {
            return;
        }
        Optional<NodeDesk.Note> noted = desk.noted();
        if (noted.isPresent()) {
            round.observed(noted.get().salt(), noted.get().observed(), now());
            return;
        }
        if (observing.isEmpty()) {
            if (now() >= beginAt || round.said().size() > desk.nodes().faulty()) {
                observing = Optional.of(network.later(venues));
            }
            return;
        }
        if (observing.get().isDone()) {
            NodeDesk.Note note = desk.observed(observing.get().join());
            observing = Optional.empty();
            round.observed(note.salt(), note.observed(), now());
        }
    }

    private void sealed() {
        Proposal decided = round.decided().orElseThrow();
        FollowingEpoch.Made made = desk.made(decided.record()).orElseThrow();
        keep(made, new Kept(made.epoch().sealed(), decided.record(), round.seals()));
    }

    private void keep(FollowingEpoch.Made made, Kept kept) {
        made.snapshots().forEach(home::snapshot);
        home.keep(kept);
        log.accept("epoch " + made.epoch().number() + " " + kept.sealed().digest() + " sealed: signed by "
                + kept.seals().size() + " of " + desk.nodes().members().size() + " nodes, over what "
                + kept.record().opened().size() + " observed");
        desk.convictOutliers(kept.record());
        desk.close();
        last = Optional.of(made.epoch());
        before = Optional.of(round);
        observing = Optional.empty();
        desk = desk();
        round = round();
        beginAt = now() + timing.pauseMillis();
        pullAt = now();
    }

    private void convicted(Evidence convicts) {
        evidence.add(convicts);
        log.accept("EVIDENCE " + convicts.fault().word() + ": " + convicts.inWords(desk.nodes()) + " ("
                + home.fileOf(convicts) + ")");
    }

    /**
     * Signs the hand-over of a registry, seen on its chain to be due, and asks the nodes of both lists how they signed it.
     *
     * @param between the list before, and the one that follows; both of this home
     * @return what has been signed by now, by any of them
     */
    public List<ChainSignature> handOver(OfAct act, List<NodeList> between) {
        return handOvers.sign(act, between);
    }

    private List<Member> others() {
        return desk.nodes().members().stream()
                .filter(member -> !member.key().equals(desk.self().orElse(Digest.ZERO)))
                .toList();
    }

    /** Asks everybody for what was missed, the epoch itself included. */
    private void pull() {
        if (now() >= pullAt) {
            pullAt = now() + network.pullMillis();
            network.pull(handOvers.asked(others()), desk.asking(), epoch(), answers::add);
            network.heads(others(), desk.asking(), epoch() - 1, answers::add);
        }
    }

    private void take(Answer answer) {
        answer.acts()
                .forEach(act -> home.act(act, last.map(ComputedEpoch::number).orElse(0L)));
        answer.said().forEach(this::hear);
        answer.handOver().ifPresent(handOvers::take);
        answer.kept()
                .filter(kept -> kept.sealed().epoch().number() == epoch() - 1)
                .ifPresent(kept -> heads.compare(kept, before.map(Round::said).orElseGet(List::of)));
        answer.kept().filter(kept -> kept.sealed().epoch().number() == epoch()).ifPresent(this::adopt);
    }

    /** Takes an epoch that others sealed, once it was recomputed. */
    private void adopt(Kept shown) {
        Heads.signed(shown, desk.nodes(), round.turn()).ifPresent(kept -> {
            Digest digest = kept.sealed().digest();
            // Whatever comes of it here: nothing else is ever sealed as this epoch.
            home.witness().see(List.of(kept.sealed()));
            desk.made(kept.record()).ifPresent(made -> {
                SealedEpoch sealed = made.epoch().sealed();
                if (!sealed.digest().equals(digest)) {
                    throw new IllegalStateException("epoch " + epoch() + " was signed by "
                            + kept.seals().size() + " nodes as " + digest + " and follows as " + sealed.digest()
                            + ": this node does not go on from it");
                }
                keep(made, new Kept(sealed, kept.record(), kept.seals()));
            });
        });
    }

    /**
     * Takes a message of another node; what no node said is left.
     *
     * @return whether it was said by a node
     */
    public boolean take(byte[] message) {
        Signed said = Signed.read(message);
        return home.nodes(Math.max(1, Math.min(said.message().turn().epoch(), shown.epoch())))
                        .member(said.node())
                        .isPresent()
                && said.holds()
                && inbox.offer(said);
    }

    /** Answers a question of another node; empty where it is none, or not known. */
    public Optional<byte[]> answer(byte[] question) {
        List<Digest> here = NodeHome.keys(home.home()).stream()
                .map(keys -> keys.key().publicKey())
                .toList();
        Optional<Asked> asked = Asked.read(question, home.genesis().nodes().house(), here, System.currentTimeMillis());
        if (asked.isEmpty()
                || home.lists().stream()
                        .noneMatch(list -> list.member(asked.get().from()).isPresent())) {
            return Optional.empty();
        }
        Question of = asked.get().question();
        if (!of.snapshot().isZero()) {
            return home.snapshot(of.snapshot()).map(raw -> raw.canonical().encode());
        }
        Shown now = shown;
        return Optional.of(new Answer(
                        now.epoch() == of.epoch() ? now.said() : List.of(),
                        of.epoch() >= 1 ? home.kept(of.epoch()) : Optional.empty(),
                        home.acts(),
                        handOvers.own())
                .encode());
    }

    /**
     * How a node stands by the terms of the list.
     *
     * @param name its place on the list
     * @param faults how often it was convicted of each
     * @param points what these come to
     * @param removed whether they are so many that it is to be taken off the list
     */
    public record Standing(String name, SortedMap<String, Integer> faults, int points, boolean removed) {}

    /** What the node waits for now. */
    public String waitsForNow() {
        return shown.waitsFor();
    }

    /** How every node of the list that seals next stands: an epoch counts once for each fault. */
    public List<Standing> standings() {
        return standings(home.nodes(shown.epoch()), shown.evidence());
    }

    /** How every node of a list stands by evidence that convicts: an epoch counts once for each fault. */
    public static List<Standing> standings(NodeList nodes, List<Evidence> evidence) {
        return Standings.of(nodes, evidence);
    }

    /** Why evidence convicts nobody, in words; empty if it does. What it rests on is computed again from the home. */
    public static Optional<String> flaw(NodeHome home, ProverLibrary library, Evidence evidence) {
        return Heads.flaw(home, following(home, library), evidence);
    }

    @Override
    public void close() {
        closed = true;
        network.close();
    }
}
