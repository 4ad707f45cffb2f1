package io.bulwark.clearing.oracle;

import io.bulwark.clearing.money.Amount;

/** What the house believes of one subject at one moment, or why it believes nothing. */
public sealed interface Quote {
    /**
     * A believed value.
     *
     * @param value the median of the fresh reports
     * @param confidence half the distance between the outermost fresh reports
     * @param sources how many fresh reports
     * @param ageMillis age of the report that the value is; of the middle two the older one's
     */
    record Believed(Amount value, Amount confidence, int sources, long ageMillis) implements Quote {}

    /**
     * There are reports, but none fresh enough.
     *
     * @param ageMillis the age of the newest
     */
    record Stale(long ageMillis) implements Quote {}

    /** Nobody reports the subject. */
    record Absent() implements Quote {}
}
