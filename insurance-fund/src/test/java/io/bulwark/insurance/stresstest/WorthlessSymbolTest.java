package io.bulwark.insurance.stresstest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.insurance.stresstest.WorthlessSymbol.Holding;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorthlessSymbolTest {
    private static final List<String> CHAIN = List.of("rsETH", "aRsETH");

    private static Holding holding(long onChain, long margin) {
        return new Holding(7, "alice", onChain, margin);
    }

    private static long uncovered(int dropPpm, Holding... holdings) {
        return WorthlessSymbol.of("rsETH", CHAIN, List.of(holdings), dropPpm).uncovered();
    }

    /** 100 against 30 of margin: 70 at a jump to zero, nothing at 15 %, for 15 is less than 30. */
    @Test
    void shouldTakeTheMarginFirst() {
        assertEquals(70, uncovered(1_000_000, holding(100, 30)));
        assertEquals(0, uncovered(150_000, holding(100, 30)));
        assertEquals(0, uncovered(300_000, holding(100, 30)));
        assertEquals(1, uncovered(300_001, holding(100, 30)), "a fraction is rounded up");
        assertEquals(0, uncovered(1_000_000, holding(100, 100)));
    }

    /** What one account holds too much never pays for another. */
    @Test
    void shouldNotLetOneAccountPayForAnother() {
        assertEquals(90, uncovered(1_000_000, holding(100, 10), holding(5, 1_000)));
        assertEquals(
                105,
                WorthlessSymbol.of("rsETH", CHAIN, List.of(holding(100, 10), holding(5, 1_000)), 0)
                        .exposure());
    }

    @Test
    void shouldRefuseMoreThanAWholeLoss() {
        assertThrows(IllegalArgumentException.class, () -> uncovered(1_000_001, holding(1, 0)));
        assertThrows(IllegalArgumentException.class, () -> holding(-1, 0));
    }

    /** Affiliates lose together; who loses nothing is not named. */
    @Test
    void shouldSayWhoLosesIt() {
        WorthlessSymbol lost = WorthlessSymbol.of(
                "rsETH",
                CHAIN,
                List.of(
                        new Holding(2, "bob", 50, 10),
                        new Holding(0, "alice", 30, 5),
                        new Holding(1, "bob", 20, 10),
                        new Holding(3, "carol", 9, 9)),
                1_000_000);
        assertEquals(
                List.of(new MemberLoss("bob", 50, List.of(1, 2)), new MemberLoss("alice", 25, List.of(0))),
                lost.members());
        assertEquals(75, lost.uncovered());
        assertEquals("rsETH", lost.row(4).scenario());
        assertThrows(IllegalArgumentException.class, () -> new WorthlessSymbol("x", CHAIN, 1, 1, List.of()));
    }
}
