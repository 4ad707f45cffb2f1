package io.bulwark.netting.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Every model over a history as it would have been used: fitted anew every {@code refitDays} on the {@code window} days before, and asked for the days until the next
 * fit. Nothing looks ahead: a forecast of row t reads rows 0 … t.
 *
 * @param training how a model is fitted, with its window
 * @param firstRow the first row that is forecast from
 * @param refitDays rows between two fits
 * @param horizonDays days ahead, 1 or 2
 */
public record WalkForward(ModelTraining training, int firstRow, int refitDays, int horizonDays) {
    /** Where a history of daily ranges is first forecast: three years less a week. */
    public static final int FIRST_OF_RANGES = 1_089;

    /** Where a history of realised variances is. */
    public static final int FIRST_OF_REALISED = 500;

    /** Rows that a history of daily ranges is fitted on. */
    public static final int WINDOW_OF_RANGES = 1_500;

    /** Rows that a history of realised variances is. */
    public static final int WINDOW_OF_REALISED = 1_000;

    private static final double RETURNS_DECAY = 0.94;
    private static final double VARIANCE_DECAY = 0.85;

    /** Checks the ranges. */
    public WalkForward {
        if (refitDays < 1 || horizonDays < 1 || horizonDays > 2) {
            throw new IllegalArgumentException(
                    "refitDays must be at least 1 and horizonDays 1 or 2; have " + refitDays + " and " + horizonDays);
        }
    }

    /** The published protocol for a way of measuring variance. */
    public static WalkForward published(
            VarianceMeasure measure, TreeTrainer trainer, TreeShape shape, int horizonDays) {
        boolean realised = measure == VarianceMeasure.REALISED;
        ModelTraining training = new ModelTraining(
                trainer, shape, ForecastParameters.BLEND.initial(), realised ? WINDOW_OF_REALISED : WINDOW_OF_RANGES);
        return new WalkForward(
                training,
                realised ? FIRST_OF_REALISED : FIRST_OF_RANGES,
                Math.toIntExact(ForecastParameters.REFIT_DAYS.initial()),
                horizonDays);
    }

    /**
     * Forecasts.
     *
     * @param contenders which models; {@link Contender#EWMA} and {@link Contender#HAR} always take part
     * @throws IllegalArgumentException if the history is too short
     */
    public Forecasts over(VarianceHistory history, Set<Contender> contenders) {
        int end = history.size() - horizonDays;
        if (firstRow >= end) {
            throw new IllegalArgumentException(history.underlying() + ": a walk forward needs more than "
                    + (firstRow + horizonDays) + " days; have " + history.size());
        }
        Map<Contender, double[]> all = new EnumMap<>(Contender.class);
        double[] squares = Arrays.stream(history.logReturn()).map(r -> r * r).toArray();
        all.put(Contender.EWMA, ahead(Trailing.ewma(squares, RETURNS_DECAY)));
        all.put(Contender.EWMA_OF_VARIANCE, ahead(Trailing.ewma(history.variance(), VARIANCE_DECAY)));
        contenders.forEach(contender -> all.computeIfAbsent(contender, c -> new double[history.size()]));
        all.computeIfAbsent(Contender.HAR, c -> new double[history.size()]);
        long[][] features = Features.of(history);
        for (int row = firstRow; row < end; row += refitDays) {
            refit(history, features, row, Math.min(row + refitDays, end), all);
        }
        double[] realised = ModelTraining.realised(history.variance(), horizonDays);
        return new Forecasts(history, firstRow, end, horizonDays, realised, all);
    }

    private double[] ahead(double[] daily) {
        return Arrays.stream(daily).map(v -> v * horizonDays).toArray();
    }

