package io.bulwark.netting.correlation;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.volatility.DailyPrices;
import io.bulwark.netting.volatility.VolatilityRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The correlation matrix that the house publishes: integers in ppm, symmetric, 10⁶ on the diagonal, positive definite (checked without rounding), with the digests of
 * the prices it was made of.
 *
 * @param underlyings names, in order
 * @param lastDay epoch day of the last price
 * @param observations digest of the cleaned prices of each underlying
 * @param ppm the matrix
 * @param apart κ of each underlying, ppm of its price range
 */
public record PublishedCorrelation(
        List<String> underlyings, int lastDay, List<Digest> observations, long[][] ppm, long[] apart) {
    private static final double PPM = 1e6;

    /** Checks the matrix and copies. */
    public PublishedCorrelation {
        underlyings = List.copyOf(underlyings);
        observations = List.copyOf(observations);
        ppm = Arrays.stream(ppm).map(long[]::clone).toArray(long[][]::new);
        apart = apart.clone();
        if (!IntegerMatrix.isCorrelation(ppm, (long) PPM)) {
            throw new IllegalArgumentException(
                    "published correlation must be symmetric, 10^6 on the diagonal and positive definite; have "
                            + Arrays.deepToString(ppm));
        }
    }

    /**
     * The matrix of cleaned histories: exponentially weighted, shrunk, repaired if it must be, rounded.
     *
     * @throws IllegalArgumentException if the histories have too few days in common
     */
    public static PublishedCorrelation of(List<DailyPrices> cleaned, ParameterSet parameters) {
        StandardisedReturns returns = StandardisedReturns.of(cleaned, VolatilityRule.of(parameters));
        Correlation repaired = estimate(returns, parameters).repaired();
        return new PublishedCorrelation(
                returns.underlyings(),
                returns.lastDay(),
                cleaned.stream().map(prices -> prices.canonical().sha256()).toList(),
                IntegerMatrix.rounded(repaired),
                IntStream.range(0, repaired.size())
                        .mapToLong(asset -> Correlation.apart(repaired.meanOf(asset), parameters))
                        .toArray());
    }

    /** The weighted and shrunk matrix before repair and rounding. */
    public static Correlation estimate(List<DailyPrices> cleaned, ParameterSet parameters) {
        return estimate(StandardisedReturns.of(cleaned, VolatilityRule.of(parameters)), parameters);
    }

    private static Correlation estimate(StandardisedReturns returns, ParameterSet parameters) {
        return Correlation.ewma(returns.values(), CorrelationParameters.share(parameters, CorrelationParameters.DECAY))
                .shrunk(CorrelationParameters.share(parameters, CorrelationParameters.SHRINK));
    }

    /** The published integers as a matrix again. */
    public Correlation correlation() {
        double[][] matrix = new double[ppm.length][ppm.length];
        for (int i = 0; i < ppm.length; i++) {
            for (int j = 0; j < ppm.length; j++) {
                matrix[i][j] = ppm[i][j] / PPM;
            }
        }
        return new Correlation(matrix);
    }

    @Override
    public long[][] ppm() {
        return Arrays.stream(ppm).map(long[]::clone).toArray(long[][]::new);
    }

    @Override
    public long[] apart() {
        return apart.clone();
    }

    /** ["bulwark-correlation", 1, day, [[name, observations] …], [the rows below the diagonal, one after the other], [κ …]]. */
    public CanonicalValue canonical() {
        List<CanonicalValue> names = new ArrayList<>();
        List<CanonicalValue> entries = new ArrayList<>();
        for (int i = 0; i < ppm.length; i++) {
            names.add(array(text(underlyings.get(i)), bytes(observations.get(i))));
            for (int j = 0; j < i; j++) {
                entries.add(integer(ppm[i][j]));
            }
        }
        List<CanonicalValue> ranges = Arrays.stream(apart)
                .<CanonicalValue>mapToObj(CanonicalValue::integer)
                .toList();
        return array(
                text("bulwark-published-correlation"),
                integer(1),
                integer(lastDay),
                array(names),
                array(entries),
                array(ranges));
    }

    /** SHA-256 of {@link #canonical()}. */
    public Digest digest() {
        return canonical().sha256();
    }
}
