package io.bulwark.house.node;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.node.NodeList;
import io.bulwark.clearing.round.Evidence;
import io.bulwark.clearing.round.RoundMessage;
import io.bulwark.clearing.round.RoundMessage.Absence;
import io.bulwark.clearing.round.RoundMessage.Commitment;
import io.bulwark.clearing.round.RoundMessage.Kind;
import io.bulwark.clearing.round.RoundMessage.Observed;
import io.bulwark.clearing.round.RoundMessage.Proposal;
import io.bulwark.clearing.round.RoundMessage.Reveal;
import io.bulwark.clearing.round.RoundMessage.Seal;
import io.bulwark.clearing.round.RoundMessage.Signed;
import io.bulwark.clearing.round.RoundMessage.Turn;
import io.bulwark.clearing.round.RoundMessage.Value;
import io.bulwark.clearing.round.RoundMessage.Vote;
import io.bulwark.clearing.round.RoundRecord;
import io.bulwark.clearing.round.RoundRecord.Opened;
import java.util.List;
import java.util.Optional;

/**
 * The round of one epoch at one node: observations are committed to and revealed, then the nodes agree on a record of them and the epoch
 * that follows, as in Tendermint (Buchman, Kwon, Milosevic 2018, algorithm 1), then each signs it. A machine without clock, thread or
 * network: time and messages are given to it.
 *
 * <p>Two values are never decided on in an epoch while at most f = n − t nodes lie, since two sets of t share an honest node, which votes
 * once in a view and, once it is locked on a value, for another only after t voted for that one later. It goes on while t honest nodes
 * hear one another within the growing deadlines.
 */
final class Round {
    private static final long NEVER = Long.MAX_VALUE;

    private final NodeList nodes;
    private final Digest self;
    private final Turn turn;
    private final Node.Timing timing;
    private final Desk desk;
    private final Hearing heard;

    private Stage stage = Stage.OBSERVING;
    private Optional<Own> own = Optional.empty();
    private long deadline = NEVER;
    private int view;
    private long proposeBy = NEVER;
    private long prevotesBy = NEVER;
    private long precommitsBy = NEVER;
    private Optional<Value> locked = Optional.empty();
    private int lockedView = -1;
    private Optional<Proposal> valid = Optional.empty();
    private int validView = -1;
    private Optional<Proposal> decided = Optional.empty();

    /** How far a round is. */
    enum Stage {
        OBSERVING,
        COMMITTED,
        REVEALED,
        PROPOSING,
        PREVOTED,
        PRECOMMITTED,
        DECIDED,
        SEALED
    }

    /** What the node itself observed. */
    private record Own(Digest salt, List<Observed> observed) {}

    /** What a round needs of its node. */
    interface Desk {
        /** Says it, once it lies on the disk; gives what was said in that place, now or before. */
        Signed say(RoundMessage message);

        /** Whether everything that a reveal names is here; asks for what is not. */
        boolean holds(Reveal reveal);

        /** What follows from a record; empty while something is missing, or if nothing does. */
        Optional<Value> follows(RoundRecord record);

        /** A value signed as quorums sign epochs. */
        Seal seal(Turn turn, Value value);

        /** Takes evidence against a node. */
        void convict(Evidence evidence);
    }

    Round(NodeList nodes, Digest self, Turn turn, Node.Timing timing, Desk desk) {
        this.nodes = nodes;
        this.self = self;
        this.turn = turn.at(0);
        this.timing = timing;
        this.desk = desk;
        this.heard = new Hearing(nodes, this.turn, desk::convict);
    }

    /** Of which epoch. */
    Turn turn() {
        return turn;
    }

    Stage stage() {
        return stage;
    }

    /** Everything that was heard, for whoever missed it. */
    List<Signed> said() {
        return heard.all();
    }

    /** Takes what a node said, if it is a node of the list that said it, of this epoch. Gives whether it was new. */
    boolean hear(Signed said) {
        boolean here = said.message().turn().house().equals(turn.house())
                && said.message().turn().epoch() == turn.epoch()
                && said.message().turn().view() <= view + Hearing.VIEWS_AHEAD;
        boolean isNew = here && heard.hear(said);
        if (stage == Stage.SEALED) { // No step follows, and who lies late is convicted all the same.
            heard.judge(this::following);
        }
        return isNew;
    }

    /** Takes back what the node said before it was killed. */
    void remember(Signed own) {
        heard.hear(own);
    }

    /** Begins with what the node observed itself; a node that was killed begins with what it had written down. */
    void observed(Digest salt, List<Observed> observed, long now) {
        own = Optional.of(new Own(salt, observed));
        say(new Commitment(turn, new Reveal(turn, salt, observed, List.of()).commitment(self)));
        stage = Stage.COMMITTED;
        deadline = now + timing.commitMillis();
    }

