package io.bulwark.insurance.regulatory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.insurance.regulatory.DerivativeTrade.Period;
import io.bulwark.insurance.regulatory.NettingSetExposure.Agreement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The standard's own example of a rates set (CRE99, example 1: add-on 347, exposure 569), and what its examples do not show. */
class SaCcrTest {
    @Test
    void shouldGiveTheExposureThatTheStandardPrints() {
        NettingSetExposure set = NettingSetExposure.of(
                List.of(
                        swap("1", 10_000, 0, 10, new SupervisoryDelta.Linear(true), "USD"),
                        swap("2", 10_000, 0, 4, new SupervisoryDelta.Linear(false), "USD"),
                        swap("3", 5_000, 1, 11, new SupervisoryDelta.Option(true, false, 0.06, 0.05, 1, 0.5), "EUR")),
                60,
                0,
                Optional.empty());
        assertEquals(347, set.aggregateAddOn(), 0.5);
        assertEquals(569, set.exposure(), 0.5);
        assertEquals(1, set.multiplier());
    }

    /** CRE52.57 multiplies 0.6 with D1·D3; a public package multiplies it with D1·D2, which no example of the standard shows. */
    @Test
    void shouldJoinTheShortestAndTheLongestBucketWithSixTenths() {
        FutureExposure.RateSet set = new FutureExposure.RateSet(3, 0, 4, 1);
        assertEquals(Math.sqrt(9 + 16 + 0.6 * 12), set.effectiveNotional(), 1e-12);
        assertEquals(Math.sqrt(9 + 16 + 1.4 * 12), new FutureExposure.RateSet(3, 4, 0, 1).effectiveNotional(), 1e-12);
        assertEquals(Math.sqrt(9 + 16 + 1.4 * 12), new FutureExposure.RateSet(0, 3, 4, 1).effectiveNotional(), 1e-12);
    }

    @Test
    void shouldCountANegativeIndependentAmountAsCost() {
        assertEquals(26, NettingSetExposure.replacementCost(0, 0, Optional.of(new Agreement(0, 1, -25, 10))), 1e-12);
        assertEquals(0, NettingSetExposure.replacementCost(50, 80, Optional.empty()));
    }

    @Test
    void shouldLowerTheAddOnOfAnOverCollateralisedSetButNotBelowATwentieth() {
        assertEquals(1, NettingSetExposure.multiplier(0, 0));
        assertEquals(0.05, NettingSetExposure.multiplier(-1, 0));
        assertTrue(NettingSetExposure.multiplier(-1e9, 1) >= 0.05);
        assertTrue(NettingSetExposure.multiplier(-1, 100) < 1);
    }

    @Test
    void shouldSignDeltasByWhoHoldsWhat() {
        assertTrue(new SupervisoryDelta.Option(true, true, 1, 1, 1, 1).value() > 0);
        assertTrue(new SupervisoryDelta.Option(false, true, 1, 1, 1, 1).value() < 0);
        assertTrue(new SupervisoryDelta.Option(true, false, 1, 1, 1, 1).value() < 0);
        assertTrue(new SupervisoryDelta.Option(false, false, 1, 1, 1, 1).value() > 0);
        assertEquals(15, new SupervisoryDelta.Tranche(true, 0, 0).value());
        assertThrows(IllegalArgumentException.class, () -> new SupervisoryDelta.Option(true, true, 0, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> AssetClass.EQ.supervisoryFactor("bond"));
    }

    /** BCBS 227: the three branches meet where the fund equals the hypothetical capital. */
    @Test
    void shouldTakeEachBranchOfTheInterimMethod() {
        double[] contributions = {20, 15, 10, 5, 5, 5};
        double[] exposures = {100, 80, 60, 40, 20, 20};
        assertEquals("i", InterimCapital.of(80, 10, contributions, exposures).branch());
        assertEquals("ii", InterimCapital.of(30, 10, contributions, exposures).branch());
        InterimCapital third = InterimCapital.of(5, 10, contributions, exposures);
        assertEquals("iii", third.branch());
        assertEquals(third.factor() * 40, third.aggregate(), 1e-12);
    }

    @Test
    void shouldRaiseTheMultiplierWithExceptionsToTwo() {
        double[] multipliers = {1.5, 1.5, 1.5, 1.5, 1.5, 1.7, 1.76, 1.83, 1.88, 1.92, 2, 2};
        for (int exceptions = 0; exceptions < multipliers.length; exceptions++) {
            assertEquals(100 * multipliers[exceptions], MarketRiskCapital.capital(0, 0, 100, 0, exceptions), 1e-9);
        }
        assertThrows(IllegalArgumentException.class, () -> MarketRiskCapital.capital(0, 0, 0, 0, -1));
    }

    /**
     * SCO60: short 100 and long 60 of BTC, long 50 of ETH; the margin period of ten days makes 0.3. Where they hedge, 0.32·0.3·(40 +
     * 50) = 8.64; where not, half of 210, which collateral does not lower.
     */
    @Test
    void shouldNetCoinsOnlyWhereTheyHedge() {
        Agreement tenDays = new Agreement(0, 0, 0, 10);
        NettingSetExposure hedged = NettingSetExposure.of(coins(AssetClass.HEDGED), 0, 0, Optional.of(tenDays));
        assertEquals(8.64, hedged.aggregateAddOn(), 1e-12);
        assertEquals(1.4 * 8.64, hedged.exposure(), 1e-12);
        assertEquals(
                1.4 * 8.64 * (0.05 + 0.95 * Math.exp(-10 / (1.9 * 8.64))),
                NettingSetExposure.of(coins(AssetClass.HEDGED), 0, 10, Optional.of(tenDays))
                        .exposure(),
                1e-12);
        NettingSetExposure gross = NettingSetExposure.of(coins(AssetClass.GROSS), 0, 1_000, Optional.of(tenDays));
        assertEquals(105, gross.potentialFutureExposure(), 1e-12);
        assertEquals(1.4 * 105, gross.exposure(), 1e-12);
        assertThrows(
                IllegalArgumentException.class,
                () -> coin("3", "BTC", 1, false, "1a").supervisoryFactor());
    }

    private static List<DerivativeTrade> coins(String group) {
        return List.of(
                coin("1", "BTC", 100, false, group),
                coin("2", "BTC", 60, true, group),
                coin("3", "ETH", 50, true, group));
    }

    private static DerivativeTrade coin(String id, String coin, double notional, boolean isLong, String group) {
        return new DerivativeTrade(
                id,
                AssetClass.CRYPTO,
                group,
                coin,
                "",
                notional,
                Optional.empty(),
                1,
                new SupervisoryDelta.Linear(isLong),
                1);
    }

    private static DerivativeTrade swap(
            String id, double notional, double start, double end, SupervisoryDelta delta, String currency) {
        return new DerivativeTrade(
                id, AssetClass.IR, "", currency, "", notional, Optional.of(new Period(start, end)), end, delta, 1);
    }
}
