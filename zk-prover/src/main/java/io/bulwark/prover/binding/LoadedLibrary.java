package io.bulwark.prover.binding;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The library, loaded into this process.
 *
 * <p>A failure of Go code on the calling thread comes back as a refusal. What Go calls fatal (no memory, a stack that overflows, maps written at once, a panic in a
 * routine that nobody guards) ends this process.
 */
final class LoadedLibrary implements Crossing {
    private final Exports exports;

    private LoadedLibrary(Exports exports) {
        this.exports = exports;
    }

    /** The two exported functions, by their C names. */
    interface Exports extends Library {
        @Nullable
        Pointer bw_call(byte[] call, long callLength, long[] length);

        void bw_free(Pointer block);
    }

    /**
     * Loads a library.
     *
     * @throws UnsatisfiedLinkError if the file is none for this platform
     */
    static LoadedLibrary load(Path file) {
        return new LoadedLibrary(Native.load(file.toString(), Exports.class));
    }

    @Override
    public byte[] call(byte[] call, Patience patience) {
        long[] length = new long[1];
        Pointer block = exports.bw_call(call, call.length, length);
        if (block == null) {
            throw new IllegalStateException("native prover must read a call of " + call.length + " bytes");
        }
        try {
            return block.getByteArray(0, Math.toIntExact(length[0]));
        } finally {
            exports.bw_free(block);
        }
    }

    @Override
    public boolean canEnd() {
        return false;
    }

    @Override
    public RuntimeException garbled(String reason, Throwable cause) {
        return new IllegalStateException("native prover " + reason, cause);
    }
}
