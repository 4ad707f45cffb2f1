package io.bulwark.insurance.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.insurance.vault.FundCapacity.CapacityClock;
import io.bulwark.insurance.vault.FundCapacity.CapacityClock.Exit;
import io.bulwark.insurance.vault.FundCapacity.CapacityClock.Tranche;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CapacityClockTest {
    /** Umbrella's aWETH on 20 April 2026: 25,000 of stake, 18,922 in a cool-down of 20 days. Against a need of 10,000 it holds until they leave, 480 hours. */
    @Test
    void shouldSayWhenTheCooldownLetsTheCapacityGo() {
        CapacityClock clock = CapacityClock.of(
                List.of(new Tranche("stake", 25_000, 0)), List.of(new Exit(18_922, 480)), 0, 480, 10_000);
        assertEquals(new CapacityClock(25_000, 25_000, 18_922, OptionalLong.of(480)), clock);
        assertEquals(OptionalLong.empty(), of(25_000, 18_922, 480, 6_078).hours());
        assertEquals(OptionalLong.of(480), of(25_000, 18_922, 480, 6_079).hours());
    }

    private static CapacityClock of(long amount, long exit, long inHours, long need) {
        return CapacityClock.of(
                List.of(new Tranche("stake", amount, 0)), List.of(new Exit(exit, inHours)), 0, inHours, need);
    }

    @Test
    void shouldNotCountWhatFallsWithTheEvent() {
        CapacityClock clock =
                CapacityClock.of(List.of(new Tranche("a", 100, 60), new Tranche("b", 20, 0)), List.of(), 0, 0, 61);
        assertEquals(120, clock.standing());
        assertEquals(60, clock.net());
        assertEquals(OptionalLong.of(0), clock.hours());
    }

    /** 10 leave every hour after a cool-down of 5: 100 above the need are gone with the eleventh, at hour 16. */
    @Test
    void shouldLetExitsGoOnAtTheirPace() {
        assertEquals(
                OptionalLong.of(16),
                CapacityClock.of(List.of(new Tranche("a", 200, 0)), List.of(), 10, 5, 100)
                        .hours());
    }

    /** Hour by hour, as a person would count. */
    @Test
    void shouldAgreeWithCountingHourByHour() {
        Random random = new Random(4);
        for (int book = 0; book < 500; book++) {
            long amount = random.nextInt(300);
            long need = random.nextInt(300);
            long pace = random.nextInt(4);
            long cooldown = random.nextInt(20);
            List<Exit> queue = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                queue.add(new Exit(random.nextInt(80), random.nextInt(40)));
            }
            OptionalLong counted = OptionalLong.empty();
            for (long hour = 0; hour < 1_000 && counted.isEmpty(); hour++) {
                long gone = pace * Math.max(0, hour - cooldown);
                for (Exit exit : queue) {
                    gone += exit.inHours() <= hour ? exit.amount() : 0;
                }
                counted = amount - gone < need ? OptionalLong.of(hour) : OptionalLong.empty();
            }
            assertEquals(
                    counted,
                    CapacityClock.of(List.of(new Tranche("a", amount, 0)), queue, pace, cooldown, need)
                            .hours(),
                    "book " + book);
        }
    }

    @Test
    void shouldRefuseMoreWrongWayThanThereIs() {
        assertThrows(IllegalArgumentException.class, () -> new Tranche("a", 1, 2));
        assertThrows(IllegalArgumentException.class, () -> new Exit(-1, 0));
    }
}
