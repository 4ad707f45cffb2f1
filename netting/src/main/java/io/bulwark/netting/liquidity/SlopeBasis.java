package io.bulwark.netting.liquidity;

import java.util.Locale;

/** What a published slope rests on. */
public enum SlopeBasis {
    /** On what the epoch's reports and accounts, and the record of those before, say. */
    OBSERVED,
    /** On the governed number, for nobody reports what it would follow from. */
    GOVERNED,
    /** On the governed number, because what is observed would charge less. */
    FLOOR;

    /**
     * Of a slope that is the larger of what is observed and a governed least.
     *
     * @param observed what follows from observations
     * @param least the governed least
     */
    public static SlopeBasis of(long observed, long least) {
        return observed > least ? OBSERVED : FLOOR;
    }

    /** For people and provenances. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
