package io.bulwark.clearing.position;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.oracle.OracleParameters;
import java.time.Instant;
import java.util.Optional;

/** The one moment of which a snapshot speaks, by the venue's own clock. Our receipt time is no part of it. */
public sealed interface Horizon {
    /**
     * Why a snapshot of this moment is not taken in at this time; empty where it is.
     *
     * @param now by the clock of whoever takes it in
     * @param skewSeconds how far it may lie beyond, {@link OracleParameters#CLOCK_SKEW}
     */
    default Optional<Refusal> ahead(Instant now, long skewSeconds) {
        return Instant.ofEpochMilli(timeMillis()).isAfter(now.plusSeconds(skewSeconds))
                ? Optional.of(new Refusal(
                        "horizon",
                        Instant.ofEpochMilli(timeMillis()).toString(),
                        "must be at most " + skewSeconds + " s (" + OracleParameters.CLOCK_SKEW.name()
                                + ") after the time at which it came"))
                : Optional.empty();
    }

    /** The venue's time of this horizon, UTC epoch milliseconds. */
    long timeMillis();

    /** Its canonical form, part of the snapshot's identity. */
    CanonicalValue canonical();

    /** Whether it may be sealed: a finalised block, or a venue that has no notion of finality. */
    default boolean sealable() {
        return switch (this) {
            case Block block -> block.finality() == Finality.FINALIZED;
            case Sequence ignored -> true;
            case VenueTime ignored -> true;
        };
    }

    /** How settled a block is. Only finalised horizons are sealed; the others feed warnings and what-if. */
    enum Finality {
        HEAD,
        SAFE,
        FINALIZED
    }

    /**
     * A block of a chain.
     *
     * @param chainId the EVM chain id
     * @param number the block's number
     * @param hash the block's hash, by which everything is read
     * @param finality how settled it was when read
     * @param timeMillis the block's timestamp
     */
    record Block(long chainId, long number, Digest hash, Finality finality, long timeMillis) implements Horizon {
        @Override
        public CanonicalValue canonical() {
            return array(
                    text("block"),
                    integer(chainId),
                    integer(number),
                    bytes(hash),
                    text(finality.name()),
                    integer(timeMillis));
        }
    }

    /**
     * A venue's sequence number or height that is not an EVM block.
     *
     * @param number the height
     * @param timeMillis the venue's time of it
     */
    record Sequence(long number, long timeMillis) implements Horizon {
        @Override
        public CanonicalValue canonical() {
            return array(text("sequence"), integer(number), integer(timeMillis));
        }
    }

    /**
     * A venue that only has a clock.
     *
     * @param timeMillis the venue's time
     */
    record VenueTime(long timeMillis) implements Horizon {
        @Override
        public CanonicalValue canonical() {
            return array(text("time"), integer(timeMillis));
        }
    }

    /** Reads the encoding of what {@link #canonical} gave. */
    static Horizon decode(byte[] encoded) {
        CanonicalFields fields = CanonicalFields.of("horizon", CanonicalReader.read(encoded));
        Horizon horizon = of(fields);
        fields.end();
        return horizon;
    }

    /** Reads what {@link #canonical} wrote. */
    static Horizon of(CanonicalFields fields) {
        String kind = fields.text("kind");
        return switch (kind) {
            case "block" ->
                new Block(
                        fields.integer("chainId"),
                        fields.integer("number"),
                        fields.digest("hash"),
                        Finality.valueOf(fields.text("finality")),
                        fields.integer("timeMillis"));
            case "sequence" -> new Sequence(fields.integer("number"), fields.integer("timeMillis"));
            case "time" -> new VenueTime(fields.integer("timeMillis"));
            default -> throw new CanonicalException("horizon.kind", kind, "must be block, sequence or time");
        };
    }
}
