package io.bulwark.netting.market;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceBook;
import io.bulwark.clearing.oracle.PriceDoubt;
import io.bulwark.clearing.oracle.Quote;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How far the prices of a market may be wrong. A group in doubt moves further, an asset in doubt has a larger haircut, and a lot whose own quote is in doubt costs more to close;
 * what is too old to be believed is not in the table at all.
 *
 * @param groups by number: the price of the underlying
 * @param assets by number, of those that are priced by reports of their own
 * @param instruments by number: the mark of a perpetual or future, the implied volatility of an option
 */
public record MarketDoubts(
        Map<Integer, PriceDoubt> groups, Map<Integer, PriceDoubt> assets, Map<Integer, PriceDoubt> instruments) {
    /** Nobody doubts. */
    public static final MarketDoubts NONE = new MarketDoubts(Map.of(), Map.of(), Map.of());

    /** Copies the maps, sorted by number. */
    public MarketDoubts {
        groups = Collections.unmodifiableMap(new TreeMap<>(groups));
        assets = Collections.unmodifiableMap(new TreeMap<>(assets));
        instruments = Collections.unmodifiableMap(new TreeMap<>(instruments));
    }

    static MarketDoubts of(Listing listing, PriceBook book) {
        Map<Integer, PriceDoubt> groups = new TreeMap<>();
        for (RiskGroup group : listing.groups()) {
            doubt(book, Measure.INDEX_PRICE, group.name()).ifPresent(d -> groups.put(group.number(), d));
        }
        Map<Integer, PriceDoubt> assets = new TreeMap<>();
        for (ListedAsset asset : listing.assets()) {
            String group = listing.group(asset.group()).name();
            Stream.of(Optional.of(asset.name()), Market.claim(asset.form()))
                    .flatMap(Optional::stream)
                    .filter(subject -> !subject.equals(group))
                    .flatMap(subject -> doubt(book, Measure.INDEX_PRICE, subject).stream())
                    .findFirst()
                    .ifPresent(d -> assets.put(asset.number(), d));
        }
        Map<Integer, PriceDoubt> instruments = new TreeMap<>();
        for (ListedInstrument instrument : listing.instruments()) {
            doubt(book, instrument.paidUp() ? Measure.IMPLIED_VOLATILITY : Measure.MARK_PRICE, instrument.name())
                    .ifPresent(d -> instruments.put(instrument.number(), d));
        }
        return new MarketDoubts(groups, assets, instruments);
    }

    private static Optional<PriceDoubt> doubt(PriceBook book, Measure measure, String subject) {
        return book.quote(measure, subject) instanceof Quote.Believed quote
                ? Optional.of(PriceDoubt.of(quote))
                : Optional.empty();
    }

    /** What is added to the range of a group, ppm. */
    public long ofGroup(int group, ParameterSet parameters) {
        PriceDoubt doubt = groups.get(group);
        return doubt == null ? 0 : doubt.ppm(parameters);
    }

    /** What is added to the haircut of an asset, ppm. */
    public long ofAsset(int asset, ParameterSet parameters) {
        PriceDoubt doubt = assets.get(asset);
        return doubt == null ? 0 : doubt.ppm(parameters);
    }

    /**
     * What is added to the spread of a lot, u, rounded up: a doubtful mark costs what the lot follows, a doubtful volatility its vega.
     *
     * @param delta Σ|δ| of the lot, u
     * @param vega Σ|vega| of the lot, u per volatility point
     */
    public long ofLot(ListedInstrument instrument, long delta, long vega, ParameterSet parameters) {
        PriceDoubt doubt = instruments.get(instrument.number());
        if (doubt == null) {
            return 0;
        }
        return instrument.paidUp()
                ? doubt.ofVolatility(vega, parameters)
                : Rounding.cdiv(Math.multiplyExact(delta, doubt.ppm(parameters)), Rounding.PPM);
    }
}
