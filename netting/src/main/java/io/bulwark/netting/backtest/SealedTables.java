package io.bulwark.netting.backtest;

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
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.netting.calibration.Calibration;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.revaluation.PublishedTable;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.ExpectedShortfallRows;
import io.bulwark.netting.scenario.GroupStatistics;
import io.bulwark.netting.scenario.MarketStatistics;
import io.bulwark.netting.scenario.ScenarioParameters;
import io.bulwark.netting.scenario.TableInputs;
import io.bulwark.netting.volatility.DailyPrices;
import io.bulwark.netting.volatility.PriceHistory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The table that the house would have sealed before a move: its own builder over a listing of the contracts that books hold, the governed
 * numbers, and the ranges and rows of {@link SealedDays}. Every coin is worth 1,000 USD when a window begins.
 *
 * <p>Crash replays and submissions are no input: a table that knows the day which it is judged by proves nothing. Over more than a day
 * ranges and rows grow with the root of time, in logarithms.
 */
final class SealedTables {
    private static final int HAIRCUT = 110_000;
    private static final int RESIDUAL = 20_000;
    private static final int VENUE = 1;
    private static final long MILLIS_PER_DAY = 86_400_000;
    private static final int VOLATILITY_PLACES = 6;
    private static final int FURTHEST_FALL = 999_999;
    private static final Amount LOT = Amount.of(1);
    private static final Amount PRICE = Amount.of(DayTables.LOT_USD);

    private final SealedDays days;
    private final List<Contract> contracts;
    private final ParameterSet parameters;
    private final double root;
    private final Listing listing;

    /**
     * Prepares tables.
     *
     * @param contracts everything that a book holds; their numbers are their places
     * @param parameters governed numbers; the design is the full one whatever they say
     * @param horizonDays of the windows
     */
    SealedTables(
            BookHistory history, SealedDays days, List<Contract> contracts, ParameterSet parameters, int horizonDays) {
        this.days = days;
        this.contracts = List.copyOf(contracts);
        this.parameters = parameters.with(ScenarioParameters.DESIGN, 1);
        this.root = Math.sqrt(horizonDays);
        this.listing = listing(history);
    }

    /**
     * The table of a day.
     *
     * @param volatility implied volatility by underlying, a fraction a year
     * @throws IllegalArgumentException if the builder leaves a contract out, with its reason
     */
    RiskTable table(int move, double[] volatility) {
        SealedDays.Sealed sealed = days.at(move);
        PublishedTable published = RiskTableBuilder.marginTable(
                listing,
                market(volatility),
                parameters,
                TableInputs.NONE.with(over(sealed.statistics())).with(over(sealed.shortfall())));
        if (!published.leftOut().isEmpty()) {
            throw new IllegalArgumentException("table must have every contract of the books; without "
                    + published.leftOut().getFirst());
        }
        return published.table();
    }

    private MarketStatistics over(MarketStatistics day) {
        return root == 1
                ? day
                : new MarketStatistics(
                        day.source(),
                        day.groups().stream()
                                .map(group -> new GroupStatistics(
                                        group.group(),
                                        -over(-group.fall()),
                                        over(group.rise()),
                                        group.apart(),
                                        group.skewScore(),
                                        group.sigma()))
                                .toList());
    }

    private ExpectedShortfallRows over(ExpectedShortfallRows day) {
        if (root == 1) {
            return day;
        }
        Map<Integer, IntColumn> moves = new TreeMap<>();
        day.moves()
                .forEach((group, column) -> moves.put(
                        group, IntColumn.of(column.stream().map(this::over).toArray())));
        return new ExpectedShortfallRows(
                day.source(),
                moves,
                IntColumn.of(day.volatility().stream()
                        .map(shock -> (int) Math.rint(root * shock))
                        .toArray()),
                day.weights());
    }

    /** A relative move of a day over the horizon, ppm: its logarithm times the root of time. */
    private int over(int ppm) {
        double move = StrictMath.expm1(root * StrictMath.log1p(ppm / (double) Ppm.ONE));
        return (int) Math.max(-FURTHEST_FALL, Math.rint(Ppm.ONE * move));
    }

