package io.bulwark.netting.forecast;

import io.bulwark.netting.volatility.DailyPrices;

/**
 * A model with what an epoch seals of it: how the path of σ uses a learned volatility.
 *
 * @param model the model file, as it is kept
 * @param learned digests, bound and standing
 */
public record SealedForecast(ForecastModel model, LearnedVolatility learned) {
    /** Checks that the file is the sealed one and can be evaluated over sealed prices: one day ahead, by candles, without volumes. */
    public SealedForecast {
        if (!model.digest().equals(learned.model())) {
            throw new IllegalArgumentException(
                    learned.underlying() + ": the model file must be " + learned.model() + "; have " + model.digest());
        }
        if (!model.underlying().equals(learned.underlying())) {
            throw new IllegalArgumentException(
                    learned.underlying() + ": the model must be of this group; have " + model.underlying());
        }
        if (model.horizonDays() != 1 || model.measure() == VarianceMeasure.REALISED || asksForVolume(model)) {
            throw new IllegalArgumentException(learned.underlying()
                    + ": sealed prices can only be asked for the next day, by candles and without volumes; have "
                    + model.horizonDays() + " days, " + model.measure() + ", questions for volume "
                    + model.questions().get(Features.VOLUME));
        }
    }

    private static boolean asksForVolume(ForecastModel model) {
        return model.questions().get(Features.VOLUME) > 0;
    }

    /**
     * σ_now' of the day after the last: σ_now where the model is not promoted, else raised within the bound.
     *
     * @param cleaned prices without bad prints, to the last day
     * @param nowPpm σ_now of that day, ppm
     * @return σ_now' ≥ σ_now, ppm
     */
    public long governed(DailyPrices cleaned, long nowPpm) {
        VarianceHistory history = VarianceHistory.ofRanges(cleaned, new double[0], model.measure());
        return learned.governed(nowPpm, model.volatilityPpm(history));
    }
}
