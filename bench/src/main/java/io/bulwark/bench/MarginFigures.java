package io.bulwark.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;

/** The figures of {@code bench margin}: how many times the naive twin the scan is, and what a price of the table costs. */
final class MarginFigures {
    private static final MathContext DIGITS = new MathContext(3);

    private MarginFigures() {}

    static ObjectNode measure() {
        ObjectNode figures = JsonNodeFactory.instance.objectNode();
        figures.set("scan", scan());
        figures.set("table", table());
        return figures;
    }

    private static ObjectNode scan() {
        Map<String, Double> best = Harness.best(ScanBenchmark.class);
        double few = figure(best, "plain 32") / figure(best, "fast 32");
        double many = figure(best, "plain 128") / figure(best, "fast 128");
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("timesNaive", rounded(Math.min(few, many)));
        node.put("timesNaive32", rounded(few));
        node.put("timesNaive128", rounded(many));
        node.put("nanosPerAccount32", rounded(figure(best, "fast 32") / ScanBenchmark.ACCOUNTS));
        node.put("nanosPerAccount128", rounded(figure(best, "fast 128") / ScanBenchmark.ACCOUNTS));
        node.put("accounts", ScanBenchmark.ACCOUNTS);
        node.put("positions", ScanData.POSITIONS);
        return node;
    }

    private static ObjectNode table() {
        Map<String, Double> best = Harness.best(TableBenchmark.class);
        double price = figure(best, "build") / ((double) OptionBook.SIZE * Cells.COUNT);
        double naive = figure(best, "plain") / ((double) TableBenchmark.NAIVE_OPTIONS * Cells.COUNT);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("nanosPerPrice", rounded(price));
        node.put("naiveNanosPerPrice", rounded(naive));
        node.put("timesNaive", rounded(naive / price));
        node.put("instruments", OptionBook.SIZE);
        node.put("cells", Cells.COUNT);
        return node;
    }

    private static double figure(Map<String, Double> best, String name) {
        Double figure = best.get(name);
        if (figure == null) {
            throw new IllegalStateException("benchmark " + name + " gave no figure; have " + best.keySet());
        }
        return figure;
    }

    static BigDecimal rounded(double figure) {
        return new BigDecimal(figure).round(DIGITS);
    }
}
