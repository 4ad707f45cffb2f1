package io.bulwark.netting.venuemargin;

/** Refusals of an engine's inputs: field, value, rule. */
final class Check {
    private Check() {}

    static void that(boolean holds, String field, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(field + " = " + value + ": " + rule);
        }
    }

    static double finite(String field, double value) {
        that(Double.isFinite(value), field, value, "must be finite");
        return value;
    }

    static double notNegative(String field, double value) {
        that(value >= 0 && Double.isFinite(value), field, value, "must be finite and >= 0");
        return value;
    }

    static double positive(String field, double value) {
        that(value > 0 && Double.isFinite(value), field, value, "must be finite and > 0");
        return value;
    }
}
