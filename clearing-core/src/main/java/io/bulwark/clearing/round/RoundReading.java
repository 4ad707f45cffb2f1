package io.bulwark.clearing.round;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.attestation.ChainSignature;
import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.round.RoundMessage.Absence;
import io.bulwark.clearing.round.RoundMessage.Commitment;
import io.bulwark.clearing.round.RoundMessage.Kind;
import io.bulwark.clearing.round.RoundMessage.Observed;
import io.bulwark.clearing.round.RoundMessage.Proposal;
import io.bulwark.clearing.round.RoundMessage.Reveal;
import io.bulwark.clearing.round.RoundMessage.Seal;
import io.bulwark.clearing.round.RoundMessage.Turn;
import io.bulwark.clearing.round.RoundMessage.Value;
import io.bulwark.clearing.round.RoundMessage.Vote;
import java.util.Optional;

/** Messages of rounds, from their bytes. */
final class RoundReading {
    private RoundReading() {}

    static RoundMessage message(CanonicalValue value, Digest node) {
        CanonicalFields fields = CanonicalFields.of("round", value);
        Kind kind = Kind.of(fields.text("kind"));
        fields.integer("version", 1, 1);
        Turn turn = new Turn(fields.digest("house"), fields.integer("epoch"), (int)
                fields.integer("view", 0, RoundMessage.VIEW_MAX));
        if (!kind.isInView() && turn.view() != 0) {
            throw new CanonicalException("round.view", String.valueOf(turn.view()), "must be 0 for a " + kind.word());
        }
        RoundMessage message = switch (kind) {
            case COMMITMENT -> new Commitment(turn, fields.digest("hash"));
            case REVEAL ->
                new Reveal(
                        turn,
                        fields.digest("salt"),
                        fields.list("observed", RoundReading::observed),
                        fields.digests("held"));
            case ABSENCE -> new Absence(turn, fields.digests("missing"));
            case PROPOSAL -> proposal(turn, fields);
            case PREVOTE, PRECOMMIT ->
                new Vote(turn, kind, fields.optional("value").map(v -> value(turn, v)));
            case SEAL -> seal(turn, fields, node);
        };
        fields.end();
        return message;
    }

    private static Observed observed(CanonicalFields fields) {
        return new Observed(
                new VenueAccount((int) fields.integer("venue", 0, Integer.MAX_VALUE), fields.text("address")),
                fields.digest("snapshot"));
    }

    private static Proposal proposal(Turn turn, CanonicalFields fields) {
        Optional<Integer> valid = fields.optional("valid").map(RoundReading::view);
        Value value = value(turn, fields.value("value"));
        return new Proposal(turn, valid, value, RoundRecord.of(fields.value("record")));
    }

    private static int view(CanonicalValue value) {
        if (value instanceof CanonicalValue.Int(long view) && view >= 0 && view <= RoundMessage.VIEW_MAX) {
            return (int) view;
        }
        throw new CanonicalException("round.valid", value.toString(), "must be a view");
    }

    private static Seal seal(Turn turn, CanonicalFields fields, Digest node) {
        Value value = value(turn, fields.value("value"));
        EpochSignature signature = signature(node, fields.bytes("signature"));
        byte[] chain = fields.bytes("chain");
        if (chain.length != ChainSignature.LENGTH) {
            throw new CanonicalException("round.chain", chain.length + " bytes", "must have 65 bytes");
        }
        return new Seal(turn, value, signature, new ChainSignature(chain));
    }

    private static Value value(Turn turn, CanonicalValue value) {
        CanonicalFields fields = CanonicalFields.of("round.value", value);
        Value read = Value.of(turn, fields);
        fields.end();
        return read;
    }

    static EpochSignature signature(Digest signer, byte[] signature) {
        if (signature.length != EpochSignature.LENGTH) {
            throw new CanonicalException("round.signature", signature.length + " bytes", "must have 64 bytes");
        }
        return new EpochSignature(signer, signature);
    }
}
