package io.bulwark.house;

import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.Database.SessionLock;
import io.bulwark.clearing.register.EpochRegister;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Who takes in and seals: of all processes that work on a house, the one whose session holds a lock of PostgreSQL's. Being elected begins
 * a term, and an epoch is sealed in the last term that began or not at all: a process that was cut off, and does not know that another was
 * elected, seals nothing.
 */
final class Sealer implements AutoCloseable {
    private static final String LOCK = "bulwark-sealer";

    private final Database database;
    private final EpochRegister epochs;
    private @Nullable SessionLock lock;
    private long term;

    Sealer(Database database, EpochRegister epochs) {
        this.database = database;
        this.epochs = epochs;
    }

    /** The term of this process, which is elected now if nobody is; empty while another one is. */
    synchronized OptionalLong term() {
        SessionLock held = lock;
        if (held != null && held.isHeld()) {
            return OptionalLong.of(term);
        }
        lock = null;
        if (held != null) {
            held.close();
        }
        Optional<SessionLock> taken = database.tryLock(LOCK);
        if (taken.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            term = epochs.beginTerm("process " + ProcessHandle.current().pid() + " on " + machine());
            lock = taken.get();
            return OptionalLong.of(term);
        } catch (RuntimeException e) {
            taken.get().close();
            throw e;
        }
    }

    /**
     * The term of this process.
     *
     * @throws IllegalStateException naming the process that seals, if it is another one
     */
    long required() {
        return term().orElseThrow(() -> new IllegalStateException("one process of all takes in and seals, "
                + epochs.sealer().orElse("another one") + "; this one reads, proves and serves until that one ends"));
    }

    private static String machine() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "this machine";
        }
    }

    @Override
    public synchronized void close() {
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }
}
