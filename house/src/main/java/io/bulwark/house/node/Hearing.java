package io.bulwark.house.node;

import io.bulwark.clearing.attestation.ChainStatement;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.node.NodeList;
import io.bulwark.clearing.round.Evidence;
import io.bulwark.clearing.round.RoundMessage.Absence;
import io.bulwark.clearing.round.RoundMessage.Commitment;
import io.bulwark.clearing.round.RoundMessage.Kind;
import io.bulwark.clearing.round.RoundMessage.Proposal;
import io.bulwark.clearing.round.RoundMessage.Reveal;
import io.bulwark.clearing.round.RoundMessage.Seal;
import io.bulwark.clearing.round.RoundMessage.Signed;
import io.bulwark.clearing.round.RoundMessage.Turn;
import io.bulwark.clearing.round.RoundMessage.Value;
import io.bulwark.clearing.round.RoundMessage.Vote;
import io.bulwark.clearing.round.RoundRecord;
import io.bulwark.clearing.round.RoundRecord.Opened;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a node has heard of a round: one thing from each node in each place. What does not go together becomes evidence. */
final class Hearing {
    /** How far ahead of its own view a node listens: what comes later is heard again when it is asked for. */
    static final int VIEWS_AHEAD = 16;

    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::kind).thenComparingInt(Place::view).thenComparing(Place::node);

    private final NodeList nodes;
    private final Turn turn;
    private final Consumer<Evidence> convict;
    private final Map<RoundRecord, Optional<String>> flaws = new HashMap<>();
    private final TreeMap<Place, Signed> heard = new TreeMap<>(ORDER);

    /** What was said in a place where something else was heard first, and counts all the same. */
    private final List<Signed> others = new ArrayList<>();

    private final List<Signed> contradictions = new ArrayList<>();
    private final Set<Digest> known = new HashSet<>();
    private final Set<String> convicted = new HashSet<>();
    private final Map<Digest, Value> followed = new HashMap<>();

    private boolean unjudged;

    /** Where a node says one thing. */
    private record Place(Kind kind, int view, Digest node) {}

    Hearing(NodeList nodes, Turn turn, Consumer<Evidence> convict) {
        this.nodes = nodes;
        this.turn = turn;
        this.convict = convict;
    }

    /** Takes it, if a node of the list said it; gives whether it was new. */
    boolean hear(Signed said) {
        if (nodes.member(said.node()).isEmpty() || known.contains(said.id()) || !said.holds()) {
            return false;
        }
        Place place = new Place(said.message().kind(), said.message().turn().view(), said.node());
        Signed before = heard.putIfAbsent(place, said);
        if (before != null && !before.message().equals(said.message())) {
            if (convicted.add("equivocation " + place)) {
                contradictions.add(said);
                unjudged = true;
                convict.accept(new Evidence.Equivocation(before, said));
            }
            return counts(said) && known.add(said.id()) && others.add(said);
        }
        known.add(said.id());
        unjudged = true;
        if (before == null) {
            examine(said);
        }
        return before == null;
    }

    /**
     * Whether a second word in one place is kept beside the first. Who lies tells each node another thing first, and what t nodes
     * saw voted must be counted by all: so a
     * vote for nothing or for what is proposed counts, and a proposal that an honest node voted for. Anything else would only fill
     * the memory.
     */
    private boolean counts(Signed said) {
        return switch (said.message()) {
            case Vote vote ->
                vote.value()
                        .map(value -> of(Kind.PROPOSAL).stream()
                                .anyMatch(p -> p.message() instanceof Proposal proposal
                                        && proposal.value().equals(value)))
                        .orElse(true);
            case Proposal proposal ->
                votes(Kind.PREVOTE, proposal.turn().view(), Optional.of(proposal.value())) > nodes.faulty();
            case Commitment ignored -> false;
            case Reveal ignored -> false;
            case Absence ignored -> false;
            case Seal ignored -> false;
        };
    }

    /** What was heard, with what contradicts it. */
    List<Signed> all() {
        return Stream.of(heard.values(), others, contradictions)
                .flatMap(Collection::stream)
                .distinct()
                .toList();
    }

    Optional<Signed> of(Kind kind, int view, Digest node) {
        return Optional.ofNullable(heard.get(new Place(kind, view, node)));
    }

    List<Signed> of(Kind kind, int view) {
        return of(kind).stream()
                .filter(said -> said.message().turn().view() == view)
                .toList();
    }

    /** All of a kind, in order of view and node; what was said there besides comes last. */
    List<Signed> of(Kind kind) {
        return Stream.of(heard.values(), others)
                .flatMap(Collection::stream)
                .filter(said -> said.message().kind() == kind)
                .toList();
    }

    /** What is proposed in a view: more than one where its proposer lies. */
    List<Proposal> proposals(int view) {
        return of(Kind.PROPOSAL, view).stream()
                .filter(said -> said.node().equals(nodes.proposer(turn.epoch(), view)))
                .map(said -> (Proposal) said.message())
                .toList();
    }

    /** Of how many nodes there is one of a kind in a view. */
    int nodes(Kind kind, int view) {
        return (int) of(kind, view).stream().map(Signed::node).distinct().count();
    }

    List<Signed> by(Digest node) {
        return heard.values().stream().filter(said -> said.node().equals(node)).toList();
    }

    /** What is proposed in a view, as it was heard first. */
    Optional<Proposal> proposal(int view) {
        return proposals(view).stream().findFirst();
    }

    /** Who has shown nothing. */
    List<Digest> silent() {
        return nodes.keys().stream()
                .filter(node -> of(Kind.COMMITMENT, 0, node).isEmpty()
                        || of(Kind.REVEAL, 0, node).isEmpty())
                .toList();
    }

    /** The last second vote of a node for a value. */
    Optional<Vote> lockOf(Digest node) {
        return by(node).stream()
                .filter(said -> said.message() instanceof Vote vote
                        && vote.kind() == Kind.PRECOMMIT
                        && vote.value().isPresent())
                .map(said -> (Vote) said.message())
                .max(Comparator.comparingInt(vote -> vote.turn().view()));
    }

    /** The last view in which a node voted. */
    int lastViewOf(Digest node) {
        return by(node).stream()
                .mapToInt(said -> said.message().turn().view())
                .max()
                .orElse(0);
    }

    /** How many nodes have proposed or voted in a view, or in a later one. */
    int nodesIn(int view) {
        return (int) heard.keySet().stream()
                .filter(place -> place.kind().isInView() && place.view() >= view)
                .map(Place::node)
                .distinct()
                .count();
    }

    /** How many voted so. */
    int votes(Kind kind, int view, Optional<Value> value) {
        return (int) of(kind, view).stream()
                .filter(said ->
                        said.message() instanceof Vote vote && vote.value().equals(value))
                .map(Signed::node)
                .distinct()
                .count();
    }

    /** How much of what a round waits for is there, and who said nothing, for people. */
    String waits(String what, Kind kind, int view) {
        String silent = nodes.keys().stream()
                .filter(node -> of(kind, view, node).isEmpty())
                .map(nodes::name)
                .collect(Collectors.joining(", "));
        return "waits for " + what + ": " + nodes(kind, view) + " of the " + nodes.threshold() + " that it needs"
                + (view > 0 ? " in view " + view : "")
                + (silent.isEmpty() ? "" : "; nothing from " + silent);
    }

    /** Whether t nodes cast their second vote for it in one view. */
    boolean decided(Value value) {
        return of(Kind.PRECOMMIT).stream()
                .map(said -> said.message().turn().view())
                .distinct()
                .anyMatch(view -> votes(Kind.PRECOMMIT, view, Optional.of(value)) >= nodes.threshold());
    }

    /** Who has both committed and revealed, whether the one opens the other or not. */
    List<Opened> opened() {
        return nodes.keys().stream()
                .flatMap(node -> of(Kind.COMMITMENT, 0, node)
                        .flatMap(commitment -> of(Kind.REVEAL, 0, node).map(reveal -> new Opened(commitment, reveal)))
                        .stream())
                .toList();
    }

    /** Whether a seal is signed for contracts too, by the key that the list names. */
    boolean isSeal(Signed said) {
        return isSeal(nodes, said);
    }

    static boolean isSeal(NodeList nodes, Signed said) {
        return said.message() instanceof Seal seal
                && nodes.member(said.node())
                        .filter(member -> seal.chain()
                                .signer(new ChainStatement.OfEpoch(
                                        seal.turn().house(),
                                        seal.turn().epoch(),
                                        seal.value().statement().digest()))
                                .filter(member.chain()::equals)
                                .isPresent())
                        .isPresent();
    }

    private void examine(Signed said) {
        switch (said.message()) {
            case Commitment ignored -> unopened();
            case Reveal ignored -> unopened();
            case Absence absence -> absence.missing().forEach(this::absent);
            case Proposal ignored -> {
                // Judged by what follows from its record.
            }
            case Vote ignored -> {
                // The same.
            }
            case Seal ignored -> {
                // The same.
            }
        }
    }

    /** Reveals that do not open their commitments, and commitments that are another's. */
    private void unopened() {
        List<Opened> opened = opened();
        for (Opened one : opened) {
            if (!one.opens()) {
                once("mismatch", one.node(), new Evidence.Mismatch(one));
            }
        }
        for (Signed commitment : of(Kind.COMMITMENT, 0)) {
            opened.stream()
                    .filter(one -> one.opens()
                            && !one.node().equals(commitment.node())
                            && one.commitment().message().equals(commitment.message()))
                    .findFirst()
                    .ifPresent(original -> once("copied", commitment.node(), new Evidence.Copy(commitment, original)));
        }
    }

    private void absent(Digest missing) {
        List<Signed> waited = of(Kind.ABSENCE, 0).stream()
                .filter(said -> !said.node().equals(missing)
                        && said.message() instanceof Absence absence
                        && absence.missing().contains(missing))
                .toList();
        if (waited.size() >= nodes.threshold() && nodes.member(missing).isPresent()) {
            once("absent", missing, new Evidence.Absent(missing, waited));
        }
    }

    private void once(String fault, Digest node, Evidence evidence) {
        if (convicted.add(fault + " " + node)) {
            convict.accept(evidence);
        }
    }

    /**
     * Convicts whoever signed something else than follows from a record that was heard; also of two things that he said in one place,
     * whichever came first.
     */
    void judge(Function<RoundRecord, Optional<Value>> following) {
        if (!unjudged) {
            return;
        }
        Map<Digest, RoundRecord> records = new HashMap<>();
        for (Signed said : of(Kind.PROPOSAL)) {
            Proposal proposal = (Proposal) said.message();
            records.put(proposal.value().record(), proposal.record());
            if (flaw(proposal.record()).isPresent()) {
                once("refuted", said.node(), new Evidence.Refuted(said, proposal.record()));
            }
        }
        records.forEach((digest, record) -> {
            if (!followed.containsKey(digest)) {
                following.apply(record).ifPresent(value -> followed.put(digest, value));
            }
        });
        unjudged = !followed.keySet().containsAll(records.keySet());
        for (Signed said : all()) {
            value(said)
                    .filter(value ->
                            followed.containsKey(value.record()) && !value.equals(followed.get(value.record())))
                    .ifPresent(value -> once(
                            "refuted",
                            said.node(),
                            new Evidence.Refuted(said, Objects.requireNonNull(records.get(value.record())))));
        }
    }

    /** Why a record is none of this round; looked for once. */
    Optional<String> flaw(RoundRecord record) {
        return flaws.computeIfAbsent(record, r -> r.flaw(nodes, turn));
    }

    private static Optional<Value> value(Signed said) {
        return switch (said.message()) {
            case Proposal proposal -> Optional.of(proposal.value());
            case Vote vote -> vote.value();
            case Seal seal -> Optional.of(seal.value());
            case Commitment ignored -> Optional.empty();
            case Reveal ignored -> Optional.empty();
            case Absence ignored -> Optional.empty();
        };
    }
}
