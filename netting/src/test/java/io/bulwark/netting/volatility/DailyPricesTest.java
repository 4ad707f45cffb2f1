package io.bulwark.netting.volatility;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class DailyPricesTest {
    private static DailyPrices closes(int[] days, double... close) {
        return DailyPrices.ofCloses("X", days, close);
    }

    @Test
    void shouldGiveOneReturnADayButTheFirst() {
        assertArrayEquals(
                new double[] {StrictMath.log(2), -StrictMath.log(4)},
                closes(new int[] {1, 2, 5}, 1, 2, 0.5).logReturns(),
                1e-15);
    }

    @Test
    void shouldCutAndJoinByDay() {
        DailyPrices whole = closes(new int[] {1, 2, 5, 9}, 1, 2, 3, 4);
        assertEquals(closes(new int[] {1, 2}, 1, 2), whole.until(4));
        assertEquals(closes(new int[] {5, 9}, 3, 4), whole.rows(2, 4));
        assertEquals(whole, whole.until(4).followedBy(whole));
        assertEquals(whole, whole.followedBy(whole.until(2)));
        assertThrows(IllegalArgumentException.class, () -> whole.until(0));
    }

    @Test
    void shouldKeepItsOwnCopies() {
        double[] close = {1, 2};
        DailyPrices prices = closes(new int[] {1, 2}, close);
        close[0] = 7;
        prices.close()[1] = 7;
        prices.epochDays()[0] = 7;
        assertEquals(closes(new int[] {1, 2}, 1, 2), prices);
    }

    @Test
    void shouldRefuseByNameAndDay() {
        assertThrows(IllegalArgumentException.class, () -> closes(new int[] {}));
        assertThrows(IllegalArgumentException.class, () -> closes(new int[] {2, 2}, 1, 1));
        IllegalArgumentException zero =
                assertThrows(IllegalArgumentException.class, () -> closes(new int[] {3, 4}, 1, 0));
        assertEquals("X.open: price of epoch day 4 must be finite and > 0; have 0.0", zero.getMessage());
        assertThrows(IllegalArgumentException.class, () -> closes(new int[] {3, 4}, 1));
        assertThrows(IllegalArgumentException.class, () -> closes(new int[] {3}, Double.POSITIVE_INFINITY));
    }

    @Test
    void shouldHaveADigestThatMovesWithEveryPrice() {
        DailyPrices prices = closes(new int[] {1, 2}, 1, 2);
        assertNotEquals(
                prices.canonical().sha256(),
                closes(new int[] {1, 2}, 1, Math.nextUp(2.0)).canonical().sha256());
        assertNotEquals(
                prices.canonical().sha256(), prices.named("Y").canonical().sha256());
        assertEquals(
                prices.canonical().sha256(),
                closes(new int[] {1, 2}, 1, 2).canonical().sha256());
    }

    @Test
    void shouldHaveADigestOfAllItsColumns() {
        double[][] columns = {{1, 2}, {3, 4}, {5, 6}, {7, 8}};
        DailyPrices whole = new DailyPrices("X", new int[] {1, 2}, columns[0], columns[1], columns[2], columns[3]);
        for (double[] column : columns) {
            column[1] += 0.5;
            DailyPrices other = new DailyPrices("X", new int[] {1, 2}, columns[0], columns[1], columns[2], columns[3]);
            assertNotEquals(whole.canonical().sha256(), other.canonical().sha256());
            column[1] -= 0.5;
        }
    }
}
