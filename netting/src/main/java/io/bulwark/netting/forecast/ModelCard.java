package io.bulwark.netting.forecast;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.netting.forecast.ShadowRecord.Standing;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/**
 * What a reader must know of a model: what it saw, how it was made, how wrong it was, what it may do and where it ends. Mitchell et al. (2019), Model Cards for Model Reporting.
 *
 * @param model the model
 * @param trainer what grew the trees
 * @param shape how
 * @param protocol the walk forward in words
 * @param results its table
 * @param rehearsal what the rule of promotion would have made of the walk forward; a rehearsal promotes nothing
 * @param cleaned bad prints that were taken out of the prices, in words
 */
public record ModelCard(
        ForecastModel model,
        String trainer,
        TreeShape shape,
        Protocol protocol,
        List<Forecasts.Score> results,
        ShadowRecord.Verdict rehearsal,
        List<String> cleaned) {
    /** Where a learned volatility ends; measured, see the method page. */
    public static final List<String> LIMITS = List.of(
            "Trees improve the middle of the distribution and hardly its tail: the 99 % quantile of realised over forecast volatility stays near that of EWMA.",
            "Raw, the model moves faster than EWMA; its worst five-day rise of margin is larger. It therefore counts only upwards and only within the bound.",
            "A variance by daily ranges misses what happens between trades; a day without a trade has the governed least.",
            "One bad print reverses the ranking; only cleaned prices may be learned.",
            "Nothing was learned from order books, options or other underlyings.");

    /**
     * The walk forward.
     *
     * @param firstDay epoch day of the first forecast
     * @param lastDay epoch day of the last
     * @param days number of judged days
     * @param window rows that a fit learns
     * @param refitDays rows between two fits
     */
    public record Protocol(int firstDay, int lastDay, int days, int window, int refitDays) {}

    /** Copies. */
    public ModelCard {
        results = List.copyOf(results);
        cleaned = List.copyOf(cleaned);
    }

    /** ["bulwark-model-card", 1, model digest, trainer, shape, protocol, [[model, loss, gain, statistic] in 10⁻⁶], rehearsal, cleaned, limits]. */
    public CanonicalValue canonical() {
        return array(
                text("bulwark-model-card"),
                integer(1),
                bytes(model.digest()),
                text(trainer),
                integers(shape.trees(), shape.depth(), shape.leafDays(), shape.bins(), shape.ratePpm(), shape.seed()),
                integers(
                        protocol.firstDay(),
                        protocol.lastDay(),
                        protocol.days(),
                        protocol.window(),
                        protocol.refitDays()),
                array(results.stream()
                        .map(score -> array(
                                text(score.contender().name()),
                                micro(score.qlike()),
                                micro(score.gainOverEwma()),
                                micro(score.statisticToHar())))
                        .toList()),
                text(rehearsal.standing().name()),
                array(cleaned.stream().map(CanonicalValue::text).toList()),
                array(LIMITS.stream().map(CanonicalValue::text).toList()));
    }

    private static CanonicalValue integers(long... values) {
        return array(Arrays.stream(values).mapToObj(CanonicalValue::integer).toList());
    }

    private static CanonicalValue micro(double value) {
        return integer((long) Math.rint(value * Features.MICRO));
    }

    /** SHA-256 of the canonical form. */
    public Digest digest() {
        return canonical().sha256();
    }

    /** What an epoch may seal of this model, at the standing that its own live record gives it. */
    public LearnedVolatility learned(long boundPpm, Standing standing) {
        return new LearnedVolatility(model.underlying(), model.digest(), digest(), boundPpm, standing);
    }

    /** The card to read. */
    public String markdown() {
        ForecastModel.Training training = model.training();
        Formatter card = new Formatter(Locale.ROOT);
        card.format("# Model card: volatility of %s\n", model.underlying());
        card.format("\n");
        card.format("| | |\n");
        card.format("|---|---|\n");
        card.format("| model file, SHA-256 | `%s` |\n", model.digest());
        card.format("| this card, SHA-256 of its canonical form | `%s` |\n", digest());
        card.format(
                "| answers | ln of the variance of the next %d day(s), measured as %s |\n",
                model.horizonDays(), model.measure());
        card.format(
                "| method | log-HAR by least squares + %d ppm of %d boosted trees on its residual |\n",
                model.blendPpm(), model.trees().size());
        card.format(
                "| trees | %s; depth %d, at least %d days a leaf, %d bins, rate %d ppm, seed %d |\n",
                trainer, shape.depth(), shape.leafDays(), shape.bins(), shape.ratePpm(), shape.seed());
        card.format(
                "| learned | %d days, %s to %s |\n",
                training.rows(), day(training.firstDay()), day(training.lastDay()));
        card.format("| training data, SHA-256 | `%s` |\n", training.data());
        card.format("| bad prints taken out | %s |\n", cleaned.isEmpty() ? "none" : String.join("; ", cleaned));
        features(card);
        losses(card);
        card.format("\n");
        card.format("## Rehearsal of the shadow periods\n");
        card.format(
                "What the rule of promotion would have decided on the days above, against EWMA. It promotes nothing: a new model begins in shadow.\n");
        card.format("\n");
        rehearsal
                .trail()
                .forEach(d -> card.format("- %s: %s to %s; %s\n", day(d.epochDay()), d.from(), d.to(), d.reason()));
        card.format("\n");
        card.format("## Limits\n");
        LIMITS.forEach(limit -> card.format("- %s\n", limit));
        return card.toString();
    }

    private void features(Formatter card) {
        card.format("\n");
        card.format("## Features\n");
        card.format("| feature | coefficient | questions of the trees |\n");
        card.format("|---|---|---|\n");
        List<Integer> questions = model.questions();
        for (int k = 0; k < model.features().size(); k++) {
            String coefficient = k + 1 < model.coefficients().size()
                    ? String.format(Locale.ROOT, "%.4f", model.coefficients().get(k + 1) / ForecastModel.NANO)
                    : "";
            card.format("| %s | %s | %d |\n", model.features().get(k), coefficient, questions.get(k));
        }
    }

    private void losses(Formatter card) {
        card.format("\n");
        card.format("## Losses out of sample\n");
        card.format(
                "%d days, %s to %s, fitted anew every %d days on %d.\n",
                protocol.days(),
                day(protocol.firstDay()),
                day(protocol.lastDay()),
                protocol.refitDays(),
                protocol.window());
        card.format("\n");
        card.format("| model | QLIKE | gain over EWMA | Diebold-Mariano to HAR |\n");
        card.format("|---|---|---|---|\n");
        results.forEach(score -> card.format(
                "| %s | %.4f | %+.1f %% | %+.1f |\n",
                score.contender().label(), score.qlike(), 100 * score.gainOverEwma(), score.statisticToHar()));
    }

    private static String day(int epochDay) {
        return LocalDate.ofEpochDay(epochDay).toString();
    }
}
