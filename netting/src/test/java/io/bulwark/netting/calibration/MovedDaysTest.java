package io.bulwark.netting.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bulwark.netting.volatility.DailyPrices;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Counted by hand: ANNA falls 10 % on day 2, rises 20 % on day 3, and has no day 4; BORIS falls 5 % on day 2 and 50 % on day 3. */
class MovedDaysTest {
    private static final List<DailyPrices> PRICES = List.of(
            DailyPrices.ofCloses("ANNA", new int[] {1, 2, 3, 5}, new double[] {100, 90, 108, 54}),
            DailyPrices.ofCloses("BORIS", new int[] {1, 2, 3, 4, 5}, new double[] {100, 95, 47.5, 47.5, 47.5}));

    @Test
    void shouldCountADayOnWhichBothWentAsFar() {
        assertEquals(new MovedDays(2, 1), MovedDays.of(PRICES, Map.of("ANNA", -100_000, "BORIS", -50_000)));
        assertEquals(new MovedDays(2, 1), MovedDays.of(PRICES, Map.of("ANNA", 199_999, "BORIS", -500_000)));
    }

    @Test
    void shouldNotCountWhatWentLessFarOrTheOtherWay() {
        assertEquals(new MovedDays(2, 0), MovedDays.of(PRICES, Map.of("ANNA", -100_001, "BORIS", -50_000)));
        assertEquals(new MovedDays(2, 0), MovedDays.of(PRICES, Map.of("ANNA", -100_000, "BORIS", 50_000)));
    }

    @Test
    void shouldLeaveOutAReturnOverAGap() {
        assertEquals(new MovedDays(2, 0), MovedDays.of(List.of(PRICES.getFirst()), Map.of("ANNA", -400_000)));
        assertEquals(new MovedDays(0, 0), MovedDays.of(List.of(), Map.of()));
    }
}
