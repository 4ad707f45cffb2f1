package io.bulwark.prover.commitment;

import io.bulwark.clearing.document.Digest;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.binding.TableHandle;

/** The tree of a risk table's leaves, which a proof opens instead of reading the table. Safe for use by several threads. */
public final class RiskTableTree implements AutoCloseable {
    private final RiskTable table;
    private final Digest digest;
    private final TableHandle handle;

    private RiskTableTree(RiskTable table, Digest digest, TableHandle handle) {
        this.table = table;
        this.digest = digest;
        this.handle = handle;
    }

    /** The tree of a table; one that is not legal is refused by field and rule. */
    public static Answer<RiskTableTree> open(ProverLibrary library, RiskTable table) {
        byte[] encoding = table.encode();
        return library.openTable(encoding).map(handle -> new RiskTableTree(table, Digest.sha256(encoding), handle));
    }

    /** The root of a table alone, which an epoch commits to: of the vault's, which no account circuit opens. */
    public static Answer<FieldElement> rootOf(ProverLibrary library, RiskTable table) {
        return library.openTable(table.encode()).map(handle -> {
            try (handle) {
                return handle.root();
            }
        });
    }

    /** The table. */
    public RiskTable table() {
        return table;
    }

    /** SHA-256 of the table's encoding. */
    public Digest digest() {
        return digest;
    }

    /** Root of the tree. */
    public FieldElement root() {
        return handle.root();
    }

    /** Root of the tree at the point that an epoch's digest and a request root give: every row by its value there. */
    FieldElement evaluatedRoot(Opening opening, FieldElement epochDigest, FieldElement requestRoot) {
        return handle.evaluatedRoot(opening.label(), epochDigest, requestRoot);
    }

    /** What the library knows the tree by: for proving. */
    public TableHandle handle() {
        return handle;
    }

    @Override
    public void close() {
        handle.close();
    }
}
