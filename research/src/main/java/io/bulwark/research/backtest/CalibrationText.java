package io.bulwark.research.backtest;

import io.bulwark.netting.correlation.Correlation;
import io.bulwark.netting.correlation.PublishedCorrelation;
import io.bulwark.netting.volatility.BadPrint;
import io.bulwark.netting.volatility.DailyPrices;
import io.bulwark.netting.volatility.PriceFlag;
import io.bulwark.netting.volatility.PublishedVolatility;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.IntFunction;

/** A calibration as lines for a person, and as a tree for programs. */
final class CalibrationText {
    private static final double PPM = 1e6;

    private CalibrationText() {}

    static String lines(CalibrationRun calibration) {
        StringBuilder text = new StringBuilder();
        calibration.underlyings().forEach(underlying -> underlying(text, underlying));
        calibration.correlation().ifPresent(hanging -> correlation(text, hanging));
        line(text, "calibration", calibration.digest().hex());
        return text.toString();
    }

    private static void underlying(StringBuilder text, CalibrationRun.Underlying underlying) {
        DailyPrices prices = underlying.cleaned().prices();
        PublishedVolatility published = underlying.published();
        text.append(String.format(
                Locale.ROOT,
                "%s: %d days, %s to %s%n",
                prices.underlying(),
                prices.size(),
                day(prices.epochDay(0)),
                day(prices.lastDay())));
        underlying.cleaned().removed().forEach(print -> line(text, "removed", removed(print)));
        underlying.cleaned().flagged().forEach(flag -> line(text, "flagged", flagged(flag)));
        line(text, "sigma now", percent(published.now()));
        line(text, "sigma stress", percent(published.stress()));
        line(text, "sigma ten years", percent(published.tenYear()));
        line(text, "sigma used", percent(published.used()));
        line(text, "kurtosis K4", decimal(published.kurtosis()) + ", nu " + freedom(published));
        line(text, "multiplier m", decimal(published.multiplier()));
        line(text, "regime", published.stressed() ? "stress" : "normal");
        line(text, "look-back", published.lookBack() + " days");
        line(
                text,
                "price range X",
                "down " + percent(published.range().down()) + ", up "
                        + percent(published.range().up()) + ", symmetric "
                        + percent(published.range().symmetric()));
        line(text, "observations", published.observations().hex());
        line(text, "volatility", published.digest().hex());
        text.append(System.lineSeparator());
    }

    private static void correlation(StringBuilder text, CalibrationRun.Hanging hanging) {
        PublishedCorrelation published = hanging.published();
        text.append("correlation of ")
                .append(String.join(", ", published.underlyings()))
                .append(System.lineSeparator());
        Correlation before = hanging.before();
        for (int i = 0; i < before.size(); i++) {
            int row = i;
            line(
                    text,
                    "before repair",
                    row(before.size(), j -> String.format(Locale.ROOT, "%9.6f", before.at(row, j))));
        }
        line(
                text,
                "least eigenvalue",
                String.format(
                        Locale.ROOT,
                        "%.6f; %s",
                        before.leastEigenvalue(),
                        hanging.repaired() ? "repaired to the nearest correlation" : "no repair was needed"));
        long[][] ppm = published.ppm();
        for (long[] row : ppm) {
            line(text, "published, ppm", row(row.length, j -> String.format(Locale.ROOT, "%9d", row[j])));
        }
        long[] apart = published.apart();
        for (int i = 0; i < apart.length; i++) {
            line(text, "kappa " + published.underlyings().get(i), decimal(apart[i]) + " of X");
        }
        line(text, "correlation", published.digest().hex());
        text.append(System.lineSeparator());
    }

