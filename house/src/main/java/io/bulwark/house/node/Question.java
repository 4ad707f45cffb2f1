package io.bulwark.house.node;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.attestation.SignedHouseStatement;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.round.RoundMessage.Signed;
import io.bulwark.house.node.NodeHome.Kept;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a node asks another: it signs the question, since answers hold positions.
 *
 * @param house the house
 * @param to whom it asks
 * @param timeMillis by the clock of who asks, UTC epoch milliseconds
 * @param epoch of which epoch everything that was said, and the epoch itself if it is sealed; 0 where a snapshot is asked for
 * @param snapshot the id of a snapshot; zero where an epoch is asked for
 */
record Question(Digest house, Digest to, long timeMillis, long epoch, Digest snapshot) {
    /** How far the clocks of two nodes may lie apart. */
    private static final long SKEW_MILLIS = 120_000;

    private static final String SCHEMA = "bulwark-round-question";

    private CanonicalValue canonical() {
        return array(
                text(SCHEMA),
                integer(1),
                bytes(house),
                bytes(to),
                integer(timeMillis),
                integer(epoch),
                bytes(snapshot));
    }

    byte[] by(QuorumKey key) {
        return array(
                        canonical(),
                        bytes(key.publicKey()),
                        bytes(key.say(canonical()).signature()))
                .encode();
    }

    /** A question as it came, with who asks it. */
    record Asked(Question question, Digest from) {
        /** Reads one; empty if it was not signed by whom it names, or another time or node. */
        static Optional<Asked> read(byte[] encoded, Digest house, List<Digest> here, long nowMillis) {
            CanonicalFields fields = CanonicalFields.of("question", CanonicalReader.read(encoded));
            CanonicalValue said = fields.value("question");
            EpochSignature signature = new EpochSignature(fields.digest("node"), fields.bytes("signature"));
            fields.end();
            CanonicalFields of = CanonicalFields.document(said, SCHEMA, 1);
            Question question = new Question(
                    of.digest("house"),
                    of.digest("to"),
                    of.integer("timeMillis"),
                    of.integer("epoch", 0, Long.MAX_VALUE),
                    of.digest("snapshot"));
            of.end();
            boolean meant = question.house.equals(house)
                    && here.contains(question.to)
                    && Math.abs(nowMillis - question.timeMillis) <= SKEW_MILLIS
                    && signature.says(said);
            return meant ? Optional.of(new Asked(question, signature.signer())) : Optional.empty();
        }
    }

    /**
     * What is answered of an epoch.
     *
     * @param said what was heard in its round
     * @param kept the epoch, if it is sealed
     * @param acts the lists of nodes after the first
     * @param handOver how it signed the hand-over of a registry to the next of them, while that is under way
     */
    record Answer(
            List<Signed> said,
            Optional<Kept> kept,
            List<SignedHouseStatement> acts,
            Optional<HandOver.SignedBy> handOver) {
        private static final String ANSWER = "bulwark-round-answer";

        /** The hand-over stands there only where one is under way. */
        byte[] encode() {
            List<CanonicalValue> fields = new ArrayList<>(List.of(
                    text(ANSWER),
                    integer(1),
                    array(said.stream().map(Signed::canonical).toList()),
                    CanonicalValue.optional(kept.map(Kept::canonical)),
                    array(acts.stream().map(act -> bytes(NodeActs.write(act))).toList())));
            handOver.ifPresent(signed -> fields.add(signed.canonical()));
            return array(fields).encode();
        }

        static Answer read(byte[] encoded) {
            CanonicalFields fields = CanonicalFields.document(CanonicalReader.read(encoded), ANSWER, 1);
            List<Signed> said = NodeHome.values(fields.value("said")).stream()
                    .map(Signed::of)
                    .toList();
            Optional<Kept> kept = fields.optional("kept").map(value -> Kept.read(value.encode()));
            List<SignedHouseStatement> acts = NodeHome.values(fields.value("acts")).stream()
                    .filter(CanonicalValue.Bytes.class::isInstance)
                    .map(value -> NodeActs.read(((CanonicalValue.Bytes) value).value()))
                    .toList();
            Optional<HandOver.SignedBy> handOver =
                    fields.isAtEnd() ? Optional.empty() : Optional.of(HandOver.SignedBy.of(fields.fields("handOver")));
            fields.end();
            return new Answer(said, kept, acts, handOver);
        }
    }
}
