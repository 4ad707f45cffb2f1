package io.bulwark.netting.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.VenueStanding;
import io.bulwark.clearing.position.VenueStanding.Pocket;
import io.bulwark.clearing.position.VenueStanding.Told;
import io.bulwark.netting.formula.Prefunding;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.placement.Placement.PlacedAccount;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.Origin;
import io.bulwark.netting.portfolio.Origin.Line;
import io.bulwark.netting.portfolio.Portfolio;
import io.bulwark.netting.publication.Publication;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.House;
import io.bulwark.netting.scenario.ScenarioParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Where lots stand: what a venue liquidates by itself is one place, and nothing stands at two. */
final class PlacedAccountTest {
    private static final VenueAccount AAVE = new VenueAccount(1, "0xaa");
    private static final VenueAccount DERIBIT = new VenueAccount(2, "20101");
    private static final VenueAccount HYPERLIQUID = new VenueAccount(3, "0xbb");
    private static final VenueAccount ANOTHER = new VenueAccount(3, "0xcc");
    private static final int USDC = 0;
    private static final int AWETH = 2;
    private static final int CALL = 1;
    private static final int ETH = 4;
    private static final RiskTable TABLE = RiskTableBuilder.marginTable(
                    House.LISTING, House.market(), ParameterSet.founding().with(ScenarioParameters.DESIGN, 0))
            .table();

    private final List<Origin> origins = new ArrayList<>();
    private final List<Portfolio.Standing> standings = new ArrayList<>();

    @Test
    void shouldHoldTwoAddressesAtOneVenueApart() {
        hold(HYPERLIQUID, Line.POSITIONS, ETH, -10_000);
        hold(HYPERLIQUID, Line.COLLATERAL, USDC, 4_000);
        hold(ANOTHER, Line.POSITIONS, ETH, 10_000);
        hold(ANOTHER, Line.COLLATERAL, USDC, 4_000);
        stand(HYPERLIQUID, Pocket.WHOLE, "3600");
        stand(ANOTHER, Pocket.WHOLE, "3600");
        PlacedAccount placed = placed(List.of()).orElseThrow();
        assertEquals(List.of("hyperliquid 0xbb", "hyperliquid 0xcc"), names(placed));
        Requirement given = Requirement.of(placed.table(), placed.account());
        assertEquals(2, given.prefunding().venues().size());
        // Flat together, and each leg is closed alone: the loss of ETH ±20 % less what the address has.
        long lost = 10_000L * TABLE.instrument(ETH).orElseThrow().row().at(26);
        assertEquals(lost - 36_000_000, given.prefunding().venues().getFirst().need(0));
        assertEquals(0, given.prefunding().venues().getLast().need(0));
        assertTrue(given.prefundingCharge() > 0);
        assertEquals(0, Requirement.of(TABLE, lots(List.of())).core());
    }

    @Test
    void shouldTakeTwoPocketsThatHoldTheSameForOneWhoseWordIsNoCredit() {
        hold(AAVE, Line.COLLATERAL, AWETH, 1_000);
        stand(AAVE, new Pocket("one", Set.of(), Set.of(AWETH)), "100");
        stand(AAVE, new Pocket("two", Set.of(), Set.of(AWETH)), "-30");
        PlacedAccount placed = placed(List.of()).orElseThrow();
        assertEquals(
                List.of(new MarginAccount.Standing(1, -300_000)),
                placed.account().standings());
        assertEquals("aWETH@aave", idOf(placed, placed.account().collateral().getFirst()));
    }

    @Test
    void shouldStandBesideWhatNoPocketHolds() {
        hold(AAVE, Line.COLLATERAL, AWETH, 1_000);
        hold(AAVE, Line.COLLATERAL, USDC, 500);
        stand(AAVE, new Pocket("market", Set.of(), Set.of(AWETH)), "100");
        PlacedAccount placed = placed(List.of()).orElseThrow();
        assertEquals(List.of("aave market", "aave beside"), names(placed));
        List<String> held = placed.account().collateral().stream()
                .map(entry -> idOf(placed, entry))
                .toList();
        assertEquals(List.of("aWETH@aave", "USDC@aave beside"), held);
        List<Boolean> acts =
                placed.places().values().stream().map(own -> own.place().acts()).toList();
        assertEquals(List.of(true, false), acts);
    }

    @Test
    void shouldNotTakeAWalletForFreeMoney() {
        hold(AAVE, Line.COLLATERAL, USDC, 1_000_000);
        hold(HYPERLIQUID, Line.POSITIONS, ETH, -10_000);
        hold(AAVE, Line.COLLATERAL, AWETH, 10_000);
        stand(HYPERLIQUID, Pocket.WHOLE, "0");
        PlacedAccount placed = placed(List.of()).orElseThrow();
        Prefunding prefunding = Requirement.of(placed.table(), placed.account()).prefunding();
        assertEquals(0, prefunding.free());
        assertTrue(prefunding.venues().getFirst().need(0) > 0);
        assertEquals(0, placed.table().venueRisk().venues().get(1).credit());
    }

