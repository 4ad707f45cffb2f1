package io.bulwark.adapter.morpho;

import io.bulwark.clearing.money.Rounding;
import java.math.BigInteger;

/**
 * The contract's own arithmetic, in 10⁻¹⁸ (wad): shares against assets with virtual amounts, and interest by the third-order expansion of compound interest.
 *
 * <p>Source: Morpho Blue, {@code SharesMathLib} and {@code MathLib}, term by term with their roundings.
 */
final class MorphoShares {
    private static final BigInteger WAD = BigInteger.TEN.pow(18);
    private static final BigInteger VIRTUAL_SHARES = BigInteger.TEN.pow(6);
    private static final BigInteger VIRTUAL_ASSETS = BigInteger.ONE;

    private MorphoShares() {}

    /** Assets of shares, down: what a withdrawal pays. */
    static BigInteger assetsDown(BigInteger shares, BigInteger totalAssets, BigInteger totalShares) {
        return Rounding.fdiv(shares.multiply(totalAssets.add(VIRTUAL_ASSETS)), totalShares.add(VIRTUAL_SHARES));
    }

    /** Assets of shares, up: what a repayment takes. */
    static BigInteger assetsUp(BigInteger shares, BigInteger totalAssets, BigInteger totalShares) {
        return Rounding.cdiv(shares.multiply(totalAssets.add(VIRTUAL_ASSETS)), totalShares.add(VIRTUAL_SHARES));
    }

    /** Shares of assets, down. */
    static BigInteger sharesDown(BigInteger assets, BigInteger totalAssets, BigInteger totalShares) {
        return assets.multiply(totalShares.add(VIRTUAL_SHARES)).divide(totalAssets.add(VIRTUAL_ASSETS));
    }

    /** a · b / wad, down. */
    static BigInteger wadDown(BigInteger a, BigInteger b) {
        return a.multiply(b).divide(WAD);
    }

    /** Interest on so many assets after so many seconds at a rate a second. */
    static BigInteger interest(BigInteger assets, BigInteger rate, long seconds) {
        BigInteger first = rate.multiply(BigInteger.valueOf(seconds));
        BigInteger second = first.multiply(first).divide(WAD.shiftLeft(1));
        BigInteger third = second.multiply(first).divide(WAD.multiply(BigInteger.valueOf(3)));
        return wadDown(assets, first.add(second).add(third));
    }
}
