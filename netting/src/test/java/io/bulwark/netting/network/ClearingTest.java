package io.bulwark.netting.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.tier.Heavy;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Test;

/** Clearing payments: the fast kernel against its exact twin, and what the papers say must hold. */
@Heavy
final class ClearingTest {
    private static final int NETWORKS = 1_500;

    @Test
    void shouldPayWhatTheExactTwinPays() {
        int defaults = 0;
        for (long seed = 0; seed < NETWORKS; seed++) {
            RandomNetwork network = RandomNetwork.of(seed);
            ExactClearing exact = ExactClearing.of(network.exact());
            Clearing fast = Clearing.of(network.fast());
            String message = "seed " + seed;
            for (int i = 0; i < network.size(); i++) {
                double wanted = exact.payments().get(i).doubleValue();
                assertEquals(wanted, fast.payments()[i], 1e-9 * Math.max(1, wanted), message);
                double left = network.fast().assets(i, fast.payments())
                        - network.fast().owed(i);
                double equity = fast.inDefault().get(i) ? 0 : Math.max(0, left);
                assertEquals(exact.equity().get(i).doubleValue(), equity, 1e-8, message);
            }
            BitSet fallen = new BitSet();
            exact.defaultRounds().forEach(round -> round.forEach(fallen::set));
            assertEquals(fallen, fast.inDefault(), message);
            BitSet ordered = new BitSet();
            fast.order().forEach(ordered::or);
            assertEquals(fallen, ordered, message);
            assertEquals(
                    fallen.cardinality(),
                    fast.order().stream().mapToInt(BitSet::cardinality).sum(),
                    message);
            assertEquals(exact.totalShortfall().doubleValue(), fast.totalShortfall(network.fast()), 1e-8, message);
            defaults += fallen.cardinality();
        }
        assertTrue(defaults > NETWORKS, "the systems must have defaults; have " + defaults);
    }

    @Test
    void shouldBeAFixedPointThatNoOtherExceeds() {
        for (long seed = 0; seed < NETWORKS; seed++) {
            RandomNetwork network = RandomNetwork.of(seed);
            ExactNetwork exact = network.exact();
            ExactClearing clearing = ExactClearing.of(exact);
            assertEquals(clearing.payments(), image(exact, clearing.payments()), "seed " + seed);
            // The certificate: any p' with p' <= image(p') is at most the greatest clearing vector.
            Random random = new Random(seed);
            List<BigFraction> lower = clearing.payments().stream()
                    .map(p -> p.multiply(new BigFraction(random.nextInt(21), 20)))
                    .toList();
            if (atMost(lower, image(exact, lower))) {
                assertTrue(atMost(lower, clearing.payments()), "seed " + seed);
            }
        }
    }

    @Test
    void shouldRejectACertificateThatClaimsMoreThanCanBePaid() {
        int refused = 0;
        int costlessNetworks = 0;
        int certified = 0;
        for (long seed = 0; seed < 500; seed++) {
            RandomNetwork random = RandomNetwork.of(seed);
            ClearingNetwork network = random.fast();
            Clearing clearing = Clearing.of(network);
            boolean costless = random.alphaTenths() == 10 && random.betaTenths() == 10;
            costlessNetworks += costless ? 1 : 0;
            certified += costless && clearing.certifiedBelow(network).isPresent() ? 1 : 0;
            double[] raised = clearing.payments().clone();
            int node = clearing.inDefault().nextSetBit(0);
            if (node >= 0) {
                raised[node] = raised[node] * (1 + 1e-9) + 1e-9;
                assertFalse(Clearing.supported(network, raised), "seed " + seed);
                refused++;
            }
        }
        assertTrue(refused > 100, "have " + refused);
        // A node without means of its own, paid by others in full, has no room for the rounding of a sum: such answers
        // stay without certificate.
        assertTrue(certified >= 0.9 * costlessNetworks, "have " + certified + " of " + costlessNetworks);
    }

    @Test
    void shouldPayNoLessWhenANodeHasMore() {
        for (long seed = 0; seed < 1_000; seed++) {
            RandomNetwork network = RandomNetwork.of(seed);
            ExactClearing before = ExactClearing.of(network.exact());
            ExactClearing after = ExactClearing.of(
                    network.withAssets((int) (seed % network.size()), 7).exact());
            assertTrue(atMost(before.payments(), after.payments()), "seed " + seed);
        }
    }

    @Test
    void shouldGiveTheSameBitsInAnyOrderAndInAnyRanges() throws InterruptedException {
        for (long seed = 0; seed < 200; seed++) {
            RandomNetwork network = RandomNetwork.of(seed);
            Clearing clearing = Clearing.of(network.fast());
            Clearing shuffled = Clearing.of(network.fast(new Random(seed)));
            assertArrayEquals(clearing.payments(), shuffled.payments(), "seed " + seed);
            assertArrayEquals(
                    clearing.payments(), byThreads(network.fast(), seed).payments(), "seed " + seed);
        }
    }

