package io.bulwark.netting.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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
                        - blendPpm / Features.MICRO * sum(trees, sample.rows().get(i)))
                .toArray();
        return new ForecastModel(
                history.underlying(),
                history.measure(),
                horizonDays,
                Features.NAMES,
                Arrays.stream(har.coefficients()).mapToObj(ModelTraining::nano).toList(),
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
