package io.bulwark.api.fund;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.bulwark.api.http.OneEpoch;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundBook;
import io.bulwark.insurance.vault.VaultBook;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * One account long 600 USD of BTC, with 300 USD of BTC as collateral, that holds its initial margin, with 150 USD of its member in the
 * fund and 50 of the house. Where coins hedge the add-on is
 * 0.32 · 0.3 · 900 = 86.4; where not, 450, so EAD 630, K_CCP 10.08 and three quarters of it the member's.
 */
class CapitalAnswerTest {
    private static final OneEpoch BOOKS = new OneEpoch();
    private static final ComputedEpoch EPOCH = BOOKS.latest().orElseThrow();

    @Test
    void shouldBeTheStandardsFiguresOfTheHouse() {
        CapitalAnswer answer = CapitalAnswer.of(EPOCH, BOOKS.fund(1));
        assertEquals(2_000_000, answer.prefunded().u());
        assertEquals(100_800, answer.gross().hypothetical().u());
        assertEquals(Optional.of("1984.12"), answer.gross().coverage());
        CapitalAnswer.Member gross = answer.gross().members().getFirst();
        assertEquals("desk", gross.member());
        assertEquals(6_300_000, gross.exposure().u());
        assertEquals(75_600, gross.capital().orElseThrow().u());

        double margin =
                EPOCH.account(4).orElseThrow().margin().stated().orElseThrow().initialMargin() / 1e4;
        double exposure = 1.4 * 86.4 * (0.05 + 0.95 * Math.exp(-(margin + 150) / (1.9 * 86.4)));
        CapitalAnswer.Member hedged = answer.hedged().members().getFirst();
        assertEquals(exposure * 1e4, hedged.exposure().u(), 1);
        assertFalse(hedged.floorBinds(), "8 % of 2 % of 150 USD are 0.24");
        assertEquals(
                exposure * 0.016 * 0.75 * 1e4, hedged.capital().orElseThrow().u(), 1);
        assertEquals(List.of("late"), answer.leftOut());
    }

    @Test
    void shouldStateNoShareWhereNobodyPaid() {
        CapitalAnswer answer = CapitalAnswer.of(EPOCH, FundBook.of(Map.of(4, "desk", 9, "late"), VaultBook.EMPTY));
        assertEquals(100_800, answer.gross().hypothetical().u());
        assertEquals(Optional.of("0.00"), answer.gross().coverage());
        assertEquals(Optional.empty(), answer.gross().members().getFirst().capital());
    }
}
