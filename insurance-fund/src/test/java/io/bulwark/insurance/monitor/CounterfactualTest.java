package io.bulwark.insurance.monitor;

import static io.bulwark.insurance.monitor.HandBook.USD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.insurance.monitor.ContagionEdges.Edge;
import io.bulwark.insurance.monitor.Counterfactual.Cause;
import io.bulwark.insurance.stresstest.CoverTwo;
import io.bulwark.insurance.stresstest.StressedAccount;
import io.bulwark.insurance.stresstest.VaultTable;
import io.bulwark.netting.contagion.ContagionScenario;
import io.bulwark.netting.contagion.ImpactLadder;
import io.bulwark.netting.contagion.LiquidityGroup;
import io.bulwark.netting.contagion.ReproductionNumber;
import io.bulwark.netting.risktable.RiskTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CounterfactualTest {
    private static Counterfactual under(Levers levers) {
        return Counterfactual.of(HandBook.book(), levers);
    }

    private static Levers levers(int threshold, int batches, int kept, String paused, int topUp) {
        return new Levers(threshold, batches, kept, Optional.ofNullable(paused).filter(v -> !v.isEmpty()), topUp);
    }

    @Test
    void shouldAddWhatForcedSalesCostTheHolders() {
        Counterfactual answer = under(Levers.none());
        // d = 20,000 ppm: A's 100,000 USD lose 2,000 more, B's 200,000 lose 4,000 more, C is short and gains nothing
        // from it.
        assertEquals(
                List.of(
                        new AccountLoss(1, "A", 5_000 * USD, 2_000 * USD, 6_000 * USD, 1_000 * USD, 1_000_000),
                        new AccountLoss(2, "B", 10_000 * USD, 4_000 * USD, 11_000 * USD, 3_000 * USD, 0),
                        new AccountLoss(3, "C", -2_500 * USD, 0, 3_000 * USD, 0, 0)),
                answer.accounts());
        assertEquals(4_000 * USD, answer.need());
        assertEquals(List.of(new AssetPressure("BTC", -50_000, 20_000, 0, 100_000 * USD, 0)), answer.pressure());
        assertEquals(1, sold(answer));
        assertEquals("B", answer.row().pair().getFirst().member());
    }

    @Test
    void shouldTraceTheNeedToItsCausesToTheUnit() {
        // Neither the move nor the sales alone lose anything beyond margin; together 4,000 USD: half each.
        assertEquals(
                List.of(
                        new Cause("price moves of the scenario", 2_000 * USD),
                        new Cause("forced trades of BTC", 2_000 * USD)),
                under(Levers.none()).causes());
        assertEquals(
                List.of(new Cause("price moves of the scenario", 0)),
                Counterfactual.of(HandBook.withoutBuffer(), Levers.none()).causes());
    }

    @Test
    void shouldNameFewerAssetsOverALargeBook() {
        List<ShockedAccount> many = new ArrayList<>(HandBook.ACCOUNTS);
        IntStream.range(10, 20_000).forEach(i -> many.add(HandBook.account(i, "idle", "west", 0, 0, 0)));
        assertEquals(
                List.of(
                        new Cause("price moves of the scenario", 2_000 * USD),
                        new Cause("forced trades of all assets", 2_000 * USD)),
                Counterfactual.of(new ShockedBook(0, "BTC −5 %", many, Optional.of(HandBook.system())), Levers.none())
                        .causes());
    }

    @Test
    void shouldMoveThePriceLessInBatches() {
        // Two batches of which half stays: 200,000·(1 + 1/2)/2 = 150,000 ppm a million. Then g = (1,000 +
        // 1,500g)/2,500, so g = 1 and d = 15,000:
        // A 5,000 + 1,500 − 6,000, B 10,000 + 3,000 − 11,000.
        Counterfactual answer = under(levers(1_000_000, 2, 500_000, "", 0));
        assertEquals(15_000, answer.pressure().getFirst().downPpm());
        assertEquals((500 + 2_000) * USD, answer.need());
        assertEquals(
                under(Levers.none()).need(),
                under(levers(1_000_000, 10, 1_000_000, "", 0)).need(),
                "what stays whole between batches saves nothing");
    }

    @Test
    void shouldStretchEveryStepOfALadderOverTheBatches() {
        LiquidityGroup group = new LiquidityGroup(
                "BTC",
                new ImpactLadder(List.of(new ImpactLadder.Step(0, 100), new ImpactLadder.Step(1_000_000, 7))),
                500_000,
                0,
                0,
                List.of());
        // Nothing stays: each of two batches is half the flow, so steps begin at twice theirs and rise half as fast, up
        // to a whole ppm.
        assertEquals(
                List.of(new ImpactLadder.Step(0, 50), new ImpactLadder.Step(2_000_000, 4)),
                levers(1_000_000, 2, 0, "", 0).on(group).ladder().steps());
    }

    @Test
    void shouldSellNobodyBelowALowerThresholdOnAPausedVenueOrAfterACall() {
        // After the move A has 4,000 USD: above 60 % of 5,000; a call of half its margin brings 3,000.
        assertEquals(0, under(levers(600_000, 1, 0, "", 0)).need());
        assertEquals(0, under(levers(1_000_000, 1, 0, "east", 0)).need());
        assertEquals(4_000 * USD, under(levers(1_000_000, 1, 0, "west", 0)).need(), "A is not on it");
        Counterfactual called = under(levers(1_000_000, 1, 0, "", 500_000));
        assertEquals(0, sold(called));
        assertEquals(9_000 * USD, called.accounts().getFirst().margin());
    }

    @Test
    void shouldSellMoreAtAHigherThreshold() {
        Counterfactual answer = under(levers(2_000_000, 1, 0, "", 0));
        assertEquals(2, sold(answer));
        assertTrue(answer.need() > 4_000 * USD, answer.explanation());
    }

    @Test
    void shouldSayWhetherTheCascadeFeedsItself() {
        // At the end A is sold whole, so a further push of 0.1 % forces nothing more: R = 0. Below 60 % of the
        // threshold nothing is sold at all.
        ReproductionNumber over =
                Counterfactual.feedback(HandBook.book(), Levers.none()).orElseThrow();
        assertEquals(0, over.lowerPpm());
        assertEquals(0, over.upperPpm());
        assertTrue(over.alongPpm() > 500_000, "on the way each round forced 60 % of the one before");
        assertTrue(
                Counterfactual.feedback(HandBook.withoutBuffer(), Levers.none()).isEmpty());
    }

    @Test
    void shouldRefuseLeversOutOfRange() {
        assertEquals(
                "batches must be 1 to 100; have 0",
                assertThrows(IllegalArgumentException.class, () -> levers(1_000_000, 0, 0, "", 0))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> levers(499_999, 1, 0, "", 0));
        assertThrows(IllegalArgumentException.class, () -> levers(1_000_000, 1, 1_000_001, "", 0));
        assertThrows(IllegalArgumentException.class, () -> levers(1_000_000, 1, 0, "", 2_000_001));
    }

    @Test
    void shouldDrawWhoInfectsWhom() {
        ContagionEdges edges = ContagionEdges.of(HandBook.book(), Levers.none());
        assertEquals(List.of(new Edge(1, "BTC", "sale", 100_000 * USD)), edges.trades());
        assertEquals(
                List.of(new Edge(1, "BTC", "sale", 2_000 * USD), new Edge(2, "BTC", "sale", 4_000 * USD)),
                edges.costs());
        assertEquals(
                List.of(),
                ContagionEdges.of(HandBook.withoutBuffer(), Levers.none()).trades());
    }

    @Test
    void shouldBoundWhatIsNotSeen() {
        // B unseen: below it loses nothing of its own but the 4,000 of the sales, inside its margin; above, its margin
        // is gone: 1,000 + 14,000.
        BlindSpots stale = BlindSpots.of(HandBook.book(), Levers.none(), Set.of(2), Set.of());
        assertEquals(new BlindSpots(1_000 * USD, Optional.of(15_000 * USD), List.of(2)), stale);
        assertEquals(
                Optional.empty(),
                BlindSpots.of(HandBook.book(), Levers.none(), Set.of(2), Set.of(9))
                        .upper());
        BlindSpots none = BlindSpots.of(HandBook.book(), Levers.none(), Set.of(), Set.of());
        assertEquals(new BlindSpots(4_000 * USD, Optional.of(4_000 * USD), List.of()), none);
    }

    @Test
    void shouldHaveTheNeedOfTheFundWhereNothingIsForced() {
        RiskTable table = VaultTable.table();
        List<StressedAccount> accounts = List.of(
                VaultTable.account(1, "alice", VaultTable.BTC, 1_000, 80_000_000),
                VaultTable.account(2, "bob", VaultTable.ETH, 1_000, 50_000_000),
                VaultTable.account(3, "carol", VaultTable.ETH, -100, 1_000_000));
        CoverTwo cover = CoverTwo.of(table, accounts);
        ShockedBook book = ShockedBook.of(
                table,
                0,
                cover.worst().scenario(),
                accounts.stream()
                        .map(a -> ShockedAccount.of(table, 0, a, List.of("venue"), a.held(), 0))
                        .toList(),
                Optional.empty());
        Counterfactual answer = Counterfactual.of(book, Levers.none());
        assertEquals(cover.worst(), answer.row());
        assertEquals(cover.explanation(), answer.explanation());
        assertEquals(List.of(new Cause("price moves of the scenario", cover.need())), answer.causes());
        ContagionScenario shocked = ShockedBook.of(table, 0, "x", HandBook.ACCOUNTS, Optional.of(HandBook.system()))
                .cascade()
                .orElseThrow()
                .scenarios()
                .getFirst();
        assertEquals(-388_000, shocked.returnPpm().at(0), "the replay's own move of BTC");
    }

    private static long sold(Counterfactual answer) {
        return answer.accounts().stream()
                .filter(account -> account.soldPpm() > 0)
                .count();
    }
}
