package io.bulwark.netting.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.netting.backtest.VenueBacktest.Act;
import io.bulwark.netting.volatility.DailyPrices;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Books on their way, each venue by its own rule; money in u of a notional of 10 million USD. */
final class VenueWalkTest {
    private static final long PPM = VenueBacktest.NOTIONAL / 1_000_000;
    private static final CrossVenueBook CARRY = CanonicalBooks.venues(0, "BTC").get(1);
    private static final CrossVenueBook DRACO = CanonicalBooks.venues(0, "BTC").get(2);

    private static VenueWalk.Outcome walk(CrossVenueBook book, long spread, Long... prices) {
        return VenueWalk.of(book, new PriceWay(List.of(prices), Optional.empty()), spread);
    }

    @Test
    void shouldLoseWhatTheMarketTakesWhereNoVenueActs() {
        for (CrossVenueBook book : CanonicalBooks.venues(0, "BTC")) {
            VenueWalk.Outcome outcome = walk(book, 500, 950_000L, 1_040_000L, 970_000L);
            assertEquals(List.of(), outcome.acts(), book.name());
            assertEquals(outcome.plain(), outcome.profit(), book.name());
        }
        assertEquals(
                -30_000 * PPM,
                walk(CanonicalBooks.venues(0, "BTC").getLast(), 500, 970_000L).profit());
        assertEquals(0, walk(DRACO, 500, 970_000L).profit());
    }

    /**
     * BACK-008. DRACO's book: long at 14 % of the notional where 3 % are required: .14 + x − 1 = .03·x at x = .886597. What is left is
     * short and loses what the
     * market comes back. The venue keeps 1.5 % of what it closes.
     */
    @Test
    void shouldCloseALegWhereItsVenuesOwnCountIsGone() {
        VenueWalk.Outcome outcome = walk(DRACO, 0, 800_000L, 1_000_000L);
        assertEquals(List.of(new Act("dydx", 886_597, false)), outcome.acts());
        assertEquals(0, outcome.plain());
        long kept = Math.ceilDiv(886_597L * PPM * 15, 1_000L);
        assertEquals(-113_403 * PPM - kept, outcome.profit());
        assertEquals(List.of(), walk(DRACO, 0, 886_598L, 1_000_000L).acts(), "one millionth before it does not");
    }

    @Test
    void shouldCloseBothLegsWhereTheMarketTurns() {
        VenueWalk.Outcome outcome = walk(DRACO, 0, 800_000L, 1_200_000L, 1_000_000L);
        // 1.1279 / 1.01 = 1.116732…: the short is closed at the millionth above it.
        assertEquals(
                List.of(new Act("dydx", 886_597, false), new Act("hyperliquid", 1_116_733, false)), outcome.acts());
    }

    /** .83·x = .6 at x = .722891: coins for the debt and 5 % of it are sold there, and the rest still falls. */
    @Test
    void shouldSellTheCoinsThatPayADebt() {
        VenueWalk.Outcome outcome = walk(CARRY, 0, 700_000L, 1_000_000L);
        assertEquals(List.of(new Act("aave", 722_891, false)), outcome.acts());
        double sold = 0.6 * 1.05 / 0.722891;
        double expected = -sold * (1 - 0.722891) - 0.6 * 0.05;
        assertEquals(expected, (double) outcome.profit() / VenueBacktest.NOTIONAL, 1e-6);
        assertEquals(0, outcome.plain());
    }

    @Test
    void shouldChargeTheSpreadOnWhatIsClosedAndNothingElse() {
        long without = walk(DRACO, 0, 800_000L, 1_000_000L).profit();
        long with = walk(DRACO, 500, 800_000L, 1_000_000L).profit();
        assertEquals(Math.ceilDiv(500L * 886_597 * PPM, 1_000_000L), without - with);
    }

    @Test
    void shouldTakeWinnersAtMarkAtTheVenueThatDoes() {
        PriceWay way =
                new PriceWay(List.of(950_000L, 920_000L), Optional.of(new PriceWay.Deleveraging("hyperliquid", 0)));
        VenueWalk.Outcome draco = VenueWalk.of(DRACO, way, 500);
        assertEquals(List.of(new Act("hyperliquid", 950_000, true)), draco.acts());
        assertEquals(-30_000 * PPM, draco.profit());
        CrossVenueBook flat = CanonicalBooks.venues(0, "BTC").get(3);
        VenueWalk.Outcome losing = VenueWalk.of(flat, way, 500);
        assertEquals(List.of(), losing.acts(), "its position there loses");
    }

    @Test
    void shouldWalkCandlesBothWays() {
        DailyPrices candles = new DailyPrices(
                "BTC",
                new int[] {10, 11, 13},
                new double[] {100, 100, 104},
                new double[] {100, 110, 106},
                new double[] {100, 80, 90},
                new double[] {100, 104, 95});
        List<PriceWay> ways = PriceWay.of(candles, 10, 13);
        assertEquals(
                List.of(800_000L, 1_100_000L, 1_040_000L, 900_000L, 1_060_000L, 950_000L),
                ways.getFirst().prices());
        assertEquals(
                List.of(1_100_000L, 800_000L, 1_040_000L, 1_060_000L, 900_000L, 950_000L),
                ways.getLast().prices());
        assertThrows(IllegalArgumentException.class, () -> new PriceWay(List.of(), Optional.empty()));
        assertThrows(IllegalArgumentException.class, () -> new PriceWay(List.of(0L), Optional.empty()));
    }

    @Test
    void shouldRefuseABookThatIsNotWhole() {
        CrossVenueBook.Venue venue = DRACO.parts().getFirst().venue();
        assertThrows(IllegalArgumentException.class, () -> new CrossVenueBook.Part(venue, 150, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new CrossVenueBook.Part(venue, -100, 0, 0));
        CrossVenueBook.Part part = new CrossVenueBook.Part(venue, 0, 100, 0);
        IllegalArgumentException twice =
                assertThrows(IllegalArgumentException.class, () -> new CrossVenueBook("twice", 0, List.of(part, part)));
        assertTrue(String.valueOf(twice.getMessage()).contains("each named once"));
    }
}
