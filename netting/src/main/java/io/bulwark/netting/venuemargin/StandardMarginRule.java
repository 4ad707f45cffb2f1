package io.bulwark.netting.venuemargin;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.venuemargin.StandardMargin.OptionMargins;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Derive's standard manager: every position alone, but per expiry no more than the options can lose at settlement. The minimum of two convex requirements is not convex.
 * Source: the published contract StandardManager of Derive's v2-core.
 */
public final class StandardMarginRule {
    /** How the options of an expiry are margined. */
    public enum Rule {
        /** As published: the less demanding of both ways. */
        VENUE,
        /** Each short option alone, which is convex and never less. */
        ISOLATED
    }

    private final StandardParameters parameters;
    private final Rule rule;

    private StandardMarginRule(StandardParameters parameters, Rule rule) {
        this.parameters = parameters;
        this.rule = rule;
    }

    /**
     * The margin of an account.
     *
     * @param stable price of the cash asset, USD
     * @param cash in the cash asset, signed
     * @param markets what is held of each underlying
     */
    public static StandardMargin margin(
            StandardParameters parameters, double stable, double cash, List<StandardMarket> markets, Rule rule) {
        Check.positive("stable price", stable);
        Check.finite("cash", cash);
        return new StandardMarginRule(parameters, rule).margin(stable, cash, markets);
    }

    private StandardMargin margin(double stable, double cash, List<StandardMarket> markets) {
        double initial = cash;
        double maintenance = cash;
        double value = cash;
        double perpetuals = 0;
        double oracle = 0;
        double depeg = 0;
        double base = 0;
        for (StandardMarket market : markets) {
            double settled = market.perpetualValue() + optionMargin(market, true);
            double ownBase = baseValue(market) * parameters.baseInitialScale();
            double ownPerpetuals = perpetualNotional(market) * parameters.initialPerpetual();
            double ownOracle = oracleCharge(market, ownBase);
            double ownDepeg = depegCharge(market, stable);
            initial += settled + ownBase - ownPerpetuals - ownOracle - ownDepeg;
            maintenance += market.perpetualValue()
                    + optionMargin(market, false)
                    + baseValue(market)
                    - perpetualNotional(market) * parameters.maintenancePerpetual();
            value += market.perpetualValue() + optionValue(market) + market.base() * market.spot() / stable;
            perpetuals += perpetualNotional(market) * parameters.maintenancePerpetual();
            oracle += ownOracle;
            depeg += ownDepeg;
            base += ownBase;
        }
        return new StandardMargin(
                initial,
                maintenance,
                value,
                markets.stream().map(this::optionMargins).toList(),
                Pmrm1.negative(perpetuals),
                Pmrm1.negative(oracle),
                Pmrm1.negative(depeg),
                base);
    }

    private static double perpetualNotional(StandardMarket market) {
        return Math.abs(market.perpetuals()) * market.perpetual();
    }

    private double baseValue(StandardMarket market) {
        return market.base() * market.spot() * parameters.baseFactor();
    }

    private static double optionValue(StandardMarket market) {
        return market.expiries().stream()
                .mapToDouble(expiry -> expiry.value(1, HeldOption::volatility))
                .sum();
    }

    private double depegCharge(StandardMarket market, double stable) {
        double missing = Math.max(parameters.depegThreshold() - stable, 0);
        double affected = Math.abs(market.perpetuals())
                + market.expiries().stream()
                        .mapToDouble(HeldExpiry::shortAmount)
                        .sum();
        return missing * parameters.depegFactor() * affected * market.spot();
    }

