package io.bulwark.netting.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Test;

/** DebtRank: the fast kernel against its exact twin, least and monotone. */
final class DebtRankTest {
    private static final int NETWORKS = 1_500;

    private record Case(int[][] exposures, int[] equity, int[] shockTenths) {
        static Case of(long seed) {
            Random random = new Random(seed);
            int nodes = 2 + random.nextInt(7);
            int[][] exposures = new int[nodes][nodes];
            for (int i = 0; i < nodes; i++) {
                for (int j = 0; j < nodes; j++) {
                    exposures[i][j] = i != j && random.nextInt(3) == 0 ? random.nextInt(30) : 0;
                }
            }
            int[] shock = new int[nodes];
            shock[random.nextInt(nodes)] = random.nextInt(14);
            return new Case(exposures, random.ints(nodes, 5, 60).toArray(), shock);
        }

        ExactDebtRank exact() {
            return ExactDebtRank.of(
                    Arrays.stream(exposures).map(RandomNetwork::fractions).toList(),
                    RandomNetwork.fractions(equity),
                    Arrays.stream(shockTenths)
                            .mapToObj(t -> new BigFraction(t, 10))
                            .toList(),
                    4);
        }

        DebtRank fast() {
            int nodes = equity.length;
            int[] all = IntStream.range(0, nodes * nodes).toArray();
            return DebtRank.of(
                    Arrays.stream(all).map(e -> e / nodes).toArray(),
                    Arrays.stream(all).map(e -> e % nodes).toArray(),
                    Arrays.stream(all)
                            .mapToDouble(e -> exposures[e / nodes][e % nodes])
                            .toArray(),
                    RandomNetwork.doubles(equity),
                    Arrays.stream(shockTenths).mapToDouble(t -> t / 10.0).toArray());
        }
    }

    @Test
    void shouldSpreadAsTheExactTwinDoes() {
        int spread = 0;
        int nodes = 0;
        int tight = 0;
        for (long seed = 0; seed < NETWORKS; seed++) {
            Case drawn = Case.of(seed);
            ExactDebtRank exact = drawn.exact();
            DebtRank fast = drawn.fast();
            for (int i = 0; i < drawn.equity.length; i++) {
                assertEquals(exact.distress().get(i).doubleValue(), fast.distress()[i], 1e-8, "seed " + seed);
            }
            for (int i = 0; i < drawn.equity.length; i++) {
                double bound = fast.certified()[i];
                assertTrue(exact.distress().get(i).compareTo(new BigFraction(bound)) <= 0, "seed " + seed);
                tight += bound - fast.distress()[i] < 1e-8 ? 1 : 0;
                nodes++;
            }
            double[] equity = RandomNetwork.doubles(drawn.equity);
            double loss = IntStream.range(0, equity.length)
                    .mapToDouble(i -> equity[i] * fast.distress()[i])
                    .sum();
            assertEquals(exact.systemicLoss().doubleValue(), loss, 1e-6, "seed " + seed);
            spread += fast.rounds() > 2 ? 1 : 0;
        }
        assertTrue(tight > 0.99 * nodes, tight + " of " + nodes + " bounds are tight");
        assertTrue(spread > NETWORKS / 4, "distress must spread in many; does in " + spread);
    }

    /** 0 holds half of its equity against 1, which is shocked by a half: a quarter is lost, and no bound below it passes. */
    @Test
    void shouldRejectABoundBelowWhatIsLost() {
        DebtRank.DistressMap map = new DebtRank.DistressMap(
                CompressedRows.of(2, 2, new int[] {0}, new int[] {1}, new double[] {0.5}), new double[] {0, 0.5});
        assertTrue(DebtRank.dominates(map, new double[] {0.25 + 1e-9, 0.5 + 1e-9}));
        assertFalse(DebtRank.dominates(map, new double[] {0.25 - 1e-9, 0.5 + 1e-9}));
        assertFalse(DebtRank.dominates(map, new double[] {0.25 + 1e-9, 0.5 - 1e-9}));
        assertTrue(DebtRank.dominates(map, new double[] {1, 1}));
    }

    @Test
    void shouldStayAtZeroWhereNoShockArrives() {
        // Two that hold three times their equity against each other, and a third that is shocked: both "all lost" and
        // "nothing lost" are fixed points.
        List<List<BigFraction>> exposures = List.of(
                RandomNetwork.fractions(new int[] {0, 30, 0}),
                RandomNetwork.fractions(new int[] {30, 0, 0}),
                RandomNetwork.fractions(new int[] {0, 0, 0}));
        ExactDebtRank rank = ExactDebtRank.of(
                exposures,
                RandomNetwork.fractions(new int[] {10, 10, 10}),
                RandomNetwork.fractions(new int[] {0, 0, 1}),
                4);
        assertEquals(RandomNetwork.fractions(new int[] {0, 0, 1}), rank.distress());
    }

    @Test
    void shouldCutTheInitialDistressBeforeAnythingIsComputedFromIt() {
        // barucca-bdf-exercise4: shocks 2, 2/3, 1/3 of equity; 10/27 of the value is lost in the network, not 4/27.
        SingleHitDebtRank rank = SingleHitDebtRank.of(
                new double[][] {{0, 0, 2}, {4, 0, 0}, {0, 3, 0}},
                new double[] {1, 3, 3},
                new double[] {2, 2.0 / 3, 1.0 / 3},
                new double[] {2, 4, 3});
        assertEquals(10.0 / 27, rank.debtRank(), 1e-12);
        assertEquals(1, rank.rounds());
    }

    @Test
    void shouldPassDistressOnOnce() {
        // 0 hits 1 with a half; 1 hits back with a half of that; 0 has passed on already.
        SingleHitDebtRank rank = SingleHitDebtRank.of(
                new double[][] {{0, 5}, {5, 0}}, new double[] {10, 10}, new double[] {0.4, 0}, new double[] {1, 1});
        assertArrayEquals(new double[] {0.5, 0.2}, rank.distress(), 1e-15);
        assertEquals(2, rank.rounds());
        assertEquals(0.15, rank.debtRank(), 1e-15);
    }

    @Test
    void shouldRefuseEquityOfNothing() {
        double[] none = {0, 1};
        assertThrows(
                IllegalArgumentException.class,
                () -> DebtRank.of(new int[] {0}, new int[] {1}, new double[] {1}, none, new double[2]));
        assertThrows(
                IllegalArgumentException.class,
                () -> SingleHitDebtRank.of(new double[2][2], none, new double[2], new double[] {1, 1}));
        assertThrows(
                IllegalArgumentException.class,
                () -> SingleHitDebtRank.of(new double[2][2], new double[] {1, 1}, new double[2], new double[2]));
    }
}
