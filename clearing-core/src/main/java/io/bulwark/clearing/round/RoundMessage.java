package io.bulwark.clearing.round;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.attestation.ChainSignature;
import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.attestation.EpochStatement;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a node says in a round. It is said with its key, once of a kind in an epoch and view. */
public sealed interface RoundMessage {
    /** Most accounts that a node observes. */
    int OBSERVED_MAX = 100_000;

    /** Largest view: after so many proposals that came to nothing a person is asked. */
    int VIEW_MAX = 100_000;

    /** Longest message, bytes. */
    int BYTES_MAX = 16 << 20;

    /** Of which epoch it is, and at which turn of proposing. */
    Turn turn();

    /** Of which a node says one in an epoch and view. */
    Kind kind();

    /** What it says beside turn and kind. */
    List<CanonicalValue> content();

    /** Kinds of messages. */
    enum Kind {
        COMMITMENT("commitment"),
        REVEAL("reveal"),
        ABSENCE("absence"),
        PROPOSAL("proposal"),
        /** First vote: the proposal was recomputed and is right. */
        PREVOTE("prevote"),
        /** Second vote: t nodes cast the first for it. */
        PRECOMMIT("precommit"),
        SEAL("seal");

        private static final String PREFIX = "bulwark-round-";

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** Its name among people. */
        String word() {
            return word;
        }

        /** The name that its messages begin with. */
        String schema() {
            return PREFIX + word;
        }

        /** Whether there is one in each view, not one in an epoch. */
        public boolean isInView() {
            return this == PROPOSAL || this == PREVOTE || this == PRECOMMIT;
        }

        static Kind of(String schema) {
            return List.of(values()).stream()
                    .filter(kind -> kind.schema().equals(schema))
                    .findFirst()
                    .orElseThrow(() -> new CanonicalException("round.kind", schema, "must be a message of a round"));
        }
    }

    /**
     * An epoch's round, and a turn in it.
     *
     * @param house the house
     * @param epoch the number of the epoch that it seals, &ge; 1
     * @param view whose turn it is to propose; 0 for what is said once in an epoch
     */
    record Turn(Digest house, long epoch, int view) {
        /** Checks the range. */
        public Turn {
            if (epoch < 1 || view < 0 || view > VIEW_MAX) {
                throw new CanonicalException(
                        "round.turn", epoch + ", " + view, "must be an epoch >= 1 and a view >= 0");
            }
        }

        /** The same round at another view. */
        public Turn at(int other) {
            return new Turn(house, epoch, other);
        }
    }

    /**
     * What is decided on: a record of a round and the epoch that follows from it.
     *
     * @param record digest of the round's record
     * @param inputs SHA-256 of the epoch's sealed inputs
     * @param statement what the nodes then sign
     */
    record Value(Digest record, Digest inputs, EpochStatement statement) {
        CanonicalValue canonical() {
            return array(bytes(record), bytes(inputs), bytes(statement.digest()), integer(statement.timeMillis()));
        }

        static Value of(Turn turn, CanonicalFields fields) {
            return new Value(
                    fields.digest("record"),
                    fields.digest("inputs"),
                    new EpochStatement(turn.house(), turn.epoch(), fields.digest("digest"), fields.integer("time")));
        }
    }

    /**
     * Binds a node to what it has observed, before anybody shows anything.
     *
     * @param hash {@link Reveal#commitment}
     */
    record Commitment(Turn turn, Digest hash) implements RoundMessage {
        @Override
        public Kind kind() {
            return Kind.COMMITMENT;
        }

        @Override
        public List<CanonicalValue> content() {
            return List.of(bytes(hash));
        }
    }

    /**
     * One venue account as a node observed it.
     *
     * @param account whose
     * @param snapshot id of the raw snapshot
     */
    record Observed(VenueAccount account, Digest snapshot) {
        private static final Comparator<Observed> ORDER = Comparator.comparingInt(
                        (Observed observed) -> observed.account().venue())
                .thenComparing(observed -> observed.account().address());
    }

    /**
     * Shows what a node has observed, and whose commitments it held when it did.
     *
     * @param salt 32 random bytes
     * @param observed sorted by venue, then address, each once
     * @param held ids of the commitments that had come, sorted
     */
    record Reveal(Turn turn, Digest salt, List<Observed> observed, List<Digest> held) implements RoundMessage {
        /** Sorts, and checks that no account stands twice. */
        public Reveal {
            observed = observed.stream().sorted(Observed.ORDER).toList();
            held = held.stream().distinct().sorted().toList();
            if (observed.size() > OBSERVED_MAX
                    || observed.stream().map(Observed::account).distinct().count() != observed.size()) {
                throw new CanonicalException(
                        "round.observed", observed.size() + " accounts", "must be each once, at most " + OBSERVED_MAX);
            }
        }

        @Override
        public Kind kind() {
            return Kind.REVEAL;
        }

        @Override
        public List<CanonicalValue> content() {
            return List.of(
                    bytes(salt),
                    observation(),
                    array(held.stream().map(CanonicalValue::bytes).toList()));
        }

        private CanonicalValue observation() {
            return array(observed.stream()
                    .map(o ->
                            array(integer(o.account().venue()), text(o.account().address()), bytes(o.snapshot())))
                    .toList());
        }

        /** SHA-256 of ["bulwark-round-observation", 1, house, epoch, node, salt, observed]: what this node, and no other, commits to. */
        public Digest commitment(Digest node) {
            return array(
                            text("bulwark-round-observation"),
                            integer(1),
                            bytes(turn.house()),
                            integer(turn.epoch()),
                            bytes(node),
                            bytes(salt),
                            observation())
                    .sha256();
        }
    }