    private static String row(int size, IntFunction<String> cell) {
        StringJoiner row = new StringJoiner(" ");
        for (int j = 0; j < size; j++) {
            row.add(cell.apply(j));
        }
        return row.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "  %-18s %s%n", name, value));
    }

    private static String removed(BadPrint print) {
        return day(print.epochDay()) + " " + field(print) + " " + print.value() + " -> " + print.replacement() + ": "
                + print.rule();
    }

    private static String field(BadPrint print) {
        return print.field().name().toLowerCase(Locale.ROOT);
    }

    private static String flagged(PriceFlag flag) {
        String days = flag.firstDay() == flag.lastDay()
                ? day(flag.firstDay())
                : day(flag.firstDay()) + " to " + day(flag.lastDay());
        return days + " " + kind(flag) + ", " + flag.value();
    }

    private static String kind(PriceFlag flag) {
        return flag.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String freedom(PublishedVolatility published) {
        return Double.isInfinite(published.freedom())
                ? "infinite"
                : String.format(Locale.ROOT, "%.4f", published.freedom());
    }

    private static String day(int epochDay) {
        return LocalDate.ofEpochDay(epochDay).toString();
    }

    private static String percent(long ppm) {
        return String.format(Locale.ROOT, "%.4f %%", ppm / PPM * 100);
    }

    private static String decimal(long ppm) {
        return String.format(Locale.ROOT, "%.6f", ppm / PPM);
    }

    /** All numbers of the published part are integers in ppm, but for days. */
    static Map<String, Object> tree(CalibrationRun calibration) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(
                "underlyings",
                calibration.underlyings().stream()
                        .map(CalibrationText::underlyingTree)
                        .toList());
        calibration.correlation().ifPresent(hanging -> tree.put("correlation", correlationTree(hanging)));
        tree.put("digest", calibration.digest().hex());
        return tree;
    }

    private static Map<String, Object> underlyingTree(CalibrationRun.Underlying underlying) {
        DailyPrices prices = underlying.cleaned().prices();
        PublishedVolatility published = underlying.published();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("underlying", prices.underlying());
        tree.put("days", prices.size());
        tree.put("firstDay", day(prices.epochDay(0)));
        tree.put("lastDay", day(prices.lastDay()));
        tree.put(
                "removed",
                underlying.cleaned().removed().stream()
                        .map(CalibrationText::removedTree)
                        .toList());
        tree.put(
                "flagged",
                underlying.cleaned().flagged().stream()
                        .map(CalibrationText::flaggedTree)
                        .toList());
        tree.put("sigmaNowPpm", published.now());
        tree.put("sigmaStressPpm", published.stress());
        tree.put("sigmaTenYearPpm", published.tenYear());
        tree.put("sigmaUsedPpm", published.used());
        tree.put("kurtosisPpm", published.kurtosis());
        tree.put("freedom", Double.isInfinite(published.freedom()) ? "infinite" : (Object) published.freedom());
        tree.put("multiplierPpm", published.multiplier());
        tree.put("regime", published.stressed() ? "stress" : "normal");
        tree.put("lookBackDays", published.lookBack());
        tree.put("rangeDownPpm", published.range().down());
        tree.put("rangeUpPpm", published.range().up());
        tree.put("rangePpm", published.range().symmetric());
        tree.put("observations", published.observations().hex());
        tree.put("digest", published.digest().hex());
        return tree;
    }

    private static Map<String, Object> removedTree(BadPrint print) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("day", day(print.epochDay()));
        tree.put("field", field(print));
        tree.put("value", print.value());
        tree.put("replacement", print.replacement());
        tree.put("rule", print.rule());
        return tree;
    }

    private static Map<String, Object> flaggedTree(PriceFlag flag) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("firstDay", day(flag.firstDay()));
        tree.put("lastDay", day(flag.lastDay()));
        tree.put("kind", kind(flag));
        tree.put("value", flag.value());
        return tree;
    }

    private static Map<String, Object> correlationTree(CalibrationRun.Hanging hanging) {
        PublishedCorrelation published = hanging.published();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("underlyings", published.underlyings());
        tree.put("before", hanging.before().matrix());
        tree.put("leastEigenvalue", hanging.before().leastEigenvalue());
        tree.put("repaired", hanging.repaired());
        tree.put("ppm", published.ppm());
        tree.put("apartPpm", published.apart());
        tree.put("digest", published.digest().hex());
        return tree;
    }
}