    /** Goes as far as what was heard and the time allow. */
    void step(long now) {
        while (stage != Stage.OBSERVING && stage != Stage.SEALED && advance(now)) {
            // Each turn of the loop has said or changed something.
        }
    }

    private boolean advance(long now) {
        heard.judge(this::following);
        return switch (stage) {
            case OBSERVING, SEALED -> false;
            case COMMITTED -> reveal(now);
            case REVEALED -> enough(now);
            case PROPOSING, PREVOTED, PRECOMMITTED -> decide() || vote(now);
            case DECIDED -> sealed();
        };
    }

    private void say(RoundMessage message) {
        heard.hear(desk.say(message));
    }

    private boolean reveal(long now) {
        List<Digest> held =
                heard.of(Kind.COMMITMENT, 0).stream().map(Signed::id).toList();
        boolean all = held.size() == nodes.members().size();
        if (!all && (now < deadline || held.size() < nodes.threshold())) {
            return false;
        }
        Own mine = own.orElseThrow();
        say(new Reveal(turn, mine.salt(), mine.observed(), held));
        stage = Stage.REVEALED;
        deadline = now + timing.revealMillis();
        return true;
    }

    /** Reveals that open their commitments and of which everything is here. */
    private List<Opened> usable() {
        return heard.opened().stream()
                .filter(one -> one.opens() && desk.holds(one.said()))
                .toList();
    }

    private boolean enough(long now) {
        int usable = usable().size();
        boolean late = now >= deadline;
        if (usable < nodes.members().size() && !late) {
            return false;
        }
        List<Digest> missing = heard.silent();
        if (late && !missing.isEmpty() && heard.of(Kind.ABSENCE, 0, self).isEmpty()) {
            say(new Absence(turn, missing));
        }
        if (usable < nodes.threshold() && heard.nodesIn(0) <= nodes.faulty()) {
            return false;
        }
        enter(heard.lastViewOf(self), now);
        return true;
    }

    /** Begins a view, as far as the node had come in it. */
    private void enter(int next, long now) {
        view = next;
        proposeBy = now + timing.voteMillis(view);
        prevotesBy = NEVER;
        precommitsBy = NEVER;
        stage = Stage.PROPOSING;
        if (heard.of(Kind.PREVOTE, view, self).isPresent()) {
            stage = Stage.PREVOTED;
        }
        if (heard.of(Kind.PRECOMMIT, view, self).isPresent()) {
            stage = Stage.PRECOMMITTED;
        }
        // A node that was killed finds in its own votes what it is locked on.
        heard.lockOf(self).filter(vote -> vote.turn().view() > lockedView).ifPresent(vote -> {
            locked = vote.value();
            lockedView = vote.turn().view();
        });
    }

    private Optional<Value> following(RoundRecord record) {
        return heard.flaw(record).isPresent() ? Optional.empty() : desk.follows(record);
    }

    private boolean isValid(Proposal proposal) {
        return following(proposal.record()).filter(proposal.value()::equals).isPresent();
    }

    /** Whether it is known to be wrong; one of which something is missing is waited for. */
    private boolean isWrong(Proposal proposal) {
        boolean asNew = proposal.valid().isEmpty();
        return (asNew && proposal.record().view() != proposal.turn().view())
                || heard.flaw(proposal.record()).isPresent()
                || desk.follows(proposal.record())
                        .filter(follows -> !follows.equals(proposal.value()))
                        .isPresent();
    }

    private boolean vote(long now) {
        if (heard.nodesIn(view + 1) > nodes.faulty()) {
            enter(view + 1, now);
            return true;
        }
        keepValid();
        boolean said = switch (stage) {
            case PROPOSING -> propose() || prevote(now);
            case PREVOTED -> precommit(now);
            case OBSERVING, COMMITTED, REVEALED, PRECOMMITTED, DECIDED, SEALED -> false;
        };
        return said || next(now);
    }

    /** The newest value that t nodes voted for, whatever this one did. */
    private void keepValid() {
        for (int at = validView + 1; at <= view; at++) {
            Optional<Proposal> proposal = voted(at);
            if (proposal.isPresent()) {
                valid = proposal;
                validView = at;
            }
        }
    }

    /** What t nodes have cast their first vote for in a view, and is right. */
    private Optional<Proposal> voted(int at) {
        return heard.proposals(at).stream()
                .filter(proposal -> heard.votes(Kind.PREVOTE, at, Optional.of(proposal.value())) >= nodes.threshold()
                        && isValid(proposal))
                .findFirst();
    }

    private boolean propose() {
        if (!nodes.proposer(turn.epoch(), view).equals(self)
                || heard.proposal(view).isPresent()) {
            return false;
        }
        Optional<Proposal> proposed = valid.map(
                        before -> new Proposal(turn.at(view), Optional.of(validView), before.value(), before.record()))
                .or(() -> RoundRecord.of(usable(), nodes.threshold(), view)
                        .flatMap(record -> desk.follows(record)
                                .map(value -> new Proposal(turn.at(view), Optional.empty(), value, record))));
        proposed.ifPresent(this::say);
        return proposed.isPresent();
    }

