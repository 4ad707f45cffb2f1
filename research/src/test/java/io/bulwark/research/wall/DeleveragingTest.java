package io.bulwark.research.wall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.research.Reference;
import io.bulwark.research.wall.WallEvent.Deleveraging;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The recorded prices of deleveraging against the closings that were published, read in place. */
final class DeleveragingTest {
    private record Closing(long time, BigDecimal price, BigDecimal size) {}

    @Test
    void shouldHoldTheFirstAndTheLowestPublishedClosing() throws IOException {
        Optional<Path> file = Reference.file("venues/market/hyperliquid_adl_2025-10-10_high_leverage.csv");
        if (file.isEmpty()) {
            System.out.println("skipped: no closings by auto-deleveraging of 10 October 2025 here");
            return;
        }
        List<String> lines = Files.readAllLines(file.get());
        for (Deleveraging day : Deleveraging.recorded()) {
            List<Closing> winners = lines.stream()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .filter(cells -> cells[1].equals(day.coin()))
                    .map(cells ->
                            new Closing(Long.parseLong(cells[2]), new BigDecimal(cells[3]), new BigDecimal(cells[7])))
                    .filter(closing -> closing.size().signum() < 0)
                    .toList();
            assertTrue(winners.size() > 20, day.coin());
            Closing first = winners.stream()
                    .min(Comparator.comparingLong(Closing::time))
                    .orElseThrow();
            BigDecimal lowest = winners.stream()
                    .map(Closing::price)
                    .min(BigDecimal::compareTo)
                    .orElseThrow();
            assertEquals(0, day.first().compareTo(first.price()), day.coin() + " first " + first.price());
            assertEquals(0, day.last().compareTo(lowest), day.coin() + " lowest " + lowest);
        }
    }

    @Test
    void shouldRoundAFallDownward() {
        Deleveraging btc = Deleveraging.recorded().getFirst();
        assertEquals(968_000, btc.ppm(btc.first()));
        assertEquals(866_071, btc.ppm(btc.lowest()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Deleveraging("2025-10-10", "X", "v", btc.last(), btc.before(), btc.last(), btc.last(), "s"));
    }
}
