package io.bulwark.netting.risktable;

import java.util.List;

/** What the table says of an instrument and of an asset alike. */
public sealed interface RiskEntry permits InstrumentRisk, AssetRisk {
    /** Permanent number, in its own list. */
    int number();

    /** Name, unique in its list. */
    String id();

    /** Number of the group in whose rows it stands. */
    int group();

    /** Per underlying group, sorted by group, u per lot. */
    List<Sensitivity> delta();

    /** Concentration slopes, u per lot. */
    CrowdSlopes crowd();

    /** Own-size increments of the liquidity charge, thresholds in lots. */
    List<Knot> knots();

    /** Number of the venue at which it stands, 0 where that is none. */
    int venue();

    /** The largest magnitude that one lot can add to any sum, u. */
    long bound();
}
