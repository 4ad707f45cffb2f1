package io.bulwark.prover;

import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.Opening;
import io.bulwark.prover.proof.Constraints;
import io.bulwark.prover.proof.Prover;
import io.bulwark.prover.proof.ProvingKeys;
import io.bulwark.prover.witness.ProofShape;
import io.bulwark.prover.witness.TableStructure;
import io.bulwark.tier.BuildCache;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/** Provers for tests: their keys are made once per library and shape and kept in the build's cache, their circuits opened once per run. */
public final class TestKeys {
    /** A circuit that is set up in a few seconds and proves in a moment, over an account tree of the real depth. */
    public static final ProofShape TINY = new ProofShape(
            4, 2, 2, 0, 10, Opening.DIRECT, TableStructure.of(RandomRiskTable.of(new SplittableRandom(1), 6, 20)));

    /** A small circuit of every family, opened directly. */
    public static final ProofShape EVERY_FAMILY = everyFamily(Opening.DIRECT);

    /** The same by seal, then challenge. */
    public static final ProofShape SEALED = everyFamily(Opening.CHALLENGE);

    /** The same in the packing of the small key. */
    public static final ProofShape COMPACT = everyFamily(Opening.COMPACT);

    private static ProofShape everyFamily(Opening opening) {
        RiskTable table = RandomRiskTable.ofEveryFamily(new SplittableRandom(1), 20);
        return new ProofShape(6, 4, 4, 0, 10, opening, TableStructure.of(table));
    }

    /** A circuit over a table that lists venues, as small as {@link #TINY}. */
    public static final ProofShape TINY_AT_VENUES = new ProofShape(
            4,
            2,
            2,
            0,
            10,
            Opening.DIRECT,
            TableStructure.of(
                    RandomVenues.over(new SplittableRandom(1), RandomRiskTable.of(new SplittableRandom(1), 6, 20))));

    /** A small circuit of every family over a table that lists venues. */
    public static ProofShape everyFamilyAtVenues(Opening opening) {
        SplittableRandom random = new SplittableRandom(1);
        RiskTable table = RandomVenues.over(random, RandomRiskTable.ofEveryFamily(random, 20));
        return new ProofShape(6, 4, 4, 0, 10, opening, TableStructure.of(table));
    }

    private static final Map<ProofShape, Prover> PROVERS = new ConcurrentHashMap<>();
    private static final Map<ProofShape, Constraints> CONSTRAINTS = new ConcurrentHashMap<>();

    private TestKeys() {}

    /** A prover of a shape. */
    public static Prover prover(ProofShape shape) {
        return PROVERS.computeIfAbsent(shape, TestKeys::open);
    }

    /** The constraints of a shape, which need no keys. */
    public static Constraints constraints(ProofShape shape) {
        return CONSTRAINTS.computeIfAbsent(shape, wanted -> Constraints.of(ProverLibrary.load(), wanted));
    }

    private static Prover open(ProofShape shape) {
        ProverLibrary library = ProverLibrary.load();
        return Prover.open(
                library, ProvingKeys.prepare(library, shape, BuildCache.keys(), seconds -> announce(shape, seconds)));
    }

    private static void announce(ProofShape shape, long seconds) {
        if (seconds % 10 == 5) {
            System.out.println("making keys of shape " + shape.label() + " for the first time: " + seconds + " s");
        }
    }
}
