package io.bulwark.netting.venuemargin;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.venuemargin.HeldExpiry.HeldOption;
import io.bulwark.netting.venuemargin.StandardMarginRule.StandardMargin.OptionMargins;
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

    /**
     * What Derive's standard manager says of an account, in its cash asset. Margins are net: value less requirement.
     *
     * @param initial net of initial margin
     * @param maintenance net of maintenance margin
     * @param markToMarket value with cash
     * @param markets per market, in the account's order
     * @param perpetualMargin charge on perpetuals in maintenance margin, ≤ 0
     * @param oracleContingency charges for feeds of low confidence, ≤ 0
     * @param depegContingency charge for a cash asset below its peg, ≤ 0
     * @param baseMargin what the underlyings held count in initial margin, before the charge for their feed
     */
    public record StandardMargin(
            double initial,
            double maintenance,
            double markToMarket,
            List<OptionMargins> markets,
            double perpetualMargin,
            double oracleContingency,
            double depegContingency,
            double baseMargin) {
        /** Copies the markets. */
        public StandardMargin {
            markets = List.copyOf(markets);
        }

        /**
         * The two ways of margining the options of a market, summed over expiries; per expiry the larger (less demanding) counts.
         *
         * @param isolatedInitial each short option alone
         * @param isolatedMaintenance each short option alone
         * @param boundedInitial the smallest payoff at settlement, less the charge on uncovered calls; a gain counts as nothing
         * @param boundedMaintenance the same with the charge of maintenance margin
         */
        public record OptionMargins(
                double isolatedInitial, double isolatedMaintenance, double boundedInitial, double boundedMaintenance) {}
    }

    /**
     * What an account of the standard manager holds of one underlying, and its prices.
     *
     * @param spot USD, &gt; 0
     * @param spotConfidence of the spot feed, 0 to 1
     * @param perpetual mark of the perpetual, USD
     * @param perpetualConfidence of its feed, 0 to 1
     * @param perpetuals units, short below 0
     * @param perpetualValue gains and funding of the perpetuals not settled yet
     * @param base units of the underlying held, ≥ 0
     * @param expiries one entry per expiry
     */
    public record StandardMarket(
            double spot,
            double spotConfidence,
            double perpetual,
            double perpetualConfidence,
            double perpetuals,
            double perpetualValue,
            double base,
            List<HeldExpiry> expiries) {
        /** Copies the expiries and checks the ranges. */
        public StandardMarket {
            Check.positive("spot", spot);
            Check.notNegative("spot confidence", spotConfidence);
            Check.notNegative("perpetual price", perpetual);
            Check.notNegative("perpetual confidence", perpetualConfidence);
            Check.finite("perpetuals", perpetuals);
            Check.finite("perpetual value", perpetualValue);
            Check.notNegative("base", base);
            expiries = List.copyOf(expiries);
        }
    }
}