    private Listing listing(BookHistory history) {
        List<ListedAsset> assets = new ArrayList<>();
        List<ListedInstrument> instruments = new ArrayList<>();
        for (int number = 0; number < contracts.size(); number++) {
            Contract contract = contracts.get(number);
            String coin = history.name(contract.asset());
            if (contract instanceof Contract.Collateral) {
                assets.add(new ListedAsset(
                        number,
                        coin,
                        contract.asset() + 1,
                        new Instrument.Spot(coin),
                        LOT,
                        AssetTier.MAJOR,
                        HAIRCUT,
                        RESIDUAL,
                        EvidenceGrade.UNSIGNED));
            } else {
                String name = coin + " " + number;
                instruments.add(new ListedInstrument(
                        number, name, VENUE, name, contract.asset() + 1, instrument(contract, coin), LOT));
            }
        }
        return new Listing(
                List.of(new ListedVenue(VENUE, "history", "venue:history", 0, EvidenceGrade.UNSIGNED)),
                SealedDays.groups(history),
                assets,
                instruments);
    }

    private static Instrument instrument(Contract contract, String coin) {
        return contract instanceof Contract.Option option
                ? new Instrument.Option(
                        coin,
                        Market.NUMERAIRE,
                        option.right(),
                        Amount.of(BigDecimal.valueOf(option.strike() * DayTables.LOT_USD)),
                        option.days() * MILLIS_PER_DAY)
                : new Instrument.Perpetual(coin, Market.NUMERAIRE, false);
    }

    private Market market(double[] volatility) {
        Map<Integer, Amount> groups = new TreeMap<>();
        listing.groups().forEach(group -> groups.put(group.number(), PRICE));
        Map<Integer, Amount> assets = new TreeMap<>();
        listing.assets().forEach(asset -> assets.put(asset.number(), PRICE));
        Map<Integer, Amount> instruments = new TreeMap<>();
        Map<Integer, Amount> volatilities = new TreeMap<>();
        listing.instruments().forEach(listed -> {
            if (listed.contract() instanceof Instrument.Option) {
                volatilities.put(listed.number(), decimal(asset -> volatility[asset], listed.group() - 1));
            } else {
                instruments.put(listed.number(), PRICE);
            }
        });
        return new Market(0, groups, assets, instruments, Map.of(), volatilities);
    }

    private static Amount decimal(IntToDoubleFunction value, int asset) {
        return Amount.of(
                BigDecimal.valueOf(value.applyAsDouble(asset)).setScale(VOLATILITY_PLACES, RoundingMode.HALF_EVEN));
    }

    /**
     * What a house that lists the underlyings of a history would have sealed on each of its days: ranges, apartness and the rows of
     * expected shortfall, by the house's own calibration under the governed numbers, from the days that were over.
     *
     * <p>A day is calibrated once, whoever asks; days are independent of each other, so several threads may.
     */
    static final class SealedDays {
        private final BookHistory history;
        private final LongFunction<Calibration> path;
        private final Map<Integer, Sealed> days = new TreeMap<>();

        /**
         * A day's part of the inputs of its table.
         *
         * @param statistics X and κ by group
         * @param shortfall rows of expected shortfall
         */
        record Sealed(MarketStatistics statistics, ExpectedShortfallRows shortfall) {}

        /** The days of a history under these governed numbers. */
        SealedDays(BookHistory history, ParameterSet parameters) {
            this.history = history;
            TreeMap<String, DailyPrices> prices = new TreeMap<>();
            IntStream.range(0, history.assets())
                    .mapToObj(history::prices)
                    .forEach(known -> prices.put(known.underlying(), known));
            Listing listing = new Listing(List.of(), groups(history), List.of(), List.of());
            this.path = Calibration.over(listing, new PriceHistory(prices), parameters);
        }

        /** One group an underlying, numbered from 1 in their order. */
        static List<RiskGroup> groups(BookHistory history) {
            return IntStream.range(0, history.assets())
                    .mapToObj(asset -> new RiskGroup(asset + 1, history.name(asset)))
                    .toList();
        }

        /** Calibrates the days on which these moves begin, on as many processors as there are. */
        void prepare(int[] moves) {
            Map<Integer, Sealed> known = IntStream.of(moves)
                    .distinct()
                    .boxed()
                    .parallel()
                    .collect(Collectors.toMap(move -> move, this::estimated));
            days.putAll(known);
        }

        /** What was sealed before a move: over the days up to that on which it begins. */
        Sealed at(int move) {
            Sealed known = days.get(move);
            return known == null ? estimated(move) : known;
        }

        private Sealed estimated(int move) {
            Calibration calibration = path.apply((history.beginDay(move) + 1) * MILLIS_PER_DAY);
            return new Sealed(calibration.statistics(), calibration.shortfall());
        }
    }
}
