package io.bulwark.netting.contagion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.contagion.ContagionAccount.Leg;
import io.bulwark.netting.risktable.IntColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The cascade over a large book against the map of the buffer: the same integers, whatever the size of an account and the order of the book. */
final class LiquidationCascadeTest {
    private static final int BOOKS = 300;
    private static final ContagionRules RULES = new ContagionRules(400_001, 250_000, 30_000);

    /** A seeded book, as columns and as a system. */
    private record Drawn(
            int groups, List<long[]> holdings, long[] equity, long[] maintenance, List<LiquidityGroup> ladders) {
        static Drawn of(long seed) {
            Random random = new Random(seed);
            int groups = 1 + random.nextInt(6);
            int accounts = 1 + random.nextInt(150);
            // Some books hold accounts whose products leave 64 bits.
            long unit = seed % 5 == 0 ? 20_000_000_000L : 1_000_003;
            List<long[]> holdings = new ArrayList<>();
            long[] equity = new long[accounts];
            long[] maintenance = new long[accounts];
            for (int a = 0; a < accounts; a++) {
                long[] held = new long[2 * groups];
                long gross = 0;
                for (int i = 0; i < held.length; i++) {
                    held[i] = random.nextInt(3) == 0 ? (1 + random.nextInt(9_999)) * unit + random.nextInt(1_000) : 0;
                    gross += held[i];
                }
                holdings.add(held);
                maintenance[a] = gross / (15 + random.nextInt(10));
                equity[a] = maintenance[a] + (long) (gross * (random.nextDouble() * 0.3 - 0.02));
            }
            List<LiquidityGroup> ladders = new ArrayList<>();
            for (int k = 0; k < groups; k++) {
                long slope = Math.max(1, (long) (random.nextDouble() * 400_000 * 1_000_003 / unit));
                ladders.add(new LiquidityGroup(
                        "G" + k,
                        new ImpactLadder(
                                List.of(new ImpactLadder.Step(0, slope), new ImpactLadder.Step(unit * 20_000, slope))),
                        random.nextInt(700_000),
                        0,
                        0,
                        List.of()));
            }
            return new Drawn(groups, holdings, equity, maintenance, ladders);
        }

        CascadeBook book() {
            int[] start = new int[equity.length + 1];
            List<Integer> side = new ArrayList<>();
            List<Long> amount = new ArrayList<>();
            for (int a = 0; a < equity.length; a++) {
                for (int i = 0; i < 2 * groups; i++) {
                    if (holdings.get(a)[i] > 0) {
                        side.add(i);
                        amount.add(holdings.get(a)[i]);
                    }
                }
                start[a + 1] = side.size();
            }
            return CascadeBook.of(
                    groups,
                    start,
                    side.stream().mapToInt(Integer::intValue).toArray(),
                    amount.stream().mapToLong(Long::longValue).toArray(),
                    equity,
                    maintenance);
        }

        ContagionSystem system(IntColumn returns) {
            // Long and short in unwind sets of their own, so that they do not net.
            List<ContagionSymbol> symbols = IntStream.range(0, 2 * groups)
                    .mapToObj(i -> new ContagionSymbol("S" + i, i / 2, "set" + i))
                    .toList();
            List<ContagionAccount> accounts = IntStream.range(0, equity.length)
                    .mapToObj(a -> ContagionAccount.linear(
                            "a" + a,
                            Optional.empty(),
                            IntStream.range(0, 2 * groups)
                                    .mapToObj(i -> (Leg)
                                            new Leg.Linear(i, i % 2 == 0 ? holdings.get(a)[i] : -holdings.get(a)[i]))
                                    .toList(),
                            equity[a],
                            maintenance[a]))
                    .toList();
            return new ContagionSystem(
                    ladders,
                    symbols,
                    accounts,
                    List.of(new ContagionScenario(returns, IntColumn.zeros(symbols.size()))),
                    RULES);
        }
    }

    @Test
    void shouldGiveTheIntegersOfTheMap() {
        int partly = 0;
        int manyRounds = 0;
        for (long seed = 0; seed < BOOKS; seed++) {
            Drawn drawn = Drawn.of(seed);
            IntColumn returns = IntColumn.of(
                    new Random(~seed).ints(drawn.groups, -150_000, 100_000).toArray());
            LiquidationCascade cascade = LiquidationCascade.of(drawn.book(), drawn.ladders, returns, RULES);
            ContagionMap map = new ContagionMap(drawn.system(returns), 0);
            ContagionVector least = map.leastFixedPoint().point();
            assertEquals(least, cascade.vector(), "seed " + seed);
            assertEquals(map.flows(least), cascade.flows(), "seed " + seed);
            assertEquals(map.leastFixedPoint().rounds(), cascade.rounds(), "seed " + seed);
            long sold = map.liquidated(least).stream().filter(g -> g > 0).count();
            assertEquals(sold, cascade.liquidated(), "seed " + seed);
            partly += map.liquidated(least).stream().anyMatch(g -> g > 0 && g < Ppm.ONE) ? 1 : 0;
            manyRounds += cascade.rounds() > 6 ? 1 : 0;
        }
        assertTrue(
                partly > BOOKS / 5 && manyRounds > BOOKS / 10, partly + " with partial sales, " + manyRounds + " long");
    }

    @Test
    void shouldRefuseColumnsThatDoNotFit() {
        int[] one = {0};
        long[] amount = {1};
        assertThrows(
                IllegalArgumentException.class,
                () -> CascadeBook.of(1, new int[] {0, 2}, one, amount, new long[1], new long[1]));
        assertThrows(
                IllegalArgumentException.class,
                () -> CascadeBook.of(1, new int[] {0, 1}, new int[] {2}, amount, new long[1], new long[1]));
        assertThrows(
                IllegalArgumentException.class,
                () -> CascadeBook.of(1, new int[] {0, 1}, one, new long[] {-1}, new long[1], new long[1]));
        assertThrows(
                IllegalArgumentException.class,
                () -> CascadeBook.of(1, new int[] {0, 1}, one, amount, new long[1], new long[] {-1}));
    }
}
