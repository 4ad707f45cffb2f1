package io.bulwark.prover.binding;

/** A risk table that the library has read: its leaves and their tree. Closing twice is allowed, use after closing is not. */
public final class TableHandle implements AutoCloseable {
    private final NativeHandle handle;
    private final FieldElement root;

    TableHandle(NativeHandle handle, FieldElement root) {
        this.handle = handle;
        this.root = root;
    }

    /** Root of the risk-table tree. */
    public FieldElement root() {
        return root;
    }

    NativeHandle handle() {
        return handle;
    }

    @Override
    public void close() {
        handle.close();
    }
}
