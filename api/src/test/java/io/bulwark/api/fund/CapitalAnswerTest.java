package io.bulwark.api.fund;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.http.OneEpoch;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundBook;
import io.bulwark.insurance.vault.VaultBook;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * One account long 600 USD of BTC that holds its initial margin, with 150 USD of its member in the fund and 50 of the house. Where coins hedge the add-on is 0.32 · 0.3 · 600 = 57.6;
 * where not, 300, so EAD 420, K_CCP 6.72 and three quarters of it the member's.
 */
class CapitalAnswerTest {
    private static final OneEpoch BOOKS = new OneEpoch();
    private static final ComputedEpoch EPOCH = BOOKS.latest().orElseThrow();

    @Test
    void shouldBeTheStandardsFiguresOfTheHouse() {
        CapitalAnswer answer = CapitalAnswer.of(EPOCH, BOOKS.fund(1));
        assertEquals(2_000_000, answer.prefunded().u());
        assertEquals(67_200, answer.gross().hypothetical().u());
        assertEquals(Optional.of("2976.19"), answer.gross().coverage());
        CapitalAnswer.Member gross = answer.gross().members().getFirst();
        assertEquals("desk", gross.member());
        assertEquals(4_200_000, gross.exposure().u());
        assertEquals(50_400, gross.capital().orElseThrow().u());

        double margin = EPOCH.account(4)
                        .orElseThrow()
                        .margin()
                        .stated()
                        .orElseThrow()
                        .initialMargin()
                / 1e4;
        double exposure = 1.4 * 57.6 * (0.05 + 0.95 * Math.exp(-(margin + 150) / (1.9 * 57.6)));
        CapitalAnswer.Member hedged = answer.hedged().members().getFirst();
        assertEquals(Math.ceil(exposure * 1e4), hedged.exposure().u(), 1);
        assertTrue(hedged.floorBinds());
        assertEquals(2_400, hedged.capital().orElseThrow().u(), "8 % of 2 % of 150 USD");
        assertEquals(List.of("late"), answer.leftOut());
    }

    @Test
    void shouldStateNoShareWhereNobodyPaid() {
        CapitalAnswer answer = CapitalAnswer.of(EPOCH, FundBook.of(Map.of(4, "desk", 9, "late"), VaultBook.EMPTY));
        assertEquals(67_200, answer.gross().hypothetical().u());
        assertEquals(Optional.of("0.00"), answer.gross().coverage());
        assertEquals(
                Optional.empty(), answer.gross().members().getFirst().capital());
    }
}
