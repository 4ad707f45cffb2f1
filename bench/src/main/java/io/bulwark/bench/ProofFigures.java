package io.bulwark.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.Opening;
import io.bulwark.prover.commitment.RiskTableTree;
import io.bulwark.prover.proof.Prover;
import io.bulwark.prover.proof.Prover.Proving;
import io.bulwark.prover.proof.ProvingCost;
import io.bulwark.prover.proof.Verifier;
import io.bulwark.prover.witness.ProofShape;
import io.bulwark.prover.witness.WitnessRequest;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The figures of {@code bench proofs}: the fastest proof, as the bare native call and as the product's call around it; and the book. */
final class ProofFigures {
    private static final int DIRECT_ES_ROWS = 256;
    private static final int CHALLENGE_ES_ROWS = 1024;
    private static final int TIMES = 3;
    private static final int TOGETHER = 10_000;
    private static final int MILLIS_SCALE = 3;
    private static final double MILLIS = 1_000.0;
    private static final double NANOS = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    private ProofFigures() {}

    static ObjectNode measure() {
        Map<String, Double> best = Harness.bestShots(ProofBenchmark.class);
        ProvingCost bare = List.copyOf(ProofBenchmark.COSTS).stream()
                .min(Comparator.comparingLong(ProvingCost::proveMillis))
                .orElseThrow(() -> new IllegalStateException("no proof was made"));
        ObjectNode figures = JsonNodeFactory.instance.objectNode();
        ObjectNode account = cost(figures.putObject("account"), bare);
        account.put("wholeSeconds", MarginFigures.rounded(best.getOrDefault("prove", 0.0) / NANOS));
        account.put("verifyMillis", MarginFigures.rounded(best.getOrDefault("verify", 0.0) / NANOS_PER_MILLI));
        ArrayNode others = figures.putArray("otherShapes");
        cost(others.addObject(), measured(DIRECT_ES_ROWS, Opening.DIRECT));
        cost(others.addObject(), measured(CHALLENGE_ES_ROWS, Opening.CHALLENGE));
        cost(others.addObject(), measured(CHALLENGE_ES_ROWS, Opening.COMPACT));
        BookFigures.measure(figures, ProverLibrary.load());
        together(figures.putObject("verifiedTogether"));
        return figures;
    }

    /**
     * Ten thousand proofs of one key verified together, as a verifier does with the batches of a book: the time does not depend on the circuit, so
     * one proof of an account stands for all of them; weights differ by place.
     */
    private static void together(ObjectNode node) {
        ProverLibrary library = ProverLibrary.load();
        try (RiskTableTree table = RiskTableTree.open(
                        library, ProofHouse.table(DIRECT_ES_ROWS, ProofHouse.groups(Opening.DIRECT)))
                .orElseThrow()) {
            ProofShape shape = ProofHouse.shape(table.table(), 0, Opening.DIRECT);
            try (Prover prover = ProofBenchmark.prover(library, shape)) {
                Proving proving = prover.prove(table, ProofHouse.request(library, table, shape, prover.constraints()));
                if (!(proving instanceof Proving.Proved proved)) {
                    throw new IllegalStateException("the benchmark's account must have a proof");
                }
                Verifier.Together many = prover.verifier()
                        .verifyAll(Collections.nCopies(TOGETHER, proved.bundle()))
                        .orElseThrow();
                node.put("proofs", many.proofs());
                node.put("seconds", MarginFigures.rounded(many.millis() / MILLIS));
                node.put("cpuSeconds", MarginFigures.rounded(many.cpuMillis() / MILLIS));
            }
        }
    }

    private static ObjectNode cost(ObjectNode node, ProvingCost cost) {
        ObjectNode shape = node.putObject("shape");
        shape.put("positions", cost.shape().positions());
        shape.put("lines", cost.shape().lines());
        shape.put("groups", cost.shape().groups());
        shape.put("rows", cost.shape().structure().rows());
        shape.put("esRows", cost.shape().structure().esRows());
        shape.put("venues", cost.shape().venues());
        shape.put("opening", cost.shape().opening().label());
        node.put("constraints", cost.constraints());
        node.put("proveSeconds", BigDecimal.valueOf(cost.proveMillis(), MILLIS_SCALE));
        node.put("cpuSeconds", BigDecimal.valueOf(cost.cpuMillis(), MILLIS_SCALE));
        return node;
    }

    /** The fastest of a few proofs in the shape of an opening, without attestations. */
    private static ProvingCost measured(int esRows, Opening opening) {
        ProverLibrary library = ProverLibrary.load();
        try (RiskTableTree table = RiskTableTree.open(library, ProofHouse.table(esRows, ProofHouse.groups(opening)))
                .orElseThrow()) {
            ProofShape shape = ProofHouse.shape(table.table(), 0, opening);
            try (Prover prover = ProofBenchmark.prover(library, shape)) {
                WitnessRequest request = ProofHouse.request(library, table, shape, prover.constraints());
                return IntStream.range(0, TIMES)
                        .mapToObj(time -> ((Proving.Proved) prover.prove(table, request)).cost())
                        .min(Comparator.comparingLong(ProvingCost::proveMillis))
                        .orElseThrow();
            }
        }
    }
}
