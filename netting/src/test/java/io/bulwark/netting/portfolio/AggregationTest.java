package io.bulwark.netting.portfolio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.account.ClearingAccount;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.epoch.EpochInputs.PaidAllocation;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.netting.PortfolioMargin;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.scenario.House;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AggregationTest {
    private static final long SEED = 90_411;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final VenueAccount AAVE = new VenueAccount(1, "0xa");
    private static final VenueAccount DERIBIT = new VenueAccount(2, "alice");
    private static final VenueAccount HYPERLIQUID = new VenueAccount(3, "0xb");
    private static final int USDC = 0;
    private static final int BTC = 1;
    private static final int WETH = 2;
    private static final int BTC_PERPETUAL = 0;
    private static final int BTC_CALL = 1;
    private static final int ETH_PERPETUAL = 4;

    private final ConversionBasis basis = basis(House.market());

    @Test
    void shouldFloorCollateralAndRaiseDebt() {
        Portfolio portfolio = portfolio(
                aave(0, new Holding.Collateral(WETH, amount("1.2349")), new Holding.Debt(USDC, amount("100.000001"))));
        assertEquals(List.of(new Entry(WETH, 1_234)), portfolio.account().collateral());
        assertEquals(List.of(new Entry(USDC, 101)), portfolio.account().debt());
    }

    @Test
    void shouldKeepCollateralAndDebtOfOneAssetApart() {
        Portfolio portfolio =
                portfolio(aave(0, new Holding.Collateral(USDC, amount("50")), new Holding.Debt(USDC, amount("50"))));
        assertEquals(List.of(new Entry(USDC, 50)), portfolio.account().collateral());
        assertEquals(List.of(new Entry(USDC, 50)), portfolio.account().debt());
    }

    @Test
    void shouldConvertEachAmountByItselfBeforeAdding() {
        Portfolio portfolio = portfolio(
                aave(0, new Holding.Collateral(USDC, amount("0.6"))),
                deribit(0, new Holding.Collateral(USDC, amount("0.6"))));
        assertEquals(List.of(), portfolio.account().collateral());
    }

    @Test
    void shouldRoundCashDownToTheUnitAlsoBelowZero() {
        assertEquals(12_345, portfolio(cash("1.23456")).account().cash());
        assertEquals(-12_346, portfolio(cash("-1.23451")).account().cash());
    }

    @Test
    void shouldMergeOneInstrumentAcrossVenueAccounts() {
        VenueAccount second = new VenueAccount(3, "0xc");
        Portfolio portfolio = portfolio(
                hyperliquid(0, perpetual("1.5", "3785.25")),
                snapshot(second, 0, EvidenceGrade.UNSIGNED, perpetual("-0.5", "3785.25")));
        assertEquals(
                List.of(new Entry(ETH_PERPETUAL, 1_000)), portfolio.account().positions());
        assertEquals(List.of(second, HYPERLIQUID).reversed(), sources(portfolio));
    }

    @Test
    void shouldBookAGainAsCollateralAndALossAsDebtEachPositionByItself() {
        // Long 2 ETH from 3,700 to 3,785.25: +170.50 USDC, less 1.2 funding: 169. Short 1 from 3,785: −0.25: 1 lot of
        // debt.
        VenueAccount second = new VenueAccount(3, "0xc");
        Portfolio portfolio = portfolio(
                hyperliquid(0, derivative(ETH_PERPETUAL, "2", "3700", "-1.2")),
                snapshot(second, 0, EvidenceGrade.UNSIGNED, perpetual("-1", "3785")));
        assertEquals(List.of(new Entry(USDC, 169)), portfolio.account().collateral());
        assertEquals(List.of(new Entry(USDC, 1)), portfolio.account().debt());
        assertEquals(
                List.of(new Entry(ETH_PERPETUAL, 1_000)), portfolio.account().positions());
    }

    @Test
    void shouldBookTheGainOfAnInverseContractInItsCoin() {
        // 100,000 USD from 60,000 to the table's 68,777.9: 100,000·(1/60,000 − 1/68,777.9) = 0.212709 BTC.
        Portfolio gain = portfolio(deribit(0, derivative(BTC_PERPETUAL, "100000", "60000", "0")));
        assertEquals(List.of(new Entry(BTC, 2_127)), gain.account().collateral());
        assertEquals(List.of(new Entry(BTC_PERPETUAL, 10_000)), gain.account().positions());
        Portfolio loss = portfolio(deribit(0, derivative(BTC_PERPETUAL, "-100000", "60000", "0")));
        assertEquals(List.of(new Entry(BTC, 2_128)), loss.account().debt());
    }

    @Test
    void shouldChargeAFractionByTwiceTheBoundAndTheMinimumOnceIfNothingElseIsOwed() {
        long bound = basis.table().instrument(ETH_PERPETUAL).orElseThrow().bound();
        Portfolio alone = portfolio(hyperliquid(0, perpetual("0.0009", "3785.25")));
        assertEquals(-2 * bound - 250_000, alone.account().cash());
        assertEquals(List.of(), alone.account().positions());
        Portfolio owing = portfolio(hyperliquid(0, perpetual("0.0019", "3785.25")));
        assertEquals(-2 * bound, owing.account().cash());
        assertEquals(List.of(new Entry(ETH_PERPETUAL, 1)), owing.account().positions());
        Portfolio twice = portfolio(
                hyperliquid(0, perpetual("0.0009", "3785.25")),
                snapshot(new VenueAccount(3, "0xc"), 0, EvidenceGrade.UNSIGNED, perpetual("-0.0009", "3785.25")));
        assertEquals(-4 * bound - 250_000, twice.account().cash());
    }

    @Test
    void shouldDropTheFractionOfALongPaidOptionWithoutChargeAndChargeAShortOne() {
        long bound = basis.table().instrument(BTC_CALL).orElseThrow().bound();
        Portfolio bought = portfolio(deribit(0, option("0.25")));
        assertEquals(0, bought.account().cash());
        assertEquals(List.of(new Entry(BTC_CALL, 2)), bought.account().positions());
        Portfolio sold = portfolio(deribit(0, option("-0.25")));
        assertEquals(-2 * bound, sold.account().cash());
        assertEquals(List.of(new Entry(BTC_CALL, -2)), sold.account().positions());
    }

    @Test
    void shouldKeepAsManyLotsPaidAsThereAreLongOnes() {
        VenueSnapshot held = deribit(0, option("0.5"));
        MarginAccount some = account(List.of(new PaidAllocation(BTC_CALL, 2)), held);
        assertEquals(List.of(new Entry(BTC_CALL, 3)), some.positions());
        assertEquals(List.of(new Entry(BTC_CALL, 2)), some.paid());
        MarginAccount all = account(List.of(new PaidAllocation(BTC_CALL, 9)), held);
        assertEquals(List.of(), all.positions());
        assertEquals(List.of(new Entry(BTC_CALL, 5)), all.paid());
        MarginAccount none = account(List.of(new PaidAllocation(BTC_CALL, 9)), deribit(0, option("-0.5")));
        assertEquals(List.of(), none.paid());
        MarginAccount notPaidUp =
                account(List.of(new PaidAllocation(ETH_PERPETUAL, 9)), hyperliquid(0, perpetual("1", "3785.25")));
        assertEquals(List.of(), notPaidUp.paid());
    }

    @Test
    void shouldFadeWhatAStaleSnapshotIsGoodForAndKeepWhatItOwes() {
        Holding[] holdings = {
            new Holding.Collateral(USDC, amount("1001")),
            new Holding.Debt(WETH, amount("1")),
            perpetual("1", "3685.25"),
            new Holding.Cash(amount("10")),
        };
        Portfolio fresh = portfolio(hyperliquid(HOUR_MILLIS, holdings));
        assertTrue(fresh.fresh());
        assertEquals(List.of(new Entry(USDC, 1_101)), fresh.account().collateral());
        Portfolio half = portfolio(hyperliquid(HOUR_MILLIS * 3 / 2, holdings));
        assertFalse(half.fresh());
        assertEquals(List.of(new Entry(USDC, 500 + 50)), half.account().collateral());
        assertEquals(50_000, half.account().cash());
        Portfolio gone = portfolio(hyperliquid(HOUR_MILLIS * 5, holdings));
        assertEquals(List.of(), gone.account().collateral());
        assertEquals(List.of(new Entry(WETH, 1_000)), gone.account().debt());
        assertEquals(List.of(new Entry(ETH_PERPETUAL, 1_000)), gone.account().positions());
        assertEquals(List.of(new StaleSnapshot(HYPERLIQUID, HOUR_MILLIS * 5, HOUR_MILLIS)), gone.stale());
    }

    @Test
    void shouldLeaveNothingOfAFortuneAfterTwiceTheAgeLimit() {
        Holding fortune = new Holding.Collateral(USDC, amount("1e15"));
        assertEquals(
                List.of(new Entry(USDC, 277_777_777)),
                portfolio(hyperliquid(2 * HOUR_MILLIS - 1, fortune)).account().collateral());
        assertEquals(
                List.of(),
                portfolio(hyperliquid(2 * HOUR_MILLIS, fortune)).account().collateral());
        assertEquals(
                List.of(new Entry(USDC, 1_000_000_000_000_000L)),
                portfolio(hyperliquid(HOUR_MILLIS, fortune)).account().collateral());
    }

    @Test
    void shouldNotCountCollateralOnWeakerEvidenceThanListed() {
        Holding held = new Holding.Collateral(USDC, amount("100"));
        ConversionBasis strict =
                new ConversionBasis(House.withGrade(EvidenceGrade.STORAGE_PROOF), basis.market(), basis.table());
        Portfolio weak = assertInstanceOf(
                Portfolio.class, Aggregation.of(linked(AAVE), List.of(aave(0, held)), List.of(), strict));
        assertEquals(List.of(), weak.account().collateral());
        assertEquals(Origin.Rule.NOT_COUNTED, weak.origins().getFirst().rule());
    }

    @Test
    void shouldHaveNoPortfolioWhileALinkedAccountWasNeverRead() {
        PortfolioResult result = Aggregation.of(linked(AAVE, DERIBIT), List.of(aave(0)), List.of(), basis);
        PortfolioResult.None none = assertInstanceOf(PortfolioResult.None.class, result);
        assertEquals(List.of("no snapshot of deribit account alice was ever accepted"), none.reasons());
    }

    @Test
    void shouldHaveNoPortfolioWhenTheTableLeavesOutWhatIsOwedOrTraded() {
        Market silent = House.market(House.reports().stream()
                .filter(r -> !r.subject().contains("ETH"))
                .toList());
        PortfolioResult result = Aggregation.of(
                linked(AAVE, HYPERLIQUID),
                List.of(
                        aave(0, new Holding.Debt(WETH, amount("1")), new Holding.Collateral(WETH, amount("3"))),
                        hyperliquid(0, perpetual("1", "3785.25"))),
                List.of(),
                basis(silent));
        assertEquals(
                List.of(
                        "the table leaves out aWETH, of which the account owes 1",
                        "the table leaves out hyperliquid:ETH, of which the account holds 1"),
                assertInstanceOf(PortfolioResult.None.class, result).reasons());
    }

    @Test
    void shouldRefuseAQuantityBeyondCountingByName() {
        PortfolioResult result = Aggregation.of(
                linked(AAVE), List.of(aave(0, new Holding.Collateral(USDC, amount("5e18")))), List.of(), basis);
        assertEquals(
                List.of("quantity of USDC must be below 2^62 lots; have 5000000000000000000"),
                assertInstanceOf(PortfolioResult.None.class, result).reasons());
    }

    @Test
    void shouldRefuseTwoSnapshotsOfOneVenueAccount() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Aggregation.of(linked(AAVE), List.of(aave(0), aave(5)), List.of(), basis));
    }

    @Test
    void shouldNameTheOriginOfEveryLot() {
        VenueSnapshot snapshot = hyperliquid(0, derivative(ETH_PERPETUAL, "2.0005", "3700", "0"));
        Portfolio portfolio = portfolio(snapshot, cash("-5"));
        List<Origin> ofHyperliquid = portfolio.origins().stream()
                .filter(o -> o.source().equals(HYPERLIQUID))
                .toList();
        assertEquals(
                List.of(Origin.Rule.HELD, Origin.Rule.UNSETTLED, Origin.Rule.FRACTION),
                ofHyperliquid.stream().map(Origin::rule).toList());
        assertEquals(amount("0.0005"), ofHyperliquid.getLast().amount());
        assertTrue(ofHyperliquid.stream()
                .allMatch(o -> o.snapshot().equals(snapshot.raw().id())));
        long cash = portfolio.origins().stream()
                .filter(o -> o.line() == Origin.Line.CASH)
                .mapToLong(Origin::lots)
                .sum();
        assertEquals(portfolio.account().cash(), cash);
    }

    @Test
    void shouldNotDependOnTheOrderOfSnapshots() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        List<VenueSnapshot> snapshots = new ArrayList<>(List.of(
                aave(0, new Holding.Collateral(WETH, amount("10.5")), new Holding.Debt(USDC, amount("7.3"))),
                deribit(0, option("-1.23"), derivative(BTC_PERPETUAL, "-1005", "70000", "0.001")),
                hyperliquid(0, perpetual("3.33333", "3500"))));
        MarginAccount account = account(List.of(), snapshots.toArray(VenueSnapshot[]::new));
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(snapshots, random);
            assertEquals(account, account(List.of(), snapshots.toArray(VenueSnapshot[]::new)));
        }
    }

    /** Excess is concave in a quantity, so between two whole lots it is at least the smaller: the charge must reach below. */
    @Test
    void shouldNeverGainExcessFromAFractionOfALot() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        for (int i = 0; i < 300; i++) {
            int instrument = random.nextInt(6);
            BigDecimal lot = House.LISTING.instrument(instrument).lot().toDecimal();
            int whole = random.nextInt(-20, 20);
            MarginAccount converted = account(
                    List.of(),
                    cash("100000"),
                    snapshot(
                            new VenueAccount(
                                    House.LISTING.instrument(instrument).venue(), "x"),
                            0,
                            EvidenceGrade.UNSIGNED,
                            new Holding.Derivative(
                                    instrument,
                                    Amount.of(lot.multiply(BigDecimal.valueOf(whole * 10L + 1 + random.nextInt(9), 1))),
                                    Optional.empty(),
                                    Amount.ZERO)));
            // A dropped fraction of a bought option is one that its owner keeps paid: it hedges nothing and owes
            // nothing.
            boolean dropped = whole >= 0 && House.LISTING.instrument(instrument).paidUp();
            long least = Math.min(excess(whole, instrument), excess(dropped ? whole : whole + 1, instrument));
            String book = instrument + " " + whole;
            assertTrue(excess(converted) <= least, () -> book);
        }
    }

    private long excess(int lots, int instrument) {
        List<Entry> positions = lots == 0 ? List.of() : List.of(new Entry(instrument, lots));
        return excess(new MarginAccount(1_000_000_000, positions, List.of(), List.of(), List.of()));
    }

    private long excess(MarginAccount account) {
        MarginStatement statement =
                assertInstanceOf(MarginStatement.class, PortfolioMargin.evaluate(basis.table(), account));
        return statement.equity() - statement.initialMargin();
    }

    private static List<VenueAccount> sources(Portfolio portfolio) {
        return portfolio.origins().stream().map(Origin::source).distinct().toList();
    }

    private Portfolio portfolio(VenueSnapshot... snapshots) {
        return assertInstanceOf(Portfolio.class, result(List.of(), snapshots));
    }

    private MarginAccount account(List<PaidAllocation> paid, VenueSnapshot... snapshots) {
        return assertInstanceOf(Portfolio.class, result(paid, snapshots)).account();
    }

    private PortfolioResult result(List<PaidAllocation> paid, VenueSnapshot... snapshots) {
        VenueAccount[] accounts =
                Stream.of(snapshots).map(s -> s.raw().account()).toArray(VenueAccount[]::new);
        return Aggregation.of(linked(accounts), List.of(snapshots), paid, basis);
    }

    private static ConversionBasis basis(Market market) {
        return new ConversionBasis(
                House.LISTING,
                market,
                RiskTableBuilder.marginTable(House.LISTING, market, ParameterSet.founding())
                        .table());
    }

    private static ClearingAccount linked(VenueAccount... accounts) {
        return new ClearingAccount(7, "alice", "alice", List.of(accounts));
    }

    private static VenueSnapshot aave(long ageMillis, Holding... holdings) {
        return snapshot(AAVE, ageMillis, EvidenceGrade.QUORUM_OBSERVATION, holdings);
    }

    private static VenueSnapshot deribit(long ageMillis, Holding... holdings) {
        return snapshot(DERIBIT, ageMillis, EvidenceGrade.UNSIGNED, holdings);
    }

    private static VenueSnapshot hyperliquid(long ageMillis, Holding... holdings) {
        return snapshot(HYPERLIQUID, ageMillis, EvidenceGrade.UNSIGNED, holdings);
    }

    private static VenueSnapshot cash(String usd) {
        return aave(0, new Holding.Cash(amount(usd)));
    }

    private static Holding perpetual(String quantity, String settled) {
        return derivative(ETH_PERPETUAL, quantity, settled, "0");
    }

    private static Holding option(String quantity) {
        return new Holding.Derivative(BTC_CALL, amount(quantity), Optional.empty(), Amount.ZERO);
    }

    private static Holding derivative(int instrument, String quantity, String settled, String funding) {
        return new Holding.Derivative(instrument, amount(quantity), Optional.of(amount(settled)), amount(funding));
    }

    private static VenueSnapshot snapshot(
            VenueAccount account, long ageMillis, EvidenceGrade grade, Holding... holdings) {
        Horizon horizon = new Horizon.VenueTime(House.EPOCH_MILLIS - ageMillis);
        return new VenueSnapshot(new RawSnapshot(account, horizon, List.of()), List.of(holdings), List.of(), grade);
    }

    private static Amount amount(String decimal) {
        return Amount.of(decimal);
    }
}
