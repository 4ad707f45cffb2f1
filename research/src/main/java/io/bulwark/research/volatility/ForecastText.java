package io.bulwark.research.volatility;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.netting.forecast.ForecastModel;
import io.bulwark.netting.forecast.Forecasts;
import io.bulwark.netting.forecast.MarginEffect;
import io.bulwark.netting.forecast.ModelCard;
import io.bulwark.netting.forecast.ShadowRecord;
import io.bulwark.netting.forecast.ShadowRecord.Standing;
import io.bulwark.netting.forecast.TreeShape;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report as a table to read, or as JSON. */
final class ForecastText {
    private ForecastText() {}

    /** The walk-forward table, the effect on the margin, the decision and the digests. */
    public static String table(ForecastReport report) {
        ModelCard card = report.card();
        ModelCard.Protocol protocol = card.protocol();
        Formatter text = new Formatter(Locale.ROOT);
        text.format(
                "%s: variance of the next %d day(s), %s; %d days from %s to %s, fitted anew every %d days on %d\n",
                card.model().underlying(),
                card.model().horizonDays(),
                card.model().measure(),
                protocol.days(),
                LocalDate.ofEpochDay(protocol.firstDay()),
                LocalDate.ofEpochDay(protocol.lastDay()),
                protocol.refitDays(),
                protocol.window());
        if (!card.cleaned().isEmpty()) {
            text.format("bad prints taken out: %s\n", String.join("; ", card.cleaned()));
        }
        text.format("%-32s %10s %14s %14s\n", "model", "QLIKE", "gain on EWMA", "DM t to HAR");
        for (Forecasts.Score score : card.results()) {
            text.format(
                    "%-32s %10.4f %+12.1f %% %+14.1f\n",
                    score.contender().label(), score.qlike(), 100 * score.gainOverEwma(), score.statisticToHar());
        }
        effects(text, report.effects());
        text.format(
                "sigma a day: now %d ppm, learned %d ppm, %d ppm if promoted (standing %s)\n",
                report.nowPpm(),
                report.learnedPpm(),
                report.governedPpm(),
                report.learned().standing());
        rehearsal(text, card.rehearsal());
        text.format("model file %s\n", card.model().digest());
        text.format("model card %s\n", card.digest());
        return text.toString();
    }

    private static void rehearsal(Formatter text, ShadowRecord.Verdict rehearsal) {
        List<ShadowRecord.Decision> judged = rehearsal.trail().stream().skip(1).toList();
        long promoted = judged.stream()
                .filter(decision -> decision.from() == Standing.SHADOW && decision.to() == Standing.PROMOTED)
                .count();
        long demoted = judged.stream()
                .filter(decision -> decision.from() == Standing.PROMOTED && decision.to() == Standing.SHADOW)
                .count();
        text.format(
                "rehearsal of %d shadow periods: promoted %d times, sent back %d times, %s at the end\n",
                judged.size(), promoted, demoted, rehearsal.standing());
    }

    private static void effects(Formatter text, Map<String, MarginEffect> effects) {
        if (!effects.isEmpty()) {
            text.format("%-32s %10s %14s\n", "margin at 99.75 % coverage", "sigmas", "average");
        }
        effects.forEach((name, effect) ->
                text.format("%-32s %10.3f %12.1f %%\n", name, effect.multiplier(), 100 * effect.average()));
    }

    /** The report as one object. */
    public static ObjectNode json(ForecastReport report) {
        ModelCard card = report.card();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("underlying", card.model().underlying());
        node.put("measure", card.model().measure().name());
        node.put("horizonDays", card.model().horizonDays());
        node.put("trainer", card.trainer());
        protocol(node.putObject("protocol"), card.protocol());
        shape(node.putObject("trees"), card.shape());
        training(node.putObject("training"), card.model().training());
        ArrayNode features = node.putArray("features");
        card.model().features().forEach(features::add);
        ArrayNode cleaned = node.putArray("badPrintsTakenOut");
        card.cleaned().forEach(cleaned::add);
        ArrayNode models = node.putArray("models");
        card.results()
                .forEach(score -> models.addObject()
                        .put("model", score.contender().name())
                        .put("qlike", score.qlike())
                        .put("gainOverEwma", score.gainOverEwma())
                        .put("dieboldMarianoToHar", score.statisticToHar()));
        ArrayNode margins = node.putArray("margins");
        report.effects()
                .forEach((name, effect) -> margins.addObject()
                        .put("volatility", name)
                        .put("multiplier", effect.multiplier())
                        .put("average", effect.average()));
        ArrayNode decisions = node.putArray("rehearsal");
        card.rehearsal()
                .trail()
                .forEach(decision -> decisions
                        .addObject()
                        .put("day", LocalDate.ofEpochDay(decision.epochDay()).toString())
                        .put("from", decision.from().name())
                        .put("to", decision.to().name())
                        .put("reason", decision.reason()));
        ArrayNode limits = node.putArray("limits");
        ModelCard.LIMITS.forEach(limits::add);
        return node.put("standing", report.learned().standing().name())
                .put("boundPpm", report.learned().boundPpm())
                .put("sigmaNowPpm", report.nowPpm())
                .put("sigmaLearnedPpm", report.learnedPpm())
                .put("sigmaPromotedPpm", report.governedPpm())
                .put("modelFile", card.model().digest().toString())
                .put("modelCard", card.digest().toString());
    }

    /** What a founding file says of the model, under {@code forecasts}. */
    public static ObjectNode founding(ForecastReport report) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("group", report.learned().underlying())
                .put(
                        "model",
                        Base64.getEncoder().encodeToString(report.card().model().encode()))
                .put("card", report.learned().card().hex())
                .put("boundPpm", report.learned().boundPpm())
                .put("standing", report.learned().standing().name());
    }

    private static void protocol(ObjectNode node, ModelCard.Protocol protocol) {
        node.put("firstDay", LocalDate.ofEpochDay(protocol.firstDay()).toString())
                .put("lastDay", LocalDate.ofEpochDay(protocol.lastDay()).toString())
                .put("days", protocol.days())
                .put("window", protocol.window())
                .put("refitDays", protocol.refitDays());
    }

    private static void shape(ObjectNode node, TreeShape shape) {
        node.put("trees", shape.trees())
                .put("depth", shape.depth())
                .put("leafDays", shape.leafDays())
                .put("bins", shape.bins())
                .put("ratePpm", shape.ratePpm())
                .put("seed", shape.seed());
    }

    private static void training(ObjectNode node, ForecastModel.Training training) {
        node.put("firstDay", LocalDate.ofEpochDay(training.firstDay()).toString())
                .put("lastDay", LocalDate.ofEpochDay(training.lastDay()).toString())
                .put("rows", training.rows())
                .put("data", training.data().toString());
    }
}
