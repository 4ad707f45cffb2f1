package io.bulwark.netting.liquidity;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.MarketReport;
import io.bulwark.netting.liquidity.LiquidityObservations.AssetLiquidity;
import io.bulwark.netting.liquidity.LiquidityObservations.GroupLiquidity;
import io.bulwark.netting.liquidity.LiquidityObservations.InstrumentLiquidity;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an epoch observes of its market: what its sealed reports show, in the record of those before, and what its own accounts hold
 * together.
 */
public final class ObservedMarket {
    private static final String SOURCE = "market reports and accounts of the epoch, record of those before";

    /** Fewer days than a month do not say what vega is usually held long. */
    private static final int CAPACITY_DAYS_LEAST = 30;

    private static final int YEAR = 365;
    private static final int QUARTER = 90;
    private static final long PER_USD = 10_000;

    /** Under which number a figure is kept that knows no venue. */
    private static final int NO_VENUE = 0;

    private final Listing listing;
    private final Market market;
    private final ParameterSet parameters;
    private final MarketRecord record;

    private ObservedMarket(Listing listing, Market market, ParameterSet parameters, MarketRecord record) {
        this.listing = listing;
        this.market = market;
        this.parameters = parameters;
        this.record = record;
    }

    /**
     * What reports show.
     *
     * @param market the epoch's prices
     * @param reports the epoch's, as sealed
     * @param before the record of the epoch before
     */
    public static ObservedMarket of(
            Listing listing, Market market, List<MarketReport> reports, MarketRecord before, ParameterSet parameters) {
        SortedMap<MarketRecord.Key, Long> today = new TreeMap<>(MarkDispersion.of(
                listing, reports, market.timeMillis(), parameters.value(LiquidityParameters.MARKS_WINDOW)));
        ObservedMarket observed = new ObservedMarket(listing, market, parameters, before);
        for (ListedInstrument instrument : listing.instruments()) {
            reports.stream()
                    .filter(r -> r.subject().equals(instrument.name()) && r.venue() == instrument.venue())
                    .forEach(r -> observed.add(today, instrument, r));
        }
        return new ObservedMarket(listing, market, parameters, before.with(market.timeMillis(), today));
    }

    private void add(SortedMap<MarketRecord.Key, Long> today, ListedInstrument instrument, MarketReport report) {
        switch (report.kind()) {
            case MARK -> {
                // Compared with those of other venues.
            }
            case SPREAD -> {
                long ppm = report.value()
                        .ceilingUnits(new Amount(BigInteger.ONE, 6))
                        .longValueExact();
                today.merge(
                        new MarketRecord.Key(MarketRecord.Kind.SPREAD, instrument.number(), instrument.venue()),
                        ppm,
                        Math::max);
            }
            case DEPTH ->
                lots(instrument, report.value())
                        .ifPresent(lots -> today.merge(
                                new MarketRecord.Key(MarketRecord.Kind.DEPTH, instrument.number(), instrument.venue()),
                                lots,
                                Math::min));
        }
    }

    /**
     * The same beside what options are quoted at.
     *
     * @param skews by group: what the 25-delta put is dearer than the call, ppm of volatility
     */
    public ObservedMarket withSkews(SortedMap<Integer, Long> skews) {
        SortedMap<MarketRecord.Key, Long> today = new TreeMap<>();
        skews.forEach((group, skew) -> today.put(MarketRecord.Key.skew(group), skew));
        return new ObservedMarket(listing, market, parameters, record.with(market.timeMillis(), today));
    }

    /**
     * With what accounts hold.
     *
     * @param record this epoch's: its reports and what its accounts hold, in the record of those before
     * @param liquidity how liquid everything listed is that has a price, and how the house leans on it
     */
    public record Held(MarketRecord record, LiquidityObservations liquidity) {
        /** z of a group's skew over the year, 10⁻⁶; empty before it is known what is usual. */
        public OptionalLong skewScore(int group) {
            return record.score(MarketRecord.Key.skew(group));
        }
    }

    /**
     * The same beside what the accounts of the house hold.
     *
     * @param table whose sensitivities count, with entries under their listed numbers
     */
    public Held with(List<MarginAccount> accounts, RiskTable table) {
        HouseInterest held = HouseInterest.of(accounts, table);
        SortedMap<MarketRecord.Key, Long> vegas = new TreeMap<>();
        held.vegas()
                .forEach((group, vega) ->
                        vegas.put(new MarketRecord.Key(MarketRecord.Kind.LONG_VEGA, group, NO_VENUE), vega.longSide()));
        MarketRecord whole = record.with(market.timeMillis(), vegas);
        List<InstrumentLiquidity> instruments = new ArrayList<>();
        for (ListedInstrument instrument : listing.instruments()) {
            worth(instrument).ifPresent(worth -> instruments.add(liquidity(instrument, worth, held)));
        }
        List<AssetLiquidity> assets = new ArrayList<>();
        for (ListedAsset asset : listing.assets()) {
            market.assetPrice(asset.number())
                    .map(price -> price.times(asset.lot()))
                    .ifPresent(worth -> assets.add(new AssetLiquidity(
                            asset.number(),
                            lots(governed(asset.group()), worth),
                            HouseInterest.of(held.assets(), asset.number()),
                            false)));
        }
        List<GroupLiquidity> groups = listing.groups().stream()
                .map(group -> liquidity(group, held, whole))
                .toList();
        return new Held(whole, new LiquidityObservations(SOURCE, instruments, assets, groups));
    }

