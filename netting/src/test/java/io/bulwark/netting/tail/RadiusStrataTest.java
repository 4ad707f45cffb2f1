package io.bulwark.netting.tail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.netting.risktable.IntColumn;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rows' weights to the unit, and the rows against the worlds that they stand for. */
class RadiusStrataTest {
    private static final WorldMix MIX = new WorldMix(7, 1_500, 250_000, 250_000, 1, 60_000, 550_000);

    /** TAIL-004: the weights of both row sets. */
    @Test
    void shouldWeighBlocksToTheUnit() {
        assertArrayEquals(
                new int[] {31_250, 8_333, 8_333, 8_334, 1_458, 1_458, 1_459, 312, 312, 313, 313, 145, 146, 146, 94, 94},
                RadiusStrata.blockWeights(RadiusStrata.FEW));
        assertArrayEquals(
                new int[] {7_812, 2_083, 2_083, 2_084, 364, 365, 365, 78, 78, 78, 78, 36, 37, 37, 23, 24},
                RadiusStrata.blockWeights(RadiusStrata.MANY));
        for (int rows : new int[] {RadiusStrata.FEW, RadiusStrata.MANY}) {
            int[] weights = RadiusStrata.blockWeights(rows);
            assertEquals(1_000_000, Arrays.stream(weights).sum() * (rows / 16));
            // Beyond each edge lies its probability or, by rounding, less than one row's weight in each of N/16 rows
            // more.
            int outer = Arrays.stream(weights, 14, 16).sum() * (rows / 16);
            assertTrue(outer >= 3_000 && outer < 3_000 + rows / 16, "outside .997: " + outer);
            int tail = Arrays.stream(weights, 11, 16).sum() * (rows / 16);
            assertTrue(tail >= 10_000 && tail < 10_000 + rows / 16, "outside .99: " + tail);
        }
    }

    @Test
    void shouldHaveTheMomentsOfItsWorlds() {
        JointWorlds worlds = JointWorlds.draw(SyntheticHistory.groups(800), SyntheticHistory.CORRELATION, MIX, 1 << 16);
        ShortfallRows rows = RadiusStrata.rows(worlds, RadiusStrata.MANY, 0, MIX.seed());
        assertEquals(1_024, rows.count());
        for (int g = 0; g < 2; g++) {
            int group = g;
            double plain = deviation(IntStream.range(0, worlds.count())
                    .mapToDouble(w -> worlds.move(group, w))
                    .toArray());
            double weighted = weightedDeviation(rows.of(worlds.groups().get(g)), rows.weights());
            assertEquals(1, weighted / plain, 0.06, worlds.groups().get(g));
        }
    }

    @Test
    void shouldOrderRowsOutward() {
        JointWorlds worlds = JointWorlds.draw(SyntheticHistory.groups(800), SyntheticHistory.CORRELATION, MIX, 1 << 14);
        ShortfallRows rows = RadiusStrata.rows(worlds, RadiusStrata.FEW, 80_000, MIX.seed());
        IntColumn btc = rows.of("BTC");
        double inner =
                IntStream.range(0, 16).map(r -> Math.abs(btc.at(r))).average().orElseThrow();
        double outer = IntStream.range(240, 256)
                .map(r -> Math.abs(btc.at(r)))
                .average()
                .orElseThrow();
        assertTrue(IntStream.range(224, 256).anyMatch(r -> btc.at(r) < -80_000), "far falls lie outside");
        assertTrue(IntStream.range(224, 256).anyMatch(r -> btc.at(r) > 80_000), "far rises lie outside");
        assertTrue(outer > 4 * inner, "outer block " + outer + ", inner " + inner);
        for (int row = 0; row < 256; row++) {
            assertEquals(rows.weights().at(row - row % 16), rows.weights().at(row), "a block has one weight");
        }
    }

    @Test
    void shouldBeTheSameForTheSameSeedAndAnotherForAnother() {
        ShortfallRows once = few(MIX);
        assertEquals(once, few(MIX));
        assertNotEquals(
                once.of("BTC"),
                few(new WorldMix(8, 1_500, 250_000, 250_000, 1, 60_000, 550_000))
                        .of("BTC"));
    }

    private static ShortfallRows few(WorldMix mix) {
        JointWorlds worlds = JointWorlds.draw(SyntheticHistory.groups(400), SyntheticHistory.CORRELATION, mix, 1 << 14);
        return RadiusStrata.rows(worlds, RadiusStrata.FEW, 80_000, mix.seed());
    }

    @Test
    void shouldWeighAMonitorsRowsAlike() {
        JointWorlds worlds = JointWorlds.draw(SyntheticHistory.groups(400), SyntheticHistory.CORRELATION, MIX, 1 << 14);
        ShortfallRows rows = RadiusStrata.plain(worlds, 10_000, 1);
        assertTrue(rows.weights().stream().allMatch(w -> w == 100));
        IntColumn two = RadiusStrata.plain(worlds, 10_000, 2).of("BTC");
        double root = StrictMath.log1p(two.at(17) / 1e6)
                / StrictMath.log1p(rows.of("BTC").at(17) / 1e6);
        assertEquals(StrictMath.sqrt(2), root, 1e-3);
        assertThrows(IllegalArgumentException.class, () -> RadiusStrata.plain(worlds, 10_240, 1));
        assertThrows(IllegalArgumentException.class, () -> RadiusStrata.rows(worlds, 512, 0, 1));
        // The outermost blocks of 1,024 rows hold 64 rows each, of which 16,384 worlds have 24.
        assertThrows(IllegalArgumentException.class, () -> RadiusStrata.rows(worlds, RadiusStrata.MANY, 0, 1));
    }

    @Test
    void shouldStandStillWhereNoHistoryIs() {
        assertEquals(IntColumn.of(0), ShortfallRows.none().of("BTC"));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ShortfallRows(new TreeMap<>(), IntColumn.zeros(2), IntColumn.of(1, 2)));
    }

    private static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return StrictMath.sqrt(Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow());
    }

    private static double weightedDeviation(IntColumn ppm, IntColumn weights) {
        List<Double> logs =
                ppm.stream().mapToObj(m -> StrictMath.log1p(m / 1e6)).toList();
        double mean = 0;
        for (int r = 0; r < logs.size(); r++) {
            mean += weights.at(r) / 1e6 * logs.get(r);
        }
        double square = 0;
        for (int r = 0; r < logs.size(); r++) {
            square += weights.at(r) / 1e6 * (logs.get(r) - mean) * (logs.get(r) - mean);
        }
        return StrictMath.sqrt(square);
    }
}
