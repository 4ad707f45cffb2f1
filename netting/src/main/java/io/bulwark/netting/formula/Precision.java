package io.bulwark.netting.formula;

/** How wide the sums of weighted products are held. Both give the same integers wherever the narrow one does not overflow. */
public enum Precision {
    /** 64 bits: for accounts whose gross bound is below {@link #NARROW_LIMIT}. */
    INT64,
    /** 128 bits: for every other account. */
    INT128;

    /** Weights reach 10⁶ < 2²⁰ and the requirement 5.5 times the gross bound: below 2⁴⁰ u no weighted sum leaves 64 bits. */
    public static final long NARROW_LIMIT = 1L << 40;

    public static Precision of(long grossBound) {
        return grossBound < NARROW_LIMIT ? INT64 : INT128;
    }

    public WeightedSum sum() {
        return switch (this) {
            case INT64 -> new WeightedSum.Int64();
            case INT128 -> new WeightedSum.Int128();
        };
    }

    /** ⌈weight·value / divisor⌉. */
    public long ceilDiv(long weight, long value, long divisor) {
        return sum().add(weight, value).ceilDiv(divisor);
    }
}