    private InstrumentLiquidity liquidity(ListedInstrument instrument, Amount worth, HouseInterest held) {
        MarketRecord.Key depth = new MarketRecord.Key(MarketRecord.Kind.DEPTH, instrument.number(), instrument.venue());
        MarketRecord.Key spread =
                new MarketRecord.Key(MarketRecord.Kind.SPREAD, instrument.number(), instrument.venue());
        boolean whole = record.isWhole(depth) && record.isWhole(spread);
        long governed = lots(governed(instrument), worth);
        OptionalLong quoted = record.median(spread, QUARTER);
        return new InstrumentLiquidity(
                instrument.number(),
                quoted.isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(Math.ceilDiv(quoted.orElseThrow(), 2)
                                + parameters.value(LiquidityParameters.TAKER_FEE)),
                Math.max(
                        1,
                        record.isWhole(depth)
                                ? record.low(depth).orElse(governed)
                                : Math.min(governed, record.low(depth).orElse(governed))),
                HouseInterest.of(held.instruments(), instrument.number()),
                0,
                whole);
    }

    private GroupLiquidity liquidity(RiskGroup group, HouseInterest held, MarketRecord recorded) {
        long reference = Math.multiplyExact(parameters.value(LiquidityParameters.depth(group.name())), PER_USD);
        BigInteger seen = BigInteger.ZERO;
        boolean whole = true;
        for (ListedInstrument instrument : listing.instruments()) {
            MarketRecord.Key depth =
                    new MarketRecord.Key(MarketRecord.Kind.DEPTH, instrument.number(), instrument.venue());
            Optional<Amount> worth = worth(instrument);
            if (instrument.group() == group.number() && recorded.days(depth) > 0 && worth.isPresent()) {
                seen = seen.add(worth.orElseThrow()
                        .times(Amount.of(recorded.low(depth).orElseThrow()))
                        .floorUnits(new Amount(BigInteger.ONE, 4)));
                whole &= recorded.isWhole(depth);
            }
        }
        boolean measured = seen.signum() > 0;
        long depth = measured ? seen.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact() : reference;
        MarketRecord.Key vega = new MarketRecord.Key(MarketRecord.Kind.LONG_VEGA, group.number(), NO_VENUE);
        return new GroupLiquidity(
                group.number(),
                measured && whole ? depth : Math.min(reference, depth),
                reference,
                HouseInterest.of(held.deltas(), group.number()),
                HouseInterest.of(held.vegas(), group.number()).shortSide(),
                recorded.days(vega) < CAPACITY_DAYS_LEAST ? OptionalLong.empty() : recorded.median(vega, YEAR),
                measured && whole);
    }

    /** Governed depth, USD. */
    private Amount governed(int group) {
        return Amount.of(
                parameters.value(LiquidityParameters.depth(listing.group(group).name())));
    }

    private Amount governed(ListedInstrument instrument) {
        Amount depth = governed(instrument.group());
        return instrument.paidUp()
                ? depth.times(new Amount(BigInteger.valueOf(parameters.value(LiquidityParameters.OPTION_DEPTH)), 6))
                : depth;
    }

    /** What one lot follows, USD. */
    private Optional<Amount> worth(ListedInstrument instrument) {
        boolean inverse = switch (instrument.contract()) {
            case Instrument.Perpetual perpetual -> perpetual.inverse();
            case Instrument.Future future -> future.inverse();
            default -> false;
        };
        Optional<Amount> price = instrument.paidUp()
                ? market.groupPrice(instrument.group())
                : market.instrumentPrice(instrument.number());
        return price.map(p -> inverse ? instrument.lot() : p.times(instrument.lot()));
    }

    /** Units of the underlying as lots, rounded down. */
    private Optional<Long> lots(ListedInstrument instrument, Amount units) {
        return market.instrumentPrice(instrument.number())
                .flatMap(price -> worth(instrument).map(worth -> lots(units.times(price), worth)));
    }

    /** How many lots, each worth so much, a depth in USD is; at least one, and no more than anybody may hold. */
    private static long lots(Amount depth, Amount worth) {
        return depth.floorUnits(worth)
                .max(BigInteger.ONE)
                .min(BigInteger.valueOf(Integer.MAX_VALUE))
                .longValueExact();
    }
}