    /** The underlying is charged for its feed only where it counts at all. */
    private double oracleCharge(StandardMarket market, double countedBase) {
        double perpetualConfidence = Math.min(market.perpetualConfidence(), market.spotConfidence());
        double charge = parameters.oracle(perpetualConfidence, market.spot() * Math.abs(market.perpetuals()));
        for (HeldExpiry expiry : market.expiries()) {
            double confidence = Math.min(market.spotConfidence(), expiry.confidence());
            charge += parameters.oracle(confidence, market.spot() * expiry.shortAmount());
        }
        return countedBase == 0
                ? charge
                : charge + parameters.oracle(market.spotConfidence(), market.base() * market.spot());
    }

    private double optionMargin(StandardMarket market, boolean initial) {
        return market.expiries().stream()
                .mapToDouble(expiry -> optionMargin(market, expiry, initial))
                .sum();
    }

    private double optionMargin(StandardMarket market, HeldExpiry expiry, boolean initial) {
        double alone = isolated(market, expiry, initial);
        return switch (rule) {
            case VENUE -> Math.max(alone, bounded(expiry, initial, 0));
            case ISOLATED -> alone;
        };
    }

    private OptionMargins optionMargins(StandardMarket market) {
        return new OptionMargins(
                isolated(market, true), isolated(market, false), bounded(market, true), bounded(market, false));
    }

    private double isolated(StandardMarket market, boolean initial) {
        return market.expiries().stream()
                .mapToDouble(expiry -> isolated(market, expiry, initial))
                .sum();
    }

    private double bounded(StandardMarket market, boolean initial) {
        return market.expiries().stream()
                .mapToDouble(expiry -> bounded(expiry, initial, Double.POSITIVE_INFINITY))
                .sum();
    }

    /** The smallest payoff at 0 and at every strike, at most a limit, and a charge on calls that nothing covers above the last strike. */
    private double bounded(HeldExpiry expiry, boolean initial, double limit) {
        double worst = DoubleStream.concat(
                        DoubleStream.of(0), expiry.options().stream().mapToDouble(HeldOption::strike))
                .map(price -> payoff(expiry, price))
                .min()
                .orElse(0);
        double calls = expiry.options().stream()
                .filter(option -> option.right() == OptionRight.CALL)
                .mapToDouble(HeldOption::amount)
                .sum();
        double scale = initial
                ? parameters.options().unpairedInitial()
                : parameters.options().unpairedMaintenance();
        return Math.min(worst, limit) + scale * expiry.forward(1) * Math.min(calls, 0);
    }

    private static double payoff(HeldExpiry expiry, double price) {
        return expiry.options().stream()
                .mapToDouble(option -> option.payoff(price))
                .sum();
    }

    /** Each short option alone; a long one counts nothing and offsets nothing. */
    private double isolated(StandardMarket market, HeldExpiry expiry, boolean initial) {
        double sum = 0;
        for (HeldOption option : expiry.options()) {
            if (option.amount() <= 0) {
                double mark = option.amount() * option.price(expiry.forward(1), expiry.years(), option.volatility());
                sum += option.right() == OptionRight.CALL
                        ? shortCall(market.spot(), option, mark, initial)
                        : shortPut(market.spot(), option, mark, initial);
            }
        }
        return sum;
    }

    private double shortCall(double spot, HeldOption option, double mark, boolean initial) {
        double share = initial
                ? share((option.strike() - spot) / spot)
                : parameters.options().maintenanceCall();
        return share * spot * option.amount() + mark;
    }

    private double shortPut(double spot, HeldOption option, double mark, boolean initial) {
        StandardParameters.Options rules = parameters.options();
        double maintenance =
                Math.min(rules.maintenancePut() * spot * option.amount(), rules.maintenancePutMark() * mark) + mark;
        if (!initial) {
            return maintenance;
        }
        double alone = share((spot - option.strike()) / spot) * spot * option.amount() + mark;
        return Math.min(alone, maintenance * rules.putScale());
    }

    /** Charge in shares of the spot on an option so far out of the money. */
    private double share(double outOfTheMoney) {
        return Math.max(
                parameters.options().most() - Math.max(outOfTheMoney, 0),
                parameters.options().least());
    }
}
