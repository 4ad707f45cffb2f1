package io.bulwark.netting.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The long straddle of the source text, COMP-001. */
final class StraddleTest {
    private final Straddle straddle = Straddle.of(Straddle.sourceText());

    @Test
    void shouldGiveComp001ThirtyTwentyAndTwelvePercent() {
        assertEquals(20_000_000, straddle.notional());
        assertEquals(6_003_000, straddle.isolated());
        assertEquals(4_003_000, straddle.cross());
        assertEquals(2_441_100, straddle.initialMargin());
        assertEquals(4_772_300, straddle.shortInitialMargin());
        assertEquals(300_150, straddle.share(straddle.isolated()));
        assertEquals(200_150, straddle.share(straddle.cross()));
        assertEquals(122_055, straddle.share(straddle.initialMargin()));
        assertEquals(238_615, straddle.share(straddle.shortInitialMargin()));
    }

    @Test
    void shouldLoseMostInASmallFallWithVolatilityDown() {
        int worst = straddle.worstRow();
        assertEquals(-250_000, Straddle.sourceText().points().at(worst));
        assertEquals(-1, Straddle.sourceText().volatilities().at(worst));
    }
}