    /**
     * Names whoever has shown nothing, or nothing that opens its commitment, by the deadline of the node that says it.
     *
     * @param missing their keys, sorted
     */
    record Absence(Turn turn, List<Digest> missing) implements RoundMessage {
        /** Sorts. */
        public Absence {
            missing = missing.stream().distinct().sorted().toList();
        }

        @Override
        public Kind kind() {
            return Kind.ABSENCE;
        }

        @Override
        public List<CanonicalValue> content() {
            return List.of(array(missing.stream().map(CanonicalValue::bytes).toList()));
        }
    }

    /**
     * What the node whose turn it is proposes to seal.
     *
     * @param valid the view in which t nodes voted for the same value; empty where it is new
     * @param value the epoch that follows
     * @param record the round's record, from which it follows
     */
    record Proposal(Turn turn, Optional<Integer> valid, Value value, RoundRecord record) implements RoundMessage {
        /** Checks that value and record belong together. */
        public Proposal {
            if (!record.digest().equals(value.record())) {
                throw new CanonicalException(
                        "round.record", record.digest().hex(), "must be the value's, " + value.record());
            }
        }

        @Override
        public Kind kind() {
            return Kind.PROPOSAL;
        }

        @Override
        public List<CanonicalValue> content() {
            return List.of(
                    CanonicalValue.optional(valid.map(CanonicalValue::integer)), value.canonical(), record.canonical());
        }
    }

    /**
     * A vote.
     *
     * @param kind {@link Kind#PREVOTE} or {@link Kind#PRECOMMIT}
     * @param value for what; empty: for nothing in this view
     */
    record Vote(Turn turn, Kind kind, Optional<Value> value) implements RoundMessage {
        /** Checks the kind. */
        public Vote {
            if (kind != Kind.PREVOTE && kind != Kind.PRECOMMIT) {
                throw new CanonicalException("round.vote", kind.name(), "must be a prevote or a precommit");
            }
        }

        @Override
        public List<CanonicalValue> content() {
            return List.of(CanonicalValue.optional(value.map(Value::canonical)));
        }
    }

    /**
     * Signs the epoch that was decided on, as quorums do, and as contracts take it.
     *
     * @param value what was decided on
     * @param signature on its statement, by the node's Ed25519 key
     * @param chain the same for contracts, by its secp256k1 key
     */
    record Seal(Turn turn, Value value, EpochSignature signature, ChainSignature chain) implements RoundMessage {
        @Override
        public Kind kind() {
            return Kind.SEAL;
        }

        @Override
        public List<CanonicalValue> content() {
            return List.of(value.canonical(), bytes(signature.signature()), bytes(chain.bytes()));
        }
    }

    /** [name of the kind, 1, house, epoch, view, …]; its bytes are signed. */
    default CanonicalValue canonical() {
        List<CanonicalValue> fields = new ArrayList<>(List.of(
                text(kind().schema()),
                integer(1),
                bytes(turn().house()),
                integer(turn().epoch()),
                integer(turn().view())));
        fields.addAll(content());
        return array(fields);
    }

    /** Whether both take one place in a round, of which a node says one thing. */
    default boolean isInPlaceOf(RoundMessage other) {
        return kind() == other.kind() && turn().equals(other.turn());
    }

    /** Said by a node with its key. */
    default Signed by(QuorumKey key) {
        return new Signed(this, key.say(canonical()));
    }

    /**
     * A message as a node said it.
     *
     * @param message what it says
     * @param signature the node's key, and its signature
     */
    record Signed(RoundMessage message, EpochSignature signature) {
        private static final String SCHEMA = "bulwark-said";

        /** Who said it, if {@link #holds}. */
        public Digest node() {
            return signature.signer();
        }

        /** Whether it was said by whom it names; a seal also holds the signature on its epoch. */
        public boolean holds() {
            boolean sealed = !(message instanceof Seal seal)
                    || (seal.signature().signer().equals(node())
                            && seal.signature().signs(seal.value().statement()));
            return sealed && signature.says(message.canonical());
        }

        /** ["bulwark-said", 1, message, node, signature]. */
        public CanonicalValue canonical() {
            return array(
                    text(SCHEMA),
                    integer(1),
                    message.canonical(),
                    bytes(signature.signer()),
                    bytes(signature.signature()));
        }

        /**
         * SHA-256 of the message and who said it, whatever its signature's bytes: Ed25519 has one signature of honest signers, and
         * others of dishonest ones.
         */
        public Digest id() {
            return array(message.canonical(), bytes(node())).sha256();
        }

        /**
         * Reads what {@link #canonical} wrote; whether the signature holds is another question.
         *
         * @throws CanonicalException if it is no message of a round in its one form
         */
        public static Signed of(CanonicalValue value) {
            CanonicalFields fields = CanonicalFields.document(value, SCHEMA, 1);
            CanonicalValue said = fields.value("message");
            EpochSignature signature = RoundReading.signature(fields.digest("node"), fields.bytes("signature"));
            fields.end();
            RoundMessage message = RoundReading.message(said, signature.signer());
            if (!message.canonical().equals(said)) {
                throw new CanonicalException("round.message", message.kind().schema(), "must be in its one form");
            }
            return new Signed(message, signature);
        }

        /** Reads its bytes. */
        public static Signed read(byte[] encoded) {
            return of(CanonicalReader.read(encoded));
        }
    }
}
