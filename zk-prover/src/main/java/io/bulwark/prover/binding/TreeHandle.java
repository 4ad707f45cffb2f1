package io.bulwark.prover.binding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/**
 * A 4-ary Poseidon2 tree of fixed depth that the library holds; unset leaves are 0. Closing twice is allowed, use after closing is not.
 *
 * <p>Safe for use by several threads: the library locks the tree for each call.
 */
public final class TreeHandle implements AutoCloseable {
    /** Siblings beside the path on each level. */
    public static final int SIBLINGS = 3;

    private final ProverLibrary library;
    private final NativeHandle handle;
    private final int depth;

    TreeHandle(ProverLibrary library, NativeHandle handle, int depth) {
        this.library = library;
        this.handle = handle;
        this.depth = depth;
    }

    /** Levels between root and leaves. */
    public int depth() {
        return depth;
    }

    /** Number of leaves, 4^depth. */
    public long capacity() {
        return 1L << (2 * depth);
    }

    /**
     * Sets leaves, in one call for all of them.
     *
     * @param leaves leaf by index; 0 ≤ index &lt; 4^depth
     */
    public void update(SortedMap<Long, FieldElement> leaves) {
        if (leaves.isEmpty()) {
            return;
        }
        checkIndex(leaves.firstKey());
        checkIndex(leaves.lastKey());
        long[] indices = leaves.keySet().stream().mapToLong(Long::longValue).toArray();
        library.treeUpdate(handle, indices, FieldElement.concatenate(List.copyOf(leaves.values())));
    }

    /** The root. */
    public FieldElement root() {
        return library.treeRoot(handle);
    }

    /**
     * The siblings beside the way from the root to a leaf: root level first, three a level, in child order without our own.
     *
     * @param index 0 ≤ index &lt; 4^depth
     */
    public List<FieldElement> path(long index) {
        checkIndex(index);
        byte[] bytes = library.treePath(handle, index);
        List<FieldElement> path = new ArrayList<>(depth * SIBLINGS);
        for (int offset = 0; offset < bytes.length; offset += FieldElement.BYTES) {
            path.add(FieldElement.ofBytes(Arrays.copyOfRange(bytes, offset, offset + FieldElement.BYTES)));
        }
        return List.copyOf(path);
    }

    private void checkIndex(long index) {
        if (index < 0 || index >= capacity()) {
            throw new IllegalArgumentException("leaf index must be in [0, " + capacity() + "); have " + index);
        }
    }

    @Override
    public void close() {
        handle.close();
    }
}