    @Test
    void shouldCountTheWeightAndTheCreditOfAClaim() {
        hold(AAVE, Line.COLLATERAL, AWETH, 1_000);
        TreeMap<Integer, Integer> weights = new TreeMap<>();
        weights.put(AWETH, 830_000);
        standings.add(new Portfolio.Standing(
                AAVE,
                Digest.ZERO,
                VenueStanding.of(new Told(VenueStanding.USD, Amount.of("100"), Amount.ZERO))
                        .weighing(weights),
                Amount.of("100")));
        PlacedAccount placed = placed(List.of()).orElseThrow();
        AssetRisk plain = TABLE.asset(AWETH).orElseThrow();
        AssetRisk claim = placed.table().asset("aWETH@aave").orElseThrow();
        assertEquals(830_000, claim.at().weight());
        // 12 % and 2 % of the 88 % that are left, rounded up: 13.76 %.
        assertEquals(120_000, plain.haircut());
        assertEquals(137_600, claim.haircut());
        assertTrue(claim.value() < plain.value());
        assertEquals(plain.debtValue(), claim.debtValue());
        // ETH +20 % at 83 %.
        assertEquals(
                Math.floorDiv(plain.price() * 830_000 * 200_000, 1_000_000_000_000L),
                claim.at().row().at(0));
        assertEquals(List.of(), Publication.ofFormula(placed.table()));
    }

    @Test
    void shouldLeavePaidLotsWhereTheyAreAndCountThemNowhere() {
        hold(DERIBIT, Line.POSITIONS, CALL, 5);
        stand(DERIBIT, Pocket.WHOLE, "10");
        List<Entry> paid = List.of(new Entry(CALL, 3));
        PlacedAccount placed = placed(paid).orElseThrow();
        assertEquals(1, placed.account().paid().size());
        assertEquals(3, placed.account().paid().getFirst().lots());
        assertEquals(2, placed.account().positions().getFirst().lots());
        assertEquals(
                placed.account().paid().getFirst().number(),
                placed.account().positions().getFirst().number());
    }

    @Test
    void shouldBeWithoutAnswerWhereOriginsDoNotAddUp() {
        hold(DERIBIT, Line.POSITIONS, CALL, 5);
        stand(DERIBIT, Pocket.WHOLE, "10");
        MarginAccount other = new MarginAccount(0, List.of(new Entry(CALL, 6)), List.of(), List.of(), List.of());
        assertEquals(Optional.empty(), placed(other));
    }

    @Test
    void shouldSayWhatMoreAtAPlaceMakesTheChargeNothing() {
        hold(HYPERLIQUID, Line.POSITIONS, ETH, -10_000);
        hold(AAVE, Line.COLLATERAL, AWETH, 10_000);
        stand(HYPERLIQUID, Pocket.WHOLE, "1000");
        PlacedAccount placed = placed(List.of()).orElseThrow();
        long more = placed.cure(placed.places().lastKey()).orElseThrow();
        long need = Requirement.of(placed.table(), placed.account())
                .prefunding()
                .venues()
                .getFirst()
                .need(0);
        assertTrue(more > 0 && more <= need, more + " of " + need);
    }

    private void hold(VenueAccount at, Line line, int number, long lots) {
        origins.add(new Origin(
                at, Digest.ZERO, line, number, Origin.Rule.HELD, Amount.of(Long.toString(Math.abs(lots))), lots));
    }

    private void stand(VenueAccount at, Pocket pocket, String distance) {
        standings.add(new Portfolio.Standing(
                at,
                Digest.ZERO,
                VenueStanding.of(new Told(VenueStanding.USD, Amount.of(distance), Amount.ZERO))
                        .in(pocket),
                Amount.of(distance)));
    }

    private Optional<PlacedAccount> placed(List<Entry> paid) {
        return placed(lots(paid));
    }

    private Optional<PlacedAccount> placed(MarginAccount lots) {
        Portfolio portfolio = new Portfolio(lots, origins, List.of(), standings);
        Placement placement = Placement.of(House.LISTING, List.of(portfolio));
        return placement
                .placed(portfolio)
                .map(account -> new PlacedAccount(
                        placement.table(TABLE, ParameterSet.founding()), account, placement.of(origins, standings)));
    }

    /** The account that the origins add up to. */
    private MarginAccount lots(List<Entry> paid) {
        List<Entry> positions = new ArrayList<>(sum(Line.POSITIONS));
        paid.forEach(p ->
                positions.replaceAll(e -> e.number() == p.number() ? new Entry(e.number(), e.lots() - p.lots()) : e));
        return new MarginAccount(0, positions, paid, sum(Line.COLLATERAL), sum(Line.DEBT));
    }

    private List<Entry> sum(Line line) {
        TreeMap<Integer, Long> lots = new TreeMap<>();
        origins.stream().filter(o -> o.line() == line).forEach(o -> lots.merge(o.number(), o.lots(), Math::addExact));
        return lots.entrySet().stream()
                .filter(e -> e.getValue() != 0)
                .map(e -> new Entry(e.getKey(), e.getValue()))
                .toList();
    }

    private static String idOf(PlacedAccount placed, Entry entry) {
        return placed.table().asset(entry.number()).orElseThrow().id();
    }

    private static List<String> names(PlacedAccount placed) {
        return placed.places().values().stream().map(Placement.Own::name).toList();
    }
}
