package io.bulwark.netting.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.netting.network.NettingCycle.CommodityNet;
import io.bulwark.netting.network.NettingCycle.Obligation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NettingCycleTest {
    private static final long SEED = 2_026;

    /** SETL-001: a ring of 100, 90 and 80 settles 20 of 270. */
    @Test
    void shouldSettleOnlyWhatARingLeaves() {
        NettingCycle cycle =
                NettingCycle.of(1, List.of(owes("1", "A", "B", 100), owes("2", "B", "C", 90), owes("3", "C", "A", 80)));
        CommodityNet usd = cycle.nets().getFirst();
        assertEquals(Map.of("A", -20L, "B", 10L, "C", 10L), usd.nets());
        assertEquals(270, usd.gross());
        assertEquals(20, usd.settled());
        assertEquals(925_925, usd.savedPpm());
        assertEquals(3, cycle.settlements());
    }

    @Test
    void shouldSumToZeroNeverExceedAnybodysGrossAndNotDependOnOrder() {
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            List<Obligation> obligations = random(random);
            NettingCycle cycle = NettingCycle.of(1 + i, obligations);
            for (CommodityNet commodity : cycle.nets()) {
                assertEquals(
                        0,
                        commodity.nets().values().stream()
                                .mapToLong(Long::longValue)
                                .sum());
                commodity.nets().forEach((member, net) -> {
                    long owed = gross(obligations, commodity.commodity(), member, false);
                    long due = gross(obligations, commodity.commodity(), member, true);
                    assertEquals(due - owed, net);
                    assertTrue(-net <= owed && net <= due, member);
                });
                assertTrue(commodity.settled() <= commodity.gross() && commodity.savedPpm() >= 0);
            }
            List<Obligation> shuffled = new ArrayList<>(obligations);
            Collections.shuffle(shuffled, random);
            assertEquals(cycle, NettingCycle.of(1 + i, shuffled));
            assertEquals(cycle.digest(), NettingCycle.of(1 + i, shuffled).digest());
        }
    }

    @Test
    void shouldLeaveACycleOfTheSameKindWhereAMemberCannotPay() {
        Random random = new Random(SEED);
        for (int i = 0; i < 500; i++) {
            NettingCycle cycle = NettingCycle.of(1, random(random)).without("M0");
            assertTrue(cycle.nets().stream().noneMatch(c -> c.nets().containsKey("M0")));
            assertEquals(cycle, cycle.without("M0"));
        }
    }

    @Test
    void shouldRefuseWhatIsNotAnObligation() {
        assertThrows(IllegalArgumentException.class, () -> owes("1", "A", "A", 1));
        assertThrows(IllegalArgumentException.class, () -> owes("1", "A", "B", 0));
        assertThrows(IllegalArgumentException.class, () -> owes(" ", "A", "B", 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> NettingCycle.of(1, List.of(owes("1", "A", "B", 1), owes("1", "B", "A", 1))));
        assertThrows(
                ArithmeticException.class,
                () -> NettingCycle.of(
                        1, List.of(owes("1", "A", "B", Long.MAX_VALUE), owes("2", "A", "B", Long.MAX_VALUE))));
        assertThrows(IllegalArgumentException.class, () -> NettingCycle.of(0, List.of()));
    }

    private static long gross(List<Obligation> obligations, String commodity, String member, boolean due) {
        return obligations.stream()
                .filter(o -> o.commodity().equals(commodity) && (due ? o.to() : o.from()).equals(member))
                .mapToLong(Obligation::units)
                .sum();
    }

    private static List<Obligation> random(Random random) {
        List<Obligation> obligations = new ArrayList<>();
        for (int i = 0; i < random.nextInt(40); i++) {
            int from = random.nextInt(8);
            int to = (from + 1 + random.nextInt(7)) % 8;
            obligations.add(new Obligation(
                    "o" + i,
                    "M" + from,
                    "M" + to,
                    random.nextBoolean() ? "USD" : "ETH",
                    1 + random.nextLong(1_000_000_000)));
        }
        return obligations;
    }

    private static Obligation owes(String id, String from, String to, long units) {
        return new Obligation(id, from, to, "USD", units);
    }
}
