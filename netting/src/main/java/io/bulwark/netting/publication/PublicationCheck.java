package io.bulwark.netting.publication;

/** The rules that a table must pass before it is published, by name. Source: margin method (risk table) and the limits of the common encoding. */
public enum PublicationCheck {
    /** Weights of a combo add up to 10⁶. */
    COMBO_WEIGHTS,
    /** Own-size increments of a charge are at most 3 % of its linear slope, so that splitting an account saves nothing worth while. */
    OWN_SIZE,
    /** χ and its knots are at most 5 volatility points. */
    CROWDING_LIMIT,
    /** Impact, contagion, basis and dislocation of a group together are at most the whole price. */
    DELTA_CHARGES_LIMIT,
    /** ψ is at most one half. */
    SKEW_LIMIT,
    /** Borrowing an asset to hold it never raises excess: D + Dr ≥ K + C in every stress and shortfall row. */
    DEBT_COVERS_COLLATERAL,
    /** A paid-up lot is worth at least nothing: V + A ≥ 0 in every stress and shortfall row. */
    PAID_UP_NEVER_OWES,
    /** A short lot of a two-asset product never loses less than the long lot gains: rowShort ≥ row. */
    SHORT_ROW,
    /** Collateral and debt cancel in the skew charge: C and Dr are equal in the steep and flat rows. */
    SKEW_ROWS_NEUTRAL,
    /** Collateral alone is never short of its own charges: the sum of all slopes of a lot is at most its smallest counted value. */
    COLLATERAL_SLOPES,
    /** The bound of an entry is what it says, the largest magnitude of its columns, and below 2³¹. */
    BOUND,
    /** Every dated delta has a basis key, by group and days. */
    BASIS_KEYS,
    /** A path starts in a row that is by itself a point of J, EXT, HIST, DEPEG or ADV, and not the cross row. */
    PATH_FIRST,
    /** A path ends in the row back, in which nothing moves, and at most once more, where another path starts. */
    PATH_THEN,
    /** For every path there is one of the same family the other way, so that two venues are never both let off. */
    PATH_MIRROR,
    /** What a venue counts of a lot follows from price, weight and moves to the unit; what stands at no venue counts in full. */
    VENUE_ROW,
    /** Every venue at which a derivative has a delta in a group that charges has a dislocation of that group. */
    DISLOCATION_KEYS,
    /** A debt that the house could not call back in time stays within the bound of its asset: 2·Dr[a] − Dr[b] + 2·D ≤ 3·bound. */
    FREE_DEBT,

    /** A row that says that it is no scenario is 0 in every column, stands among its like only, and in no mixture with another family. */
    PAD_ROWS,
    /** A row that is written like one before it has its numbers. */
    REPEATED_ROWS,
    /** Rows, families, combos, rows of the skew and paths are those that governance promises of every day. */
    SKELETON,

    /** No more leaves than the table's tree has room for: 1,024, or 256 where its depth is 4. */
    LEAF_COUNT,
    /** At most 2 knots a list. */
    KNOT_COUNT,
    /** At most 2 legs an entry. */
    LEG_COUNT,
    /** At most 8 families. */
    FAMILY_COUNT,
    /** At most 8 combos. */
    COMBO_COUNT,
    /** At most 8 keys a group, expiries and venues together. */
    DAYS_COUNT,
    /** The same steep and flat rows in all groups. */
    SKEW_ROWS_SAME,
    /** At most 128 scenario rows. */
    ROW_COUNT,
    /** 1 024, 256 or 1 expected-shortfall rows. */
    ES_ROW_COUNT,
    /** Weights are constant in sixteen equal blocks, so that strata are whole blocks. */
    ES_WEIGHT_BLOCKS,
    /** φ lies within its governed range, 700 000 to 900 000 ppm. */
    MAINTENANCE_SHARE,
    /** What a fraction of a lot is charged covers its need: raw IM − E of one lot of any instrument, either side, is at most 2·bound. */
    FRACTION_CHARGE,
    /** Maintenance margin pays for a liquidation: φ·IM covers liquidity and shortfall over it, of the book of every single instrument. */
    MAINTENANCE_COVERS_LIQUIDATION
}
