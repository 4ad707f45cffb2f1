package io.bulwark.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.netting.contagion.LiquidationCascade;
import io.bulwark.netting.network.Clearing;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The figures of {@code bench contagion}: clearing against scipy on the same network, and a critical cascade against full sweeps. */
final class ContagionFigures {
    private static final double MILLI = 1e6;

    private ContagionFigures() {}

    static ObjectNode measure() throws IOException {
        Optional<Peers> peers = Peers.found();
        ObjectNode figures = JsonNodeFactory.instance.objectNode();
        figures.set("clearing", clearing(peers));
        figures.set("cascade", cascade());
        figures.put("peers", peers.isPresent() ? "scipy.sparse" : "not measured: no Python was found for bench/peers");
        return figures;
    }

    private static ObjectNode clearing(Optional<Peers> peers) throws IOException {
        double millis = MarginFigures.figure(Harness.best(ClearingBenchmark.class), "clear") / MILLI;
        SeededNetwork network = SeededNetwork.draw();
        Clearing clearing = Clearing.of(network.network());
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("nodes", SeededNetwork.NODES);
        node.put("edges", SeededNetwork.DEBTS);
        node.put("inDefault", clearing.inDefault().cardinality());
        node.put("rounds", clearing.rounds());
        node.put("millis", MarginFigures.rounded(millis));
        if (peers.isPresent()) {
            JsonNode scipy = peers.get().clearing(network, clearing.payments());
            double scipyMillis = scipy.get("millis").doubleValue();
            node.put("scipyMillis", MarginFigures.rounded(scipyMillis));
            node.put("scipyRounds", scipy.get("rounds").intValue());
            node.put("ratio", MarginFigures.rounded(scipyMillis / millis));
        }
        return node;
    }

    private static ObjectNode cascade() {
        Map<String, Double> best = Harness.bestShots(CascadeBenchmark.class);
        double millis = MarginFigures.figure(best, "fast") / MILLI;
        double naive = MarginFigures.figure(best, "sweeps") / MILLI;
        SeededCascade drawn = SeededCascade.draw();
        LiquidationCascade cascade =
                LiquidationCascade.of(drawn.book(), drawn.groups(), SeededCascade.returns(), SeededCascade.RULES);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("accounts", SeededCascade.ACCOUNTS);
        node.put("positions", SeededCascade.POSITIONS);
        node.put("assets", SeededCascade.ASSETS);
        node.put("liquidated", cascade.liquidated());
        node.put("rounds", cascade.rounds());
        node.put("scenarioMillis", MarginFigures.rounded(millis));
        node.put("sweepsMillis", MarginFigures.rounded(naive));
        node.put("timesSweeps", MarginFigures.rounded(naive / millis));
        return node;
    }
}
