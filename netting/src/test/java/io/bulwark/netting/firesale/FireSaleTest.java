package io.bulwark.netting.firesale;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.netting.firesale.ThresholdFireSale.Bank;
import io.bulwark.netting.firesale.ThresholdFireSale.Market;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Test;

/** Fire sales: what each model must keep, and where it must not be trusted alone. */
final class FireSaleTest {
    /** Bank 0 holds 100 of asset 0 at a leverage of 10 and loses 20: to return to it the model sells 180. */
    @Test
    void shouldSellMoreThanIsHeldInTheLinearModel() {
        LinearFireSale sale = linear(new BigFraction(-1, 5));
        assertEquals(new BigFraction(20), sale.directLoss().getFirst());
        assertEquals(new BigFraction(-200), sale.netTrade().getFirst());
        assertTrue(sale.netTrade().getFirst().negate().compareTo(new BigFraction(150)) > 0, "150 are held");
    }

    private static List<BigFraction> fractions(int... whole) {
        return Arrays.stream(whole).mapToObj(BigFraction::new).toList();
    }

    private static LinearFireSale linear(BigFraction shock) {
        BigFraction half = new BigFraction(1, 2);
        return LinearFireSale.of(
                fractions(100, 100),
                fractions(10, 20),
                List.of(fractions(1, 0), List.of(half, half)),
                List.of(new BigFraction(1, 1_000), new BigFraction(1, 1_000)),
                List.of(shock, BigFraction.ZERO));
    }

    @Test
    void shouldShareTheAggregateAmongThoseWhoseSalesCauseIt() {
        for (int tenths = -9; tenths < 0; tenths++) {
            LinearFireSale sale = linear(new BigFraction(tenths, 10));
            assertEquals(
                    sale.aggregateVulnerability(),
                    sale.systemicness().stream().reduce(BigFraction.ZERO, BigFraction::add));
        }
    }

    /** Only the third bank exceeds 33 times: (80 + 19.25) / 2.45 = 40.5, and it sells everything. */
    @Test
    void shouldSellOnlyAboveTheLeverageLimit() {
        ThresholdFireSale sale = ThresholdFireSale.of(
                List.of(
                        new Bank(60, new double[] {30, 10}, 5),
                        new Bank(40, new double[] {10, 50}, 8),
                        new Bank(80, new double[] {15, 5}, 3.2)),
                new Market(new double[] {400, 300}, new double[0], 33, 30),
                new double[] {0.05, 0});
        ThresholdFireSale.Round first = sale.rounds().getFirst();
        assertArrayEquals(new double[] {0, 0, 1}, first.sellFraction());
        assertArrayEquals(new double[] {14.25, 5}, first.sold(), 1e-12);
        assertArrayEquals(new double[] {14.25 / 400, 5.0 / 300}, first.impact(), 1e-12);
        assertArrayEquals(new double[] {0, 0, 0.5 * (14.25 * 14.25 / 400 + 25.0 / 300)}, first.shortfallCost(), 1e-12);
    }

    @Test
    void shouldEndWithPricesThatOnlyFellAndAccountForEveryLoss() {
        int cascades = 0;
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            List<Bank> banks = IntStream.range(0, 5)
                    .mapToObj(i -> new Bank(
                            20 + random.nextInt(80), random.doubles(3, 0, 40).toArray(), 3 + 5 * random.nextDouble()))
                    .toList();
            boolean linear = random.nextBoolean();
            Market market = new Market(
                    random.doubles(3, 200, 2_000).toArray(),
                    linear ? new double[0] : new double[] {0.5, 0.2, 0},
                    25,
                    22);
            double[] shock = random.doubles(3, 0, 0.06).toArray();
            ThresholdFireSale sale = ThresholdFireSale.of(banks, market, shock);
            for (int k = 0; k < 3; k++) {
                assertTrue(sale.price()[k] <= 1 - shock[k] + 1e-12 && sale.price()[k] >= 0, "seed " + seed);
            }
            for (int i = 0; i < banks.size(); i++) {
                int bank = i;
                double lost = sale.rounds().stream()
                        .mapToDouble(r -> r.markToMarketLoss()[bank] + r.shortfallCost()[bank])
                        .sum();
                assertEquals(lost, sale.fireSaleLoss()[i], 1e-9, "seed " + seed);
            }
            cascades += sale.rounds().size() > 1 ? 1 : 0;
        }
        assertTrue(cascades > 100, "have " + cascades);
    }

    /** Two banks; once the bonds of governments have lost 15 %, the second has 25 of 985, below 3 %: it fails in step 1 with all that it can sell. */
    @Test
    void shouldFailBelowThreePerCentAndSellEverything() {
        LeverageFireSale sale = LeverageFireSale.of(
                List.of(new LeverageFireSale.Bank(100, 10, 0, 0), new LeverageFireSale.Bank(40, 4, 300, 100)),
                0,
                0.15,
                0.04);
        assertEquals(
                List.of(0, 1, 0, 0, 0, 0, 0),
                Arrays.stream(sale.defaultsPerStep()).boxed().toList());
        assertArrayEquals(new double[] {0, 1, 1, 1, 1, 1}, sale.soldFraction());
        assertArrayEquals(new double[] {1, 0.85}, sale.price());
        LeverageFireSale deep =
                LeverageFireSale.of(List.of(new LeverageFireSale.Bank(40, 4, 300, 100)), 0.05, 0.5, 0.04);
        // All of it is sold: 0.95 to the twentieth.
        assertEquals(StrictMath.pow(0.95, 20), deep.price()[0], 1e-12);
        assertEquals(0.5 * StrictMath.pow(0.95, 20), deep.price()[1], 1e-12);
    }

    @Test
    void shouldRefuseWhatHasNoMeaning() {
        assertThrows(IllegalArgumentException.class, () -> new Market(new double[] {0}, new double[0], 30, 20));
        assertThrows(IllegalArgumentException.class, () -> new Market(new double[] {1}, new double[] {1}, 30, 20));
        assertThrows(IllegalArgumentException.class, () -> new Market(new double[] {1}, new double[0], 30, 40));
        assertThrows(IllegalArgumentException.class, () -> new LeverageFireSale.Bank(1, 0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new LeverageFireSale.Bank(1, 5, 1, 2));
    }
}
