package io.bulwark.clearing.round;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.node.NodeList;
import io.bulwark.clearing.node.NodeList.Fault;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.clearing.round.RoundMessage.Absence;
import io.bulwark.clearing.round.RoundMessage.Commitment;
import io.bulwark.clearing.round.RoundMessage.Proposal;
import io.bulwark.clearing.round.RoundMessage.Seal;
import io.bulwark.clearing.round.RoundMessage.Signed;
import io.bulwark.clearing.round.RoundMessage.Turn;
import io.bulwark.clearing.round.RoundMessage.Value;
import io.bulwark.clearing.round.RoundMessage.Vote;
import io.bulwark.clearing.round.RoundRecord.Opened;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What convicts a node of a fault, for anybody who has the list of nodes: he believes no node that handed it on. Four kinds are
 * judged by signatures
 * alone; an outlier and what recomputation refutes, by computing.
 */
public sealed interface Evidence {
    /** Longest evidence, bytes. */
    int BYTES_MAX = 64 << 20;

    /** What it shows. */
    Fault fault();

    /** Whom it convicts. */
    Digest accused();

    /** In which round. */
    Turn turn();

    /** What stands in its document. */
    List<CanonicalValue> content();

    /** Why it convicts nobody, in words; empty if it convicts. That what is said was said by whom it names is checked before. */
    Optional<String> weakness(NodeList list, Recomputation recomputation);

    /** What everybody computes alike who has the house's genesis and the epochs before. */
    interface Recomputation {
        /** What bytes of a venue mean; empty where they mean nothing. */
        Optional<VenueSnapshot> meaning(RawSnapshot raw);

        /** What follows from a record of a round; empty where something is missing that it rests on, such as the epoch before. */
        Optional<Value> follows(RoundRecord record);
    }

    /** Everything that it rests on that nodes said. */
    List<Signed> said();

    /** Why it convicts nobody, in words; empty if it does. */
    default Optional<String> flaw(NodeList list, Recomputation recomputation) {
        if (!turn().house().equals(list.house())) {
            return Optional.of("it must be of house " + list.house() + "; it is of " + turn().house());
        }
        if (list.member(accused()).isEmpty()) {
            return Optional.of("it must be of a node of the list; " + accused() + " is none");
        }
        for (Signed one : said()) {
            if (list.member(one.node()).isEmpty() || !one.holds()) {
                return Optional.of("what " + list.name(one.node())
                        + " is to have said must be signed by it, and it must be a node");
            }
        }
        return weakness(list, recomputation);
    }

    /**
     * It said two things of which there is one.
     *
     * @param first one
     * @param second another, of the same kind, epoch and view
     */
    record Equivocation(Signed first, Signed second) implements Evidence {
        @Override
        public Fault fault() {
            return Fault.EQUIVOCATION;
        }

        @Override
        public Digest accused() {
            return first.node();
        }

        @Override
        public Turn turn() {
            return first.message().turn();
        }

        @Override
        public List<Signed> said() {
            return List.of(first, second);
        }

        @Override
        public List<CanonicalValue> content() {
            return List.of(first.canonical(), second.canonical());
        }

        @Override
        public Optional<String> weakness(NodeList list, Recomputation recomputation) {
            if (!first.node().equals(second.node())) {
                return Optional.of("both must be said by one node");
            }
            if (!first.message().isInPlaceOf(second.message())) {
                return Optional.of("both must be of one kind, epoch and view");
            }
            return first.message().equals(second.message())
                    ? Optional.of("the two must say different things")
                    : Optional.empty();
        }
    }

    /**
     * What it revealed is not what it committed to.
     *
     * @param shown both
     */
    record Mismatch(Opened shown) implements Evidence {
        @Override
        public Fault fault() {
            return Fault.MISMATCH;
        }

        @Override
        public Digest accused() {
            return shown.node();
        }

        @Override
        public Turn turn() {
            return shown.turn();
        }

        @Override
        public List<Signed> said() {
            return List.of(shown.commitment(), shown.reveal());
        }

        @Override
        public List<CanonicalValue> content() {
            return List.of(shown.commitment().canonical(), shown.reveal().canonical());
        }

        @Override
        public Optional<String> weakness(NodeList list, Recomputation recomputation) {
            return shown.opens() ? Optional.of("the reveal must not open the commitment; it does") : Optional.empty();
        }
    }

    /**
     * Its commitment is another node's, which alone can have made it: a commitment binds its node.
     *
     * @param copy of the accused
     * @param original of the other, opened
     */
    record Copy(Signed copy, Opened original) implements Evidence {
        @Override
        public Fault fault() {
            return Fault.COPIED;
        }

        @Override
        public Digest accused() {
            return copy.node();
        }

        @Override
        public Turn turn() {
            return copy.message().turn();
        }

        @Override
        public List<Signed> said() {
            return List.of(copy, original.commitment(), original.reveal());
        }

        @Override
        public List<CanonicalValue> content() {
            return List.of(
                    copy.canonical(),
                    original.commitment().canonical(),
                    original.reveal().canonical());
        }

