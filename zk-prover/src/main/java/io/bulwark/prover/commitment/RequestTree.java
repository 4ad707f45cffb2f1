package io.bulwark.prover.commitment;

import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.binding.TreeHandle;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The tree of loss commitments that a house seals at a fixed time. It asks nobody whose a commitment is, and fills up with commitments to
 * nothing, so that the number of requests does not show.
 */
public final class RequestTree implements AutoCloseable {
    /** Levels. */
    public static final int DEPTH = 6;

    /** A seal holds at least so many commitments. */
    public static final int COMMITMENTS_MIN = 64;

    private static final int FILLER_BYTES = 31;

    private final TreeHandle tree;

    private RequestTree(TreeHandle tree) {
        this.tree = tree;
    }

    /**
     * The tree of commitments, in their order, with fillers behind them.
     *
     * @param commitments at most 4 to the power of {@link #DEPTH}
     * @param random makes the fillers
     */
    public static RequestTree of(ProverLibrary library, List<FieldElement> commitments, SecureRandom random) {
        return of(library, filled(commitments, random));
    }

    /** Commitments in their order with fillers behind them. */
    public static List<FieldElement> filled(List<FieldElement> commitments, SecureRandom random) {
        List<FieldElement> leaves = new ArrayList<>(commitments);
        fill(leaves, random);
        return leaves;
    }

    /** The tree of these leaves alone, in their order. */
    public static RequestTree of(ProverLibrary library, List<FieldElement> leaves) {
        SortedMap<Long, FieldElement> places = new TreeMap<>();
        leaves.forEach(leaf -> places.put((long) places.size(), leaf));
        RequestTree tree = new RequestTree(library.openTree(DEPTH));
        tree.tree.update(places);
        return tree;
    }

    /** Commitments and fillers in no order, so that neither the number of requests nor their sequence shows. */
    public static List<FieldElement> mixed(Collection<FieldElement> commitments, SecureRandom random) {
        List<FieldElement> leaves = filled(List.copyOf(commitments), random);
        Collections.shuffle(leaves, random);
        return leaves;
    }

    private static void fill(List<FieldElement> leaves, SecureRandom random) {
        while (leaves.size() < COMMITMENTS_MIN) {
            byte[] filler = new byte[FILLER_BYTES];
            random.nextBytes(filler);
            leaves.add(FieldElement.ofShortBytes(filler));
        }
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
