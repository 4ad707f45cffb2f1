package io.bulwark.netting.margin;

/** How wide the sums of weighted products are held. Both give the same integers wherever the narrow one does not overflow. */
enum Precision {
    /** 64 bits: for accounts whose gross bound is below {@link #NARROW_LIMIT}. */
    INT64,
    /** 128 bits: for every other account. */
    INT128;

    /** Weights reach 10⁶ < 2²⁰ and the requirement 5.5 times the gross bound: below 2⁴⁰ u no weighted sum leaves 64 bits. */
    static final long NARROW_LIMIT = 1L << 40;

    static Precision of(long grossBound) {
        return grossBound < NARROW_LIMIT ? INT64 : INT128;
    }

    WeightedSum sum() {
        return switch (this) {
            case INT64 -> new WeightedSum.Int64();
            case INT128 -> new WeightedSum.Int128();
        };
    }

    /** ⌈weight·value / divisor⌉. */
    long ceilDiv(long weight, long value, long divisor) {
        return sum().add(weight, value).ceilDiv(divisor);
    }
}
