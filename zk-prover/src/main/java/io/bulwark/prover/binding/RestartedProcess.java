package io.bulwark.prover.binding;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A prover process that is there whenever it is asked for: one that has ended is followed by a new one, which holds nothing yet. */
final class RestartedProcess implements Supplier<Crossing> {
    private final Path executable;
    private final ProverConfiguration configuration;
    private final Consumer<Crossing> check;
    private @Nullable ProverProcess process;

    /** Starts none yet; check refuses a process that speaks another language. */
    RestartedProcess(Path executable, ProverConfiguration configuration, Consumer<Crossing> check) {
        this.executable = executable;
        this.configuration = configuration;
        this.check = check;
    }

    @Override
    public synchronized ProverProcess get() {
        ProverProcess current = process;
        if (current == null || current.hasEnded()) {
            current = ProverProcess.start(executable, configuration);
            process = current;
            check.accept(current);
        }
        return current;
    }

    /** Ends the process that runs now. */
    synchronized void end() {
        if (process != null) {
            process.close();
        }
    }
}
