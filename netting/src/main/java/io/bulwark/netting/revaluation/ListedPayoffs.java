package io.bulwark.netting.revaluation;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.money.Usd;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.pricing.Black76Jumps;
import io.bulwark.netting.scenario.ScenarioParameters;
import java.math.BigDecimal;
import java.util.Optional;

/** What one lot of a listed instrument pays at a market's prices. */
final class ListedPayoffs {
    private static final BigDecimal UNITS = BigDecimal.valueOf(Usd.UNITS);
    private static final double DAY_MILLIS = 86_400_000;

    private static final double MILLI = 1e3;
    private static final double PPM = 1e6;

    private final Listing listing;
    private final Market market;
    private final ParameterSet parameters;
    private final TableVolatilities volatilities;
    private final ForwardCurves curves;

    ListedPayoffs(Listing listing, Market market, ParameterSet parameters) {
        this.listing = listing;
        this.market = market;
        this.parameters = parameters;
        this.volatilities = TableVolatilities.of(listing, market, parameters);
        this.curves = ForwardCurves.of(listing, market);
    }

    /** Where the volatilities of its options come from. */
    TableVolatilities volatilities() {
        return volatilities;
    }

    /** The payoff, or the sentence that says why there is none. */
    Result of(ListedInstrument instrument) {
        return switch (instrument.contract()) {
            case Instrument.Perpetual perpetual -> linear(instrument, perpetual.inverse());
            case Instrument.Future future -> linear(instrument, future.inverse());
            case Instrument.Option option -> option(instrument, option);
            case Instrument.Spot ignored -> notMargined("a spot holding");
            case Instrument.LendingClaim ignored -> notMargined("a lending claim");
            case Instrument.Debt ignored -> notMargined("a debt");
            case Instrument.VaultShare ignored -> notMargined("a vault share");
            case Instrument.LiquidityShare ignored -> notMargined("a liquidity share");
            case Instrument.Basket ignored -> notMargined("a basket");
        };
    }

    /** A payoff or a reason. */
    sealed interface Result {
        record Priced(Payoff payoff, BigDecimal notional) implements Result {}

        record Missing(String reason) implements Result {}
    }

    /** An inverse contract is so many USD of the coin: its lot is in USD and its notional does not depend on the price. */
    private Result linear(ListedInstrument instrument, boolean inverse) {
        Optional<Amount> price = market.instrumentPrice(instrument.number());
        if (price.isEmpty()) {
            return new Result.Missing("no fresh mark or index price");
        }
        Amount worth = inverse ? instrument.lot() : instrument.lot().times(price.orElseThrow());
        BigDecimal notional = worth.toDecimal().multiply(UNITS);
        return new Result.Priced(new Payoff.Linear(instrument.group(), notional), notional);
    }

    private Result option(ListedInstrument instrument, Instrument.Option option) {
        Optional<Amount> spot = market.groupPrice(instrument.group());
        Optional<Amount> volatility = volatilities.volatility(instrument.number());
        if (spot.isEmpty() || volatility.isEmpty()) {
            return new Result.Missing(spot.isEmpty() ? "no fresh index price" : "no fresh implied volatility");
        }
        double forward = curves.forwardOverSpot(instrument.group(), option.expiryMillis());
        // What a unit of the coin buys at expiry is bought with 1/forward of it now: the forward's own discount.
        Payoff.European european = new Payoff.European(
                instrument.group(),
                option.right(),
                value(spot.orElseThrow()) * forward,
                value(option.strike()),
                years(market, option.expiryMillis()),
                value(volatility.orElseThrow()),
                value(instrument.lot()) / forward);
        BigDecimal notional =
                spot.orElseThrow().times(instrument.lot()).toDecimal().multiply(UNITS);
        return new Result.Priced(revalued(instrument, option, european, forward), notional);
    }

    /** American exercise is filled by the tree, whatever moves the group; else the group's governed model counts. */
    private Payoff revalued(
            ListedInstrument instrument, Instrument.Option option, Payoff.European european, double forward) {
        if (option.exercise() == Instrument.Exercise.AMERICAN) {
            int steps = 2 * Math.toIntExact(parameters.value(ScenarioParameters.TREE_STEPS));
            return new Payoff.American(european, forward, steps);
        }
        String group = listing.group(instrument.group()).name();
        if (parameters.value(ScenarioParameters.model(group)) == 0) {
            return european;
        }
        return new Payoff.JumpDiffusion(
                european,
                new Black76Jumps(
                        parameters.value(ScenarioParameters.jumpIntensity(group)) / MILLI,
                        parameters.value(ScenarioParameters.jumpShare(group)) / PPM));
    }

    /** Time to an expiry in 365-day years, 0 once it has passed. */
    static double years(Market market, long expiryMillis) {
        long left = Math.max(0, Math.subtractExact(expiryMillis, market.timeMillis()));
        return left / (SurfaceRule.DAYS_PER_YEAR * DAY_MILLIS);
    }

    static double value(Amount amount) {
        return amount.toDecimal().doubleValue();
    }

    private static Result notMargined(String what) {
        return new Result.Missing(what + " is held as an asset, not as a margined position");
    }
}