    /** The same iteration, every row in a range of its own, rows in a drawn order, by three threads. */
    private static Clearing.State byThreads(ClearingNetwork network, long seed) throws InterruptedException {
        Clearing.PaymentMap map = new Clearing.PaymentMap(network);
        Clearing.State state = Clearing.State.top(network);
        while (true) {
            List<Integer> rows =
                    new ArrayList<>(IntStream.range(0, network.size()).boxed().toList());
            Collections.shuffle(rows, new Random(seed));
            double[] next = new double[network.size()];
            BitSet[] fallen = {new BitSet(), new BitSet(), new BitSet()};
            Clearing.State current = state;
            double[] safeUntil = state.safeUntil().clone();
            Thread[] threads = new Thread[fallen.length];
            for (int t = 0; t < threads.length; t++) {
                int own = t;
                threads[t] = Thread.ofPlatform()
                        .start(() -> IntStream.range(0, rows.size())
                                .filter(i -> i % threads.length == own)
                                .map(rows::get)
                                .forEach(row -> map.pay(current, next, fallen[own], safeUntil, row, row + 1)));
            }
            BitSet inDefault = (BitSet) state.inDefault().clone();
            for (int t = 0; t < threads.length; t++) {
                threads[t].join();
                inDefault.or(fallen[t]);
            }
            Clearing.State image = new Clearing.State(
                    next, inDefault, state.fallen() + map.largestFall(state.payments(), next), safeUntil);
            if (map.atMost(state, image)) {
                return state;
            }
            state = image;
        }
    }

    @Test
    void shouldReturnTheGreatestOfSeveralClearingVectors() {
        // Three that owe each other 10 in a ring and have nothing: all pay 10, though paying nothing is consistent too.
        ClearingNetwork ring = ClearingNetwork.of(
                new int[] {0, 1, 2},
                new int[] {1, 2, 0},
                new double[] {10, 10, 10},
                new double[3],
                new double[3],
                new ClearingNetwork.Recovery(1, 1));
        assertArrayEquals(new double[] {10, 10, 10}, Clearing.of(ring).payments());
        // Rogers and Veraart (2013), section 3: 11 each, not 11/12.
        ClearingNetwork pair = ClearingNetwork.of(
                new int[] {0, 1},
                new int[] {1, 0},
                new double[] {10, 10},
                new double[] {1, 1},
                new double[] {1, 1},
                new ClearingNetwork.Recovery(0.5, 0.5));
        assertArrayEquals(new double[] {11, 11}, Clearing.of(pair).payments());
        assertTrue(Clearing.supported(pair, new double[] {11.0 / 12 - 1e-9, 11.0 / 12 - 1e-9}));
    }

    @Test
    void shouldNeverTakeANodeOutOfDefault() {
        // Node 0 owes 4 and now has 7, but fell before: it keeps half of the 4 that it is paid, and pays those 2.
        ClearingNetwork network = ClearingNetwork.of(
                new int[] {0, 1},
                new int[] {1, 0},
                new double[] {4, 4},
                new double[] {3, 1},
                new double[] {0, 0},
                new ClearingNetwork.Recovery(0, 0.5));
        Clearing.PaymentMap map = new Clearing.PaymentMap(network);
        BitSet fallen = new BitSet();
        fallen.set(0);
        Clearing.State state = new Clearing.State(new double[] {4, 4}, fallen, 0, new double[] {-1, -1});
        Clearing.State image = map.apply(state);
        assertTrue(image.inDefault().get(0));
        assertEquals(2, image.payments()[0]);
    }

    @Test
    void shouldRefuseWhatIsNotANetwork() {
        int[] first = {0};
        int[] second = {1};
        double[] none = {0, 0};
        assertThrows(
                IllegalArgumentException.class,
                () -> ClearingNetwork.of(
                        first, first, new double[] {1}, none, none, new ClearingNetwork.Recovery(1, 1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> ClearingNetwork.of(
                        first, second, new double[] {-1}, none, none, new ClearingNetwork.Recovery(1, 1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> ClearingNetwork.of(
                        first, second, new double[] {1}, none, none, new ClearingNetwork.Recovery(1.5, 1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> ClearingNetwork.of(
                        first,
                        second,
                        new double[] {1},
                        new double[] {-1, 0},
                        none,
                        new ClearingNetwork.Recovery(1, 1)));
    }

    private static List<BigFraction> image(ExactNetwork network, List<BigFraction> payments) {
        List<BigFraction> image = new ArrayList<>();
        for (int i = 0; i < network.size(); i++) {
            BigFraction inflow = BigFraction.ZERO;
            for (int j = 0; j < network.size(); j++) {
                if (network.owed(j).signum() > 0) {
                    inflow = inflow.add(network.liabilities()
                            .get(j)
                            .get(i)
                            .multiply(payments.get(j))
                            .divide(network.owed(j)));
                }
            }
            BigFraction own = network.externalAssets().get(i);
            image.add(
                    own.add(inflow).compareTo(network.owed(i)) >= 0
                            ? network.owed(i)
                            : network.assetRecovery()
                                    .multiply(own)
                                    .add(network.claimRecovery().multiply(inflow)));
        }
        return image;
    }

    private static boolean atMost(List<BigFraction> lower, List<BigFraction> upper) {
        return IntStream.range(0, lower.size()).allMatch(i -> lower.get(i).compareTo(upper.get(i)) <= 0);
    }
}
