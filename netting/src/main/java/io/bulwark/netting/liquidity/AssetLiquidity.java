package io.bulwark.netting.liquidity;

/**
 * How liquid an asset is, in its lots.
 *
 * @param asset permanent number
 * @param depth stress depth D ({@link StressDepth}), lots, &gt; 0
 * @param interest lots held as collateral (long side) and owed (short side) over all accounts
 */
public record AssetLiquidity(int asset, long depth, OneSided interest) {
    /** Checks the depth. */
    public AssetLiquidity {
        ObservationRules.positive(depth, "depth", "asset " + asset);
    }
}
