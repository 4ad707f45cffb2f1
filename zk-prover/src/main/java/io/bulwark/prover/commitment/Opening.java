package io.bulwark.prover.commitment;

import java.util.Arrays;
import java.util.Optional;

/** How a circuit opens the rows of a table. */
public enum Opening {
    /** Rows are opened and hashed in the circuit; one round. */
    DIRECT("direct", 60),
    /** Losses are committed to and sealed, then rows are opened by their value at a point derived from the seal; two rounds. */
    CHALLENGE("challenge", 60),
    /** The same with columns packed 5 × 50 instead of 4 × 63: the small key, with request seals of its own, for accounts whose Σ|lots|·bound + 2|cash| is below 2⁴⁷ u. */
    COMPACT("compact", 47);

    private final String label;
    private final int grossBits;

    Opening(String label, int grossBits) {
        this.label = label;
        this.grossBits = grossBits;
    }

    /** The largest gross Σ|lots|·bound + 2|cash| over all lists that it has room for, u. */
    public long grossMax() {
        return (1L << grossBits) - 1;
    }

    /** The name in encodings, file names and benchmarks. */
    public String label() {
        return label;
    }

    /** Whether losses are committed to and sealed before the table is opened. */
    public boolean sealed() {
        return this != DIRECT;
    }

    /** The opening of a name. */
    public static Optional<Opening> ofLabel(String label) {
        return Arrays.stream(values()).filter(o -> o.label.equals(label)).findFirst();
    }
}
