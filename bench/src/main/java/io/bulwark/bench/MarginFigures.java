package io.bulwark.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.Optional;

/** The figures of {@code bench margin}: how many times the naive twin the scan is, and what a price of the table costs. */
final class MarginFigures {
    private static final MathContext DIGITS = new MathContext(3);

    private MarginFigures() {}

    static ObjectNode measure() throws IOException {
        Optional<Peers> peers = Peers.found();
        ObjectNode figures = JsonNodeFactory.instance.objectNode();
        figures.set("scan", scan(peers));
        figures.set("core", core());
        figures.set("table", table(peers));
        figures.put(
                "peers",
                peers.isPresent() ? "scipy.sparse, numpy" : "not measured: no Python was found for bench/peers");
        return figures;
    }

    private static ObjectNode scan(Optional<Peers> peers) throws IOException {
        Map<String, Double> best = Harness.best(ScanBenchmark.class);
        double few = figure(best, "plain 32") / figure(best, "fast 32");
        double many = figure(best, "plain 128") / figure(best, "fast 128");
        double fewAtVenues = figure(best, "plain 32 at venues") / figure(best, "fast 32 at venues");
        double manyAtVenues = figure(best, "plain 128 at venues") / figure(best, "fast 128 at venues");
        double fewNanos = figure(best, "fast 32") / ScanBenchmark.ACCOUNTS;
        double manyNanos = figure(best, "fast 128") / ScanBenchmark.ACCOUNTS;
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("timesNaive", rounded(Math.min(Math.min(few, many), Math.min(fewAtVenues, manyAtVenues))));
        node.put("timesNaive32", rounded(few));
        node.put("timesNaive128", rounded(many));
        node.put("timesNaive32AtVenues", rounded(fewAtVenues));
        node.put("timesNaive128AtVenues", rounded(manyAtVenues));
        node.put("nanosPerAccount32AtVenues", rounded(figure(best, "fast 32 at venues") / ScanBenchmark.ACCOUNTS));
        node.put("nanosPerAccount128AtVenues", rounded(figure(best, "fast 128 at venues") / ScanBenchmark.ACCOUNTS));
        node.put("nanosPerAccount32", rounded(fewNanos));
        node.put("nanosPerAccount128", rounded(manyNanos));
        node.put("accounts", ScanBenchmark.ACCOUNTS);
        node.put("positions", SeededBook.POSITIONS);
        if (peers.isPresent()) {
            int accounts = ScanBenchmark.ACCOUNTS;
            double scipyFew = peers.get().scan(SeededBook.of(32, 1, accounts), 32, 1);
            double scipyMany = peers.get().scan(SeededBook.of(16, 8, accounts), 16, 8);
            node.put("scipyNanosPerAccount32", rounded(scipyFew));
            node.put("scipyNanosPerAccount128", rounded(scipyMany));
            node.put("timesScipy32", rounded(scipyFew / fewNanos));
            node.put("timesScipy128", rounded(scipyMany / manyNanos));
        }
        return node;
    }

    private static ObjectNode core() {
        Map<String, Double> best = Harness.best(CoreBenchmark.class);
        double core = figure(best, "core") / CoreBenchmark.ACCOUNTS;
        double shortfall = figure(best, "shortfall") / CoreBenchmark.ACCOUNTS;
        double naive = figure(best, "plain") / CoreBenchmark.NAIVE_ACCOUNTS;
        int touched = CoreBenchmark.touchedByTick();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("nanosPerAccount", rounded(core));
        node.put("secondsPerMillionAccounts", rounded(core / 1_000));
        node.put("shortfallNanosPerAccount", rounded(shortfall));
        node.put("shortfallTimesNaive", rounded(naive / shortfall));
        node.put("singleAccountNanos", rounded(figure(best, "single")));
        node.put("tickMicros", rounded(figure(best, "tick") / 1_000));
        node.put("tickAccounts", touched);
        node.put("tickNanosPerAccount", rounded(figure(best, "tick") / touched));
        node.put("stressRows", 128);
        node.put("shortfallRows", 1_024);
        return node;
    }

    private static ObjectNode table(Optional<Peers> peers) throws IOException {
        Map<String, Double> best = Harness.best(TableBenchmark.class);
        double price = figure(best, "build") / ((double) OptionBook.SIZE * Cells.COUNT);
        double naive = figure(best, "plain") / ((double) TableBenchmark.NAIVE_OPTIONS * Cells.COUNT);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("nanosPerPrice", rounded(price));
        node.put("naiveNanosPerPrice", rounded(naive));
        node.put("timesNaive", rounded(naive / price));
        node.put("instruments", OptionBook.SIZE);
        node.put("cells", Cells.COUNT);
        if (peers.isPresent()) {
            Cells cells = Cells.grid();
            double numpy = peers.get().table(cells, OptionBook.draw(), TableBenchmark.revaluation(cells));
            node.put("numpyNanosPerPrice", rounded(numpy));
            node.put("timesNumpy", rounded(numpy / price));
        }
        return node;
    }

    static double figure(Map<String, Double> best, String name) {
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
