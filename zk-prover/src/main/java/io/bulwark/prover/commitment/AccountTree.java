package io.bulwark.prover.commitment;

import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.binding.TreeHandle;
import java.util.SortedMap;

/**
 * A tree of one leaf an account, by account number: {@link AccountLeaf} in the account tree, {@link MarginLeaf} in the margin tree, at the same places.
 * An account never opened has leaf 0. Safe for use by several threads.
 */
public final class AccountTree implements AutoCloseable {
    /** Levels: 2^20 accounts ever opened. A house that founds itself larger takes 14. */
    public static final int DEPTH = 10;

    private final TreeHandle tree;

    private AccountTree(TreeHandle tree) {
        this.tree = tree;
    }

    /** An empty tree of depth {@link #DEPTH}. */
    public static AccountTree open(ProverLibrary library) {
        return open(library, DEPTH);
    }

    /** An empty tree. */
    public static AccountTree open(ProverLibrary library, int depth) {
        return new AccountTree(library.openTree(depth));
    }

    /**
     * Sets the leaves of accounts.
     *
     * @param leaves leaf by account number, 0 ≤ number &lt; 4^depth
     */
    public void update(SortedMap<Long, FieldElement> leaves) {
        tree.update(leaves);
    }

    /** The root that the epoch seals. */
    public FieldElement root() {
        return tree.root();
    }

    /** The path of one account, for its owner. */
    public TreePath path(long number) {
        return new TreePath(number, tree.path(number));
    }

    @Override
    public void close() {
        tree.close();
    }
}
