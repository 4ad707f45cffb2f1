package io.bulwark.insurance.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.insurance.monitor.Adequacy.LayerLine;
import io.bulwark.insurance.monitor.GainsPreview.RuleOutcome;
import io.bulwark.insurance.monitor.GainsPreview.Winner;
import io.bulwark.insurance.stresstest.MemberLoss;
import io.bulwark.insurance.stresstest.StressRow;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AdequacyTest {
    private static final StressRow ROW = new StressRow(
            0,
            "a fall",
            List.of(
                    new MemberLoss("B", 3_000, List.of(2)),
                    new MemberLoss("A", 1_000, List.of(1)),
                    new MemberLoss("D", 10, List.of(4))));

    private static final List<AccountLoss> ACCOUNTS = List.of(
            new AccountLoss(1, "A", 1_600, 0, 600, 1_000, 0),
            new AccountLoss(2, "B", 3_800, 100, 900, 3_000, 0),
            new AccountLoss(3, "B", 10, 0, 70, 0, 0),
            new AccountLoss(4, "D", 30, 0, 20, 10, 0));

    @Test
    void shouldLetTheLayersPayInOrder() {
        var contributions = new TreeMap<>(Map.of("A", 500L, "B", 1_000L, "C", 700L));
        Adequacy lacking = Adequacy.of(ROW, ACCOUNTS, contributions, 300, 1_000_000);
        assertEquals(
                List.of(
                        new LayerLine("contributions of the two who fail", 1_500, 1_500, true),
                        new LayerLine("the house's own capital", 300, 300, true),
                        new LayerLine("contributions of the others", 700, 700, true),
                        new LayerLine("assessments on the others", 700, 700, false)),
                lacking.layers());
        assertEquals(600 + 900, lacking.margin(), "of the accounts that fail alone");
        assertEquals(2_500, lacking.prefunded());
        assertEquals(1_500, lacking.beyondPrefunded());
        assertEquals(800, lacking.beyondAll());
        assertFalse(lacking.holds());
        contributions.put("A", 9_000L);
        Adequacy enough = Adequacy.of(ROW, ACCOUNTS, contributions, 1_300, 0);
        // A's 9,000 pay A's own 1,000 alone: 1,000 + 1,000 + 1,300 + 700 = 4,000, exactly.
        assertEquals(4_000, enough.prefunded());
        assertTrue(enough.holds());
        assertFalse(Adequacy.of(ROW, ACCOUNTS, contributions, 1_299, 0).holds());
    }

    @Test
    void shouldTakeFromTheOthersOnlyWhatTheHouseDoesNotPay() {
        var contributions = new TreeMap<>(Map.of("A", 1_000L, "B", 1_000L, "C", 5_000L));
        Adequacy adequacy = Adequacy.of(ROW, ACCOUNTS, contributions, 1_300, 1_000_000);
        // 4,000 less 2,000 of their own less 1,300 of the house.
        assertEquals(
                new LayerLine("contributions of the others", 5_000, 700, true),
                adequacy.layers().get(2));
        assertEquals(0, adequacy.layers().get(3).used());
        assertTrue(adequacy.holds());
    }

    @Test
    void shouldShowWhatEachRuleTakesFromThoseWhoGained() {
        List<Winner> winners = List.of(
                new Winner(1, "P", 300, 600, true),
                new Winner(2, "Q", 1_000, 500, true),
                new Winner(3, "R", 1_000, 100, true),
                new Winner(4, "gone", 0, 50, true));
        GainsPreview preview = GainsPreview.of(winners, 700);
        assertEquals(1_200, preview.gains());
        RuleOutcome queue = preview.rules().get(0);
        assertEquals(List.of(600L, 500L, 0L), cuts(queue));
        assertEquals(400, queue.overshoot());
        assertEquals(2, queue.hedgesBroken());
        RuleOutcome proRata = preview.rules().get(1);
        // 350, 291.67, 58.33: running totals 350, 641, 700.
        assertEquals(List.of(350L, 291L, 59L), cuts(proRata));
        assertEquals(0, proRata.hedgesBroken());
        RuleOutcome filling = preview.rules().get(2);
        // 600 − 300l + 500 − 1,000l = 700, l = 4/13: 507.69 and 192.31.
        assertEquals(List.of(507L, 193L, 0L), cuts(filling));
        assertEquals(0, filling.overshoot() + proRata.overshoot());
        assertEquals(300, GainsPreview.of(winners, 1_500).rules().get(2).uncovered());
        assertEquals(0, GainsPreview.of(List.of(), 5).rules().get(0).taken());
    }

    private static List<Long> cuts(RuleOutcome outcome) {
        return outcome.cuts().stream().map(GainsPreview.Cut::cut).toList();
    }

    @Test
    void shouldSayHowMuchStandsWithFew() {
        assertEquals(
                new Concentration("margin", 100, 750_000, 1_000_000),
                Concentration.of("margin", List.of(15L, 15L, 15L, 15L, 15L, 5L, 5L, 5L, 5L, 5L)));
        assertEquals(new Concentration("margin", 0, 0, 0), Concentration.of("margin", List.of()));
    }
}
