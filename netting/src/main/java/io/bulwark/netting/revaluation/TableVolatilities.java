package io.bulwark.netting.revaluation;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.decimal;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.optional;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.scenario.ScenarioParameters.SurfaceModel;
import io.bulwark.netting.surface.ChainExpiry;
import io.bulwark.netting.surface.ChainExpiry.OptionQuote;
import io.bulwark.netting.surface.LearnedFit;
import io.bulwark.netting.surface.SkewMeasures;
import io.bulwark.netting.surface.SurfaceCard;
import io.bulwark.netting.surface.SurfaceFit;
import io.bulwark.netting.surface.SurfaceLimits;
import io.bulwark.netting.surface.VolatilitySurface;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The volatilities that options of a table are priced with, by the model that governance chose.
 *
 * <p>A surface is fitted per group to the venue's marks and volatilities. A group whose surface cannot be fitted, or fits worse
 * than the governed error, keeps its venue's marks; so does an option that the surface does not reach. A surface's volatility is
 * rounded to 10⁻⁶, published in the provenance, and only then used. American options are priced from it and do not shape it.
 */
final class TableVolatilities {
    private static final int DECIMALS = 6;

    private final SurfaceModel model;
    private final Market market;
    private final Map<Integer, Amount> fromSurfaces = new TreeMap<>();
    private final List<CanonicalValue> groups = new ArrayList<>();

    private TableVolatilities(SurfaceModel model, Market market) {
        this.model = model;
        this.market = market;
    }

    static TableVolatilities of(Listing listing, Market market, ParameterSet parameters) {
        TableVolatilities volatilities = new TableVolatilities(SurfaceModel.of(parameters), market);
        if (volatilities.model != SurfaceModel.VENUE_MARKS) {
            ForwardCurves curves = ForwardCurves.of(listing, market);
            SurfaceLimits bounds = SurfaceLimits.of(parameters);
            for (RiskGroup group : listing.groups()) {
                volatilities.fit(group, options(listing, group), curves, bounds);
            }
        }
        return volatilities;
    }

    /**
     * What the 25-delta put of each group is dearer than its call, as venues quote them one week to four months before expiry.
     *
     * @return by group, ppm of volatility, rounded up; without the groups that nobody quotes both wings of
     */
    static SortedMap<Integer, Long> skews(Listing listing, Market market) {
        TableVolatilities quoted = new TableVolatilities(SurfaceModel.VENUE_MARKS, market);
        ForwardCurves curves = ForwardCurves.of(listing, market);
        SortedMap<Integer, Long> skews = new TreeMap<>();
        for (RiskGroup group : listing.groups()) {
            market.groupPrice(group.number())
                    .map(spot -> quoted.chain(group, options(listing, group), curves, ListedPayoffs.value(spot)))
                    .flatMap(SkewMeasures::quoted)
                    .ifPresent(skew -> skews.put(group.number(), (long) Math.ceil(Ppm.ONE * skew.riskReversal())));
        }
        return skews;
    }

    /** The volatility an option is priced with. */
    Optional<Amount> volatility(int instrument) {
        return Optional.ofNullable(fromSurfaces.get(instrument)).or(() -> market.volatility(instrument));
    }

    /** [model, [[group, why, surface, card] …], [[instrument, volatility] …]]; absent where venue marks are chosen. */
    Optional<CanonicalValue> canonical() {
        if (model == SurfaceModel.VENUE_MARKS) {
            return Optional.empty();
        }
        List<CanonicalValue> used = new ArrayList<>();
        fromSurfaces.forEach(
                (instrument, volatility) -> used.add(array(integer(instrument), decimal(volatility.toDecimal()))));
        return Optional.of(array(text(model.name()), array(groups), array(used)));
    }

    private static List<ListedInstrument> options(Listing listing, RiskGroup group) {
        return listing.instruments().stream()
                .filter(i -> i.group() == group.number() && i.contract() instanceof Instrument.Option)
                .toList();
    }

    private void fit(RiskGroup group, List<ListedInstrument> options, ForwardCurves curves, SurfaceLimits bounds) {
        Optional<Amount> spot = market.groupPrice(group.number());
        if (options.isEmpty() || spot.isEmpty()) {
            return;
        }
        double price = ListedPayoffs.value(spot.orElseThrow());
        Optional<SurfaceFit> fit = SurfaceFit.of(chain(group, options, curves, price), bounds);
        if (fit.isEmpty()) {
            groups.add(array(integer(group.number()), text("venue marks: too few usable quotes")));
            return;
        }
        SurfaceFit fitted = fit.orElseThrow();
        if (fitted.statistics().rootMeanSquare() > bounds.fitMost()) {
            groups.add(array(integer(group.number()), text("venue marks: the fit is worse than surface.fitMost")));
            return;
        }
        Optional<LearnedFit> learned = model == SurfaceModel.LEARNED
                ? Optional.of(LearnedFit.of(fitted, market.timeMillis(), bounds))
                : Optional.empty();
        groups.add(array(
                integer(group.number()),
                text(learned.map(l -> "learned surface: " + l.verdict()).orElse("fitted surface")),
                fitted.surface().canonical(),
                optional(learned.flatMap(LearnedFit::card).map(SurfaceCard::canonical))));
        VolatilitySurface surface = learned.map(LearnedFit::surface).orElse(fitted.surface());
        options.forEach(option -> price(option, surface, curves, price));
    }

    private void price(ListedInstrument listed, VolatilitySurface surface, ForwardCurves curves, double spot) {
        Instrument.Option option = (Instrument.Option) listed.contract();
        double years = ListedPayoffs.years(market, option.expiryMillis());
        if (years > 0) {
            double forward = spot * curves.forwardOverSpot(listed.group(), option.expiryMillis());
            double logStrike = StrictMath.log(ListedPayoffs.value(option.strike()) / forward);
            BigDecimal volatility =
                    BigDecimal.valueOf(surface.volatility(logStrike, years)).setScale(DECIMALS, RoundingMode.HALF_EVEN);
            fromSurfaces.put(listed.number(), Amount.of(volatility.toPlainString()));
        }
    }

    private List<ChainExpiry> chain(
            RiskGroup group, List<ListedInstrument> options, ForwardCurves curves, double spot) {
        Map<Long, List<OptionQuote>> quotes = new TreeMap<>();
        for (ListedInstrument listed : options) {
            Instrument.Option option = (Instrument.Option) listed.contract();
            if (option.expiryMillis() > market.timeMillis() && option.exercise() == Instrument.Exercise.EUROPEAN) {
                quotes.computeIfAbsent(option.expiryMillis(), expiry -> new ArrayList<>())
                        .add(quote(listed, option, spot));
            }
        }
        List<ChainExpiry> chain = new ArrayList<>();
        quotes.forEach((expiry, list) -> chain.add(new ChainExpiry(
                ListedPayoffs.years(market, expiry), spot * curves.forwardOverSpot(group.number(), expiry), list)));
        return chain;
    }

    private OptionQuote quote(ListedInstrument listed, Instrument.Option option, double spot) {
        return new OptionQuote(
                option.right(),
                ListedPayoffs.value(option.strike()),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                number(market.premium(listed.number()).map(ListedPayoffs::value).map(premium -> premium / spot)),
                number(market.volatility(listed.number()).map(ListedPayoffs::value)));
    }

    private static OptionalDouble number(Optional<Double> value) {
        return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }
}
