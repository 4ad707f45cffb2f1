package io.bulwark.prover.commitment;

import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.binding.TreeHandle;
import java.security.SecureRandom;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The tree of loss commitments that a house seals at a fixed time. It asks nobody whose a commitment is, and fills up with commitments to
 * nothing, so that the number of requests does not show.
 */
public final class RequestTree implements AutoCloseable {
    /** Levels. */
    public static final int DEPTH = 10;

    /** A seal holds at least so many commitments. */
    public static final int COMMITMENTS_MIN = 64;

    private static final int FILLER_BYTES = 31;

    private final TreeHandle tree;

    private RequestTree(TreeHandle tree) {
        this.tree = tree;
    }

    /**
     * The tree of commitments, in their order.
     *
     * @param commitments at most 4 to the power of {@link #DEPTH}
     * @param random makes the fillers
     */
    public static RequestTree of(ProverLibrary library, List<FieldElement> commitments, SecureRandom random) {
        SortedMap<Long, FieldElement> leaves = new TreeMap<>();
        for (FieldElement commitment : commitments) {
            leaves.put((long) leaves.size(), commitment);
        }
        while (leaves.size() < COMMITMENTS_MIN) {
            byte[] filler = new byte[FILLER_BYTES];
            random.nextBytes(filler);
            leaves.put((long) leaves.size(), FieldElement.ofShortBytes(filler));
        }
        RequestTree tree = new RequestTree(library.openTree(DEPTH));
        tree.tree.update(leaves);
        return tree;
    }

    /** The root that the seal covers. */
    public FieldElement root() {
        return tree.root();
    }

    /** Where a commitment stands. */
    public TreePath path(long place) {
        return new TreePath(place, tree.path(place));
    }

    @Override
    public void close() {
        tree.close();
    }
}
