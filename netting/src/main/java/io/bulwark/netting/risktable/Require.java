package io.bulwark.netting.risktable;

/** Refuses an ill-formed table with one clear sentence: where, what rule, which value. */
final class Require {
    private Require() {}

    static void that(boolean holds, String where, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("risk table: " + where + " " + rule + "; have " + value);
        }
    }

    static void notNegative(long value, String where) {
        that(value >= 0, where, "must be >= 0", value);
    }

    static void notBlank(String id, String where) {
        that(!id.isBlank(), where, "must not be blank", "\"" + id + "\"");
    }

    static void length(IntColumn column, int length, String where) {
        that(column.length() == length, where, "must have " + length + " entries", column.length());
    }
}
