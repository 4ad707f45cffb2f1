package io.bulwark.netting.collateral;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.AssetTier;
import io.bulwark.clearing.money.Rounding;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Classes and haircuts from volatility, liquidity and the history of pegs (margin formula, section 1.6).
 *
 * <p>A class is the best whose limits an asset keeps: stable (a claim on USD, calm, deep, its peg never broke far), major
 * (calm enough, deep, a claim never broke far), else governance; shares of vaults, pools and indices are never better than
 * governance. A move to a worse class is immediate; a move to a better one asks the asset to be well inside the limits. Inside
 * the class the haircut rises with σ, with thin depth, with a third of the deepest break of a claim on a coin, and with weak
 * evidence; it never leaves the band.
 */
final class AssetClassRule {
    private static final long ONE = Rounding.PPM;
    private static final long BREAK_SHARE = 3;

    private final ParameterSet parameters;

    /** With the governed limits in force. */
    public AssetClassRule(ParameterSet parameters) {
        this.parameters = parameters;
    }

    /**
     * Classes all observed assets.
     *
     * @param observed by number, increasing
     * @param before the classes in force until now; an asset that it does not know is classed without a move
     */
    public Classification classify(List<AssetObservation> observed, AssetClasses before) {
        long version = before.version() + 1;
        List<ClassedAsset> assets = new ArrayList<>();
        List<ClassMove> moves = new ArrayList<>();
        for (AssetObservation asset : observed) {
            Optional<AssetTier> had = before.of(asset.asset()).map(ClassedAsset::tier);
            ClassLimits limits = new ClassLimits(parameters, asset);
            AssetTier tier = had.map(limits::from).orElseGet(limits::best);
            assets.add(classed(asset, tier, limits));
            had.filter(from -> from != tier)
                    .ifPresent(from -> moves.add(new ClassMove(
                            asset.asset(), asset.name(), from, tier, version, limits.reason(from, tier))));
        }
        return new Classification(new AssetClasses(version, assets), moves);
    }

    private ClassedAsset classed(AssetObservation asset, AssetTier tier, ClassLimits limits) {
        HaircutBand band = HaircutBand.of(tier);
        long thin = thin(asset.depth(), limits.fullDepth(tier));
        boolean brokenClaim = asset.kind() == AssetObservation.Kind.COIN_CLAIM && asset.worstBreak() < 0;
        long ofSigma = band.ofSigma(asset.sigma());
        long ofDepth = band.ofThinDepth(thin);
        long ofBreak = brokenClaim ? Rounding.cdiv(-asset.worstBreak(), BREAK_SHARE) : 0;
        long haircut = Math.min(band.high(), band.low() + ofSigma + ofDepth + ofBreak + asset.evidence());
        long residual = band.residual(tier, asset.sigma(), thin, brokenClaim);
        String explanation = asset.name() + " is " + ClassLimits.words(tier) + ": " + limits.kept(tier) + ". h = "
                + percent(band.low()) + " + " + percent(ofSigma) + " (volatility) + " + percent(ofDepth) + " (depth) + "
                + percent(ofBreak) + " (peg) + " + percent(asset.evidence()) + " (evidence), at most "
                + percent(band.high()) + ": " + percent(haircut) + "; residual " + percent(residual) + ".";
        return new ClassedAsset(asset.asset(), tier, haircut, residual, asset.worstBreak(), explanation);
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
