package io.bulwark.netting.volatility;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bit;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.volatility.PublishedRange.PriceRange;
import java.util.function.IntFunction;

/**
 * What the house publishes of one underlying's volatility: integers in ppm, rounded up, with the digest of the prices that anybody recomputes them from.
 *
 * @param underlying name
 * @param lastDay epoch day of the last price
 * @param observations digest of the cleaned prices, {@link DailyPrices#canonical()}
 * @param now σ_now a day, ppm
 * @param stress σ_stress a day, ppm
 * @param tenYear σ_10y a day, ppm
 * @param used σ_used a day, ppm
 * @param kurtosis K4, ppm
 * @param multiplier m, ppm
 * @param lookBack days of the filtered historical simulation
 * @param stressed the regime
 * @param range fall and rise of one day, inside their bounds and with their fall limited: {@link PublishedRange}
 */
public record PublishedVolatility(
        String underlying,
        int lastDay,
        Digest observations,
        long now,
        long stress,
        long tenYear,
        long used,
        long kurtosis,
        long multiplier,
        int lookBack,
        boolean stressed,
        PriceRange range) {
    private static final double PPM = 1e6;

    /**
     * The published numbers of the last day of a cleaned history of at least two days.
     *
     * @throws IllegalArgumentException if the history has fewer days
     */
    public static PublishedVolatility of(DailyPrices cleaned, ParameterSet parameters) {
        return PublishedVolatilityPath.of(cleaned, parameters).until(cleaned.lastDay());
    }

    /**
     * The published numbers of every day of a cleaned history by its epoch day, from prices up to it. Several threads may ask.
     *
     * @throws IllegalArgumentException if the history has fewer than two days; the answer, of a day up to which it has
     */
    public static IntFunction<PublishedVolatility> path(DailyPrices cleaned, ParameterSet parameters) {
        return PublishedVolatilityPath.of(cleaned, parameters)::until;
    }

    /** Of the last day of {@code cleaned}, with what was estimated of it. */
    static PublishedVolatility of(DailyPrices cleaned, VolatilityEstimate last, int lookBack, PriceRange range) {
        return new PublishedVolatility(
                cleaned.underlying(),
                cleaned.lastDay(),
                cleaned.canonical().sha256(),
                ppm(last.now()),
                ppm(last.stress()),
                ppm(last.tenYear()),
                ppm(last.used()),
                ppm(last.kurtosis()),
                ppm(last.multiplier()),
                lookBack,
                last.stressed(),
                range);
    }

    /**
     * These numbers with a σ_now that is raised to {@code raisedNow}, and σ_used and the range that the rule makes of it; a learned volatility counts by this way only.
     * Nothing falls.
     *
     * @param raisedNow ppm a day
     */
    public PublishedVolatility raised(long raisedNow, VolatilityRule rule) {
        if (raisedNow <= now) {
            return this;
        }
        double level = raisedNow / PPM;
        double levelUsed = rule.tool().used(new AntiProcyclicality.Levels(level, level, stress / PPM, tenYear / PPM));
        long raisedUsed = Math.max(used, ppm(levelUsed));
        PriceRange raisedRange = PriceRange.of(raisedUsed / PPM, multiplier / PPM, 1);
        return new PublishedVolatility(
                underlying,
                lastDay,
                observations,
                raisedNow,
                stress,
                tenYear,
                raisedUsed,
                kurtosis,
                multiplier,
                lookBack,
                stressed,
                new PriceRange(Math.max(range.down(), raisedRange.down()), Math.max(range.up(), raisedRange.up())));
    }

    private static long ppm(double value) {
        return (long) Math.ceil(PPM * value);
    }

    /** Degrees of freedom of the Student law with this kurtosis; infinite for the normal law. */
    public double freedom() {
        return TailMultiplier.freedom(kurtosis / PPM);
    }

    /** ["bulwark-volatility", 1, underlying, day, observations, now, stress, tenYear, used, kurtosis, multiplier, lookBack, stressed, down, up]. */
    public CanonicalValue canonical() {
        return array(
                text("bulwark-volatility"),
                integer(1),
                text(underlying),
                integer(lastDay),
                bytes(observations),
                integer(now),
                integer(stress),
                integer(tenYear),
                integer(used),
                integer(kurtosis),
                integer(multiplier),
                integer(lookBack),
                bit(stressed),
                integer(range.down()),
                integer(range.up()));
    }

    /** SHA-256 of {@link #canonical()}. */
    public Digest digest() {
        return canonical().sha256();
    }
}