    private boolean prevote(long now) {
        Optional<Proposal> proposal = heard.proposal(view);
        Optional<Optional<Value>> vote = proposal.flatMap(this::verdict);
        if (vote.isEmpty() && now >= proposeBy) {
            vote = Optional.of(Optional.empty());
        }
        vote.ifPresent(value -> {
            say(new Vote(turn.at(view), Kind.PREVOTE, value));
            stage = Stage.PREVOTED;
        });
        return vote.isPresent();
    }

    /** How to vote on a proposal; empty while that cannot be said. */
    private Optional<Optional<Value>> verdict(Proposal proposal) {
        if (isWrong(proposal)) {
            return Optional.of(Optional.empty());
        }
        if (!isValid(proposal)) {
            return Optional.empty();
        }
        boolean same = locked.filter(proposal.value()::equals).isPresent();
        if (proposal.valid().isEmpty()) {
            return Optional.of(Optional.of(proposal.value()).filter(ignored -> same || lockedView < 0));
        }
        int since = proposal.valid().get();
        if (since >= view) {
            return Optional.of(Optional.empty());
        }
        return heard.votes(Kind.PREVOTE, since, Optional.of(proposal.value())) >= nodes.threshold()
                ? Optional.of(Optional.of(proposal.value()).filter(ignored -> same || lockedView <= since))
                : Optional.empty();
    }

    private boolean precommit(long now) {
        Optional<Value> voted = voted(view).map(Proposal::value);
        if (voted.isPresent()) {
            locked = voted;
            lockedView = view;
            say(new Vote(turn.at(view), Kind.PRECOMMIT, voted));
            stage = Stage.PRECOMMITTED;
            return true;
        }
        if (prevotesBy == NEVER && heard.nodes(Kind.PREVOTE, view) >= nodes.threshold()) {
            prevotesBy = now + timing.voteMillis(view);
        }
        if (heard.votes(Kind.PREVOTE, view, Optional.empty()) >= nodes.threshold() || now >= prevotesBy) {
            say(new Vote(turn.at(view), Kind.PRECOMMIT, Optional.empty()));
            stage = Stage.PRECOMMITTED;
            return true;
        }
        return false;
    }

    /** The next view, once t nodes have cast their second vote in this one and it came to nothing. */
    private boolean next(long now) {
        if (precommitsBy == NEVER && heard.nodes(Kind.PRECOMMIT, view) >= nodes.threshold()) {
            precommitsBy = heard.votes(Kind.PRECOMMIT, view, Optional.empty()) > nodes.faulty()
                    ? now
                    : now + timing.voteMillis(view);
        }
        if (now < precommitsBy || view == RoundMessage.VIEW_MAX) {
            return false;
        }
        enter(view + 1, now);
        return true;
    }

    private boolean decide() {
        for (Signed said : heard.of(Kind.PROPOSAL)) {
            Proposal proposal = (Proposal) said.message();
            // The same value may be proposed in many views; in whichever t nodes cast their second vote for it, it is
            // decided on.
            if (heard.decided(proposal.value()) && isValid(proposal)) {
                decided = Optional.of(proposal);
                stage = Stage.DECIDED;
                say(desk.seal(turn, proposal.value()));
                return true;
            }
        }
        return false;
    }

    private boolean sealed() {
        stage = seals().size() < nodes.threshold() ? stage : Stage.SEALED;
        return stage == Stage.SEALED;
    }

    /** What was decided on; empty before. */
    Optional<Proposal> decided() {
        return decided;
    }

    /** Who has signed what was decided on, both ways. */
    List<Signed> seals() {
        return heard.of(Kind.SEAL, 0).stream()
                .filter(heard::isSeal)
                .filter(said -> said.message() instanceof Seal seal
                        && decided.filter(proposal -> proposal.value().equals(seal.value()))
                                .isPresent())
                .toList();
    }

    /** What the round waits for, for people. */
    String waitsFor() {
        return switch (stage) {
            case OBSERVING -> "observes its venues";
            case COMMITTED -> heard.waits("commitments", Kind.COMMITMENT, 0);
            case REVEALED -> heard.waits("reveals", Kind.REVEAL, 0);
            case PROPOSING ->
                "waits for the proposal of " + nodes.name(nodes.proposer(turn.epoch(), view)) + " in view " + view;
            case PREVOTED -> heard.waits("first votes", Kind.PREVOTE, view);
            case PRECOMMITTED -> heard.waits("second votes", Kind.PRECOMMIT, view);
            case DECIDED -> heard.waits("signatures", Kind.SEAL, 0);
            case SEALED -> "is sealed";
        };
    }
}
