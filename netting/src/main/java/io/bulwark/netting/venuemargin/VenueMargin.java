package io.bulwark.netting.venuemargin;

import io.bulwark.clearing.money.Usd;
import io.bulwark.netting.venuemargin.DeribitPortfolioMargin.DeribitMargin;
import io.bulwark.netting.venuemargin.DeribitPortfolioMargin.VenueCharges;
import io.bulwark.netting.venuemargin.HeldExpiry.HeldOption;
import io.bulwark.netting.venuemargin.Pmrm1.Pmrm1Margin;
import io.bulwark.netting.venuemargin.Pmrm1.Pmrm1Portfolio;
import io.bulwark.netting.venuemargin.Pmrm1.PmrmMarket;
import io.bulwark.netting.venuemargin.Pmrm2Portfolio.HeldCollateral;
import io.bulwark.netting.venuemargin.StandardMarginRule.StandardMargin;
import io.bulwark.netting.venuemargin.StandardMarginRule.StandardMarket;
import io.bulwark.netting.venuemargin.VenueBook.LinearHolding;
import io.bulwark.netting.venuemargin.VenueBook.OptionHolding;
import io.bulwark.netting.venuemargin.VenueBook.Underlying;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What another venue would ask for Bulwark's holdings: the requirement that stands against the marked value of positions, options and collateral, u = 10⁻⁴ USD, rounded up.
 * A venue that states net figures (value less requirement) is turned into the requirement.
 *
 * @param form how the venue's rule stands to our formula
 * @param venue the venue's own rule
 * @param convex the convex requirement that Bulwark would take from it; equal to {@code venue} where the rule is exact
 * @param underlyings the venue's own rule per underlying, before credits between them
 * @param leftOut holdings that the engine does not margin, one sentence each
 */
