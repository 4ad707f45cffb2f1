package io.bulwark.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.binding.TreeHandle;
import io.bulwark.prover.commitment.Opening;
import io.bulwark.prover.commitment.RiskTableTree;
import io.bulwark.prover.proof.Prover;
import io.bulwark.prover.proof.Prover.Proving;
import io.bulwark.prover.soak.BoundaryMix;
import io.bulwark.prover.soak.MemoryCurve;
import io.bulwark.prover.soak.Soak;
import io.bulwark.prover.soak.Soak.Share;
import io.bulwark.prover.witness.ProofShape;
import io.bulwark.prover.witness.WitnessRequest;
import java.util.List;

/** The figures of {@code bench boundary}: resident memory over a million calls with a small heap, and what a call took on average. */
final class BoundaryFigures {
    /** Calls unless told otherwise. */
    static final long CALLS = 1_000_000;

    private static final int ES_ROWS = 1024;
    private static final int TREE_DEPTH = 10;
    private static final int HEAVY_EVERY = 2_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private BoundaryFigures() {}

    static ObjectNode measure(long calls, boolean quiet) {
        ProverLibrary library = ProverLibrary.load();
        try (RiskTableTree table =
                        RiskTableTree.open(library, ProofHouse.table(ES_ROWS)).orElseThrow();
                TreeHandle tree = library.openTree(TREE_DEPTH)) {
            ProofShape shape = ProofHouse.shape(table.table(), 0, Opening.CHALLENGE);
            try (Prover prover = ProofBenchmark.prover(library, shape)) {
                List<Share> mix = mix(library, table, shape, prover).shares(tree, HEAVY_EVERY);
                long begin = System.nanoTime();
                MemoryCurve curve = Soak.run(mix, calls);
                long micros = (System.nanoTime() - begin) / NANOS_PER_MICRO;
                if (!quiet) {
                    curve.drawn().forEach(System.out::println);
                }
                return figures(curve, calls, micros);
            }
        }
    }

    private static BoundaryMix mix(ProverLibrary library, RiskTableTree table, ProofShape shape, Prover prover) {
        WitnessRequest request = ProofHouse.request(library, table, shape, prover.constraints());
        if (prover.prove(table, request) instanceof Proving.Proved proved) {
            return new BoundaryMix(
                    library, table, request, prover.constraints(), prover.keys().verifyingKey(), proved.bundle());
        }
        throw new IllegalStateException("the house's own account must have a proof");
    }

    private static ObjectNode figures(MemoryCurve curve, long calls, long micros) {
        ObjectNode figures = JsonNodeFactory.instance.objectNode();
        figures.put("calls", calls);
        figures.put("heapMaxBytes", Runtime.getRuntime().maxMemory());
        figures.put("microsPerCall", MarginFigures.rounded((double) micros / calls));
        figures.put(
                "residentBytesHalfway",
                curve.points().get(curve.points().size() / 2).residentBytes());
        figures.put("residentBytesAtTheEnd", curve.points().getLast().residentBytes());
        figures.put("growthBytesSecondHalf", curve.growthBytes());
        figures.put("growthBytesMax", MemoryCurve.GROWTH_MAX);
        figures.put("flat", curve.isFlat());
        return figures;
    }
}
