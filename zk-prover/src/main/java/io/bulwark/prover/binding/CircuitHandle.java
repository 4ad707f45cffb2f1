package io.bulwark.prover.binding;

/** A circuit with its keys, opened for proving. Closing twice is allowed, use after closing is not. */
public final class CircuitHandle implements AutoCloseable {
    private final NativeHandle handle;

    CircuitHandle(NativeHandle handle) {
        this.handle = handle;
    }

    NativeHandle handle() {
        return handle;
    }

    @Override
    public void close() {
        handle.close();
    }
}
