package io.bulwark.prover;

import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.proof.Prover;
import io.bulwark.prover.proof.ProvingKeys;
import io.bulwark.prover.witness.ProofShape;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Provers for tests: their keys are made once per library and shape and kept in the build's cache, their circuits opened once per run. */
public final class TestKeys {
    /** A circuit that is set up in a few seconds and proves in a moment, over an account tree of the real depth. */
    public static final ProofShape TINY = new ProofShape(4, 2, 2, 6, 1, 10, ProofShape.Opening.DIRECT);

    private static final Map<ProofShape, Prover> PROVERS = new ConcurrentHashMap<>();

    private TestKeys() {}

    /** The folder of all keys of this build. */
    public static Path folder() {
        Optional<String> named = Optional.ofNullable(System.getenv("BULWARK_BUILD_CACHE"));
        Optional<String> user = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"));
        Path cache = named.map(Path::of)
                .orElseGet(() -> user.map(Path::of)
                        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                        .resolve("bulwark"));
        return cache.resolve("keys");
    }

    /** A prover of a shape. */
    public static Prover prover(ProofShape shape) {
        return PROVERS.computeIfAbsent(shape, TestKeys::open);
    }

    private static Prover open(ProofShape shape) {
        ProverLibrary library = ProverLibrary.load();
        return Prover.open(library, ProvingKeys.prepare(library, shape, folder(), seconds -> announce(shape, seconds)));
    }

    private static void announce(ProofShape shape, long seconds) {
        if (seconds % 10 == 5) {
            System.out.println("making keys of shape " + shape.label() + " for the first time: " + seconds + " s");
        }
    }
}
