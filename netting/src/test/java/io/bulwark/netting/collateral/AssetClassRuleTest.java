package io.bulwark.netting.collateral;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.AssetTier;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.netting.collateral.AssetClassRule.Kind;
import io.bulwark.netting.collateral.AssetClassRule.Observed;
import io.bulwark.netting.collateral.AssetClasses.ClassedAsset;
import io.bulwark.tier.Heavy;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

@Heavy
class AssetClassRuleTest {
    private static final long USD = 10_000;
    private static final long DEEP = 200_000_000 * USD;
    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final AssetClassRule RULE = new AssetClassRule(ParameterSet.founding());

    @Test
    void shouldFindTheTermsOfTheReferenceAssets() {
        // CLASS-001: σ 3 % a day is 11 %; CLASS-002: 4 % is 12 %.
        terms(AssetTier.MAJOR, 110_000, 20_000, classed(asset("BTC", Kind.COIN, 30_000, DEEP, 0)));
        terms(AssetTier.MAJOR, 120_000, 20_000, classed(asset("ETH", Kind.COIN, 40_000, DEEP, 0)));
        // CLASS-003: the same coin staked, its peg once 9 % below: a third of that on top, the larger residual.
        terms(AssetTier.MAJOR, 150_000, 30_000, classed(asset("stETH", Kind.COIN_CLAIM, 40_000, DEEP, -90_000)));
        // CLASS-004: a stable of σ 0.33 % a day is 3 %; its break of 13 % is for the depeg rows.
        terms(AssetTier.STABLE, 29_990, 10_000, classed(asset("USDC", Kind.USD_CLAIM, 3_330, DEEP, -130_000)));
        // CLASS-005: a governance token of 8 % a day is 34 %.
        terms(AssetTier.GOVERNANCE, 340_000, 68_000, classed(asset("GOV", Kind.COIN, 80_000, DEEP, 0)));
        // CLASS-006: a share of a calm pool is the least of its class.
        terms(AssetTier.GOVERNANCE, 250_000, 50_000, classed(asset("LP", Kind.SHARE, 35_000, DEEP, 0)));
    }

    @Test
    void shouldExplainInWordsFromTheInputsToTheHaircut() {
        assertEquals(
                "stETH is a major: it is not a share, volatility 4 % a day is at most 6 %, depth 200,000,000 USD"
                        + " is at least 5,000,000 USD, deepest break -9 % is at least -12 %. h = 10 % + 2 % (volatility) + 0 %"
                        + " (depth) + 3 % (peg), at least 0 % as listed, at most 15 %: 15 %; residual 3 %.",
                classed(asset("stETH", Kind.COIN_CLAIM, 40_000, DEEP, -90_000)).explanation());
        assertEquals(
                "MEME is governance, a major until now: volatility 12 % a day is not at most 6 %, depth 900,000 USD is not at least 5,000,000 USD."
                        + " h = 25 % + 15 % (volatility) + 3.75 % (depth), at least 0 % as listed, at most 40 %: 40 %;"
                        + " residual 8 %.",
                classed(asset("MEME", Kind.COIN, 120_000, 900_000 * USD, 0)).explanation());
    }

    @Test
    void shouldMoveAnAssetThatBreaksALimitAtOnceAndSayWhy() {
        assertEquals(
                AssetTier.MAJOR,
                classed(had(AssetTier.MAJOR, "SOL", 55_000, OptionalLong.empty()))
                        .tier());
        ClassedAsset wild = classed(had(AssetTier.MAJOR, "SOL", 61_000, OptionalLong.empty()));
        assertEquals(AssetTier.GOVERNANCE, wild.tier());
        assertEquals(
                "SOL is governance, a major until now: volatility 6.1 % a day is not at most 6 %. h = 25 % + 3.3 % (volatility),"
                        + " at least 0 % as listed, at most 40 %: 28.3 %; residual 5.66 %.",
                wild.explanation());
    }

    @Test
    void shouldMoveToABetterClassOnlyFromWellInsideItsLimits() {
        ClassedAsset near = classed(had(AssetTier.GOVERNANCE, "SOL", 55_000, OptionalLong.empty()));
        assertEquals(AssetTier.GOVERNANCE, near.tier());
        assertTrue(near.explanation().contains("not yet far enough inside"), near.explanation());
        ClassedAsset inside = classed(had(AssetTier.GOVERNANCE, "SOL", 54_000, OptionalLong.empty()));
        assertEquals(AssetTier.MAJOR, inside.tier());
        assertTrue(inside.explanation().contains("volatility 5.4 % a day is at most 6 %"), inside.explanation());
    }

