package io.bulwark.clearing.oracle;

import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.money.Rounding;
import java.math.BigInteger;

/**
 * How far a believed price may be wrong: its sources disagree, or it is no longer fresh. Doubt widens what is charged until the price is too old to be believed at all; a price
 * is never used in silence.
 *
 * @param confidencePpm half the distance between the outermost sources over the price, ppm, rounded up
 * @param ageMillis age of the report that the price is, ≥ 0
 */
public record PriceDoubt(long confidencePpm, long ageMillis) {
    /** Disagreement up to which sources count as agreeing: a feed on a chain reports again only when the price has left its last report by its threshold, 0.5 to 2 %. */
    public static final Parameter CONFIDENCE_FREE = new Parameter("oracle.confidenceFree", "ppm", 0, 100_000, 10_000);

    /** Age up to which a price counts as new. */
    public static final Parameter FRESH_MILLIS =
            new Parameter("oracle.freshMillis", "ms", 1_000, 172_800_000, 3_600_000);

    /** Doubt that every further hour of age adds: about one standard deviation of an hour at a volatility of 60 % a year, and linear, so ahead of it from the second hour on. */
    public static final Parameter WIDENING = new Parameter("oracle.wideningPerHour", "ppm", 0, 200_000, 7_000);

    /** The same for an implied volatility. */
    public static final Parameter VOLATILITY_WIDENING =
            new Parameter("oracle.volatilityWideningPerHour", "0.01 volatility points", 0, 2_000, 50);

    private static final long HOUR_MILLIS = 3_600_000;
    private static final long PER_POINT = 100;

    /** Checks ranges. */
    public PriceDoubt {
        if (confidencePpm < 0 || ageMillis < 0) {
            throw new IllegalArgumentException(
                    "confidencePpm and ageMillis must be >= 0; have " + confidencePpm + " and " + ageMillis);
        }
    }

    /** Of a believed quote. */
    public static PriceDoubt of(Quote.Believed quote) {
        BigInteger free = BigInteger.TEN.pow(quote.value().scale());
        BigInteger scaled = BigInteger.TEN.pow(quote.confidence().scale());
        return new PriceDoubt(
                Rounding.exactLong(Rounding.cdiv(
                        quote.confidence()
                                .unscaled()
                                .multiply(BigInteger.valueOf(Rounding.PPM))
                                .multiply(free),
                        quote.value().unscaled().multiply(scaled))),
                quote.ageMillis());
    }

    /** What is added to a price range or a haircut, ppm: disagreement beyond the free part, and age beyond the fresh part, begun hours in proportion, rounded up. */
    public long ppm(ParameterSet parameters) {
        long apart = Math.max(0, confidencePpm - parameters.value(CONFIDENCE_FREE));
        return Math.addExact(
                apart, Math.ceilDiv(Math.multiplyExact(late(parameters), parameters.value(WIDENING)), HOUR_MILLIS));
    }

    /** Whether it widens anything. */
    public boolean counts(ParameterSet parameters) {
        return confidencePpm > parameters.value(CONFIDENCE_FREE) || late(parameters) > 0;
    }

    /** Age beyond the fresh part, ms. */
    private long late(ParameterSet parameters) {
        return Math.max(0, ageMillis - parameters.value(FRESH_MILLIS));
    }

    /**
     * What the age of a volatility costs a lot, rounded up.
     *
     * @param vega of the lot, u per volatility point ≥ 0
     */
    public long ofVolatility(long vega, ParameterSet parameters) {
        BigInteger points = BigInteger.valueOf(late(parameters))
                .multiply(BigInteger.valueOf(parameters.value(VOLATILITY_WIDENING)));
        return Rounding.exactLong(
                Rounding.cdiv(points.multiply(BigInteger.valueOf(vega)), BigInteger.valueOf(HOUR_MILLIS * PER_POINT)));
    }
}
