package io.bulwark.insurance.deleveraging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.insurance.apportionment.LargestRemainder;
import io.bulwark.insurance.deleveraging.BitmexQueue.BitmexRank;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.LongStream;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Test;

/** What the reference cases do not show: ties, edges, inputs for which a venue's formula means nothing. */
class VenueRuleTest {
    @Test
    void shouldGiveTheLeftoverToWhoeverComesFirstAmongEqualRemainders() {
        assertEquals(integers(2, 2, 1), LargestRemainder.divide(integers(1, 1, 1), BigInteger.valueOf(5)));
        assertThrows(IllegalArgumentException.class, () -> LargestRemainder.divide(integers(0, 0), BigInteger.ONE));
    }

    @Test
    void shouldKeepTheOrderOfEqualRanksAndLightTheLastLampAtTheEndOfTheQueue() {
        BitmexQueue queue = BitmexQueue.of(
                List.of(position(1, 20, 5), position(2, 20, 5), position(3, 60, 9)), new BigFraction(90));
        assertEquals(
                List.of(3, 1, 2),
                queue.places().stream().map(p -> p.position().account()).toList());
        assertEquals(
                List.of(60, 80, 100),
                queue.places().stream().map(BitmexQueue.Place::percentile).toList());
        assertEquals(new BigFraction(10), queue.fills().getLast().remaining());
        assertEquals(
                new BigFraction(10),
                BitmexQueue.of(List.of(position(1, 20, 5)), new BigFraction(30)).unfilled());
    }

    @Test
    void shouldRankABankruptWinnerLastAsTheVenueDoes() {
        BitmexRank rank = BitmexRank.of(new BigFraction(110), new BigFraction(120), new BigFraction(100));
        assertTrue(rank.leverage().signum() < 0 && rank.rank().signum() < 0);
        assertThrows(
                IllegalArgumentException.class, () -> BitmexRank.of(BigFraction.ONE, BigFraction.ONE, BigFraction.ONE));
        assertThrows(
                IllegalArgumentException.class,
                () -> BitmexRank.of(BigFraction.ONE, BigFraction.TWO, BigFraction.ZERO));
    }

    @Test
    void shouldInvertThePriceRatioOfAShort() {
        assertEquals(
                new BigFraction(5),
                HyperliquidIndex.of(
                        false, new BigFraction(50), new BigFraction(100), new BigFraction(250), new BigFraction(100)));
        assertThrows(
                IllegalArgumentException.class,
                () -> HyperliquidIndex.of(true, BigFraction.ONE, BigFraction.ONE, BigFraction.ONE, BigFraction.ZERO));
    }

    @Test
    void shouldNeverLetTheFundPayForARoundedBankruptcyPrice() {
        DydxBankruptcy.Holding position = new DydxBankruptcy.Holding(new BigFraction(1_000), new BigFraction(100));
        // A third of 1,000 sold for 333.33 less a third of 10: the counterparty pays 334 − 3, never less.
        assertEquals(
                BigInteger.valueOf(331),
                DydxBankruptcy.quoteQuantums(
                        new BigFraction(10), new BigFraction(100), position, new BigFraction(1, 3)));
        assertEquals(
                BigInteger.valueOf(1_010),
                DydxBankruptcy.quoteQuantums(new BigFraction(-10), new BigFraction(100), position, BigFraction.ONE),
                "under water whoever takes over pays more than the mark");
        assertThrows(
                IllegalArgumentException.class,
                () -> DydxBankruptcy.quoteQuantums(BigFraction.ONE, BigFraction.ZERO, position, BigFraction.ONE));
        assertThrows(
                IllegalArgumentException.class,
                () -> DydxBankruptcy.quoteQuantums(BigFraction.ONE, BigFraction.ONE, position, BigFraction.TWO));
    }

    @Test
    void shouldForfeitSharesOnlyIfTheFundGrew() {
        DriftInsurance fund = new DriftInsurance(BigInteger.valueOf(1_000), BigInteger.valueOf(1_000));
        assertEquals(BigInteger.ZERO, fund.sharesLost(BigInteger.valueOf(100), BigInteger.valueOf(100)));
        assertThrows(IllegalArgumentException.class, () -> new DriftInsurance(BigInteger.ONE, BigInteger.ZERO));
        assertThrows(IllegalArgumentException.class, () -> fund.sharesLost(BigInteger.valueOf(1_001), BigInteger.ONE));
    }

    @Test
    void shouldStayOffAtTheFactorItself() {
        assertFalse(GmxTrigger.enabled(new BigFraction(45), new BigFraction(100), new BigFraction(9, 20)));
        assertThrows(
                IllegalArgumentException.class,
                () -> GmxTrigger.enabled(BigFraction.ONE, BigFraction.ZERO, BigFraction.ONE));
    }

    private static BitmexQueue.Position position(int account, int quantity, int rank) {
        return new BitmexQueue.Position(account, new BigFraction(quantity), new BigFraction(rank));
    }

    private static List<BigInteger> integers(long... values) {
        return LongStream.of(values).mapToObj(BigInteger::valueOf).toList();
    }
}