    private void refit(
            VarianceHistory history, long[][] features, int row, int end, Map<Contender, double[]> forecasts) {
        ModelTraining.Sample sample =
                ModelTraining.Sample.before(history, features, row, horizonDays, training.window());
        for (Map.Entry<Contender, double[]> forecast : forecasts.entrySet()) {
            switch (forecast.getKey()) {
                case EWMA, EWMA_OF_VARIANCE -> {}
                case HAR -> regression(sample, Features.HAR, features, row, end, forecast.getValue());
                case HAR_LEVERAGE -> regression(sample, Features.LEVERAGE, features, row, end, forecast.getValue());
                case TREES -> treesAlone(sample, features, row, end, forecast.getValue());
                case HAR_TREES -> {
                    ForecastModel model = training.fit(history, features, row, horizonDays);
                    fill(row, end, forecast.getValue(), t -> model.variance(features[t]));
                }
            }
        }
    }

    private static void regression(
            ModelTraining.Sample sample, int columns, long[][] features, int row, int end, double[] forecast) {
        Regression fit = sample.regression(columns);
        double half = fit.residualVariance() / 2;
        fill(row, end, forecast, t -> StrictMath.exp(fit.at(Features.real(features[t], columns)) + half));
    }

    private void treesAlone(ModelTraining.Sample sample, long[][] features, int row, int end, double[] forecast) {
        double mean = ForecastLoss.mean(sample.target());
        double[] centred = Arrays.stream(sample.target()).map(y -> y - mean).toArray();
        List<RegressionTree> trees = Boosting.fit(training.trainer(), training.shape(), sample.rows(), centred);
        double[] unexplained = IntStream.range(0, centred.length)
                .mapToDouble(i -> centred[i] - answer(trees, sample.rows().get(i)))
                .toArray();
        double level = mean + ModelTraining.Sample.variance(unexplained) / 2;
        fill(row, end, forecast, t -> StrictMath.exp(level + answer(trees, features[t])));
    }

    private static double answer(List<RegressionTree> trees, long[] row) {
        return trees.stream().mapToLong(tree -> tree.evaluate(row)).sum() / ForecastModel.NANO;
    }

    private static void fill(int row, int end, double[] forecast, IntToDoubleFunction at) {
        for (int t = row; t < end; t++) {
            forecast[t] = at.applyAsDouble(t);
        }
    }

    /** The models that are compared, in the order of the published table. */
    public enum Contender {
        /** Exponentially weighted squared returns, λ = .94: σ_now, and the yardstick. */
        EWMA("EWMA of squared returns (.94)"),
        /** Exponentially weighted variances, λ = .85. */
        EWMA_OF_VARIANCE("EWMA of RV (.85)"),
        /** Log-HAR over 1, 7, 30 and 180 days. */
        HAR("log-HAR 1/7/30/180"),
        /** Log-HAR with the negative returns of 1, 7 and 30 days. */
        HAR_LEVERAGE("HAR + leverage terms"),
        /** Boosted trees on the logarithm of the variance, without the regression. */
        TREES("trees alone"),
        /** Log-HAR and the shrunk answer of trees to what it leaves over: the challenger. */
        HAR_TREES("HAR + shrunk trees residual");

        private final String label;

        Contender(String label) {
            this.label = label;
        }

        /** The name in tables. */
        public String label() {
            return label;
        }
    }

    /**
     * Fits one model on a window of a history: the regression, then trees on what it leaves over.
     *
     * @param trainer grows trees
     * @param shape how
     * @param blendPpm share of the trees that counts
     * @param window rows that are learned at most
     */
    public record ModelTraining(TreeTrainer trainer, TreeShape shape, long blendPpm, int window) {
        /** Fewest rows that a model is fitted on. */
        static final int ROWS_LEAST = 200;

        /** Checks the ranges. */
        public ModelTraining {
            ForecastParameters.BLEND.checked(blendPpm);
            if (window < ROWS_LEAST) {
                throw new IllegalArgumentException("window must be at least " + ROWS_LEAST + " days; have " + window);
            }
        }

        /** The model that may be used on the last day of the history. */
        public ForecastModel fit(VarianceHistory history, int horizonDays) {
            return fit(history, Features.of(history), history.size() - 1, horizonDays);
        }

