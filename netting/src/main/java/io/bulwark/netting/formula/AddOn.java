package io.bulwark.netting.formula;

/** The add-ons by name, in the order in which they are printed. */
public enum AddOn {
    /** Interest-rate and roll risk of dated legs, and marks of one coin that part by venue. */
    BASIS,
    /** Crossing the spread, own size, and moving the underlying on the way out. */
    LIQUIDITY,
    /** Sharing a crowded side with others. */
    CONCENTRATION,
    /** Short volatility when the whole house is short. */
    CROWDING,
    /** What steepening of the smile adds to the loss of a fall. */
    SKEW,
    /** Marginal second-round loss of a liquidation. */
    CONTAGION,
    /** Half a unit per margined lot: pays for the rounding of marks and rows. */
    QUANTISATION;

    /** The name as reference data and API print it. */
    public String label() {
        return switch (this) {
            case BASIS -> "basis";
            case LIQUIDITY -> "liquidity";
            case CONCENTRATION -> "concentration";
            case CROWDING -> "crowding";
            case SKEW -> "skew";
            case CONTAGION -> "contagion";
            case QUANTISATION -> "quantisation";
        };
    }
}
