package io.bulwark.netting.buffer;

import static io.bulwark.netting.buffer.HandBook.USD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.contagion.ContagionAccount;
import io.bulwark.netting.contagion.ContagionAccount.Leg;
import io.bulwark.netting.contagion.ContagionMap;
import io.bulwark.netting.contagion.ContagionScenario;
import io.bulwark.netting.contagion.ContagionSymbol;
import io.bulwark.netting.contagion.ContagionSystem;
import io.bulwark.netting.contagion.ContagionVector;
import io.bulwark.netting.contagion.HedgerGamma;
import io.bulwark.netting.contagion.ImpactLadder;
import io.bulwark.netting.contagion.LiquidityGroup;
import io.bulwark.netting.contagion.ScenarioAccount;
import io.bulwark.netting.contagion.VegaHolding;
import io.bulwark.netting.risktable.IntColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The worked numbers of the method page. */
final class WorkedBufferTest {
    private final ContagionBuffer buffer = ContagionBuffer.atFixedPoints(HandBook.book());

    /** CONT-001: −5 %: 8,000, 14,400, 19,520, 20,000 ppm. */
    @Test
    void shouldReachTheFallOfTheHandBookRoundByRound() {
        ContagionMap map = new ContagionMap(HandBook.book(), 0);
        ContagionVector vector = ContagionVector.zero(2);
        List<Integer> falls = new ArrayList<>();
        List<Integer> sold = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            sold.add(map.liquidated(vector).getFirst());
            vector = map.apply(vector);
            falls.add(vector.down(0));
        }
        assertEquals(List.of(400_000, 720_000, 976_000, 1_000_000, 1_000_000), sold);
        assertEquals(List.of(8_000, 14_400, 19_520, 20_000, 20_000), falls);
        assertEquals(5, map.leastFixedPoint().rounds());
    }

    /** CONT-002: what each of the three pays. */
    @Test
    void shouldChargeTheHandBook() {
        assertEquals(
                List.of(HandBook.down(20_000, 0), HandBook.down(60_000, 5_000), HandBook.down(0, 0)),
                buffer.tariff().certified());
        assertEquals(
                new Exit(75_000 * USD, 7_500, 7_575, 7_725),
                buffer.tariff().exits().longSide(0));
        charge(0, 6_000 * USD, 751_875_000);
        charge(1, 12_025 * USD, 1_520_052_500);
        charge(2, 0, 63_575_000);
    }

    private void charge(int account, long transmitted, long closeOut) {
        BufferCharge charge = buffer.charge(account);
        assertEquals(transmitted, charge.transmitted());
        assertEquals(closeOut, charge.closeOut());
        assertEquals(transmitted + closeOut, charge.buffer());
    }

    /** CONT-003: headroom, the certificate, and a certificate of one less. */
    @Test
    void shouldCertifyTheHandBookAndLeaveThisMuchRoom() {
        ContagionMap map = new ContagionMap(HandBook.book(), 0);
        assertTrue(map.holds(HandBook.down(20_000, 0)));
        assertFalse(map.holds(HandBook.down(19_999, 0)));
        assertEquals(100_000 * USD, map.headroom(HandBook.down(20_000, 0)).sale(0));
        assertEquals(HandBook.down(20_000, 0), map.raised(HandBook.down(19_999, 0)));
        // At the cap the certificate holds for any flow, and the headroom still ends where the ladder reaches the cap.
        ContagionSystem crowded =
                HandBook.of(HandBook.A, HandBook.B, HandBook.C, HandBook.account("N", 2_000_000, 0, 1, 10_000_000));
        ContagionMap capped = new ContagionMap(crowded, 0);
        assertTrue(capped.holds(HandBook.down(500_000, 500_000)));
        assertEquals(
                2_500_000 * USD,
                capped.headroom(HandBook.down(500_000, 500_000)).sale(0));
        assertTrue(capped.flows(HandBook.down(500_000, 500_000)).sale(0) > 2_500_000 * USD);
    }

    /** CONT-004: a short straddle, 1m USD of delta per 100 %: nothing at fixed delta, 3,600 and 9,600 with the delta of the way. */
    @Test
    void shouldChargeAnOptionWithItsDeltaOnTheWay() {
        assertEquals(3_600 * USD, straddle(0, 60_000));
        assertEquals(9_600 * USD, straddle(-100_000, 60_000));
        assertEquals(0, straddle(0, 0));
        // Between two cells the farther one counts.
        assertEquals(Ppm.shareUp(70_000 * USD, 61_000), straddle(0, 61_000));
    }

    private static long straddle(int move, int fall) {
        List<Integer> cells =
                IntStream.rangeClosed(-50, 50).map(c -> c * 10_000).boxed().toList();
        LiquidityGroup group = new LiquidityGroup("BTC", new ImpactLadder(List.of()), 500_000, 0, 0, cells);
        List<Long> deltas = cells.stream().map(cell -> -cell * USD).toList();
        ContagionAccount account = new ContagionAccount(
                "S",
                Optional.empty(),
                List.of(new Leg.Option(0, List.of(deltas))),
                0,
                0,
                List.of(),
                List.of(0L),
                VegaHolding.NONE);
        ContagionSystem system = new ContagionSystem(
                List.of(group),
                List.of(new ContagionSymbol("BTC-STRADDLE", 0, "BTC")),
                List.of(account),
                List.of(new ContagionScenario(IntColumn.of(move), IntColumn.zeros(1))),
                HandBook.RULES);
        return ScenarioAccount.of(system, 0, account).transmitted(ContagionVector.of(new int[] {fall}, new int[] {0}));
    }

    /** CONT-014: hedging the straddle of CONT-004 trades 1m USD per 100 %; a long one trades against the move, and counts as nothing. */
    @Test
    void shouldReadWhatHedgersMustTrade() {
        List<Integer> cells = List.of(-200_000, -100_000, 0, 100_000, 200_000);
        assertEquals(1_000_000 * USD, gamma(cells, 200_000, 100_000, 0, -100_000, -200_000));
        assertEquals(0, gamma(cells, -200_000, -100_000, 0, 100_000, 200_000));
        // Steeper on the way up: 30,000 USD over the first 10 %. And steeper far down: 90,000 over 20 %.
        assertEquals(300_000 * USD, gamma(cells, 20_000, 10_000, 0, -30_000, -40_000));
        assertEquals(450_000 * USD, gamma(cells, 90_000, 10_000, 0, 0, 0));
        // 10,000.000001 USD over 3 %: rounded up.
        assertEquals(
                333_333_333_367L,
                HedgerGamma.of(options(List.of(0L, -10_000 * USD - 1)), SYMBOL, 0, List.of(0, 30_000)));
    }

    private static final List<ContagionSymbol> SYMBOL = List.of(new ContagionSymbol("BTC-STRADDLE", 0, "BTC"));

    private static long gamma(List<Integer> cells, long... deltas) {
        return HedgerGamma.of(
                options(LongStream.of(deltas).map(d -> d * USD).boxed().toList()), SYMBOL, 0, cells);
    }

    private static ContagionAccount options(List<Long> deltas) {
        return new ContagionAccount(
                "H",
                Optional.empty(),
                List.of(new Leg.Option(0, List.of(deltas))),
                0,
                0,
                List.of(),
                List.of(0L),
                VegaHolding.NONE);
    }

    /** CONT-005: the short leg of a hedge is closed: its owner is refused, both legs together are not. */
    @Test
    void shouldRaiseTheVectorWhenAHedgeIsDropped() {
        List<ContagionSymbol> symbols =
                List.of(new ContagionSymbol("BTC", 0, "BTC"), new ContagionSymbol("BTC-PERP", 0, "BTC"));
        ContagionAccount hedged = ContagionAccount.linear(
                "X",
                Optional.empty(),
                List.of(new Leg.Linear(0, 500_000 * USD), new Leg.Linear(1, -500_000 * USD)),
                35_000 * USD,
                5_000 * USD);
        ContagionSystem system = new ContagionSystem(
                List.of(HandBook.GROUPS.getFirst()),
                symbols,
                List.of(hedged),
                List.of(new ContagionScenario(IntColumn.of(-50_000), IntColumn.zeros(2))),
                HandBook.RULES);
        List<ContagionVector> certified = HandBook.leastFixedPoints(system);
        BufferAdmission one = BufferAdmission.of(system, certified, List.of(change(500_000)));
        assertFalse(one.admitted());
        assertEquals(100_000, one.raised().getFirst().down(0));
        BufferAdmission both = BufferAdmission.of(
                system,
                certified,
                List.of(new BufferAdmission.Change(
                        "X",
                        Optional.empty(),
                        List.of(new Leg.Linear(0, -250_000 * USD), new Leg.Linear(1, 250_000 * USD)),
                        0,
                        0)));
        assertTrue(both.admitted());
    }

    /** CONT-013: at its cap of 50 % the certificate holds for a newcomer of 200m USD; the headroom ends at 2.5m. */
    @Test
    void shouldSayWhereAnEntrantGoesBeyondTheHeadroom() {
        ContagionSystem book = HandBook.book();
        List<ContagionVector> capped = book.scenarios().stream()
                .map(s -> ContagionVector.of(new int[] {500_000, 500_000}, new int[] {500_000, 500_000}))
                .toList();
        BufferAdmission.Change entrant = new BufferAdmission.Change(
                "N", Optional.empty(), List.of(new Leg.Linear(0, 200_000_000 * USD)), 1 * USD, 10_000_000 * USD);
        BufferAdmission admission = BufferAdmission.of(book, capped, List.of(entrant));
        assertTrue(admission.admitted(), "the certificate holds for any flow");
        // A's 100,000, B's 200,000 and the newcomer's 200,000,000 USD are all sold under a fall of a half.
        assertEquals(
                IntStream.range(0, 3)
                        .mapToObj(s -> new BufferAdmission.BeyondHeadroom(s, 0, 200_300_000 * USD, 2_500_000 * USD))
                        .toList(),
                admission.beyond());
        BufferAdmission.Change small = new BufferAdmission.Change(
                "N", Optional.empty(), List.of(new Leg.Linear(0, 2_000_000 * USD)), 1 * USD, 100_000 * USD);
        assertEquals(List.of(), BufferAdmission.of(book, capped, List.of(small)).beyond());
    }

    private static BufferAdmission.Change change(long bought) {
        return new BufferAdmission.Change(
                "X", Optional.empty(), List.of(new Leg.Linear(1, bought * USD)), 0, 20_000 * USD);
    }

    /** CONT-006: the published rate decays by 3 % a day to the certified one and looks at stressed ladders. */
    @Test
    void shouldPublishWithoutFallingAtOnce() {
        assertEquals(29_100, published(20_000, 30_000, 0, BufferPublication.DAY_MILLIS));
        assertEquals(20_000, published(20_000, 0, 0, BufferPublication.DAY_MILLIS));
        assertEquals(35_000, published(20_000, 0, 80_000, BufferPublication.DAY_MILLIS));
        int rate = 30_000;
        for (int day = 0; day < 400; day++) {
            rate = published(0, rate, 0, BufferPublication.DAY_MILLIS);
        }
        assertEquals(0, rate, "the floor rounds down, so it ends at the certificate");
    }

    /** CONT-012: the decay goes by the time that has passed, whole days exactly. */
    @Test
    void shouldDecayByTheTimeThatHasPassed() {
        assertEquals(30_000, published(0, 30_000, 0, 0));
        assertEquals(28_227, published(0, 30_000, 0, 2 * BufferPublication.DAY_MILLIS)); // 30,000 · 0.9409
        assertEquals(970_000, published(0, 1_000_000, 0, BufferPublication.DAY_MILLIS));
        // 0.97^(1/2) = 0.984885780…, 0.97^(1/24) = 0.998731661…, 0.97^(7/2) = 0.898878…
        assertEquals(984_885, published(0, 1_000_000, 0, BufferPublication.DAY_MILLIS / 2));
        assertEquals(998_731, published(0, 1_000_000, 0, BufferPublication.DAY_MILLIS / 24));
        assertEquals(898_878, published(0, 1_000_000, 0, 7 * BufferPublication.DAY_MILLIS / 2));
        for (long millis = 1; millis < 90 * BufferPublication.DAY_MILLIS; millis = millis * 7 / 2 + 11) {
            double exact = 1e6 * Math.pow(0.97, (double) millis / BufferPublication.DAY_MILLIS);
            assertEquals((long) exact, published(0, 1_000_000, 0, millis), "after " + millis + " ms");
        }
    }

    /**
     * CONT-015: A alone at −5 %. With 80 % of it on 95 % of the equity the larger part lives: 8,550 − 4,000 − 80,000 · 0.4 % = 4,230 ≥ 4,000, and the smaller one, sold whole, moves the price by 4,000 ppm.
     * It must hold a fifth of the margin, 80 transmitted and 50 to close out, of 450: with a margin of 1,600 exactly. One of 1,605 leaves 75 % on 90 %: 5,000 ppm.
     */
    @Test
    void shouldFindTheHiddenDivisionThatLowersTheVectorMost() {
        ContagionSystem alone = new ContagionSystem(
                HandBook.GROUPS,
                HandBook.SYMBOLS,
                List.of(HandBook.A),
                List.of(HandBook.SCENARIOS.getFirst()),
                HandBook.RULES);
        assertEquals(
                List.of(new HiddenDivision("A", 80, 95, 16_000)),
                HiddenDivision.of(alone, VegaTariff.NONE, Map.of("A", 1_600 * USD), 10));
        assertEquals(
                List.of(new HiddenDivision("A", 75, 90, 15_000)),
                HiddenDivision.of(alone, VegaTariff.NONE, Map.of("A", 1_605 * USD), 10));
        // Nobody can divide what does not hold its margin.
        assertEquals(
                List.of(new HiddenDivision("A", 0, 0, 0)),
                HiddenDivision.of(alone, VegaTariff.NONE, Map.of("A", 9_001 * USD), 10));
    }

    private static int published(int certified, int previous, int stressed, long elapsedMillis) {
        return new BufferPublication(970_000, 250_000)
                .published(
                        IntColumn.of(certified),
                        IntColumn.of(previous),
                        IntColumn.of(stressed),
                        IntColumn.of(1_000_000),
                        elapsedMillis)
                .at(0);
    }
}
