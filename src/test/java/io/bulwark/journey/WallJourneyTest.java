package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.api.fund.FundAnswer;
import io.bulwark.api.fund.FundLayers;
import io.bulwark.house.House;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.Home;
import io.bulwark.house.fund.Defaults;
import io.bulwark.house.fund.FundBook;
import io.bulwark.insurance.stresstest.StressRow;
import io.bulwark.insurance.stresstest.StressedAccount;
import io.bulwark.insurance.vault.Contribution;
import io.bulwark.insurance.vault.Vault;
import io.bulwark.research.wall.ReplayWall;
import io.bulwark.research.wall.WallAnswer;
import io.bulwark.research.wall.WallEvent;
import io.bulwark.tier.OfHouse;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The book of a sealed house on the replay wall: its figures for March 2020 are those by which its fund is sized, and its chains are those of its listing. */
@OfHouse
class WallJourneyTest {
    @Test
    void shouldTakeTheSealedBookThroughWhatHappened(@TempDir Path home) throws Exception {
        try (House house = House.open(new Home(home))) {
            Foundation founded = house.cycle().found(Demonstration.foundingFile());
            try (RecordedVenues recorded = RecordedVenues.bundled()) {
                house.cycle().intake(RecordedSurvey.of(house, founded.file(), recorded), founded.file());
            }
            ComputedEpoch sealed = house.cycle().seal(founded);
            house.cycle().assess(sealed);
            WallAnswer wall = ReplayWall.ofEpoch(sealed, house.defaults().standing(sealed), WallEvent.of(List.of()));
            assertTrue(wall.fund().u() >= sealed.cover().need(), "the fund stands: " + wall.fund());
            WallAnswer.MarketLoss covid = event(wall, "covid").market().orElseThrow();
            assertEquals(lost(sealed), covid.loss().u());
            assertTrue(covid.loss().u() > 0);
            assertEquals(
                    covid.uncovered().u(),
                    covid.payers().stream().mapToLong(p -> p.paid().u()).sum());
            WallAnswer.Chain dollar =
                    event(wall, "usdc").collateral().orElseThrow().own().orElseThrow();
            assertEquals(List.of("USDC", "aUSDC", "aUSDC:unsigned"), dollar.chain());
            assertTrue(dollar.exposure().u() > 0);
            assertTrue(event(wall, "kelp").collateral().orElseThrow().own().isEmpty(), "no rsETH is listed");
            WallAnswer.Chain worst =
                    event(wall, "kelp").collateral().orElseThrow().worst().orElseThrow();
            assertLayers(sealed, house.defaults().standing(sealed), worst);
        }
    }

    /** Less than IM may really be held, so the layer of the market is at least what is proved; the jump is the wall's own figure for a symbol that is worth nothing. */
    private static void assertLayers(ComputedEpoch epoch, Defaults.Standing standing, WallAnswer.Chain worst) {
        FundAnswer answer = FundAnswer.of(
                epoch,
                new FundBook(
                        new TreeMap<>(standing.members()),
                        new Vault(standing.contributions()),
                        standing.houseCapital()));
        FundLayers layers = answer.layers();
        assertTrue(
                layers.coverTwo().u() >= epoch.cover().need(),
                layers + " and " + epoch.cover().need());
        assertTrue(layers.market().u() >= layers.coverTwo().u());
        assertEquals(
                Math.min(10_000_000_000L, worst.uncovered().u()),
                layers.jumpToZero().u());
        assertEquals(
                layers.market().u()
                        + layers.jumpToZero().u()
                        + layers.liquidity().u()
                        + layers.venueDefault().u(),
                layers.total().u());
        assertTrue(layers.liquidity().u() > 0, "some margin must be sold before it pays");
        assertEquals(
                Math.max(epoch.cover().need(), layers.total().u()),
                layers.demanded().u());
        assertEquals(
                layers.demanded().u(),
                standing.contributions().values().stream()
                        .mapToLong(Long::longValue)
                        .sum(),
                "contributions are what the fund must hold, to the unit");
        assertEquals(
                layers.demanded().u(),
                answer.contributions().stream().mapToLong(Contribution::share).sum());
        assertEquals(
                layers.demanded().u(),
                answer.contributions().stream()
                        .mapToLong(c -> c.shapley().orElseThrow())
                        .sum());
    }

    /** What those who lose lose in the vault table's own row of the day. */
    private static long lost(ComputedEpoch epoch) {
        int row = epoch.cover().rows().stream()
                .filter(r -> r.scenario().equals("the replay of 2020-03-12"))
                .mapToInt(StressRow::row)
                .findFirst()
                .orElseThrow();
        return epoch.accounts().stream()
                .filter(a -> a.margin().stated().isPresent())
                .mapToLong(a -> Math.max(
                        0, new StressedAccount(a.number(), a.name(), a.lots(), 0).loss(epoch.vaultTable(), row)))
                .sum();
    }

    private static WallAnswer.Event event(WallAnswer wall, String name) {
        return wall.events().stream()
                .filter(e -> e.event().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
