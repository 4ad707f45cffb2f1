package io.bulwark.netting.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.contagion.ContagionAccount;
import io.bulwark.netting.contagion.ContagionAccount.Leg;
import io.bulwark.netting.contagion.ContagionMap;
import io.bulwark.netting.contagion.ContagionSystem;
import io.bulwark.netting.contagion.ContagionVector;
import io.bulwark.netting.contagion.ForcedFlows;
import io.bulwark.netting.contagion.ImpactLadder;
import io.bulwark.netting.contagion.LiquidityGroup;
import io.bulwark.netting.contagion.LossFeedback;
import io.bulwark.netting.contagion.ScenarioAccount;
import io.bulwark.netting.contagion.ScenarioBook;
import io.bulwark.netting.risktable.IntColumn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What must hold in every book, over seeded ones. */
final class BufferPropertiesTest {
    private static final int BOOKS = 1_000;

    @Test
    void shouldReachOneAnswerInWhateverOrderItIsComputed() {
        int moved = 0;
        for (long seed = 0; seed < BOOKS; seed++) {
            ContagionSystem system = RandomBook.of(seed);
            Random random = new Random(seed);
            List<ContagionAccount> shuffled = new ArrayList<>(system.accounts());
            Collections.shuffle(shuffled, random);
            ContagionMap map = new ContagionMap(system, 0);
            ContagionVector least = map.leastFixedPoint().point();
            assertEquals(
                    least,
                    HandBook.leastFixedPoints(system.withAccounts(shuffled)).getFirst(),
                    "seed " + seed);
            assertEquals(least, oneComponentAtATime(map, system.groups().size(), random), "seed " + seed);
            assertEquals(HandBook.totalBuffer(system), HandBook.totalBuffer(system.withAccounts(shuffled)));
            moved += least.equals(ContagionVector.zero(least.groups())) ? 0 : 1;
        }
        assertTrue(moved > BOOKS / 3, "cascades must happen; do in " + moved);
    }

    /** The chaotic iteration: components in a drawn order, each from the newest values of the others. */
    private static ContagionVector oneComponentAtATime(ContagionMap map, int groups, Random random) {
        ContagionVector vector = ContagionVector.zero(groups);
        while (!map.apply(vector).equals(vector)) {
            int component = random.nextInt(2 * groups);
            int[] rates = vector.rates().stream().toArray();
            rates[component] = map.apply(vector).rates().at(component);
            vector = new ContagionVector(IntColumn.of(rates));
        }
        return vector;
    }

