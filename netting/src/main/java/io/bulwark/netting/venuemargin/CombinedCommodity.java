package io.bulwark.netting.venuemargin;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.pricing.NormalDistribution;
import io.bulwark.netting.venuemargin.HeldExpiry.HeldOption;
import io.bulwark.netting.venuemargin.SpanMargin.Commodity;
import io.bulwark.netting.venuemargin.SpanParameters.Scenario;
import io.bulwark.netting.venuemargin.SpanParameters.SpreadCharge;
import io.bulwark.netting.venuemargin.VenueBook.LinearHolding;
import io.bulwark.netting.venuemargin.VenueBook.OptionHolding;
import java.util.List;

/** Everything held of one underlying under a SPAN-like scan. */
final class CombinedCommodity {
    private final SpanParameters parameters;
    private final SpanParameters.Ranges ranges;
    private final VenueBook.Underlying held;
    private final List<Double> losses;
    private final double[] tierDeltas;

    CombinedCommodity(SpanParameters parameters, SpanParameters.Ranges ranges, VenueBook.Underlying held) {
        this.parameters = parameters;
        this.ranges = ranges;
        this.held = held;
        this.losses = parameters.scenarios().stream().map(this::loss).toList();
        this.tierDeltas = tierDeltas();
    }

    String name() {
        return held.name();
    }

    Commodity result(double credit) {
        double scan = scanRisk();
        double charge = spreadCharge();
        double least = shortOptionMinimum();
        return new Commodity(
                held.name(), losses, scan, charge, credit, least, netDelta(), Math.max(scan + charge - credit, least));
    }

    double convexBound() {
        double deltas = 0;
        for (double delta : tierDeltas) {
            deltas += Math.abs(delta);
        }
        double charge = 0.5 * deltas * SpanScan.dearest(ranges.spreads()) * held.spot();
        return Math.max(scanRisk() + charge, shortOptionMinimum());
    }

    private double scanRisk() {
        return losses.stream().reduce(0.0, Math::max);
    }

    private double loss(Scenario scenario) {
        double move = scenario.price() * ranges.priceScan();
        double volatility = 1 + scenario.volatility() * ranges.volatilityScan();
        double loss = 0;
        for (LinearHolding future : held.linear()) {
            loss -= future.size() * future.mark() * move;
        }
        for (OptionHolding option : held.options()) {
            loss -= option.size() * (aged(option, move, volatility) - worth(option, 0, 1, option.years()));
        }
        return loss * scenario.cover();
    }

    private double aged(OptionHolding option, double move, double volatility) {
        return worth(option, move, volatility, Math.max(option.years() - parameters.lookAheadDays() / 365, 0));
    }

    /** USD of one unit: Black-76 on the forward, paid in coins. */
    private double worth(OptionHolding option, double move, double volatility, double years) {
        HeldOption one = new HeldOption(option.right(), option.strike(), 1, option.volatility());
        double forward = option.forward() * (1 + move);
        return one.price(forward, years, option.volatility() * volatility) * held.spot() / option.forward();
    }

    private double[] tierDeltas() {
        double[] deltas = new double[ranges.tierDays().size() + 1];
        for (LinearHolding future : held.linear()) {
            deltas[ranges.tier(future.years() * 365)] += future.size();
        }
        for (OptionHolding option : held.options()) {
            deltas[ranges.tier(option.years() * 365)] += option.size() * compositeDelta(option);
        }
        return deltas;
    }

    private double compositeDelta(OptionHolding option) {
        double sum = 0;
        double weights = 0;
        for (SpanParameters.DeltaPoint point : parameters.deltaPoints()) {
            sum += point.weight() * delta(option, point.price() * ranges.priceScan());
            weights += point.weight();
        }
        return sum / weights;
    }

    private static double delta(OptionHolding option, double move) {
        double deviation = option.volatility() * Math.sqrt(option.years());
        double log = StrictMath.log(option.forward() * (1 + move) / option.strike());
        double call =
                deviation > 0 ? NormalDistribution.cumulative(log / deviation + 0.5 * deviation) : log > 0 ? 1 : 0;
        return option.right() == OptionRight.CALL ? call : call - 1;
    }

    double netDelta() {
        double net = 0;
        for (double delta : tierDeltas) {
            net += delta;
        }
        return net;
    }

    private double spreadCharge() {
        double[] left = tierDeltas.clone();
        double charge = 0;
        for (SpreadCharge spread : ranges.spreads()) {
            boolean listed = spread.first() < left.length && spread.second() < left.length;
            if (listed && left[spread.first()] * left[spread.second()] < 0) {
                double units = Math.min(Math.abs(left[spread.first()]), Math.abs(left[spread.second()]));
                charge += units * spread.charge() * held.spot();
                left[spread.first()] -= Math.copySign(units, left[spread.first()]);
                left[spread.second()] -= Math.copySign(units, left[spread.second()]);
            }
        }
        return charge;
    }

    private double shortOptionMinimum() {
        double units = held.options().stream()
                .mapToDouble(option -> Math.max(-option.size(), 0))
                .sum();
        return units * ranges.shortOptionMinimum() * held.spot();
    }

    /**
     * Weighted futures price risk: the worst column averaged with the one of the same price and the opposite volatility move, less the mean of the two columns without a
     * price move, per unit of net delta.
     */
    double priceRiskPerDelta() {
        int worst = 0;
        for (int i = 1; i < losses.size(); i++) {
            worst = losses.get(i) > losses.get(worst) ? i : worst;
        }
        Scenario active = parameters.scenarios().get(worst);
        double adjusted = mean(active.price());
        double still = mean(0);
        double delta = Math.abs(netDelta());
        return delta > 0 ? Math.max(adjusted - still, 0) / delta : 0;
    }

    private double mean(double price) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < losses.size(); i++) {
            if (parameters.scenarios().get(i).price() == price) {
                sum += losses.get(i);
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }
}
