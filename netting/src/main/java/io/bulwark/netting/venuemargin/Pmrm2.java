package io.bulwark.netting.venuemargin;

import io.bulwark.netting.pricing.Exponential;
import io.bulwark.netting.venuemargin.HeldExpiry.HeldOption;
import io.bulwark.netting.venuemargin.Pmrm1.PmrmMarket;
import io.bulwark.netting.venuemargin.Pmrm2Margin.Discounts;
import io.bulwark.netting.venuemargin.Pmrm2Margin.Worst;
import io.bulwark.netting.venuemargin.SpotVolatilityScenario.VolatilityMove;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Derive's portfolio risk manager, version 2 (PMRM_2).
 *
 * <p>Per expiry the undiscounted value X of a scenario counts as X·d₊ if X ≥ 0 and X·d₋ if not; with d₊ ≤ d₋ that is min(X·d₊, X·d₋), two linear cells. Skew
 * scenarios take −|profit| per expiry, the absolute value of a concave function, which is not convex as a loss: {@link Rule#CONVEX_HULL} replaces every expiry's
 * loss by the largest of the linear cells {@code M − d₊X}, {@code M − d₋X} and, on skew scenarios, {@code d₊X − M}, and is never below the venue's rule where
 * d₊ ≤ d₋. Source: the published contracts PMRM_2 and PMRMLib_2 of Derive's v2-core.
 */
public final class Pmrm2 {
    /** Which rule an expiry's loss follows. */
    public enum Rule {
        /** As published. */
        VENUE,
        /** The largest of linear cells. */
        CONVEX_HULL
    }

    /** Rounding errors of profits, in shares of what the expiries are worth. */
    private static final double TIE = 1e-12;

    private final Pmrm2Parameters parameters;
    private final PmrmMarket market;
    private final Pmrm2Portfolio portfolio;
    private final Rule rule;
    private final List<MarkedExpiry> expiries;

    /** An expiry with what no scenario changes. */
    private record MarkedExpiry(HeldExpiry held, double discount, double mark, Discounts factors) {}

    private Pmrm2(Pmrm2Parameters parameters, PmrmMarket market, Pmrm2Portfolio portfolio, Rule rule) {
        this.parameters = parameters;
        this.market = market;
        this.portfolio = portfolio;
        this.rule = rule;
        this.expiries = portfolio.expiries().stream().map(this::marked).toList();
    }

    /** The margin of a portfolio under a rule. */
    public static Pmrm2Margin margin(
            Pmrm2Parameters parameters, PmrmMarket market, Pmrm2Portfolio portfolio, Rule rule) {
        return new Pmrm2(parameters, market, portfolio, rule).margin();
    }

    private Pmrm2Margin margin() {
        List<Double> profits = parameters.scenarios().stream().map(this::profit).toList();
        double basis = parameters.basis().of(portfolio.expiries(), HeldExpiry::discount);
        double loss = profits.stream().reduce(basis, Math::min);
        Charged charged = charged();
        double optionValue = expiries.stream().mapToDouble(MarkedExpiry::mark).sum();
        double collateralValue = portfolio.collateral().stream()
                .mapToDouble(Pmrm2Portfolio.HeldCollateral::value)
                .sum();
        double value = optionValue + collateralValue + portfolio.perpetualValue() + portfolio.cash();
        double missingPeg = Math.max(parameters.charges().pegThreshold() - market.stable(), 0);
        double factor = parameters.factors().initial()
                + missingPeg * parameters.charges().pegFactor();
        return new Pmrm2Margin(
                loss * factor - charged.initial() - charged.maintenance() + value,
                loss * parameters.factors().maintenance() - charged.maintenance() + value,
                value,
                optionValue,
                collateralValue,
                basis,
                Pmrm1.negative(charged.oracle()),
                Pmrm1.negative(charged.maintenanceOption()),
                Pmrm1.negative(charged.initialOption()),
                expiries.stream().map(MarkedExpiry::factors).toList(),
                profits,
                worst(profits, loss));
    }

    /** The first part that reaches the smallest profit up to rounding. */
    private Worst worst(List<Double> profits, double loss) {
        double reached = loss
                + TIE
                        * expiries.stream()
                                .mapToDouble(expiry -> Math.abs(expiry.mark()))
                                .sum();
        return IntStream.range(0, profits.size())
                .filter(i -> profits.get(i) <= reached)
                .mapToObj(i -> part(parameters.scenarios().get(i)))
                .findFirst()
                .orElse(Worst.BASIS);
    }

    private static Worst part(SpotVolatilityScenario scenario) {
        if (scenario.volatility().isSkew()) {
            return Worst.SKEW;
        }
        return scenario.dampening() == 1 ? Worst.REGULAR : Worst.TAIL;
    }

    private MarkedExpiry marked(HeldExpiry held) {
        double discount = held.discount();
        return new MarkedExpiry(held, discount, held.value(1, HeldOption::volatility) * discount, discounts(held));
    }

    private Discounts discounts(HeldExpiry held) {
        Pmrm2Parameters.Factors factors = parameters.factors();
        double longRate = held.rate() * factors.longRateMultiple() + factors.longRateAdd();
        double shortRate = held.rate() * factors.shortRateMultiple() + factors.shortRateAdd();
        double negative = factors.shortDiscount() / Exponential.exp(-held.years() * shortRate);
        return new Discounts(
                factors.longDiscount() * Exponential.exp(-held.years() * longRate),
                Math.min(1 / held.discount(), negative));
    }

    private double profit(SpotVolatilityScenario scenario) {
        double profit = portfolio.perpetuals() * market.perpetual() * (scenario.spotFactor() - 1);
        for (Pmrm2Portfolio.HeldCollateral held : portfolio.collateral()) {
            profit += held.riskCancelling() ? held.value() * (scenario.spotFactor() - 1) : 0;
        }
        for (MarkedExpiry expiry : expiries) {
            double shocked = shocked(expiry.held(), scenario) * expiry.discount();
            profit += profit(expiry, shocked, scenario.volatility().isSkew());
        }
        return profit * scenario.dampening();
    }

    private double profit(MarkedExpiry expiry, double shocked, boolean skew) {
        double gainKept = shocked * expiry.factors().positive() - expiry.mark();
        double lossGrown = shocked * expiry.factors().negative() - expiry.mark();
        return switch (rule) {
            case VENUE -> {
                double profit = shocked >= 0 ? gainKept : lossGrown;
                yield skew ? -Math.abs(profit) : profit;
            }
            case CONVEX_HULL -> {
                double least = Math.min(gainKept, lossGrown);
                yield skew ? Math.min(least, -gainKept) : least;
            }
        };
    }

    private double shocked(HeldExpiry held, SpotVolatilityScenario scenario) {
        double spot = scenario.spotFactor();
        return switch (scenario.volatility()) {
            case NONE -> held.value(spot, HeldOption::volatility);
            case UP -> {
                double factor = parameters.volatility().up((double) held.seconds());
                yield held.value(
                        spot, option -> Math.max(parameters.leastVolatilityUp(), option.volatility() * factor));
            }
            case DOWN -> {
                double factor = parameters.volatility().down((double) held.seconds());
                yield held.value(spot, option -> option.volatility() * factor);
            }
            case LINEAR, ABSOLUTE -> tilted(held, scenario.volatility());
        };
    }

    /** Skew scenarios keep the spot, as the venue demands of them. */
    private double tilted(HeldExpiry held, VolatilityMove move) {
        double rootYears = Math.sqrt(held.years());
        double cap = parameters.skew().cap(move, rootYears);
        double width = parameters.skew().width(rootYears);
        double forward = held.forward(1);
        return held.value(1, option -> {
            double log = StrictMath.log(option.strike() / forward);
            double k = move == VolatilityMove.ABSOLUTE ? Math.abs(log) : log;
            double tilt = k >= 0 ? Math.min(cap, k * cap / width) : Math.max(-cap, k * cap / width);
            return option.volatility() * Math.max(1 + tilt, 0);
        });
    }

    /** Contingencies, all ≥ 0. */
    private record Charged(
            double maintenance, double initial, double oracle, double maintenanceOption, double initialOption) {}

    private Charged charged() {
        Pmrm2Parameters.Charges charges = parameters.charges();
        double confidence = market.confidence(portfolio.perpetuals());
        double perpetuals = Math.abs(portfolio.perpetuals()) * market.spot();
        double shorts = market.spot()
                * portfolio.expiries().stream()
                        .mapToDouble(HeldExpiry::nakedShorts)
                        .sum();
        double oracle = charges.oracle(confidence, perpetuals);
        for (HeldExpiry held : portfolio.expiries()) {
            oracle += charges.oracle(Math.min(confidence, held.confidence()), held.grossAmount() * market.spot());
        }
        double maintenance = perpetuals * charges.maintenancePerpetual() + shorts * charges.maintenanceOption();
        double initial = perpetuals * charges.initialPerpetual() + shorts * charges.initialOption();
        for (Pmrm2Portfolio.HeldCollateral held : portfolio.collateral()) {
            oracle += charges.oracle(Math.min(market.spotConfidence(), held.confidence()), held.value());
            maintenance += held.value() * held.maintenanceHaircut();
            initial += held.value() * held.initialHaircut();
        }
        return new Charged(
                maintenance,
                initial + oracle,
                oracle,
                shorts * charges.maintenanceOption(),
                shorts * charges.initialOption());
    }
}
