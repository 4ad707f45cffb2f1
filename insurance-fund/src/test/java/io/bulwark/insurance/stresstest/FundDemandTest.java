package io.bulwark.insurance.stresstest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Worked numbers FUND-006 of {@code docs/methodology/fund-monitor.md}. */
class FundDemandTest {
    private static final long PHI = 600_000;
    private static final FundLosses.Tail NONE = new FundLosses.Tail(List.of(row(0)), List.of(1_000_000), 10_000);

    static MemberLoss of(String member, long loss) {
        return new MemberLoss(member, loss, List.of());
    }

    static StressRow row(int number, MemberLoss... members) {
        return new StressRow(number, "row " + number, List.of(members));
    }

    static FundLosses losses(FundLosses.Tail tail, List<FundLosses.Symbol> symbols, StressRow... held) {
        return new FundLosses(
                List.of(row(0, of("a", 90), of("b", 60))),
                List.of(held),
                tail,
                symbols,
                List.of(row(0, of("c", 7), of("a", 5)), row(1, of("b", 9), of("a", 1))),
                List.of());
    }

    /** Proved 150. Market: a 100, b 70, c 30 in one row, Cover-2 170; jump: z takes 40 of c capped at 20; liquidity: b 9. */
    @Test
    void shouldDivideEachLayerByWhatMembersAskWhereItIsSized() {
        FundDemand demand = FundDemand.of(
                losses(
                        NONE,
                        List.of(
                                new FundLosses.Symbol(row(1, of("c", 40)), 20),
                                new FundLosses.Symbol(row(0, of("a", 15)), 1_000)),
                        row(0, of("a", 100), of("b", 70), of("c", 30)),
                        row(1, of("c", 120))),
                PHI);
        assertEquals(150, demand.proved());
        assertEquals(170 + 20 + 9, demand.total());
        assertEquals(
                new TreeMap<>(Map.of("a", 85L, "b", 59L, "c", 26L)),
                demand.layers().get(0).parts());
        assertEquals(new TreeMap<>(Map.of("c", 20L)), demand.layers().get(1).parts());
        assertEquals("row 1", demand.layers().get(1).where());
        assertEquals(
                new TreeMap<>(Map.of("a", 0L, "b", 9L)), demand.layers().get(2).parts());
        assertEquals(demand.total(), demand.part("a") + demand.part("b") + demand.part("c"));
        assertEquals(
                List.of(150L, 0L, 0L, 0L),
                demand.layers().stream().map(FundLayer::proved).toList(),
                "no layer but the market's has a proof");
        assertEquals(0, demand.part("nobody"));
    }

    /** All meet a venue's failure at once: the layer is their sum, in the costliest failure, and each pays what it is short by there. */
    @Test
    void shouldAskOfAllWhatOneVenuesFailureCosts() {
        FundLosses market = losses(NONE, List.of(), row(0, of("a", 100), of("b", 70)));
        FundDemand demand = FundDemand.of(
                new FundLosses(
                        market.direct(),
                        market.held(),
                        market.tail(),
                        market.symbols(),
                        market.liquidity(),
                        List.of(row(0, of("a", 30)), row(1, of("c", 20), of("b", 10), of("a", 5)))),
                PHI);
        FundLayer failed = demand.layers().getLast();
        assertEquals(FundDemand.VENUE, failed.name());
        assertEquals("row 1", failed.where());
        assertEquals(35, failed.size());
        assertEquals(new TreeMap<>(Map.of("a", 5L, "b", 10L, "c", 20L)), failed.parts());
        assertEquals(170 + 9 + 35, demand.total());
    }

    /** Nobody loses beyond what is held: the proved 150 are all that is asked, of those whom the proof is about. */
    @Test
    void shouldNeverDemandLessThanIsProved() {
        FundDemand demand = FundDemand.of(losses(NONE, List.of(), row(0)), PHI);
        assertEquals(9, demand.size().total());
        assertEquals(150, demand.total());
        assertEquals(FundDemand.PROVED, demand.layers().getLast().name());
        assertEquals(141, demand.layers().getLast().size());
        assertEquals(141, demand.layers().getLast().proved());
        assertEquals(
                new TreeMap<>(Map.of("a", 84L, "b", 57L)),
                demand.layers().getLast().parts());
    }

    /** 60 % of 400 is 240, more than the worst two: all four pay. */
    @Test
    void shouldDivideTheGovernedShareAmongAllWhoLose() {
        FundDemand demand = FundDemand.of(
                losses(NONE, List.of(), row(0, of("a", 100), of("b", 100), of("c", 100), of("d", 100))), PHI);
        assertEquals(240, demand.layers().getFirst().size());
        assertEquals(60, demand.layers().getFirst().part("d"));
    }

    /** Rows of 0.6 %, 0.6 % and 98.8 %: the worst per cent is all of the first and two thirds of the second: (0.6·1,000 + 0.4·500)/1 = 800, of which b 500·0.4. */
    @Test
    void shouldSizeTheMarketByTheTailWhereThatAsksMost() {
        FundLosses.Tail tail = new FundLosses.Tail(
                List.of(row(0, of("a", 1_000)), row(1, of("b", 500)), row(2)), List.of(6_000, 6_000, 988_000), 10_000);
        FundDemand demand = FundDemand.of(losses(tail, List.of(), row(0, of("a", 100))), PHI);
        assertEquals(800, demand.shortfall());
        assertEquals(
                new TreeMap<>(Map.of("a", 600L, "b", 200L)),
                demand.layers().getFirst().parts());
    }

    @Test
    void shouldRefuseLayersThatDoNotAddUp() {
        FundSize size = FundSize.of(CoverTwo.ofRows(List.of(row(0))), 0, PHI, 0, 0, 0);
        assertThrows(IllegalArgumentException.class, () -> new FundDemand(1, size, 0, List.of()));
        assertThrows(
                IllegalArgumentException.class, () -> new FundLayer("x", 2, 0, "", new TreeMap<>(Map.of("a", 1L))));
        assertThrows(
                IllegalArgumentException.class, () -> new FundLayer("x", 1, 2, "", new TreeMap<>(Map.of("a", 1L))));
        assertThrows(IllegalArgumentException.class, () -> new FundLosses.Tail(List.of(), List.of(), 10_000));
        assertThrows(IllegalArgumentException.class, () -> new FundLosses.Symbol(row(0), -1));
    }
}
