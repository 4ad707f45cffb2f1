package io.bulwark.netting.liquidity;

/**
 * How liquid an asset is, in its lots.
 *
 * @param asset permanent number
 * @param depth stress depth D ({@link StressDepth}), lots, &gt; 0
 * @param interest lots held as collateral (long side) and owed (short side) over all accounts
 * @param whole whether 90 days are behind the depth; until then governed rates are the least
 */
public record AssetLiquidity(int asset, long depth, OneSided interest, boolean whole) {
    /** Checks the depth. */
    public AssetLiquidity {
        ObservationRules.positive(depth, "depth", "asset " + asset);
    }

    /** With 90 days behind it. */
    public AssetLiquidity(int asset, long depth, OneSided interest) {
        this(asset, depth, interest, true);
    }
}
