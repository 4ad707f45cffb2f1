package io.bulwark.research.wall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.epoch.CrashReplayFile;
import io.bulwark.insurance.liquidation.PricePath;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.scenario.CrashDay;
import io.bulwark.research.Reference;
import io.bulwark.tier.Heavy;
import io.bulwark.tier.Sized;
import io.bulwark.tier.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The wall over drawn books, and the ways of its events against what is known of them. */
@Sized
@Heavy
final class ReplayWallTest {
    private static WallAnswer.MarketLoss market(long seed, String event) {
        return ReplayWall.ofSeed(seed, Tier.size(100, 300), 500, WallEvent.of(List.of(event)))
                .events()
                .getFirst()
                .market()
                .orElseThrow();
    }

    /** The done-when of batches: at the governed speed both replays take less from fund and accounts, by a third at least of what impact costs. */
    @Test
    void shouldLoseLessInBatchesThanAtOnceOnBothReplays() {
        for (long seed = 1; seed <= 3; seed++) {
            for (String event : List.of("covid", "oct10")) {
                WallAnswer.MarketLoss loss = market(seed, event);
                String words = "seed " + seed + " " + event + ": " + loss.inBatches() + " and " + loss.atOnce();
                assertTrue(
                        loss.inBatches().uncovered().u()
                                < loss.atOnce().uncovered().u(),
                        words);
                assertTrue(
                        3 * loss.inBatches().impactCost().u()
                                < 2 * loss.atOnce().impactCost().u(),
                        words);
            }
        }
    }

    /** Where nothing comes back between slices waiting is all that is left of batches, and on 10 October 2025 it costs. */
    @Test
    void shouldShowThatBatchesDoNotHelpWhereTheMarketNeverRecovers() {
        WallAnswer.Recovery never = market(1, "oct10").recovery().getLast();
        assertEquals(1_000_000, never.keptPpm());
        assertTrue(never.inBatches().u() > never.atOnce().u(), never.toString());
    }

    @Test
    void shouldPayWhatIsBeyondMarginToTheUnit() {
        WallAnswer.MarketLoss loss = market(2, "ftx");
        long paid = loss.payers().stream().mapToLong(p -> p.paid().u()).sum();
        assertEquals((double) loss.uncovered().u(), (double) paid, (double)
                loss.payers().size());
        assertTrue(loss.uncovered().u() > 0);
        assertTrue(loss.uncovered().u() <= loss.loss().u());
    }

    @Test
    void shouldGiveTheSameWallForTheSameSeed() {
        List<WallEvent> events = WallEvent.of(List.of("oct10", "kelp"));
        assertEquals(ReplayWall.ofSeed(7, 200, 500, events), ReplayWall.ofSeed(7, 200, 500, events));
        assertFalse(ReplayWall.ofSeed(7, 200, 500, events).equals(ReplayWall.ofSeed(8, 200, 500, events)));
    }

    @Test
    void shouldWriteOnePageThatLoadsNothing() {
        WallAnswer answer = ReplayWall.ofSeed(7, 50, 500, WallEvent.of(List.of("oct10", "kelp")));
        String page = WallReport.html(answer);
        assertEquals(2, page.split("<section>", -1).length - 1);
        assertFalse(page.contains("http") || page.contains("src="), "the page must be whole by itself");
        String batches = answer.events()
                .getFirst()
                .market()
                .orElseThrow()
                .inBatches()
                .impactCost()
                .usd();
        assertTrue(page.contains(batches) && WallReport.text(answer).contains(batches));
    }

    @Test
    void shouldRefuseAnEventThatItDoesNotKnow() {
        BadInput refused = assertThrows(BadInput.class, () -> WallEvent.of(List.of("covid", "tulips")));
        assertTrue(String.valueOf(refused.getMessage()).contains("tulips"), refused.getMessage());
    }

    private static CrashDay day(String name) {
        return CrashReplayFile.replays().stream()
                .filter(r -> r.day().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** 112,000 to 102,959 is the whole way: 13.39 % of BTC after 304 s; 108,416 after 122 s is 32,000 of 80,724 ppm of it. */
    @Test
    void shouldGoTheWholeMoveOnTheWayOfTheDay() {
        PricePath path = EventPath.of(day("2025-10-10")).prices(IntColumn.of(-133_900, -210_000), 1);
        assertEquals(IntColumn.of(1_000_000, 1_000_000), path.moments().getFirst());
        assertEquals(IntColumn.of(866_100, 790_000), path.moments().get(304));
        assertEquals(
                1_000_000 - 133_900 * 32_000.0 / 80_724,
                (double) path.moments().get(122).at(0),
                2.0);
    }

    /** COVID fell deeper within the day than from close to close: BTC to 3,782.13 from 7,354.99. */
    @Test
    void shouldGoDeeperWhereTheDayDid() {
        EventPath way = EventPath.of(day("2020-03-12"));
        int lowest = way.prices(IntColumn.of(-388_000), 10).moments().stream()
                .mapToInt(m -> m.at(0))
                .min()
                .orElseThrow();
        assertEquals(1e6 * 3_782.13 / 7_354.99, (double) lowest, 3.0);
        assertTrue(way.known() && !EventPath.of(day("2022-05-12")).known());
    }

    /** Every hour of the way against the candles of that hour, read in place. */
    @Test
    void shouldHoldTheHoursThatExchangesPublished() throws IOException {
        Optional<Path> hours = Reference.file("venues/market/hourly_covid_2020-03.csv");
        if (hours.isEmpty()) {
            System.out.println("skipped: no hourly candles of March 2020 here");
            return;
        }
        List<String> candles = Files.readAllLines(hours.get());
        long checked = WallEvent.rows("event-paths.csv", EventPath.Point.class).stream()
                .filter(p -> p.event().equals("2020-03-12"))
                .peek(p -> {
                    int hour = 10 + Math.max(0, p.second() - 1) / 3_600;
                    String start = String.format("2020-03-1%dT%02d:00Z,BTC,", 2 + hour / 24, hour % 24);
                    String candle = candles.stream()
                            .filter(line -> line.startsWith(start))
                            .findFirst()
                            .orElseThrow();
                    int column = p.second() == 0 ? 2 : p.second() % 3_600 == 0 ? 5 : 4;
                    assertEquals(candle.split(",", -1)[column], p.price().toPlainString(), start);
                })
                .count();
        assertTrue(checked > 40, "hours checked: " + checked);
    }
}
