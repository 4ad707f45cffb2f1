package io.bulwark.prover.binding;

import io.bulwark.clearing.document.CanonicalFields;

/** A risk table that the library has read: its leaves and their tree. Closing twice is allowed, use after closing is not. */
public final class TableHandle implements AutoCloseable {
    private final ProverLibrary library;
    private final NativeHandle handle;
    private final FieldElement root;

    TableHandle(ProverLibrary library, NativeHandle handle, FieldElement root) {
        this.library = library;
        this.handle = handle;
        this.root = root;
    }

    /** Root of the risk-table tree. */
    public FieldElement root() {
        return root;
    }

    /** Root of the table's tree at the point that epoch digest and request root give: every row by its value there. */
    public FieldElement evaluatedRoot(String opening, FieldElement epoch, FieldElement requestRoot) {
        return library.evaluatedRoot(handle, opening, epoch, requestRoot);
    }

    /**
     * Reads a tariff beside this table.
     *
     * @param tariff its canonical encoding
     * @return fields digest, scenarios, groups and entries, or what is not legal in it
     */
    public Answer<CanonicalFields> commitTariff(byte[] tariff) {
        return library.commitTariff(handle, tariff);
    }

    /**
     * What a tariff beside this table charges an account as booked, u.
     *
     * @param tariff its canonical encoding
     * @param account the account's canonical encoding
     */
    public Answer<Long> chargeByTariff(byte[] tariff, byte[] account) {
        return library.chargeByTariff(handle, tariff, account);
    }

    NativeHandle handle() {
        return handle;
    }

    @Override
    public void close() {
        handle.close();
    }
}
