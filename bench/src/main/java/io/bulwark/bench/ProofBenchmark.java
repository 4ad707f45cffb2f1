package io.bulwark.bench;

import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.Opening;
import io.bulwark.prover.commitment.RiskTableTree;
import io.bulwark.prover.proof.ProofBundle;
import io.bulwark.prover.proof.Prover;
import io.bulwark.prover.proof.Prover.Proving;
import io.bulwark.prover.proof.ProvingCost;
import io.bulwark.prover.proof.ProvingKeys;
import io.bulwark.prover.proof.Verifier;
import io.bulwark.prover.witness.ProofShape;
import io.bulwark.prover.witness.WitnessRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * One account's proof in the full shape (1,024 rows of expected shortfall by seal, then challenge, with the attestations of four venues),
 * from request to verified bundle, and the check of it; the library measures the bare call inside.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ProofBenchmark {
    /** What the bare native calls of this process cost: the harness runs this benchmark in its own process, so that it can read them. */
    static final List<ProvingCost> COSTS = Collections.synchronizedList(new ArrayList<>());

    private static final int ES_ROWS = 1024;
    private static final int VENUES = 4;

    private final ProverLibrary library = ProverLibrary.load();
    private final RiskTableTree table =
            RiskTableTree.open(library, ProofHouse.table(ES_ROWS)).orElseThrow();
    private final ProofShape shape = ProofHouse.shape(table.table(), VENUES, Opening.CHALLENGE);
    private final Prover prover = prover(library, shape);
    private final WitnessRequest request = ProofHouse.request(library, table, shape, prover.constraints());
    private final Verifier verifier = prover.verifier();
    private final ProofBundle bundle = proved().bundle();

    /** A prover of a shape, whose keys lie beside the house's own, so that they are made once. */
    static Prover prover(ProverLibrary library, ProofShape shape) {
        return Prover.open(library, ProvingKeys.prepare(library, shape, keyFolder(), ProofBenchmark::announce));
    }

    /** From request to verified bundle. */
    @Benchmark
    public ProofBundle prove() {
        Proving.Proved proved = proved();
        COSTS.add(proved.cost());
        return proved.bundle();
    }

    /** The check of a proof alone. */
    @Benchmark
    public Verifier.Verification verify() {
        return verifier.verify(bundle);
    }

    private Proving.Proved proved() {
        return switch (prover.prove(table, request)) {
            case Proving.Proved proved -> proved;
            case Proving.NoProofInThisShape tooLarge -> throw new IllegalStateException(tooLarge.reason());
            case Proving.Refused refused -> throw new IllegalStateException("refused: " + refused.refusal());
        };
    }

    static Path keyFolder() {
        return Path.of(Optional.ofNullable(System.getenv("BULWARK_HOME")).orElse(".bulwark"), "keys");
    }

    private static void announce(long seconds) {
        System.err.println("making keys: " + seconds + " s");
    }
}
