package io.bulwark.netting.collateral;

import io.bulwark.clearing.money.Ppm;

/**
 * The terms on which an asset counts.
 *
 * @param price of one lot, u = 10⁻⁴ USD, &gt; 0
 * @param haircut h, ppm, 0 to 10⁶
 * @param residual ρ, ppm, 0 to 10⁶: what execution costs beyond a fall that exceeds the haircut
 * @param peg break of the peg where a row names the asset, ppm, above −10⁶; 0 for an asset without a peg
 * @param stable whether its debt never falls in a scenario: a broken peg must not release margin
 */
public record AssetTerms(long price, long haircut, long residual, long peg, boolean stable) {
    private static final long ONE = Ppm.ONE;

    /** Checks the ranges. */
    public AssetTerms {
        require(price > 0 && price < 1L << 31, "price", "must be 1 to 2^31 - 1 u a lot", price);
        require(haircut >= 0 && haircut <= ONE, "haircut", "must be 0 to 1000000 ppm", haircut);
        require(residual >= 0 && residual <= ONE, "residual", "must be 0 to 1000000 ppm", residual);
        require(peg > -ONE && peg <= ONE, "peg", "must be above -1000000 and up to 1000000 ppm", peg);
    }

    private static void require(boolean holds, String field, String rule, long value) {
        if (!holds) {
            throw new IllegalArgumentException(field + " " + rule + "; have " + value);
        }
    }
}