    /** Whatever is observed, the listing's own terms are the least; what nobody knows is not judged. */
    @Test
    void shouldNeverAskForLessThanTheListing() {
        ListedAsset strict = listed("BTC", AssetTier.GOVERNANCE, 300_000, 60_000);
        ClassedAsset calm = classed(new Observed(
                strict, Kind.COIN, AssetTier.GOVERNANCE, OptionalLong.of(10_000), OptionalLong.empty(), 0));
        terms(AssetTier.GOVERNANCE, 300_000, 60_000, calm);
        ListedAsset usual = listed("BTC", AssetTier.MAJOR, 110_000, 20_000);
        terms(
                AssetTier.MAJOR,
                110_000,
                20_000,
                classed(new Observed(
                        usual, Kind.COIN, AssetTier.MAJOR, OptionalLong.empty(), OptionalLong.empty(), 0)));
        ClassedAsset unknown = classed(new Observed(
                listed("USDC", AssetTier.STABLE, 0, 0),
                Kind.USD_CLAIM,
                AssetTier.STABLE,
                OptionalLong.empty(),
                OptionalLong.empty(),
                -130_000));
        terms(AssetTier.STABLE, 0, 0, unknown);
        assertEquals(
                "USDC is stable, as listed: nothing is observed of it. h = 0 %; residual 0 %.", unknown.explanation());
        ListedAsset dollar = listed("xUSD", AssetTier.STABLE, 30_000, 10_000);
        assertEquals(
                AssetTier.GOVERNANCE,
                classed(new Observed(
                                dollar,
                                Kind.USD_CLAIM,
                                AssetTier.STABLE,
                                OptionalLong.empty(),
                                OptionalLong.empty(),
                                -900_000))
                        .tier());
    }

    /** A larger σ never lowers the haircut; more depth never raises it; it never leaves the band of its class. */
    @Test
    void shouldRiseWithVolatilityAndFallWithDepth() {
        SplittableRandom random = new SplittableRandom(20_260_102);
        for (int round = 0; round < 20_000; round++) {
            Kind kind = KINDS.get(random.nextInt(KINDS.size()));
            long sigma = random.nextLong(150_000);
            long depth = random.nextLong(1L << random.nextInt(1, 45));
            long broken = kind == Kind.COIN || kind == Kind.SHARE ? 0 : -random.nextLong(300_000);
            ClassedAsset asset = classed(asset("A", kind, sigma, depth, broken));
            ClassedAsset wilder = classed(asset("A", kind, sigma + random.nextLong(50_000), depth, broken));
            ClassedAsset deeper = classed(asset("A", kind, sigma, depth + random.nextLong(1L << 44), broken));
            ClassedAsset worse = classed(asset("A", kind, sigma, depth, broken == 0 ? 0 : broken - 50_000));
            assertTrue(wilder.haircut() >= asset.haircut(), "round " + round);
            assertTrue(deeper.haircut() <= asset.haircut(), "round " + round);
            assertTrue(worse.haircut() >= asset.haircut(), "round " + round);
            HaircutBand band = HaircutBand.of(asset.tier());
            assertTrue(asset.haircut() >= band.low() && asset.haircut() <= band.high(), "round " + round);
            assertTrue(asset.residual() >= band.residualLow() && asset.residual() <= band.residualHigh());
        }
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        assertThrows(IllegalArgumentException.class, () -> asset("x", Kind.COIN, -1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> asset("x", Kind.COIN, 0, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> asset("x", Kind.COIN, 0, 0, 1));
    }

    private static void terms(AssetTier tier, long haircut, long residual, ClassedAsset asset) {
        assertEquals(tier, asset.tier(), asset.explanation());
        assertEquals(haircut, asset.haircut(), asset.explanation());
        assertEquals(residual, asset.residual(), asset.explanation());
    }

    private static ClassedAsset classed(Observed asset) {
        return RULE.classify(List.of(asset)).assets().getFirst();
    }

    private static Observed had(AssetTier had, String name, long sigma, OptionalLong depth) {
        return new Observed(listed(name, AssetTier.MAJOR, 0, 0), Kind.COIN, had, OptionalLong.of(sigma), depth, 0);
    }

    /** With a listing that asks for nothing. */
    private static Observed asset(String name, Kind kind, long sigma, long depth, long broken) {
        AssetTier tier = kind == Kind.USD_CLAIM ? AssetTier.STABLE : AssetTier.MAJOR;
        return new Observed(
                listed(name, tier, 0, 0),
                kind,
                tier,
                OptionalLong.of(sigma),
                OptionalLong.of(depth),
                Math.toIntExact(broken));
    }

    private static ListedAsset listed(String name, AssetTier tier, long haircut, long residual) {
        return new ListedAsset(
                7, name, 1, new Instrument.Spot(name), Amount.of(1), tier, haircut, residual, EvidenceGrade.UNSIGNED);
    }
}