        /** The model that may be used on a row: it learns days whose outcome is known by then. */
        ForecastModel fit(VarianceHistory history, long[][] features, int row, int horizonDays) {
            Sample sample = Sample.before(history, features, row, horizonDays, window);
            Regression har = sample.regression(Features.HAR);
            double[] left = sample.residuals(har, Features.HAR);
            List<RegressionTree> trees = blendPpm == 0 ? List.of() : Boosting.fit(trainer, shape, sample.rows(), left);
            return model(history, horizonDays, sample, har, left, trees);
        }

        private ForecastModel model(
                VarianceHistory history,
                int horizonDays,
                Sample sample,
                Regression har,
                double[] left,
                List<RegressionTree> trees) {
            double[] unexplained = IntStream.range(0, left.length)
                    .mapToDouble(i -> left[i]
                            - blendPpm
                                    / Features.MICRO
                                    * sum(trees, sample.rows().get(i)))
                    .toArray();
            return new ForecastModel(
                    history.underlying(),
                    history.measure(),
                    horizonDays,
                    Features.NAMES,
                    Arrays.stream(har.coefficients())
                            .mapToObj(ModelTraining::nano)
                            .toList(),
                    trees,
                    blendPpm,
                    nano(Sample.variance(unexplained) / 2),
                    new ForecastModel.Training(
                            history.epochDay(sample.first()),
                            history.epochDay(sample.end() - 1),
                            sample.rows().size(),
                            history.rows(0, sample.end() + horizonDays).digest()));
        }

        private static double sum(List<RegressionTree> trees, long[] row) {
            return trees.stream().mapToLong(tree -> tree.evaluate(row)).sum() / ForecastModel.NANO;
        }

        private static Long nano(double value) {
            return (long) Math.rint(value * ForecastModel.NANO);
        }

        /**
         * What may be learned on a day.
         *
         * @param first first row of the history
         * @param end behind the last
         * @param rows features
         * @param target ln of the variance over the horizon behind each row
         */
        record Sample(int first, int end, List<long[]> rows, double[] target) {
            static Sample before(VarianceHistory history, long[][] features, int row, int horizonDays, int window) {
                int end = row - horizonDays + 1;
                int first = Math.max(Features.WARM_UP - 1, row - window);
                if (end - first < ROWS_LEAST) {
                    throw new IllegalArgumentException(history.underlying() + ": a model needs " + ROWS_LEAST
                            + " days behind the first " + Features.WARM_UP + "; have " + Math.max(0, end - first));
                }
                double[] realised = realised(history.variance(), horizonDays);
                return new Sample(
                        first,
                        end,
                        new ArrayList<>(Arrays.asList(features).subList(first, end)),
                        IntStream.range(first, end)
                                .mapToDouble(t -> StrictMath.log(realised[t]))
                                .toArray());
            }

            Regression regression(int columns) {
                return Regression.fit(real(columns), target);
            }

            double[] residuals(Regression fit, int columns) {
                double[][] real = real(columns);
                return IntStream.range(0, target.length)
                        .mapToDouble(i -> target[i] - fit.at(real[i]))
                        .toArray();
            }

            private double[][] real(int columns) {
                return rows.stream().map(row -> Features.real(row, columns)).toArray(double[][]::new);
            }

            static double variance(double[] values) {
                double mean = ForecastLoss.mean(values);
                return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / values.length;
            }

            @Override
            public boolean equals(Object other) {
                return other instanceof Sample that
                        && first == that.first
                        && end == that.end
                        && Arrays.equals(target, that.target);
            }

            @Override
            public int hashCode() {
                return 31 * first + end;
            }

            @Override
            public String toString() {
                return "Sample[" + first + " to " + end + "]";
            }
        }

        /** Sum of the variances of the {@code horizonDays} days behind each row; NaN where they are not all known. */
        static double[] realised(double[] variance, int horizonDays) {
            double[] realised = new double[variance.length];
            for (int t = 0; t < realised.length; t++) {
                realised[t] = t + horizonDays < variance.length ? 0 : Double.NaN;
                for (int k = 1; k <= horizonDays; k++) {
                    realised[t] += t + k < variance.length ? variance[t + k] : Double.NaN;
                }
            }
            return realised;
        }
    }
}