        @Override
        public Optional<String> weakness(NodeList list, Recomputation recomputation) {
            if (copy.node().equals(original.node()) || !copy.message().turn().equals(original.turn())) {
                return Optional.of("the two must be of two nodes in one round");
            }
            if (!copy.message().equals(original.commitment().message())) {
                return Optional.of("both must commit to the same");
            }
            return original.opens() ? Optional.empty() : Optional.of("the other's reveal must open the commitment");
        }
    }

    /**
     * t nodes waited for it until their deadline.
     *
     * @param accused who
     * @param waited what they said, of one round
     */
    record Absent(Digest accused, List<Signed> waited) implements Evidence {
        /** Copies. */
        public Absent {
            waited = List.copyOf(waited);
            if (waited.isEmpty()) {
                throw new CanonicalException("evidence.waited", "nobody", "must be said by somebody");
            }
        }

        @Override
        public Fault fault() {
            return Fault.ABSENT;
        }

        @Override
        public Turn turn() {
            return waited.getFirst().message().turn();
        }

        @Override
        public List<Signed> said() {
            return waited;
        }

        @Override
        public List<CanonicalValue> content() {
            return List.of(
                    bytes(accused), array(waited.stream().map(Signed::canonical).toList()));
        }

        @Override
        public Optional<String> weakness(NodeList list, Recomputation recomputation) {
            Set<Digest> naming = waited.stream()
                    .filter(one -> one.message().turn().equals(turn())
                            && one.message() instanceof Absence absence
                            && absence.missing().contains(accused)
                            && !one.node().equals(accused))
                    .map(Signed::node)
                    .collect(Collectors.toCollection(TreeSet::new));
            return naming.size() >= list.threshold()
                    ? Optional.empty()
                    : Optional.of("it must be named by " + list.threshold() + " other nodes in one round; it is by "
                            + naming.size());
        }
    }

    /**
     * A price of its own lies further from the median than the terms allow.
     *
     * @param accused who
     * @param account the venue account that it observed so
     * @param record of the round: who observed what
     * @param snapshots what every node of the record observed of that account, each content once
     */
    record Outlier(Digest accused, VenueAccount account, RoundRecord record, List<RawSnapshot> snapshots)
            implements Evidence {
        /** Copies. */
        public Outlier {
            snapshots = List.copyOf(snapshots);
        }

        @Override
        public Fault fault() {
            return Fault.OUTLIER;
        }

        @Override
        public Turn turn() {
            return record.turn();
        }

        @Override
        public List<Signed> said() {
            return List.of();
        }

        @Override
        public List<CanonicalValue> content() {
            return List.of(
                    bytes(accused),
                    integer(account.venue()),
                    text(account.address()),
                    record.canonical(),
                    array(snapshots.stream().map(RawSnapshot::canonical).toList()));
        }

        @Override
        public Optional<String> weakness(NodeList list, Recomputation recomputation) {
            return EvidenceReading.weakness(this, list, recomputation);
        }
    }

    /**
     * It signed what does not follow.
     *
     * @param signed a proposal, a vote or a seal
     * @param record the record that its value names
     */
    record Refuted(Signed signed, RoundRecord record) implements Evidence {
        @Override
        public Fault fault() {
            return Fault.REFUTED;
        }

        @Override
        public Digest accused() {
            return signed.node();
        }

        @Override
        public Turn turn() {
            return signed.message().turn();
        }

        @Override
        public List<Signed> said() {
            return List.of(signed);
        }

        @Override
        public List<CanonicalValue> content() {
            return List.of(signed.canonical(), record.canonical());
        }

        private Optional<Value> value() {
            return switch (signed.message()) {
                case Proposal proposal -> Optional.of(proposal.value());
                case Vote vote -> vote.value();
                case Seal seal -> Optional.of(seal.value());
                case Commitment ignored -> Optional.empty();
                case RoundMessage.Reveal ignored -> Optional.empty();
                case Absence ignored -> Optional.empty();
            };
        }

        @Override
        public Optional<String> weakness(NodeList list, Recomputation recomputation) {
            Optional<Value> value = value();
            if (value.isEmpty() || !value.get().record().equals(record.digest())) {
                return Optional.of("it must be said of the record that lies beside it");
            }
            if (record.flaw(list, turn()).isPresent()) {
                return Optional.empty();
            }
            Optional<Value> follows = recomputation.follows(record);
            if (follows.isEmpty()) {
                return Optional.of("what it rests on is not here: the epochs before " + turn().epoch()
                        + " and what the record observed");
            }
            return follows.equals(value)
                    ? Optional.of("what it signed must not follow; it does, bit for bit")
                    : Optional.empty();
        }
    }

    /** ["bulwark-evidence", 1, fault, …]. */
    default CanonicalValue canonical() {
        return array(text("bulwark-evidence"), integer(1), text(fault().word()), array(content()));
    }

    /** SHA-256 of the canonical encoding: the name of its file. */
    default Digest digest() {
        return canonical().sha256();
    }

    /** What it says, for people. */
    default String inWords(NodeList list) {
        return list.name(accused()) + " in epoch " + turn().epoch() + ": " + EvidenceReading.words(this);
    }

    /**
     * Reads what {@link #canonical} wrote; whether it convicts, {@link #flaw} says.
     *
     * @throws CanonicalException if it is no evidence in its one form
     */
    static Evidence read(byte[] encoded) {
        return EvidenceReading.read(encoded);
    }
}
