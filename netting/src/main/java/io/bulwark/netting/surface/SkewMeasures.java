package io.bulwark.netting.surface;

import io.bulwark.netting.pricing.NormalDistribution;
import io.bulwark.netting.surface.ChainExpiry.OptionQuote;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;

/**
 * The three numbers by which traders name a smile, all volatilities a year as fractions.
 *
 * @param years to expiry
 * @param money volatility at the forward
 * @param riskReversal σ(25Δ put) − σ(25Δ call): above 0 where falls are dearer than rises
 * @param butterfly the mean of both wings over the money: ½(σ(25Δ put) + σ(25Δ call)) − σ(money)
 */
public record SkewMeasures(double years, double money, double riskReversal, double butterfly) {
    private static final double DELTA = 0.25;
    private static final double HALF = 0.5;
    private static final double NEAREST = 7 / 365.0;
    private static final double FARTHEST = 120 / 365.0;
    private static final double DEVIATIONS = 8;
    private static final double RELATIVE = 1e-12;
    private static final double ABSOLUTE = 1e-12;
    private static final int ORDER = 5;
    private static final int EVALUATIONS_MAX = 200;

    /** Of a surface at one time; deltas are forward deltas N(d₁), undiscounted. */
    public static SkewMeasures of(VolatilitySurface surface, double years) {
        double put = surface.volatility(logStrike(surface, years, 1 - DELTA), years);
        double call = surface.volatility(logStrike(surface, years, DELTA), years);
        double money = surface.volatility(0, years);
        return new SkewMeasures(years, money, put - call, 0.5 * (put + call) - money);
    }

    /**
     * As options are quoted, of the expiry whose risk reversal is the upper median of those between seven and 120 days that have quotes on
     * either side of both wings: a venue's marks of one expiry's wing may stand still for weeks. Volatilities of options without intrinsic
     * value, linear in delta between neighbouring strikes.
     *
     * @param chain the quotes of an underlying, with their volatilities
     */
    public static Optional<SkewMeasures> quoted(List<ChainExpiry> chain) {
        List<SkewMeasures> expiries = chain.stream()
                .filter(expiry -> expiry.years() >= NEAREST && expiry.years() <= FARTHEST)
                .flatMap(expiry -> quoted(expiry).stream())
                .sorted(Comparator.comparingDouble(SkewMeasures::riskReversal).thenComparingDouble(SkewMeasures::years))
                .toList();
        return expiries.isEmpty() ? Optional.empty() : Optional.of(expiries.get(expiries.size() / 2));
    }

    private static Optional<SkewMeasures> quoted(ChainExpiry expiry) {
        // By call delta, from deep below the money upwards.
        NavigableMap<Double, Double> smile = new TreeMap<>();
        NavigableMap<Double, Double> strikes = new TreeMap<>();
        for (OptionQuote quote : expiry.quotes()) {
            double k = expiry.logStrike(quote);
            if (quote.right() == MixtureSurface.outOfTheMoney(k)
                    && quote.volatility().orElse(0) > 0) {
                double volatility = quote.volatility().orElseThrow();
                smile.put(callDelta(volatility * volatility * expiry.years(), k), volatility);
                strikes.put(k, volatility);
            }
        }
        OptionalDouble put = at(smile, 1 - DELTA);
        OptionalDouble call = at(smile, DELTA);
        OptionalDouble money = at(strikes, 0);
        if (put.isEmpty() || call.isEmpty() || money.isEmpty()) {
            return Optional.empty();
        }
        double low = put.orElseThrow();
        double high = call.orElseThrow();
        double middle = money.orElseThrow();
        return Optional.of(new SkewMeasures(expiry.years(), middle, low - high, HALF * (low + high) - middle));
    }

    private static OptionalDouble at(NavigableMap<Double, Double> smile, double place) {
        Map.Entry<Double, Double> below = smile.floorEntry(place);
        Map.Entry<Double, Double> above = smile.ceilingEntry(place);
        if (below == null || above == null) {
            return OptionalDouble.empty();
        }
        double width = above.getKey() - below.getKey();
        double share = width > 0 ? (place - below.getKey()) / width : 0;
        return OptionalDouble.of(below.getValue() + share * (above.getValue() - below.getValue()));
    }

    /** The log-strike whose call has a forward delta. */
    static double logStrike(VolatilitySurface surface, double years, double delta) {
        double reach = DEVIATIONS * Math.sqrt(surface.totalVariance(0, years));
        return new BracketingNthOrderBrentSolver(RELATIVE, ABSOLUTE, ORDER)
                .solve(EVALUATIONS_MAX, k -> callDelta(surface.totalVariance(k, years), k) - delta, -reach, reach);
    }

    private static double callDelta(double variance, double logStrike) {
        double deviation = Math.sqrt(variance);
        return NormalDistribution.cumulative(-logStrike / deviation + 0.5 * deviation);
    }
}
