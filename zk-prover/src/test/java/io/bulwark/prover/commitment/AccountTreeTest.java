package io.bulwark.prover.commitment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The account tree against paths, nodes and itself. */
final class AccountTreeTest {
    private static final long SEED = 20240523;

    private final ProverLibrary library = ProverLibrary.load();

    @Test
    void shouldHaveTheRootOfEmptyChildrenWhereNobodyHasAnAccount() {
        try (AccountTree tree = AccountTree.open(library, 2)) {
            FieldElement zero = FieldElement.ZERO;
            FieldElement level = library.node(zero, zero, zero, zero);
            assertEquals(library.node(level, level, level, level), tree.root());
        }
    }

    @Test
    void shouldLeadEveryAccountToTheRoot() {
        SplittableRandom random = new SplittableRandom(SEED);
        TreeMap<Long, FieldElement> leaves = new TreeMap<>();
        for (int i = 0; i < 50; i++) {
            leaves.put(random.nextLong(1 << 20), FieldElement.of(random.nextLong()));
        }
        leaves.put(0L, FieldElement.of(11));
        leaves.put((1L << 20) - 1, FieldElement.of(12));
        try (AccountTree tree = AccountTree.open(library)) {
            tree.update(leaves);
            leaves.forEach((number, leaf) -> {
                assertEquals(
                        tree.root(), tree.path(number).root(library, leaf), "account " + number + ", seed " + SEED);
                assertNotEquals(tree.root(), tree.path(number).root(library, FieldElement.of(13)));
            });
        }
    }

    @Test
    void shouldNotDependOnTheOrderOfUpdates() {
        try (AccountTree together = AccountTree.open(library);
                AccountTree apart = AccountTree.open(library)) {
            together.update(new TreeMap<>(Map.of(1L, FieldElement.of(5), 700_000L, FieldElement.of(6))));
            apart.update(new TreeMap<>(Map.of(700_000L, FieldElement.of(9))));
            apart.update(new TreeMap<>(Map.of(700_000L, FieldElement.of(6))));
            apart.update(new TreeMap<>(Map.of(1L, FieldElement.of(5))));
            apart.update(new TreeMap<>());
            assertEquals(together.root(), apart.root());
        }
    }

    @Test
    void shouldRefuseANumberBeyondTheTree() {
        try (AccountTree tree = AccountTree.open(library)) {
            FieldElement leaf = FieldElement.of(1);
            assertThrows(IllegalArgumentException.class, () -> tree.path(1 << 20));
            assertThrows(IllegalArgumentException.class, () -> tree.path(-1));
            assertThrows(IllegalArgumentException.class, () -> tree.update(new TreeMap<>(Map.of(1L << 20, leaf))));
        }
    }

    @Test
    void shouldRefuseUseAfterClosingAndAllowClosingTwice() {
        AccountTree tree = AccountTree.open(library);
        tree.close();
        tree.close();
        assertThrows(IllegalStateException.class, tree::root);
        assertThrows(IllegalStateException.class, () -> tree.path(0));
    }
}
