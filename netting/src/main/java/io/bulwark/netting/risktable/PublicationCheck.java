package io.bulwark.netting.risktable;

/** The rules that a table must pass before it is published, by name. Source: margin method (risk table) and the limits of the common encoding. */
public enum PublicationCheck {
    /** Weights of a combo add up to 10⁶. */
    COMBO_WEIGHTS(false, "weights of every combo add up to 1000000"),
    /** Own-size increments of a charge are at most 3 % of its linear slope, so that splitting an account saves nothing worth while. */
    OWN_SIZE(false, "own-size slopes together are at most 3 % of the linear slope"),
    /** χ and its knots are at most 5 volatility points. */
    CROWDING_LIMIT(false, "crowding slope with its knots is at most 5 vol points"),
    /** Impact, contagion and basis of a group together are at most the whole price. */
    DELTA_CHARGES_LIMIT(false, "impact, contagion and basis of a group together are at most 1000000 ppm"),
    /** ψ is at most one half. */
    SKEW_LIMIT(false, "psi is at most 500000 ppm"),
    /** Borrowing an asset to hold it never raises excess. */
    DEBT_COVERS_COLLATERAL(false, "D + Dr >= K + C in every stress and shortfall row"),
    /** A paid-up lot is worth at least nothing in every row. */
    PAID_UP_NEVER_OWES(false, "V + A >= 0 for paid-up instruments in every stress and shortfall row"),
    /** A short lot of a two-asset product never loses less than the long lot gains. */
    SHORT_ROW(false, "rowShort >= row"),
    /** Collateral and debt cancel in the skew charge. */
    SKEW_ROWS_NEUTRAL(false, "C and Dr are equal in the steep and flat rows"),
    /** Collateral alone is never short of its own charges. */
    COLLATERAL_SLOPES(false, "the sum of all slopes of a collateral lot is at most its smallest counted value"),
    /** The bound of an entry is what it says. */
    BOUND(false, "bound is the largest magnitude of the entry's columns and below 2^31"),
    /** Every dated delta has a basis key. */
    BASIS_KEYS(false, "basis has an entry for every dated group and days"),

    /** At most 2 knots a list. */
    KNOT_COUNT(true, "at most 2 knots a list"),
    /** At most 2 legs an entry. */
    LEG_COUNT(true, "at most 2 underlying groups an entry"),
    /** At most 8 families. */
    FAMILY_COUNT(true, "at most 8 families"),
    /** At most 8 combos. */
    COMBO_COUNT(true, "at most 8 combos"),
    /** At most 8 expiry keys a group. */
    DAYS_COUNT(true, "at most 8 days keys a group"),
    /** The same steep and flat rows in all groups. */
    SKEW_ROWS_SAME(true, "the same steep and flat rows in all groups"),
    /** At most 128 scenario rows. */
    ROW_COUNT(true, "at most 128 scenario rows"),
    /** 1 024, 256 or 1 expected-shortfall rows. */
    ES_ROW_COUNT(true, "1024, 256 or 1 expected-shortfall rows"),
    /** Weights are constant in sixteen equal blocks, so that strata are whole blocks. */
    ES_WEIGHT_BLOCKS(true, "shortfall weights are constant in blocks of N/16 rows"),
    /** φ lies within its governed range. */
    MAINTENANCE_SHARE(true, "phi is 700000..900000 ppm"),
    /** What a fraction of a lot is charged covers what it could require. */
    FRACTION_CHARGE(true, "raw IM - E of one lot of every instrument, either side, is at most 2 * bound"),
    /** Maintenance margin pays for a liquidation. */
    MAINTENANCE_COVERS_LIQUIDATION(
            true, "phi * IM covers liquidity and shortfall over the liquidation of every single-instrument book");

    private final boolean production;
    private final String rule;

    PublicationCheck(boolean production, String rule) {
        this.production = production;
        this.rule = rule;
    }

    /** Whether only tables of the product must pass: reference tables have other strata and row counts. */
    public boolean productionOnly() {
        return production;
    }

    /** The rule as a sentence. */
    public String rule() {
        return rule;
    }
}
