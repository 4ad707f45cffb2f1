package io.bulwark.netting.venuemargin;

import io.bulwark.netting.pricing.Exponential;
import io.bulwark.netting.venuemargin.HeldExpiry.HeldOption;
import java.util.List;

/**
 * Derive's portfolio risk manager, version 1: the worst of a spot × volatility matrix and a basis contingency, plus static charges; initial margin scales the whole.
 *
 * <p>Discounting multiplies only gains by d ≤ 1, so a shocked expiry value X counts as min(X, d·X): a maximum of linear loss forms, exactly our own shape.
 * Source: the published contracts PMRM and PMRMLib of Derive's v2-core.
 */
public final class Pmrm1 {
    private final Pmrm1Parameters parameters;
    private final PmrmMarket market;
    private final Pmrm1Portfolio portfolio;

    private Pmrm1(Pmrm1Parameters parameters, PmrmMarket market, Pmrm1Portfolio portfolio) {
        this.parameters = parameters;
        this.market = market;
        this.portfolio = portfolio;
    }

    /** The margin of a portfolio. */
    public static Pmrm1Margin margin(Pmrm1Parameters parameters, PmrmMarket market, Pmrm1Portfolio portfolio) {
        return new Pmrm1(parameters, market, portfolio).margin();
    }

    private Pmrm1Margin margin() {
        double basis = parameters.basis().of(portfolio.expiries(), expiry -> 1);
        double worst =
                parameters.scenarios().stream().mapToDouble(this::profit).min().orElseThrow();
        double options = optionCharge();
        double requirement = Math.min(worst, basis) - options - linearCharge();
        double oracle = oracleCharge();
        double value = markToMarket();
        double factor = parameters.initialFactor(market.stable());
        return new Pmrm1Margin(
                requirement * factor - oracle + value,
                requirement + value,
                value,
                worst,
                negative(options),
                basis,
                negative(oracle),
                factor);
    }

    private double markToMarket() {
        double options = portfolio.expiries().stream()
                .mapToDouble(expiry -> expiry.value(1, HeldOption::volatility))
                .sum();
        return options + baseValue() + portfolio.perpetualValue() + portfolio.cash();
    }

    private double baseValue() {
        return portfolio.base() * market.spot() / market.stable();
    }

    private double profit(SpotVolatilityScenario scenario) {
        double profit = (baseValue() + portfolio.perpetuals() * market.perpetual()) * (scenario.spotFactor() - 1);
        for (HeldExpiry expiry : portfolio.expiries()) {
            double shocked = shocked(expiry, scenario);
            profit += Math.min(shocked, shocked * staticDiscount(expiry)) - expiry.value(1, HeldOption::volatility);
        }
        return profit;
    }

    private double shocked(HeldExpiry expiry, SpotVolatilityScenario scenario) {
        double factor = switch (scenario.volatility()) {
            case UP -> parameters.volatility().up((double) expiry.seconds());
            case DOWN -> parameters.volatility().down((double) expiry.seconds());
            case NONE, LINEAR, ABSOLUTE -> 1;
        };
        return expiry.value(scenario.spotFactor(), option -> option.volatility() * factor);
    }

    private double staticDiscount(HeldExpiry expiry) {
        double rate = expiry.rate() * parameters.rateMultiple() + parameters.rateAdd();
        return parameters.staticDiscount() * Exponential.exp(-expiry.years() * rate);
    }

    private double optionCharge() {
        double naked = portfolio.expiries().stream()
                .mapToDouble(HeldExpiry::nakedShorts)
                .sum();
        return naked * parameters.optionCharge() * market.spot();
    }

    private double linearCharge() {
        return (Math.abs(portfolio.perpetuals()) * parameters.perpetualCharge()
                        + portfolio.base() * parameters.baseCharge())
                * market.spot();
    }

    private double oracleCharge() {
        double confidence = market.confidence(portfolio.perpetuals());
        double charge = oracleCharge(confidence, Math.abs(portfolio.perpetuals()) + portfolio.base());
        for (HeldExpiry expiry : portfolio.expiries()) {
            charge += oracleCharge(Math.min(confidence, expiry.confidence()), expiry.grossAmount());
        }
        return charge;
    }

    private double oracleCharge(double confidence, double amount) {
        return confidence < parameters.confidenceThreshold()
                ? (1 - confidence) * parameters.confidenceMargin() * amount * market.spot()
                : 0;
    }

    /** −x without a negative zero. */
    static double negative(double charge) {
        return 0 - charge;
    }

    /**
     * What Derive's portfolio risk manager, version 1, says of a portfolio, in its cash asset. Margins are net: value less requirement, negative where value is missing.
     *
     * @param initial net of initial margin
     * @param maintenance net of maintenance margin
     * @param markToMarket value with cash
     * @param worstScenario smallest profit or loss of the scenarios; the basis contingency counts where it is smaller
     * @param optionContingency static charge on naked shorts, ≤ 0
     * @param basisContingency forwards moving apart, ≤ 0
     * @param oracleContingency charge for feeds of low confidence, ≤ 0, initial margin only
     * @param initialFactor factor on the requirement for initial margin
     */
    public record Pmrm1Margin(
            double initial,
            double maintenance,
            double markToMarket,
            double worstScenario,
            double optionContingency,
            double basisContingency,
            double oracleContingency,
            double initialFactor) {}

    /**
     * A portfolio of one underlying under the portfolio risk manager, version 1.
     *
     * @param cash in the cash asset, signed
     * @param perpetuals units, short below 0
     * @param perpetualValue gains and funding of the perpetuals not settled yet
     * @param base units of the underlying held, ≥ 0
     * @param expiries one entry per expiry
     */
    public record Pmrm1Portfolio(
            double cash, double perpetuals, double perpetualValue, double base, List<HeldExpiry> expiries) {
        /** Copies the expiries and checks the ranges. */
        public Pmrm1Portfolio {
            Check.finite("cash", cash);
            Check.finite("perpetuals", perpetuals);
            Check.finite("perpetual value", perpetualValue);
            Check.notNegative("base", base);
            expiries = List.copyOf(expiries);
        }
    }

    /**
     * Prices that a portfolio of one underlying on Derive is margined at.
     *
     * @param spot of the underlying, USD, &gt; 0
     * @param spotConfidence of the spot feed, 0 to 1
     * @param stable price of the cash asset, USD, &gt; 0
     * @param perpetual mark of the perpetual, USD; 0 where there is none
     * @param perpetualConfidence of its feed, 0 to 1
     */
    public record PmrmMarket(
            double spot, double spotConfidence, double stable, double perpetual, double perpetualConfidence) {
        /** Checks the ranges. */
        public PmrmMarket {
            Check.positive("spot", spot);
            Check.notNegative("spot confidence", spotConfidence);
            Check.positive("stable price", stable);
            Check.notNegative("perpetual price", perpetual);
            Check.notNegative("perpetual confidence", perpetualConfidence);
        }

        /** The lowest confidence that a portfolio with so many perpetuals depends on. */
        double confidence(double perpetuals) {
            return perpetuals == 0 ? spotConfidence : Math.min(spotConfidence, perpetualConfidence);
        }
    }
}
