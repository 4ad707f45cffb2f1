package io.bulwark.research.volatility;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.netting.forecast.ForecastModel;
import io.bulwark.netting.forecast.ForecastParameters;
import io.bulwark.netting.forecast.Forecasts;
import io.bulwark.netting.forecast.LearnedVolatility;
import io.bulwark.netting.forecast.MarginEffect;
import io.bulwark.netting.forecast.ModelCard;
import io.bulwark.netting.forecast.ShadowRecord;
import io.bulwark.netting.forecast.ShadowRecord.Standing;
import io.bulwark.netting.forecast.TreeShape;
import io.bulwark.netting.forecast.VarianceHistory;
import io.bulwark.netting.forecast.WalkForward;
import io.bulwark.netting.forecast.WalkForward.Contender;
import io.bulwark.netting.volatility.VolatilityPath;
import io.bulwark.netting.volatility.VolatilityRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;

/**
 * One history: the walk forward, today's model, its card, and what its σ is worth.
 *
 * @param card the card, with the table and the decision
 * @param learned what an epoch may seal: a new model begins in shadow
 * @param learnedPpm the model's σ for the day after the history, ppm a day
 * @param nowPpm σ_now on its last day
 * @param governedPpm what would count if the standing were {@link Standing#PROMOTED}
 * @param effects average margin at 99.75 % coverage by volatility, shares of notional
 */
record ForecastReport(
        ModelCard card,
        LearnedVolatility learned,
        long learnedPpm,
        long nowPpm,
        long governedPpm,
        Map<String, MarginEffect> effects) {
    private static final double COVERAGE = 0.9975;
    private static final double PPM = 1e6;

    /**
     * Trains and judges.
     *
     * @param contenders which models take part
     * @throws BadInput if the history is too short
     */
    public static ForecastReport of(
            ObservedPrices observed, Set<Contender> contenders, TreeShape shape, int horizonDays) {
        VarianceHistory history = observed.history();
        TribuoTrees trainer = new TribuoTrees();
        WalkForward walk = WalkForward.published(history.measure(), trainer, shape, horizonDays);
        try {
            Forecasts forecasts = walk.over(history, contenders);
            ForecastModel model = walk.training().fit(history, horizonDays);
            ShadowRecord.Verdict rehearsal = ShadowRecord.decide(record(forecasts, model));
            ModelCard card = new ModelCard(
                    model,
                    trainer.name(),
                    shape,
                    protocol(walk, forecasts),
                    forecasts.scores(),
                    rehearsal,
                    observed.removed());
            return of(forecasts, model, card);
        } catch (IllegalArgumentException e) {
            throw new BadInput(history.underlying(), history.size() + " days", String.valueOf(e.getMessage()));
        }
    }

    private static ForecastReport of(Forecasts forecasts, ForecastModel model, ModelCard card) {
        VarianceHistory history = forecasts.history();
        double[] now = path(history).now();
        long nowPpm = (long) Math.ceil(now[now.length - 1] * PPM);
        long learnedPpm = model.volatilityPpm(history);
        LearnedVolatility learned = card.learned(ForecastParameters.BOUND.initial(), Standing.SHADOW);
        long governed = card.learned(learned.boundPpm(), Standing.PROMOTED).governed(nowPpm, learnedPpm);
        return new ForecastReport(card, learned, learnedPpm, nowPpm, governed, effects(forecasts));
    }

    /** The whole walk as a record, as if the model had been proposed before its first day. */
    private static List<ShadowRecord.Entry> record(Forecasts forecasts, ForecastModel model) {
        List<ShadowRecord.Entry> entries = new ArrayList<>();
        entries.add(new ShadowRecord.Proposal(forecasts.history().epochDay(forecasts.firstRow()), model.digest()));
        entries.addAll(forecasts.shadow(Contender.EWMA, Contender.HAR_TREES));
        return entries;
    }

    private static ModelCard.Protocol protocol(WalkForward walk, Forecasts forecasts) {
        VarianceHistory history = forecasts.history();
        return new ModelCard.Protocol(
                history.epochDay(forecasts.firstRow()),
                history.epochDay(forecasts.end() - 1),
                forecasts.days(),
                walk.training().window(),
                walk.refitDays());
    }

    private static VolatilityPath path(VarianceHistory history) {
        double[] returns = history.logReturn();
        return VolatilityPath.of(Arrays.copyOfRange(returns, 1, returns.length), VolatilityRule.founding());
    }

    /** Raw and after the tool against procyclicality; of daily forecasts only. */
    private static Map<String, MarginEffect> effects(Forecasts forecasts) {
        Map<String, MarginEffect> effects = new LinkedHashMap<>();
        if (forecasts.horizonDays() != 1) {
            return effects;
        }
        VarianceHistory history = forecasts.history();
        double[] moves = Arrays.copyOfRange(history.logReturn(), forecasts.firstRow() + 1, forecasts.end() + 1);
        double[] longRun = Arrays.copyOfRange(path(history).tenYear(), forecasts.firstRow() - 1, forecasts.end() - 1);
        double[] ewma = roots(forecasts.of(Contender.EWMA));
        double[] learned = roots(forecasts.of(Contender.HAR_TREES));
        double bound = ForecastParameters.BOUND.initial() / PPM;
        Map<String, double[]> volatilities = new LinkedHashMap<>();
        volatilities.put("EWMA", ewma);
        volatilities.put("HAR", roots(forecasts.of(Contender.HAR)));
        volatilities.put("HAR + trees", learned);
        volatilities.put("governed", MarginEffect.governed(ewma, learned, bound));
        volatilities.forEach((name, sigma) -> effects.put(name, MarginEffect.of(sigma, moves, COVERAGE)));
        volatilities.forEach((name, sigma) -> effects.put(
                name + ", anti-procyclical",
                MarginEffect.of(MarginEffect.used(sigma, longRun, VolatilityRule.founding()), moves, COVERAGE)));
        return effects;
    }

    private static double[] roots(double[] variance) {
        return DoubleStream.of(variance).map(Math::sqrt).toArray();
    }
}
