package io.bulwark.netting.forecast;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.forecast.ShadowRecord.Standing;
import java.math.BigInteger;

/**
 * What an epoch seals of a learned volatility: which model, how far it may go, whether it counts.
 *
 * @param underlying group
 * @param model SHA-256 of the model file
 * @param card SHA-256 of the model card
 * @param boundPpm most that σ may be raised to, ppm of σ_now
 * @param standing what it may do
 */
public record LearnedVolatility(String underlying, Digest model, Digest card, long boundPpm, Standing standing) {
    private static final String SCHEMA = "bulwark-learned-volatility";
    private static final BigInteger MILLION = BigInteger.valueOf(Ppm.ONE);

    /** Checks the bound. */
    public LearnedVolatility {
        ForecastParameters.BOUND.checked(boundPpm);
    }

    /** No model: σ stays σ_now. */
    public static LearnedVolatility classical(String underlying) {
        return new LearnedVolatility(
                underlying, Digest.ZERO, Digest.ZERO, ForecastParameters.BOUND.least(), Standing.CLASSICAL);
    }

    /**
     * σ_now' = max(σ_now, min(bound·σ_now, σ_ML)) where the model is promoted, else σ_now: it raises or does nothing. The bound rounds down.
     *
     * @param nowPpm σ_now, ppm a day, ≥ 0
     * @param learnedPpm the model's σ, ppm a day
     */
    public long governed(long nowPpm, long learnedPpm) {
        if (nowPpm < 0) {
            throw new IllegalArgumentException(underlying + ": sigma must be >= 0 ppm; have " + nowPpm);
        }
        return switch (standing) {
            case CLASSICAL, SHADOW, STOPPED -> nowPpm;
            case PROMOTED -> Math.max(nowPpm, Math.min(most(nowPpm), learnedPpm));
        };
    }

    private long most(long nowPpm) {
        return BigInteger.valueOf(nowPpm)
                .multiply(BigInteger.valueOf(boundPpm))
                .divide(MILLION)
                .longValueExact();
    }

    /** ["bulwark-learned-volatility", 1, underlying, model, card, bound, standing]. */
    public CanonicalValue canonical() {
        return array(
                text(SCHEMA),
                integer(1),
                text(underlying),
                bytes(model),
                bytes(card),
                integer(boundPpm),
                text(standing.name()));
    }
}
