package io.bulwark.prover.soak;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverException;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.binding.TableHandle;
import io.bulwark.prover.binding.TreeHandle;
import io.bulwark.prover.commitment.RiskTableTree;
import io.bulwark.prover.proof.Constraints;
import io.bulwark.prover.proof.ProofBundle;
import io.bulwark.prover.proof.VerifyingKey;
import io.bulwark.prover.soak.Soak.Share;
import io.bulwark.prover.witness.WitnessRequest;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The boundary's functions as a house uses them, with refusals: hashes, trees that stay and trees that are closed, risk tables, leaves, verification, constraints that are asked.
 *
 * @param library what is called
 * @param table the table of the request
 * @param request one that its circuit accepts
 * @param constraints of that circuit
 * @param key of a proof
 * @param bundle the proof
 */
public record BoundaryMix(
        ProverLibrary library,
        RiskTableTree table,
        WitnessRequest request,
        Constraints constraints,
        VerifyingKey key,
        ProofBundle bundle) {
    private static final int DEPTH = 6;
    private static final int UNKNOWN_DOMAIN = 0;
    private static final int DOMAIN = 11;

    /**
     * The shares.
     *
     * @param heavyEvery in how many rounds each of the three heavy calls is made once: a table, a pairing, a circuit's constraints
     */
    public List<Share> shares(TreeHandle tree, int heavyEvery) {
        byte[] leaf = request.leaf().encoded().encode();
        byte[] encoding = table.table().encode();
        byte[] inputs = bundle.publicInputs().bytes();
        byte[] unreadable = CanonicalValue.text("no account").encode();
        byte[] solidity = CanonicalValue.array(
                        CanonicalValue.text("bulwark-solidity"),
                        CanonicalValue.integer(2),
                        CanonicalValue.bytes(key.encode()))
                .encode();
        List<FieldElement> four =
                List.of(FieldElement.of(1), FieldElement.of(2), FieldElement.of(3), FieldElement.of(4));
        return List.of(
                new Share("hash", 1, () -> library.hash(DOMAIN, four)),
                new Share("node", 1, () -> library.node(four.get(0), four.get(1), four.get(2), four.get(3))),
                new Share("unknown domain", 1, () -> refused(() -> library.hash(UNKNOWN_DOMAIN, four))),
                new Share("account leaf", 1, () -> given(library.accountLeaf(leaf))),
                new Share("no account leaf", 1, () -> refused(library.accountLeaf(unreadable))),
                new Share("path", 1, () -> tree.path(tree.capacity() - 1)),
                new Share("update", 2, () -> tree.update(leaves(four))),
                new Share("root", 2, tree::root),
                new Share("wrong length", 2, () -> refused(library.verify(key.bytes(), unreadable, inputs))),
                new Share("tree", 4, this::openAndClose),
                new Share("solidity", 20, () -> given(library.exportSolidity(solidity))),
                new Share("no table", 20, () -> refused(library.openTable(unreadable))),
                new Share(
                        "table",
                        heavyEvery,
                        () -> given(library.openTable(encoding).map(BoundaryMix::closed))),
                new Share(
                        "verify",
                        heavyEvery,
                        () -> given(library.verify(key.bytes(), bundle.proof().bytes(), inputs))),
                new Share("solve", heavyEvery, () -> given(constraints.solve(table, request))));
    }

    private static SortedMap<Long, FieldElement> leaves(List<FieldElement> values) {
        SortedMap<Long, FieldElement> leaves = new TreeMap<>();
        for (FieldElement value : values) {
            leaves.put((long) leaves.size(), value);
        }
        return leaves;
    }

    private void openAndClose() {
        try (TreeHandle tree = library.openTree(DEPTH)) {
            tree.update(leaves(List.of(FieldElement.of(5))));
        }
    }

    private static FieldElement closed(TableHandle table) {
        table.close();
        return table.root();
    }

    private static void given(Answer<?> answer) {
        if (answer instanceof Answer.Refused<?> refused) {
            throw new IllegalStateException("must be answered: " + refused.refusal());
        }
    }

    private static void refused(Answer<?> answer) {
        if (answer instanceof Answer.Given<?>) {
            throw new IllegalStateException("must be refused");
        }
    }

    private static void refused(Runnable call) {
        try {
            call.run();
        } catch (ProverException expected) {
            return;
        }
        throw new IllegalStateException("must be refused");
    }
}
