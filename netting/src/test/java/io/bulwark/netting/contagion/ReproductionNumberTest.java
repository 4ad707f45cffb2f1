package io.bulwark.netting.contagion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.netting.buffer.HandBook;
import io.bulwark.netting.buffer.RandomBook;
import io.bulwark.netting.risktable.IntColumn;
import java.util.List;
import org.junit.jupiter.api.Test;

/** R by hand, and between its bounds by another way: the growth of powers of the matrix. */
final class ReproductionNumberTest {
    private static final int PUSH = 1_000;
    private static final int BOOKS = 200;

    private static ContagionMap map(int btcSlope, int ethSlope, ContagionAccount... accounts) {
        return new ContagionMap(
                new ContagionSystem(
                        List.of(HandBook.group("BTC", btcSlope, 500_000), HandBook.group("ETH", ethSlope, 500_000)),
                        HandBook.SYMBOLS,
                        List.of(accounts),
                        List.of(HandBook.scenario(-50_000, -50_000)),
                        HandBook.RULES),
                0);
    }

    /** CONT-011: A of CONT-001 in a market twice as deep. A ppm costs it 0.1 USD of a span of 2,500, so 4 USD are sold, and those move 0.1 ppm each: 0.4. */
    @Test
    void shouldBeTheSalesThatAFallForcesTimesTheFallThatTheyCause() {
        ReproductionNumber one = ReproductionNumber.of(map(100_000, 0, HandBook.A), PUSH);
        assertEquals(400_000.0, (double) one.lowerPpm(), 1_000.0);
        assertEquals(400_000.0, (double) one.upperPpm(), 1_000.0);
        assertEquals(400_000.0, (double) one.alongPpm(), 5_000.0);
    }

    /** CONT-011: half in each of two assets: 0.1 in BTC and, in a market half as deep, 0.2 in ETH. Either falls with the other, so together they have 0.3. */
    @Test
    void shouldAddUpOverWhatIsSoldTogether() {
        ContagionAccount both = HandBook.account("A", 500, 5_000, 9_000, 5_000);
        ReproductionNumber two = ReproductionNumber.of(map(100_000, 200_000, both), PUSH);
        assertEquals(300_000.0, (double) two.lowerPpm(), 2_000.0);
        assertEquals(300_000.0, (double) two.upperPpm(), 2_000.0);
    }

    /** CONT-001 itself: 40, 32, 25.6 and 2.4 thousand dollars a round. At the end all is sold and nothing more can be forced. */
    @Test
    void shouldBeOverWhenAllIsSold() {
        ReproductionNumber over = ReproductionNumber.of(new ContagionMap(HandBook.of(HandBook.A), 0), PUSH);
        assertEquals(new ReproductionNumber(0, 0, 800_000, PUSH), over);
    }

    @Test
    void shouldLieWhereThePowersOfTheMatrixGrow() {
        int alive = 0;
        for (long seed = 0; seed < BOOKS; seed++) {
            ContagionMap map = new ContagionMap(RandomBook.of(seed), 0);
            ReproductionNumber number = ReproductionNumber.of(map, PUSH);
            double growth = 1_000_000 * growth(map);
            assertTrue(
                    number.lowerPpm() <= growth * 1.002 + 1 && growth <= number.upperPpm() * 1.002 + 1,
                    "seed " + seed + ": " + number + " and " + growth);
            alive += number.lowerPpm() > 1_000 ? 1 : 0;
            assertTrue(number.upperPpm() - number.lowerPpm() < 10_000, "seed " + seed + ": " + number);
        }
        assertTrue(alive > 10, "some cascades must still be able to grow; have " + alive);
    }

    /** ρ = lim ‖Jⁿ‖^(1/n), n = 65,536 by squaring. */
    private static double growth(ContagionMap map) {
        ContagionVector rest = map.leastFixedPoint().point();
        int size = rest.rates().length();
        double[][] power = new double[size][size];
        for (int l = 0; l < size; l++) {
            int[] pushed = rest.rates().stream().toArray();
            pushed[l] += PUSH;
            IntColumn image =
                    map.apply(new ContagionVector(IntColumn.of(pushed))).rates();
            for (int i = 0; i < size; i++) {
                power[i][l] = (image.at(i) - map.apply(rest).rates().at(i)) / (double) PUSH;
            }
        }
        double logarithm = 0;
        int exponent = 1;
        for (int squaring = 0; squaring < 16; squaring++) {
            double norm = 0;
            for (double[] row : power) {
                for (double entry : row) {
                    norm = Math.max(norm, entry);
                }
            }
            if (norm == 0) {
                return 0;
            }
            double[][] next = new double[size][size];
            for (int i = 0; i < size; i++) {
                for (int l = 0; l < size; l++) {
                    for (int m = 0; m < size; m++) {
                        next[i][l] += power[i][m] / norm * power[m][l] / norm;
                    }
                }
            }
            power = next;
            logarithm += Math.log(norm) / exponent;
            exponent *= 2;
        }
        return Math.exp(logarithm);
    }

    @Test
    void shouldRefuseAPushOfNothing() {
        ContagionMap map = map(100_000, 0, HandBook.A);
        assertThrows(IllegalArgumentException.class, () -> ReproductionNumber.of(map, 0));
    }
}
