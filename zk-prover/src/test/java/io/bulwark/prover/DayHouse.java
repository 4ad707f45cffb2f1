package io.bulwark.prover;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.AssetTier;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceBook;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.VenueStanding;
import io.bulwark.clearing.position.VenueStanding.Told;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.placement.Placement;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.Origin;
import io.bulwark.netting.portfolio.Portfolio;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.CrashDay;
import io.bulwark.netting.scenario.ExpectedShortfallRows;
import io.bulwark.netting.scenario.NamedScenarios;
import io.bulwark.netting.scenario.Submission;
import io.bulwark.netting.scenario.TableInputs;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A house of the full design on a day: what is listed, what is replayed and what was accepted differ from day to day.
 *
 * @param replays how many days are replayed
 * @param pegs how many of stETH, DAI and WBTC are listed beside USDC
 * @param accepted how many submissions were accepted, and as many refused
 */
public record DayHouse(int replays, int pegs, int accepted) {
    /** The governed numbers: the full design, everything else as at founding. */
    public static final ParameterSet FULL = ParameterSet.founding();

    /** A day on which nothing was replayed or accepted, and two others. */
    public static final List<DayHouse> DAYS =
            List.of(new DayHouse(0, 0, 0), new DayHouse(1, 1, 1), new DayHouse(2, 3, 2));

    /** 2024-05-23 18:11 UTC. */
    private static final long EPOCH_MILLIS = 1_716_487_860_000L;

    private static final long DAY_MILLIS = 86_400_000;
    private static final VenueAccount SOURCE = new VenueAccount(1, "20101");
    private static final int PERPETUAL = 1;
    private static final int USDC = 0;
    private static final List<String> PEGS = List.of("stETH", "DAI", "WBTC");

    /** Its margin table, with every entry where it stands. */
    public RiskTable table() {
        return table(FULL);
    }

    /** The same under other governed numbers. */
    public RiskTable table(ParameterSet governed) {
        RiskTable plain = RiskTableBuilder.marginTable(listing(), market(), governed, inputs())
                .table();
        return placement().table(plain, governed);
    }

    /** The same with so many rows of expected shortfall, in which nothing moves: their number is part of a circuit, their moves are not. */
    public RiskTable table(ParameterSet governed, int shortfallRows) {
        IntColumn still = IntColumn.zeros(shortfallRows);
        int[] weights = new int[shortfallRows];
        weights[0] = Ppm.ONE;
        ExpectedShortfallRows rows =
                new ExpectedShortfallRows("nothing moves", Map.of(1, still, 2, still), still, IntColumn.of(weights));
        RiskTable plain = RiskTableBuilder.marginTable(listing(), market(), governed, inputs().with(rows))
                .table();
        return placement().table(plain, governed);
    }

    /** Its vault table. */
    public RiskTable vault() {
        return vault(FULL);
    }

    /** The same under other governed numbers. */
    public RiskTable vault(ParameterSet governed) {
        RiskTable plain = RiskTableBuilder.vaultTable(listing(), market(), governed, inputs())
                .table();
        return placement().vault(plain, governed);
    }

    /** Its account, in the numbers of its tables: short ETH beside money at the venue, of which it says how far it is from acting. */
    public MarginAccount account() {
        return placement().account(portfolio());
    }

    private Placement placement() {
        return Placement.of(listing(), List.of(portfolio()));
    }

    private static Portfolio portfolio() {
        List<Origin> origins =
                List.of(held(Origin.Line.POSITIONS, PERPETUAL, -1_500), held(Origin.Line.COLLATERAL, USDC, 900));
        VenueStanding said = VenueStanding.of(new Told(VenueStanding.USD, Amount.of("8000"), Amount.of("500")));
        return new Portfolio(
                new MarginAccount(
                        50_000_000,
                        List.of(new Entry(PERPETUAL, -1_500)),
                        List.of(),
                        List.of(new Entry(USDC, 900)),
                        List.of()),
                Stream.concat(
                                origins.stream(),
                                Stream.of(new Origin(
                                        SOURCE,
                                        Digest.ZERO,
                                        Origin.Line.CASH,
                                        0,
                                        Origin.Rule.HELD,
                                        Amount.of("5000"),
                                        50_000_000)))
                        .toList(),
                List.of(),
                List.of(new Portfolio.Standing(SOURCE, Digest.ZERO, said, Amount.of("7500"))));
    }

    private static Origin held(Origin.Line line, int number, long lots) {
        return new Origin(SOURCE, Digest.ZERO, line, number, Origin.Rule.HELD, Amount.of("1"), lots);
    }

    private TableInputs inputs() {
        List<CrashDay> days = List.of(
                new CrashDay("2020-03-12", Map.of("BTC", -370_000, "ETH", -430_000)),
                new CrashDay("2024-08-05", Map.of("BTC", -160_000, "ETH", -230_000)));
        return TableInputs.NONE.with(
                new NamedScenarios(days.subList(0, replays), submissions("accepted"), submissions("refused")));
    }

    private List<Submission> submissions(String name) {
        return IntStream.range(0, accepted)
                .mapToObj(i -> new Submission(
                        name + i, Map.of("BTC", -150_000 * (i + 1), "ETH", 90_000 - 200_000 * i), BigDecimal.ONE))
                .toList();
    }

    private Listing listing() {
        List<ListedAsset> assets = Stream.concat(
                        Stream.of(asset(0, "USDC", 0), asset(1, "BTC", 1), asset(2, "ETH", 2)),
                        IntStream.range(0, pegs).mapToObj(i -> asset(3 + i, PEGS.get(i), group(PEGS.get(i)))))
                .toList();
        return new Listing(
                List.of(new ListedVenue(1, "deribit", "venue:deribit", DAY_MILLIS, EvidenceGrade.UNSIGNED)),
                List.of(new RiskGroup(0, "USD"), new RiskGroup(1, "BTC"), new RiskGroup(2, "ETH")),
                assets,
                List.of(perpetual(0, "BTC", 1), perpetual(PERPETUAL, "ETH", 2)));
    }

    private static int group(String name) {
        return switch (name) {
            case "stETH" -> 2;
            case "WBTC" -> 1;
            default -> 0;
        };
    }

    private static ListedAsset asset(int number, String name, int group) {
        return new ListedAsset(
                number,
                name,
                group,
                new Instrument.Spot(name),
                Amount.of(group == 0 ? "10" : "0.001"),
                group == 0 ? AssetTier.STABLE : AssetTier.MAJOR,
                group == 0 ? 30_000 : 110_000,
                group == 0 ? 10_000 : 20_000,
                EvidenceGrade.UNSIGNED);
    }

    private static ListedInstrument perpetual(int number, String coin, int group) {
        String symbol = coin + "-PERPETUAL";
        Instrument contract = new Instrument.Perpetual(coin, "USDC", false);
        return new ListedInstrument(number, "deribit:" + symbol, 1, symbol, group, contract, Amount.of("0.01"));
    }

    private Market market() {
        List<PriceReport> reports = Stream.of("USDC", "BTC", "ETH", "stETH", "DAI", "WBTC")
                .map(name -> new PriceReport(1, Measure.INDEX_PRICE, name, Amount.of(price(name)), EPOCH_MILLIS))
                .toList();
        return Market.of(listing(), new PriceBook(reports, EPOCH_MILLIS, DAY_MILLIS));
    }

    private static String price(String name) {
        return switch (name) {
            case "BTC" -> "68777.9";
            case "WBTC" -> "68700";
            case "ETH" -> "3784.8";
            case "stETH" -> "3780";
            default -> "0.9999";
        };
    }
}
