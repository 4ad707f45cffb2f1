package io.bulwark.netting.forecast;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.money.Ppm;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The model file: a log-HAR regression and boosted trees on what it leaves over, in integers.
 *
 * <p>ln v = constant + Σ coefficient·feature + blend·Σ trees + half the residual variance; products are exact and rounded toward −∞ once each.
 *
 * @param underlying what it was trained on
 * @param measure how variances were measured
 * @param horizonDays days ahead that v covers, 1 or 2
 * @param features names of the columns
 * @param coefficients the constant (10⁻⁹), then one a leading column (10⁻⁹ per 1)
 * @param trees boosted trees; empty for the regression alone
 * @param blendPpm share of the trees that counts
 * @param halfResidualVariance 10⁻⁹: makes the mean of a logarithm the logarithm of a mean
 * @param training what it was trained on
 */
public record ForecastModel(
        String underlying,
        VarianceMeasure measure,
        int horizonDays,
        List<String> features,
        List<Long> coefficients,
        List<RegressionTree> trees,
        long blendPpm,
        long halfResidualVariance,
        Training training) {
    /** The names of the columns that a model reads, in order. */
    public static final List<String> FEATURES = Features.NAMES;

    static final String SCHEMA = "bulwark-forecast-model";
    static final double NANO = 1e9;

    private static final BigInteger MILLION = BigInteger.valueOf(Ppm.ONE);
    private static final long LOGARITHM_MOST = 40_000_000_000L;

    /**
     * What a model was trained on.
     *
     * @param firstDay epoch day of the first row that was learned
     * @param lastDay epoch day of the last
     * @param rows number of rows
     * @param data SHA-256 of the variance history up to the last day
     */
    public record Training(int firstDay, int lastDay, int rows, Digest data) {}

    /** Checks and copies. */
    public ForecastModel {
        features = List.copyOf(features);
        coefficients = List.copyOf(coefficients);
        trees = List.copyOf(trees);
        if (!features.equals(Features.NAMES)) {
            throw new IllegalArgumentException("features must be " + Features.NAMES + "; have " + features);
        }
        if (coefficients.isEmpty() || coefficients.size() > features.size() + 1) {
            throw new IllegalArgumentException(
                    "coefficients must be 1 to " + (features.size() + 1) + "; have " + coefficients.size());
        }
        ForecastParameters.BLEND.checked(blendPpm);
        if (horizonDays < 1 || horizonDays > 2) {
            throw new IllegalArgumentException("horizonDays must be 1 or 2; have " + horizonDays);
        }
    }

    /** ln of the variance that is expected after the last day of a history, 10⁻⁹. */
    public long logVariance(VarianceHistory history) {
        long[][] rows = Features.of(history);
        return logVariance(rows[rows.length - 1]);
    }

    /** ln of the variance for one row of features, 10⁻⁹, held within ±40. */
    long logVariance(long[] row) {
        BigInteger regression = BigInteger.ZERO;
        for (int k = 1; k < coefficients.size(); k++) {
            regression =
                    regression.add(BigInteger.valueOf(coefficients.get(k)).multiply(BigInteger.valueOf(row[k - 1])));
        }
        BigInteger boosted = BigInteger.valueOf(trees(row)).multiply(BigInteger.valueOf(blendPpm));
        return floorMillion(regression)
                .add(floorMillion(boosted))
                .add(BigInteger.valueOf(coefficients.getFirst()))
                .add(BigInteger.valueOf(halfResidualVariance))
                .max(BigInteger.valueOf(-LOGARITHM_MOST))
                .min(BigInteger.valueOf(LOGARITHM_MOST))
                .longValueExact();
    }

    private static BigInteger floorMillion(BigInteger value) {
        return value.subtract(value.mod(MILLION)).divide(MILLION);
    }

    /** Σ trees for one row of features, 10⁻⁹. */
    long trees(long[] row) {
        long sum = 0;
        for (RegressionTree tree : trees) {
            sum = Math.addExact(sum, tree.evaluate(row));
        }
        return sum;
    }

    /** Variance for one row of features, over the horizon. */
    double variance(long[] row) {
        return StrictMath.exp(logVariance(row) / NANO);
    }

    /** σ of one day after the last day of a history, ppm, rounded up. */
    public long volatilityPpm(VarianceHistory history) {
        if (!history.underlying().equals(underlying) || history.measure() != measure) {
            throw new IllegalArgumentException("the model of " + underlying + " " + measure + " cannot read "
                    + history.underlying() + " " + history.measure());
        }
        double daily = StrictMath.exp(logVariance(history) / NANO) / horizonDays;
        return (long) Math.ceil(StrictMath.sqrt(daily) * Features.MICRO);
    }

    /** The model file as a value: bulwark-forecast-model, version 1. See {@code forecast-model.cddl}. */
    public CanonicalValue canonical() {
        return array(
                text(SCHEMA),
                integer(1),
                text(underlying),
                text(measure.name()),
                integer(horizonDays),
                array(features.stream().map(CanonicalValue::text).toList()),
                array(coefficients.stream().map(CanonicalValue::integer).toList()),
                array(trees.stream().map(RegressionTree::canonical).toList()),
                integer(blendPpm),
                integer(halfResidualVariance),
                array(
                        integer(training.firstDay()),
                        integer(training.lastDay()),
                        integer(training.rows()),
                        bytes(training.data())));
    }

    /** SHA-256 of the model file. */
    public Digest digest() {
        return canonical().sha256();
    }

    /**
     * Reads a model file.
     *
     * @throws io.bulwark.clearing.document.CanonicalException if the bytes are not canonical or a field breaks its type
     * @throws IllegalArgumentException if a field breaks a rule of the model
     */
    public static ForecastModel decode(byte[] encoding) {
        CanonicalFields fields = CanonicalReader.document(encoding, SCHEMA, 1);
        ForecastModel model = new ForecastModel(
                fields.text("underlying"),
                measure(fields.text("measure")),
                (int) fields.integer("horizonDays", 1, 2),
                texts(fields.value("features")),
                integers(fields.value("coefficients")),
                trees(fields.value("trees")),
                fields.integer("blendPpm"),
                fields.integer("halfResidualVariance"),
                training(fields.fields("training")));
        fields.end();
        return model;
    }

    private static VarianceMeasure measure(String name) {
        return Arrays.stream(VarianceMeasure.values())
                .filter(measure -> measure.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "measure must be one of " + Arrays.toString(VarianceMeasure.values()) + "; have " + name));
    }

    private static Training training(CanonicalFields fields) {
        Training training = new Training(
                Math.toIntExact(fields.integer("firstDay", Integer.MIN_VALUE, Integer.MAX_VALUE)),
                Math.toIntExact(fields.integer("lastDay", Integer.MIN_VALUE, Integer.MAX_VALUE)),
                Math.toIntExact(fields.integer("rows", 0, Integer.MAX_VALUE)),
                fields.digest("data"));
        fields.end();
        return training;
    }

    private static List<CanonicalValue> elements(CanonicalValue value) {
        return switch (value) {
            case CanonicalValue.Array array -> array.values();
            default -> throw new IllegalArgumentException("a list of a model file must be an array; have " + value);
        };
    }

    private static List<String> texts(CanonicalValue value) {
        return elements(value).stream().map(e -> only(e).text("feature")).toList();
    }

    private static List<Long> integers(CanonicalValue value) {
        return elements(value).stream().map(e -> only(e).integer("coefficient")).toList();
    }

    private static List<RegressionTree> trees(CanonicalValue value) {
        return elements(value).stream().map(RegressionTree::of).toList();
    }

    private static CanonicalFields only(CanonicalValue value) {
        return CanonicalFields.of(SCHEMA, array(value));
    }

    /** How often each feature is asked for, in the order of the features. */
    public List<Integer> questions() {
        long[] counts = new long[features.size()];
        trees.stream()
                .flatMap(tree -> tree.nodes().stream())
                .filter(RegressionTree.Split.class::isInstance)
                .forEach(node -> counts[((RegressionTree.Split) node).feature()]++);
        return LongStream.of(counts).mapToObj(Math::toIntExact).toList();
    }

    /** The encoding that {@link #digest} hashes. */
    public byte[] encode() {
        return canonical().encode();
    }
}
