package io.bulwark.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.proof.ProvingCost;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The figures of {@code bench proofs}: the fastest proof, as the bare native call and as the product's call around it; and the book. */
final class ProofFigures {
    private static final double NANOS = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    private ProofFigures() {}

    static ObjectNode measure() {
        Map<String, Double> best = Harness.bestShots(ProofBenchmark.class);
        ProvingCost bare = List.copyOf(ProofBenchmark.COSTS).stream()
                .min(Comparator.comparingLong(ProvingCost::proveMillis))
                .orElseThrow(() -> new IllegalStateException("no proof was made"));
        ObjectNode figures = JsonNodeFactory.instance.objectNode();
        ObjectNode account = figures.putObject("account");
        ObjectNode shape = account.putObject("shape");
        shape.put("positions", bare.shape().positions());
        shape.put("lines", bare.shape().lines());
        shape.put("groups", bare.shape().groups());
        shape.put("rows", bare.shape().structure().rows());
        shape.put("esRows", bare.shape().structure().esRows());
        // The circuit opens no venue attestation.
        shape.put("venues", 0);
        shape.put("opening", bare.shape().opening().label());
        account.put("constraints", bare.constraints());
        account.put("proveSeconds", bare.proveSeconds());
        account.put("cpuSeconds", bare.cpuSeconds());
        account.put("wholeSeconds", MarginFigures.rounded(best.getOrDefault("prove", 0.0) / NANOS));
        account.put("verifyMillis", MarginFigures.rounded(best.getOrDefault("verify", 0.0) / NANOS_PER_MILLI));
        BookFigures.measure(figures, ProverLibrary.load());
        return figures;
    }
}
