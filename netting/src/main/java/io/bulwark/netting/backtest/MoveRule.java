package io.bulwark.netting.backtest;

import io.bulwark.netting.coverage.SampleTail;
import io.bulwark.netting.volatility.AntiProcyclicality;
import io.bulwark.netting.volatility.TailMultiplier;
import io.bulwark.netting.volatility.VolatilityPath;
import io.bulwark.netting.volatility.VolatilityRule;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** A rule that says, from returns alone, how far one price may move in a day: the published one and those that it is compared with. */
sealed interface MoveRule {
    /** Margins of a day for every move; entry j reads the returns 0 to j − 1. */
    SidedMargins margins(double[] logReturns);

    /**
     * A fixed share of the notional.
     *
     * @param share such as 0.15
     */
    record Fixed(double share) implements MoveRule {
        @Override
        public SidedMargins margins(double[] logReturns) {
            double[] margins = new double[logReturns.length];
            Arrays.fill(margins, share);
            return new SidedMargins(margins, margins);
        }
    }

    /**
     * Historical simulation: the quantile of the last returns, by linear interpolation (Hyndman and Fan, type 7).
     *
     * @param days length of the window; nothing is known before it is full
     * @param rate of exceedances, such as 0.01
     */
    record HistoricalQuantile(int days, double rate) implements MoveRule {
        @Override
        public SidedMargins margins(double[] logReturns) {
            double[] falls = unknown(logReturns.length);
            double[] rises = unknown(logReturns.length);
            for (int move = days; move < logReturns.length; move++) {
                double[] window = Arrays.copyOfRange(logReturns, move - days, move);
                Arrays.sort(window);
                falls[move] = -StrictMath.expm1(SampleTail.quantile(window, rate));
                rises[move] = StrictMath.expm1(SampleTail.quantile(window, 1 - rate));
            }
            return new SidedMargins(falls, rises);
        }
    }

    /**
     * So many deviations of an estimated volatility.
     *
     * @param rule of the volatility and of the multiplier
     */
    record Deviations(VolatilityRule rule) implements MoveRule {
        @Override
        public SidedMargins margins(double[] logReturns) {
            return SidedMargins.ofLogMoves(logMoves(logReturns));
        }

        /** m·σ_used for every move; NaN for the first. */
        private double[] logMoves(double[] logReturns) {
            VolatilityPath path = VolatilityPath.of(logReturns, rule);
            double[] logMoves = unknown(path.size());
            for (int move = 1; move < logMoves.length; move++) {
                logMoves[move] = path.logMove(move - 1);
            }
            return logMoves;
        }
    }

    /**
     * A rule by its name in reports.
     *
     * @param name as printed
     * @param rule the rule
     */
    record Named(String name, MoveRule rule) {}

    /** The name of the range's own rule, before what bounds it as it is published: stress weight and floor. */
    String STRESS_AND_FLOOR = "stressfloor";

    /** The rules of the one-asset comparison over a day (margin formula, section 4.2). */
    static List<Named> compared() {
        VolatilityRule published = VolatilityRule.founding();
        VolatilityRule plain = published.with(new AntiProcyclicality.None());
        TailMultiplier normal99 = new TailMultiplier.Fixed(new NormalDistribution().inverseCumulativeProbability(0.99));
        return List.of(
                new Named("static15", new Fixed(0.15)),
                named("var99normal", plain.with(normal99)),
                new Named("var99hs250", new HistoricalQuantile(250, 0.01)),
                named("sigma3", plain.with(new TailMultiplier.Fixed(3))),
                named("kurtosis", plain),
                named("stress25", published.with(new AntiProcyclicality.StressWeight(0.25))),
                named(STRESS_AND_FLOOR, published),
                named("m4", published.with(new TailMultiplier.Fixed(4))),
                named("m3", published.with(new TailMultiplier.Fixed(3))),
                named("floor10y", published.with(new AntiProcyclicality.LongRunFloor(1))),
                named("buffer25", published.with(new AntiProcyclicality.Buffer(0.25, 1.25))));
    }

    /**
     * One of the compared rules.
     *
     * @throws IllegalArgumentException if none has this name
     */
    static MoveRule named(String name) {
        return compared().stream()
                .filter(named -> named.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("rule must be one of "
                        + compared().stream().map(Named::name).toList() + "; have " + name))
                .rule();
    }

    private static Named named(String name, VolatilityRule rule) {
        return new Named(name, new Deviations(rule));
    }

    private static double[] unknown(int length) {
        double[] unknown = new double[length];
        Arrays.fill(unknown, Double.NaN);
        return unknown;
    }
}