public record VenueMargin(
        VenueEngine.Form form,
        Requirement venue,
        Requirement convex,
        List<UnderlyingRequirement> underlyings,
        List<String> leftOut) {
    /** Copies the lists. */
    public VenueMargin {
        underlyings = List.copyOf(underlyings);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * A pair of requirements, u.
     *
     * @param initial to open
     * @param maintenance to keep
     */
    public record Requirement(long initial, long maintenance) {
        /** Rounding errors of the models, u: so much above a whole unit is that unit. */
        private static final double ROUNDING = 1e-6;

        static Requirement ofUsd(double initial, double maintenance) {
            return new Requirement(units(initial), units(maintenance));
        }

        private static long units(double usd) {
            return (long) Math.ceil(Check.finite("requirement", usd) * Usd.UNITS - ROUNDING);
        }
    }

    /**
     * The venue's rule on one underlying.
     *
     * @param underlying its name
     * @param requirement its requirements
     */
    public record UnderlyingRequirement(String underlying, Requirement requirement) {}

    /** Requirements in USD under the venue's rule and under the convex one. */
    private record Asked(double initial, double maintenance, double convexInitial, double convexMaintenance) {}

    /**
     * The margin of a book at a venue. Feeds are taken as certain and stables as at par: a book has no confidence of its own.
     *
     * @throws IllegalArgumentException if a holding cannot be priced
     */
    public static VenueMargin of(VenueBook book, VenueEngine engine) {
        List<String> leftOut = new ArrayList<>(book.leftOut());
        Map<String, Asked> asked = new LinkedHashMap<>();
        for (Underlying held : book.underlyings()) {
            if (known(engine, held.name())) {
                asked.put(held.name(), asked(held, engine));
            } else {
                leftOut.add(held.name() + " has no parameters");
            }
        }
        return engine instanceof VenueEngine.Span span
                ? scanned(book, span, leftOut)
                : summed(engine.form(), asked, leftOut);
    }

    private static VenueMargin summed(VenueEngine.Form form, Map<String, Asked> asked, List<String> leftOut) {
        double initial = 0;
        double maintenance = 0;
        double convexInitial = 0;
        double convexMaintenance = 0;
        List<UnderlyingRequirement> each = new ArrayList<>();
        for (Map.Entry<String, Asked> entry : asked.entrySet()) {
            Asked one = entry.getValue();
            initial += one.initial();
            maintenance += one.maintenance();
            convexInitial += one.convexInitial();
            convexMaintenance += one.convexMaintenance();
            each.add(new UnderlyingRequirement(entry.getKey(), Requirement.ofUsd(one.initial(), one.maintenance())));
        }
        return new VenueMargin(
                form,
                Requirement.ofUsd(initial, maintenance),
                Requirement.ofUsd(convexInitial, convexMaintenance),
                each,
                leftOut);
    }

    private static VenueMargin scanned(VenueBook book, VenueEngine.Span span, List<String> leftOut) {
        SpanMargin margin = SpanScan.margin(span.parameters(), book.underlyings());
        double factor = span.parameters().initialFactor();
        List<UnderlyingRequirement> each = margin.commodities().stream()
                .map(c -> new UnderlyingRequirement(
                        c.underlying(), Requirement.ofUsd(c.requirement() * factor, c.requirement())))
                .toList();
        return new VenueMargin(
                span.form(),
                Requirement.ofUsd(margin.initial(), margin.maintenance()),
                Requirement.ofUsd(margin.convexBound() * factor, margin.convexBound()),
                each,
                leftOut);
    }

    private static boolean known(VenueEngine engine, String underlying) {
        return switch (engine) {
            case VenueEngine.Deribit deribit -> deribit.underlyings().containsKey(underlying);
            case VenueEngine.Span span -> span.parameters().underlyings().containsKey(underlying);
            case VenueEngine.DerivePmrm1 ignored -> true;
            case VenueEngine.DerivePmrm2 ignored -> true;
            case VenueEngine.DeriveStandard ignored -> true;
        };
    }

    private static Asked asked(Underlying held, VenueEngine engine) {
        return switch (engine) {
            case VenueEngine.Deribit deribit -> deribit(held, deribit);
            case VenueEngine.DerivePmrm1 pmrm -> pmrm1(held, pmrm.parameters());
            case VenueEngine.DerivePmrm2 pmrm -> pmrm2(held, pmrm);
            case VenueEngine.DeriveStandard standard -> standard(held, standard.parameters());
            case VenueEngine.Span ignored -> new Asked(0, 0, 0, 0);
        };
    }

    private static Asked deribit(Underlying held, VenueEngine.Deribit engine) {
        DeribitParameters parameters = engine.underlyings().get(held.name());
        if (parameters == null) {
            throw new IllegalArgumentException(held.name() + " has no parameters");
        }
        List<CoinMarginPosition> positions = new ArrayList<>();
        held.linear().forEach(f -> positions.add(new CoinMarginPosition.Future(f.id(), f.size(), f.years())));
        held.options()
                .forEach(o -> positions.add(new CoinMarginPosition.Option(
                        o.id(), o.right(), o.strike(), o.size(), o.forward(), o.volatility(), o.years())));
        DeribitMargin venue = deribit(parameters, held.spot(), positions, DeribitPortfolioMargin.Rule.VENUE);
        DeribitMargin hull = deribit(parameters, held.spot(), positions, DeribitPortfolioMargin.Rule.CONVEX_HULL);
        return new Asked(
                venue.initial() * held.spot(),
                venue.maintenance() * held.spot(),
                hull.initial() * held.spot(),
                hull.maintenance() * held.spot());
    }

    private static DeribitMargin deribit(
            DeribitParameters parameters,
            double index,
            List<CoinMarginPosition> positions,
            DeribitPortfolioMargin.Rule rule) {
        return DeribitPortfolioMargin.margin(parameters, index, positions, VenueCharges.NONE, rule);
    }

    private static Asked pmrm1(Underlying held, Pmrm1Parameters parameters) {
        Pmrm1Margin margin = Pmrm1.margin(
                parameters, market(held), new Pmrm1Portfolio(0, perpetuals(held), 0, held.base(), expiries(held)));
        double initial = margin.markToMarket() - margin.initial();
        double maintenance = margin.markToMarket() - margin.maintenance();
        return new Asked(initial, maintenance, initial, maintenance);
    }

    private static Asked pmrm2(Underlying held, VenueEngine.DerivePmrm2 engine) {
        HeldCollateral base = new HeldCollateral(
                held.base() * held.spot(), 1, true, engine.baseInitialHaircut(), engine.baseMaintenanceHaircut());
        Pmrm2Portfolio portfolio = new Pmrm2Portfolio(0, perpetuals(held), 0, List.of(base), expiries(held));
        Pmrm2Margin venue = Pmrm2.margin(engine.parameters(), market(held), portfolio, Pmrm2.Rule.VENUE);
        Pmrm2Margin hull = Pmrm2.margin(engine.parameters(), market(held), portfolio, Pmrm2.Rule.CONVEX_HULL);
        return new Asked(
                venue.markToMarket() - venue.initial(),
                venue.markToMarket() - venue.maintenance(),
                hull.markToMarket() - hull.initial(),
                hull.markToMarket() - hull.maintenance());
    }

    private static Asked standard(Underlying held, StandardParameters parameters) {
        StandardMarket market =
                new StandardMarket(held.spot(), 1, mark(held), 1, perpetuals(held), 0, held.base(), expiries(held));
        StandardMargin venue =
                StandardMarginRule.margin(parameters, 1, 0, List.of(market), StandardMarginRule.Rule.VENUE);
        StandardMargin alone =
                StandardMarginRule.margin(parameters, 1, 0, List.of(market), StandardMarginRule.Rule.ISOLATED);
        return new Asked(
                venue.markToMarket() - venue.initial(),
                venue.markToMarket() - venue.maintenance(),
                alone.markToMarket() - alone.initial(),
                alone.markToMarket() - alone.maintenance());
    }

    private static PmrmMarket market(Underlying held) {
        return new PmrmMarket(held.spot(), 1, 1, mark(held), 1);
    }

    /** The mark of a book's perpetuals and futures together: that of the first. */
    private static double mark(Underlying held) {
        return held.linear().isEmpty() ? held.spot() : held.linear().getFirst().mark();
    }

    private static double perpetuals(Underlying held) {
        return held.linear().stream().mapToDouble(LinearHolding::size).sum();
    }

    private static List<HeldExpiry> expiries(Underlying held) {
        Map<Double, List<OptionHolding>> byYears = new LinkedHashMap<>();
        held.options()
                .forEach(o -> byYears.computeIfAbsent(o.years(), years -> new ArrayList<>())
                        .add(o));
        return byYears.entrySet().stream()
                .map(e -> new HeldExpiry(
                        Math.round(e.getKey() * 365 * 86_400),
                        0,
                        e.getValue().getFirst().forward(),
                        0,
                        1,
                        e.getValue().stream()
                                .map(o -> new HeldOption(o.right(), o.strike(), o.size(), o.volatility()))
                                .toList()))
                .toList();
    }
}