    @Test
    void shouldAddUpTheSameFlowsWithAnyNumberOfThreads() throws InterruptedException {
        for (long seed = 0; seed < 100; seed++) {
            ContagionSystem system = RandomBook.of(seed);
            ScenarioBook book = new ScenarioBook(system, 0);
            ContagionVector vector =
                    RandomBook.vector(new Random(seed), system.groups().size(), 200_000);
            int components = 2 * system.groups().size();
            long[] whole = new long[components];
            book.add(vector, 0, whole, 0, book.ownerCount());
            int threads = 1 + (int) (seed % 4);
            long[][] parts = new long[threads][components];
            List<Thread> running = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int first = book.ownerCount() * t / threads;
                int end = book.ownerCount() * (t + 1) / threads;
                long[] part = parts[t];
                running.add(Thread.ofPlatform().start(() -> book.add(vector, 0, part, first, end)));
            }
            for (Thread thread : running) {
                thread.join();
            }
            for (int i = 0; i < components; i++) {
                int component = i;
                assertEquals(
                        whole[i],
                        IntStream.range(0, threads)
                                .mapToLong(t -> parts[t][component])
                                .sum());
            }
        }
    }

    @Test
    void shouldKeepOrder() {
        for (long seed = 0; seed < BOOKS; seed++) {
            ContagionSystem system = RandomBook.of(seed);
            Random random = new Random(seed);
            ContagionMap map = new ContagionMap(system, 0);
            ContagionVector lower = RandomBook.vector(random, system.groups().size(), 300_000);
            ContagionVector upper =
                    lower.join(RandomBook.vector(random, system.groups().size(), 300_000));
            assertTrue(map.apply(lower).atMost(map.apply(upper)), "seed " + seed);
        }
    }

    @Test
    void shouldCertifyOnlyWhatIsNotBelowTheLeastFixedPoint() {
        int certificates = 0;
        int understated = 0;
        for (long seed = 0; seed < BOOKS; seed++) {
            ContagionSystem system = RandomBook.of(seed);
            Random random = new Random(seed);
            ContagionMap map = new ContagionMap(system, 0);
            ContagionVector least = map.leastFixedPoint().point();
            assertTrue(map.holds(least), "seed " + seed);
            ContagionVector candidate =
                    RandomBook.vector(random, system.groups().size(), 600_000);
            if (map.holds(candidate)) {
                certificates++;
                assertTrue(least.atMost(candidate), "seed " + seed);
            }
            ContagionVector raised = map.raised(candidate);
            assertTrue(map.holds(raised) && least.atMost(raised), "seed " + seed);
            assertTrue(candidate.cutTo(map.bound()).atMost(raised) && raised.atMost(map.bound()), "seed " + seed);
            for (int i = 0; i < least.rates().length(); i++) {
                if (least.rates().at(i) > 0) {
                    int[] rates = least.rates().stream().toArray();
                    rates[i]--;
                    assertFalse(map.holds(new ContagionVector(IntColumn.of(rates))), "seed " + seed + ", " + i);
                    understated++;
                }
            }
        }
        assertTrue(certificates > BOOKS / 10 && understated > BOOKS / 2, certificates + " and " + understated);
    }

    @Test
    void shouldLeaveRoomExactlyUpToTheHeadroom() {
        for (long seed = 0; seed < 300; seed++) {
            ContagionSystem system = RandomBook.of(seed);
            ContagionMap map = new ContagionMap(system, 0);
            ContagionVector least = map.leastFixedPoint().point();
            ForcedFlows room = map.headroom(least);
            for (int k = 0; k < system.groups().size(); k++) {
                ImpactLadder ladder = system.groups().get(k).ladder();
                assertTrue(ladder.rate(room.sale(k), Ppm.ONE) <= least.down(k), "seed " + seed);
                if (room.sale(k) < Long.MAX_VALUE) {
                    assertTrue(ladder.rate(room.sale(k) + 1, Ppm.ONE) > least.down(k), "seed " + seed);
                }
            }
        }
    }

    @Test
    void shouldFallWithEquityAndDepthAndRiseWithMaintenanceMargin() {
        for (long seed = 0; seed < BOOKS; seed++) {
            ContagionSystem system = RandomBook.of(seed);
            int place = (int) (seed % system.accounts().size());
            ContagionAccount account = system.accounts().get(place);
            ContagionVector least =
                    new ContagionMap(system, 0).leastFixedPoint().point();
            long more = 1 + (seed * 7_919 % 30_000) * HandBook.USD;
            ContagionSystem richer = RandomBook.withAccount(
                    system, place, a -> RandomBook.with(a, account.equityMicro() + more, account.maintenanceMicro()));
            assertTrue(new ContagionMap(richer, 0).leastFixedPoint().point().atMost(least), "seed " + seed);
            ContagionSystem stricter = RandomBook.withAccount(
                    system, place, a -> RandomBook.with(a, account.equityMicro(), account.maintenanceMicro() + more));
            assertTrue(
                    least.atMost(new ContagionMap(stricter, 0).leastFixedPoint().point()), "seed " + seed);
            assertTrue(
                    new ContagionMap(deeper(system), 0)
                            .leastFixedPoint()
                            .point()
                            .atMost(least),
                    "seed " + seed);
        }
    }

    private static ContagionSystem deeper(ContagionSystem system) {
        List<LiquidityGroup> groups = system.groups().stream()
                .map(g -> new LiquidityGroup(
                        g.name(),
                        new ImpactLadder(g.ladder().steps().stream()
                                .map(s -> new ImpactLadder.Step(s.fromMicro() * 5 / 4, s.slope() * 4 / 5))
                                .toList()),
                        g.capPpm(),
                        g.minimumExitMicro(),
                        g.hedgerGammaMicro(),
                        g.cellsPpm()))
                .toList();
        return new ContagionSystem(groups, system.symbols(), system.accounts(), system.scenarios(), system.rules());
    }

    @Test
    void shouldChargeConvexlyAndNeverLessForMore() {
        for (long seed = 0; seed < BOOKS; seed++) {
            ContagionSystem system = RandomBook.of(seed);
            Random random = new Random(seed);
            BufferTariff tariff = ContagionBuffer.atFixedPoints(system).tariff();
            long[] one = values(random, system.symbols().size());
            long[] other = values(random, system.symbols().size());
            long[] both = IntStream.range(0, one.length)
                    .mapToLong(i -> one[i] + other[i])
                    .toArray();
            long[] twiceOne = IntStream.of(IntStream.range(0, one.length).toArray())
                    .mapToLong(i -> 2 * one[i])
                    .toArray();
            long[] twiceOther =
                    IntStream.range(0, one.length).mapToLong(i -> 2 * other[i]).toArray();
            BufferCharge middle = tariff.charge(account(both));
            BufferCharge first = tariff.charge(account(twiceOne));
            BufferCharge second = tariff.charge(account(twiceOther));
            long roundings = 2L * system.groups().size() + 2;
            assertTrue(2 * middle.buffer() <= first.buffer() + second.buffer() + roundings, "seed " + seed);
            for (int s = 0; s < system.scenarios().size(); s++) {
                long apart = tariff.charge(account(one))
                                .transmittedPerScenario()
                                .get(s)
                        + tariff.charge(account(other)).transmittedPerScenario().get(s);
                assertTrue(middle.transmittedPerScenario().get(s) <= apart, "seed " + seed + ": T is subadditive");
            }
            assertTrue(
                    tariff.charge(account(one)).buffer() <= first.buffer(), "seed " + seed + ": larger pays no less");
            assertEquals(0, tariff.charge(account(new long[one.length])).buffer(), "seed " + seed);
        }
    }

    private static long[] values(Random random, int symbols) {
        return random.longs(symbols, -300_000 * HandBook.USD, 300_000 * HandBook.USD)
                .toArray();
    }

    private static ContagionAccount account(long[] values) {
        return ContagionAccount.linear(
                "x",
                java.util.Optional.empty(),
                IntStream.range(0, values.length)
                        .mapToObj(i -> (Leg) new Leg.Linear(i, values[i]))
                        .toList(),
                0,
                0);
    }

    @Test
    void shouldCoverFirstAndSecondRoundTogether() {
        for (long seed = 0; seed < BOOKS; seed++) {
            ContagionSystem system = RandomBook.of(seed);
            ContagionBuffer buffer = ContagionBuffer.atFixedPoints(system);
            for (int a = 0; a < system.accounts().size(); a++) {
                List<ScenarioAccount> rows = new ArrayList<>();
                for (int s = 0; s < system.scenarios().size(); s++) {
                    rows.add(ScenarioAccount.of(system, s, system.accounts().get(a)));
                }
                long worst = rows.stream().mapToLong(row -> -row.gain()).max().orElseThrow();
                long held = Math.max(0, worst) + buffer.charge(a).buffer();
                for (int s = 0; s < rows.size(); s++) {
                    long loss = -rows.get(s).gain()
                            + rows.get(s).transmitted(buffer.tariff().charged().get(s));
                    assertTrue(loss <= held, "seed " + seed + ", account " + a + ", scenario " + s);
                }
            }
        }
    }

    @Test
    void shouldTakeFromGainsOnlyWhatTheFundDoesNotPay() {
        int cut = 0;
        for (long seed = 0; seed < BOOKS; seed++) {
            ContagionSystem system = RandomBook.of(seed);
            LossFeedback nothing = LossFeedback.of(system, 0, 0);
            LossFeedback some = LossFeedback.of(system, 0, 5_000 * HandBook.USD);
            assertTrue(some.vector().atMost(nothing.vector()), "seed " + seed);
            assertTrue(some.gainHaircutPpm() <= nothing.gainHaircutPpm(), "seed " + seed);
            ContagionVector least =
                    new ContagionMap(system, 0).leastFixedPoint().point();
            assertTrue(least.atMost(some.vector()), "seed " + seed);
            LossFeedback.State reached = new LossFeedback.State(nothing.vector(), nothing.gainHaircutPpm());
            assertTrue(LossFeedback.holds(system, 0, 0, reached), "seed " + seed);
            if (nothing.gainHaircutPpm() > 0) {
                // Rounded up: what is cut pays the whole loss unless everything is cut.
                assertTrue(nothing.unallocatedMicro() == 0 || nothing.gainHaircutPpm() == Ppm.ONE, "seed " + seed);
                cut++;
                assertFalse(
                        LossFeedback.holds(
                                system, 0, 0, new LossFeedback.State(nothing.vector(), nothing.gainHaircutPpm() - 1)),
                        "seed " + seed);
            }
        }
        assertTrue(cut > BOOKS / 20, "gains must be cut somewhere; are in " + cut);
    }
}
