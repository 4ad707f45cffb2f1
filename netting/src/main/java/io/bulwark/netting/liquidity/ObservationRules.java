package io.bulwark.netting.liquidity;

/** Refusals of observations, with field, place and value. */
final class ObservationRules {
    private ObservationRules() {}

    static void notNegative(long value, String field, String where) {
        if (value < 0) {
            throw new IllegalArgumentException(field + " of " + where + " must be >= 0; have " + value);
        }
    }

    static void positive(long value, String field, String where) {
        if (value <= 0) {
            throw new IllegalArgumentException(field + " of " + where + " must be > 0; have " + value);
        }
    }
}
