package io.bulwark.netting.collateral;

/**
 * What is known of an asset when it is classed.
 *
 * @param asset permanent number
 * @param name its listed name
 * @param kind what it is, as far as its class depends on it
 * @param sigma σ_used of its price in USD, ppm a day, ≥ 0 (margin formula, section 1.8)
 * @param depth stress depth within 2 % of mid, u = 10⁻⁴ USD, ≥ 0
 * @param worstBreak the deepest that its peg ever broke, ppm, ≤ 0; 0 for an asset without a peg
 * @param evidence what weak evidence of a holding adds to the haircut, ppm, ≥ 0
 */
record AssetObservation(int asset, String name, Kind kind, long sigma, long depth, long worstBreak, long evidence) {
    /** What an asset is. */
    public enum Kind {
        /** A coin that follows nothing else. */
        COIN,
        /** A promise of so many USD. */
        USD_CLAIM,
        /** A claim on a coin, one for one or nearly: wrapped, staked, lent. */
        COIN_CLAIM,
        /** A share of a vault, a pool or an index. */
        SHARE
    }

    public AssetObservation {
        require(sigma >= 0, "sigma", "must be >= 0", sigma);
        require(depth >= 0, "depth", "must be >= 0", depth);
        require(
                worstBreak <= 0 && worstBreak > -1_000_000,
                "worstBreak",
                "must be above -1000000 and <= 0",
                worstBreak);
        require(evidence >= 0, "evidence", "must be >= 0", evidence);
    }

    private void require(boolean holds, String field, String rule, long value) {
        if (!holds) {
            throw new IllegalArgumentException(field + " of " + name + " " + rule + "; have " + value);
        }
    }
}
