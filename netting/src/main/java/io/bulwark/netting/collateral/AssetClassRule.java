package io.bulwark.netting.collateral;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.AssetTier;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.netting.collateral.AssetClasses.ClassedAsset;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Classes and haircuts from volatility, liquidity and the history of pegs (margin formula, section 1.6).
 *
 * <p>A class is the best whose limits an asset keeps: stable (a claim on USD, calm, deep, its peg never broke far), major
 * (calm enough, deep, a claim never broke far), else governance; shares of vaults, pools and indices are never better than
 * governance. A move to a worse class is immediate; a move to a better one asks the asset to be well inside the limits. Inside
 * the class the haircut rises with σ, with thin depth and with a third of the deepest break of a claim on a coin, up to the end
 * of the class's band. The listing's own class, haircut and residual are the least: what is observed only asks for more. A limit
 * that nobody can judge, because nothing is observed, is not judged.
 */
public final class AssetClassRule {
    private static final long VERSION = 1;
    private static final long ONE = Rounding.PPM;
    private static final long BREAK_SHARE = 3;

    private final ParameterSet parameters;

    /** With the governed limits in force. */
    public AssetClassRule(ParameterSet parameters) {
        this.parameters = parameters;
    }

    /** What an asset is, as far as its class depends on it. */
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

    /**
     * What is known of an asset when it is classed.
     *
     * @param listed the asset, with the terms that it never falls below
     * @param kind what it is
     * @param had the class that it had until now
     * @param sigma σ_used of its price in USD, ppm a day, ≥ 0 (margin formula, section 1.8); empty where nobody estimated it
     * @param depth stress depth within 2 % of mid, u = 10⁻⁴ USD, ≥ 0; empty where nobody observed it long enough
     * @param worstBreak the deepest that its peg ever broke, ppm, ≤ 0; 0 for an asset without a peg
     */
    public record Observed(
            ListedAsset listed, Kind kind, AssetTier had, OptionalLong sigma, OptionalLong depth, int worstBreak) {
        /** Checks signs. */
        public Observed {
            String name = listed.name();
            require(sigma.orElse(0) >= 0, name, "sigma", "must be >= 0", sigma.orElse(0));
            require(depth.orElse(0) >= 0, name, "depth", "must be >= 0", depth.orElse(0));
            require(
                    worstBreak <= 0 && worstBreak > -ONE,
                    name,
                    "worstBreak",
                    "must be > -1000000 and <= 0",
                    worstBreak);
        }

        /** Whether nothing is known that could ask for more than the listing. */
        boolean isUnknown() {
            return sigma.isEmpty() && depth.isEmpty() && !isBrokenClaim();
        }

        /** Whether it is a claim on a coin whose peg may break; a dollar's breaks in rows of its own. */
        boolean isBrokenClaim() {
            return kind == Kind.COIN_CLAIM && worstBreak < 0;
        }

        private static void require(boolean holds, String asset, String field, String rule, long value) {
            if (!holds) {
                throw new IllegalArgumentException(field + " of " + asset + " " + rule + "; have " + value);
            }
        }
    }

    /** Classes all observed assets, given by number, increasing. */
    public AssetClasses classify(List<Observed> observed) {
        return new AssetClasses(VERSION, observed.stream().map(this::classed).toList());
    }

    private ClassedAsset classed(Observed asset) {
        ListedAsset listed = asset.listed();
        ClassLimits limits = new ClassLimits(parameters, asset);
        AssetTier tier = worse(listed.tier(), limits.from(asset.had()));
        if (tier == listed.tier() && asset.isUnknown()) {
            return asListed(asset);
        }
        HaircutBand band = HaircutBand.of(tier);
        long thin = asset.depth().isEmpty() ? 0 : thin(asset.depth().orElseThrow(), limits.fullDepth(tier));
        boolean brokenClaim = asset.isBrokenClaim();
        long ofSigma = asset.sigma().isEmpty() ? 0 : band.ofSigma(asset.sigma().orElseThrow());
        long ofDepth = band.ofThinDepth(thin);
        long ofBreak = brokenClaim ? Rounding.cdiv(-asset.worstBreak(), BREAK_SHARE) : 0;
        long haircut = Math.max(listed.haircutPpm(), Math.min(band.high(), band.low() + ofSigma + ofDepth + ofBreak));
        long residual =
                Math.max(listed.residualPpm(), band.residual(tier, asset.sigma().orElse(0), thin, brokenClaim));
        List<String> parts = new ArrayList<>(List.of(percent(band.low())));
        asset.sigma().ifPresent(sigma -> parts.add(percent(ofSigma) + " (volatility)"));
        asset.depth().ifPresent(depth -> parts.add(percent(ofDepth) + " (depth)"));
        if (brokenClaim) {
            parts.add(percent(ofBreak) + " (peg)");
        }
        String explanation = listed.name() + " is " + ClassLimits.words(tier) + limits.because(tier) + ". h = "
                + String.join(" + ", parts) + ", at least " + percent(listed.haircutPpm()) + " as listed, at most "
                + percent(band.high()) + ": " + percent(haircut) + "; residual " + percent(residual) + ".";
        return new ClassedAsset(listed.number(), tier, haircut, residual, asset.worstBreak(), explanation);
    }

    private static ClassedAsset asListed(Observed asset) {
        ListedAsset listed = asset.listed();
        return new ClassedAsset(
                listed.number(),
                listed.tier(),
                listed.haircutPpm(),
                listed.residualPpm(),
                asset.worstBreak(),
                listed.name() + " is " + ClassLimits.words(listed.tier())
                        + ", as listed: nothing is observed of it. h = " + percent(listed.haircutPpm()) + "; residual "
                        + percent(listed.residualPpm()) + ".");
    }

    private static AssetTier worse(AssetTier one, AssetTier other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** clamp(D_full/D − 1, 0, 1), ppm, rounded up: the same measure that widens price ranges. */
    private static long thin(long depth, long full) {
        BigInteger missing = BigInteger.valueOf(Math.max(0, full - depth));
        if (missing.signum() == 0) {
            return 0;
        }
        BigInteger of = BigInteger.valueOf(Math.max(1, depth));
        return Rounding.cdiv(missing.multiply(BigInteger.valueOf(ONE)), of)
                .min(BigInteger.valueOf(ONE))
                .longValueExact();
    }

    /** A share as people read it: 12.5 %. */
    static String percent(long ppm) {
        return BigDecimal.valueOf(ppm, 4).stripTrailingZeros().toPlainString() + " %";
    }
}
