package io.bulwark.prover.commitment;

import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.binding.TreeHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where a leaf stands in a tree: with it anybody recomputes the root from the leaf.
 *
 * @param number the leaf's place, in the account tree the account's number; its base-4 digits, root level first, say which child the path
 *     takes
 * @param siblings three a level, root level first, in child order without our own
 */
public record TreePath(long number, List<FieldElement> siblings) {
    private static final int DIGIT_BITS = 2;

    /** Copies, and refuses a path that cannot belong to the number. */
    public TreePath {
        siblings = List.copyOf(siblings);
        if (siblings.isEmpty() || siblings.size() % TreeHandle.SIBLINGS != 0) {
            throw new IllegalArgumentException("path must have three siblings a level; have " + siblings.size());
        }
        if (number < 0 || number >>> (DIGIT_BITS * (siblings.size() / TreeHandle.SIBLINGS)) != 0) {
            throw new IllegalArgumentException("place of a leaf must be below 4^depth; have " + number);
        }
    }

    /**
     * A path from the byte form of its siblings.
     *
     * @param siblings what {@link #bytes} gives
     * @throws IllegalArgumentException if they are no elements, or cannot belong to the number
     */
    public static TreePath of(long number, byte[] siblings) {
        if (siblings.length % FieldElement.BYTES != 0) {
            throw new IllegalArgumentException("path must have whole siblings of " + FieldElement.BYTES
                    + " bytes; have " + siblings.length + " bytes");
        }
        return new TreePath(
                number,
                IntStream.range(0, siblings.length / FieldElement.BYTES)
                        .map(i -> i * FieldElement.BYTES)
                        .mapToObj(from ->
                                FieldElement.ofBytes(Arrays.copyOfRange(siblings, from, from + FieldElement.BYTES)))
                        .toList());
    }

    /** Levels between root and leaf. */
    public int depth() {
        return siblings.size() / TreeHandle.SIBLINGS;
    }

    /** The siblings' byte forms, one after the other. */
    public byte[] bytes() {
        return FieldElement.concatenate(siblings);
    }

    /** The root of the tree that has this leaf at the end of this path. */
    public FieldElement root(ProverLibrary library, FieldElement leaf) {
        FieldElement node = leaf;
        for (int level = depth() - 1; level >= 0; level--) {
            int digit = (int) (number >>> (DIGIT_BITS * (depth() - 1 - level))) & 3;
            List<FieldElement> children =
                    new ArrayList<>(siblings.subList(level * TreeHandle.SIBLINGS, (level + 1) * TreeHandle.SIBLINGS));
            children.add(digit, node);
            node = library.node(children.get(0), children.get(1), children.get(2), children.get(3));
        }
        return node;
    }
}
