package io.bulwark.insurance.regulatory;

/** Ratios and weights that a bank's balance sheet needs: leverage, liquidity coverage, crypto-assets. */
public final class BalanceSheetRatio {
    private static final double ALPHA = 1.4;
    private static final double INFLOW_CAP = 0.75;
    private static final double RWA_PER_CAPITAL = 12.5;

    private BalanceSheetRatio() {}

    /** Tier 1 over exposure, > 0 (LEV20). */
    public static double leverage(double tier1, double exposure) {
        if (!(exposure > 0)) {
            throw new IllegalArgumentException("exposure must be > 0; have " + exposure);
        }
        return tier1 / exposure;
    }

    /**
     * Exposure of derivatives in the leverage ratio, multiplier fixed at 1 (LEV30).
     *
     * @param value net, of the set
     * @param received cash variation margin received
     * @param provided cash variation margin provided
     * @param addOn aggregate add-on of SA-CCR
     */
    public static double leverageExposure(double value, double received, double provided, double addOn) {
        return ALPHA * (Math.max(value - received + provided, 0) + addOn);
    }

    /**
     * Liquidity coverage with the caps on level 2 (LCR30, LCR40).
     *
     * @param over15 what level 2B has above 15 % of the stock
     * @param over40 what level 2 has above 40 % of the stock
     * @param stock of liquid assets after both caps
     * @param netOutflow outflows less inflows, these at most 75 % of outflows
     * @param ratio stock over net outflow
     */
    public record LiquidityCoverage(double over15, double over40, double stock, double netOutflow, double ratio) {}

    /**
     * Computes it from amounts after haircuts.
     *
     * @param level1 cash and the like
     * @param level2a after 15 %
     * @param level2b after 25 % to 50 %
     * @param outflows of thirty days, > 0
     * @param inflows of thirty days
     */
    public static LiquidityCoverage liquidityCoverage(
            double level1, double level2a, double level2b, double outflows, double inflows) {
        if (!(outflows > 0)) {
            throw new IllegalArgumentException("outflows must be > 0; have " + outflows);
        }
        double over15 = Math.max(Math.max(level2b - 15.0 / 85 * (level1 + level2a), level2b - 15.0 / 60 * level1), 0);
        double over40 = Math.max(level2a + level2b - over15 - 2.0 / 3 * level1, 0);
        double stock = level1 + level2a + level2b - over15 - over40;
        double net = outflows - Math.min(inflows, INFLOW_CAP * outflows);
        return new LiquidityCoverage(over15, over40, stock, net, stock / net);
    }

    /** Risk-weighted assets of a crypto-asset of group 2b: the weight on the larger side, nothing netted (SCO60). */
    public static double cryptoGroup2b(double longSide, double shortSide, double weight) {
        return weight * Math.max(Math.abs(longSide), Math.abs(shortSide));
    }

    /** Risk-weighted assets of a crypto-asset of group 2a: capital for the whole net position, hedges recognised (SCO60). */
    public static double cryptoGroup2a(double longSide, double shortSide) {
        return RWA_PER_CAPITAL * Math.abs(longSide - shortSide);
    }
}
