package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.api.fund.FundAnswer;
import io.bulwark.api.fund.FundLayers;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.payment.PaymentReceipt.Grade;
import io.bulwark.house.House;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.Home;
import io.bulwark.house.fund.Defaults;
import io.bulwark.house.fund.FundBook;
import io.bulwark.insurance.stresstest.StressRow;
import io.bulwark.insurance.stresstest.StressedAccount;
import io.bulwark.insurance.vault.Contribution;
import io.bulwark.insurance.vault.PayerAccount;
import io.bulwark.insurance.vault.VaultAct;
import io.bulwark.insurance.vault.VaultBook;
import io.bulwark.netting.placement.Placement;
import io.bulwark.netting.portfolio.Origin;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.research.wall.ReplayWall;
import io.bulwark.research.wall.WallAnswer;
import io.bulwark.research.wall.WallEvent;
import io.bulwark.tier.OfHouse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The book of a sealed house on the replay wall: its figures for March 2020 are those by which its fund is sized, and its chains are those
 * of its listing.
 */
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
            PaidCalls.inFull(house);
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
            assertVenuesGone(sealed, event(wall, "ftx"));
            assertDeleveraged(event(wall, "oct10"));
            assertEquals(List.of(), event(wall, "covid").venues(), "no venue of ours did anything then");
        }
    }

    /** On the day of FTX each venue of the house is gone: the claims are those of the lots that came from there. */
    private static void assertVenuesGone(ComputedEpoch epoch, WallAnswer.Event ftx) {
        assertEquals(
                List.of("aave", "deribit", "hyperliquid", "dydx"),
                ftx.venues().stream().map(WallAnswer.VenueLoss::venue).toList());
        for (WallAnswer.VenueLoss gone : ftx.venues()) {
            System.out.println("2022-11-09 " + gone);
            assertTrue(gone.beyondMargin().u() <= gone.beyondUncharged().u(), gone.toString());
            assertTrue(gone.beyondEquity().u() <= gone.beyondMargin().u(), gone.toString());
            if (!gone.venue().equals("deribit")) { // Marks of options are in no claim that lots alone could say.
                assertEquals(claims(epoch, gone.venue()), gone.claim().u(), gone.venue());
            }
        }
        assertTrue(ftx.venues().stream().anyMatch(gone -> gone.claim().u() > 0));
    }

    /** What is lost of the claims on a venue, account by account, from where each lot came. */
    private static long claims(ComputedEpoch epoch, String name) {
        ListedVenue venue = epoch.market().listing().venues().stream()
                .filter(v -> v.name().equals(name))
                .findFirst()
                .orElseThrow();
        Placement placement = epoch.market().placement().orElseThrow();
        RiskTable table = epoch.table();
        long lost = 0;
        for (AccountLine line : epoch.accounts()) {
            ToIntFunction<Origin> number = placement.numbers(line.origins(), line.standings());
            long claim = line.margin().stated().isEmpty()
                    ? 0
                    : line.origins().stream()
                            .filter(origin -> origin.source().venue() == venue.number())
                            .mapToLong(origin -> switch (origin.line()) {
                                case CASH -> 0;
                                case POSITIONS ->
                                    origin.lots()
                                            * table.instrument(number.applyAsInt(origin))
                                                    .orElseThrow()
                                                    .value();
                                case COLLATERAL ->
                                    origin.lots()
                                            * table.asset(number.applyAsInt(origin))
                                                    .orElseThrow()
                                                    .value();
                                case DEBT ->
                                    -origin.lots()
                                            * table.asset(number.applyAsInt(origin))
                                                    .orElseThrow()
                                                    .debtValue();
                            })
                            .sum();
            int share = table.venueRisk()
                    .venues()
                    .get(placement.placesOf(venue.number()).getFirst().number())
                    .lossGivenDefault();
            lost += Math.ceilDiv(share * Math.max(0, claim), 1_000_000L);
        }
        return lost;
    }

    /** On 10 October 2025 the short of a hedge was taken at −3.2 % of BTC and −18.1 % of ETH, and the coins beside it went on falling. */
    private static void assertDeleveraged(WallAnswer.Event day) {
        long market = day.market().orElseThrow().loss().u();
        day.venues().forEach(taken -> System.out.println("2025-10-10 " + taken));
        assertTrue(day.venues().stream().allMatch(taken -> taken.loss().u() >= market));
        assertTrue(day.venues().stream().anyMatch(taken -> taken.loss().u() > market), "some hedge breaks");
        assertTrue(day.venues().stream()
                .allMatch(taken ->
                        taken.beyondMargin().u() <= taken.beyondUncharged().u()));
        assertTrue(day.venues().stream().allMatch(taken -> taken.sized().isEmpty()));
    }

    /** The book in which so much was received of each. */
    private static VaultBook received(Defaults.Standing standing) {
        TreeMap<String, PayerAccount> payers = new TreeMap<>();
        standing.contributions().forEach((member, units) -> payers.put(member, account(units)));
        payers.put(VaultAct.HOUSE, account(standing.houseCapital()));
        return new VaultBook(payers, Set.of(), new TreeMap<>());
    }

    private static PayerAccount account(long units) {
        return new PayerAccount(List.of(), Map.of(Grade.OPERATOR, units), units, 0, 0, 0, Optional.empty(), 0, 0);
    }

    /** Less than IM may really be held, so the layer of the market is at least what is proved; the jump is the wall's own figure for a symbol that is worth nothing. */
    private static void assertLayers(ComputedEpoch epoch, Defaults.Standing standing, WallAnswer.Chain worst) {
        FundAnswer answer = FundAnswer.of(epoch, FundBook.of(standing.members(), received(standing)));
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
