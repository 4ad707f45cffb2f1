package io.bulwark.house.founding;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.Digest;
import io.bulwark.netting.forecast.ForecastModel;
import io.bulwark.netting.forecast.LearnedVolatility;
import io.bulwark.netting.forecast.SealedForecast;
import io.bulwark.netting.forecast.ShadowRecord.Standing;
import java.util.Base64;

/**
 * A learned volatility in a founding file. The whole model stands in it, so that whoever holds the sealed document can evaluate it.
 *
 * @param group name of the risk group
 * @param model the model file, base64
 * @param card SHA-256 of the model card, 64 hexadecimal digits
 * @param boundPpm most that σ may be raised to, ppm of σ_now
 * @param standing what it may do
 */
record LearnedFile(String group, String model, String card, long boundPpm, Standing standing) {
    /** Checks that the model can be read and is of this group. */
    public LearnedFile {
        sealed(group, model, card, boundPpm, standing);
    }

    /** The model and what is sealed of it. */
    public SealedForecast sealed() {
        return sealed(group, model, card, boundPpm, standing);
    }

    private static SealedForecast sealed(String group, String model, String card, long boundPpm, Standing standing) {
        try {
            ForecastModel decoded = ForecastModel.decode(Base64.getDecoder().decode(model));
            return new SealedForecast(
                    decoded, new LearnedVolatility(group, decoded.digest(), Digest.parse(card), boundPpm, standing));
        } catch (CanonicalException e) {
            throw new IllegalArgumentException(group + ": " + e.getMessage(), e);
        }
    }
}
