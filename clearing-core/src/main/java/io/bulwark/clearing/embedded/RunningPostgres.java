package io.bulwark.clearing.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * A PostgreSQL server that another process runs in its directory: enough to connect to it, nothing to stop it with.
 *
 * @param jdbcUrl the address for the driver
 * @param user the superuser
 * @param password its password
 */
public record RunningPostgres(String jdbcUrl, String user, String password) {
    /** Line of {@code postmaster.pid} that holds the port, from 0. */
    private static final int PORT_LINE = 3;

    /** The server of a directory, if another process holds the directory and its server has opened its port. */
    public static Optional<RunningPostgres> find(Path directory) {
        Path pid = directory.resolve("data").resolve("postmaster.pid");
        try {
            if (!Files.exists(pid) || !heldByAnother(directory.resolve("lock"))) {
                return Optional.empty();
            }
            List<String> lines = Files.readAllLines(pid);
            String password = Files.readString(directory.resolve("password")).strip();
            return lines.size() > PORT_LINE
                    ? Optional.of(new RunningPostgres(
                            "jdbc:postgresql://127.0.0.1:"
                                    + lines.get(PORT_LINE).strip() + "/postgres",
                            "postgres",
                            password))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("looking for the server of " + directory, e);
        }
    }

    private static boolean heldByAnother(Path lock) throws IOException {
        if (!Files.exists(lock)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock taken = channel.tryLock()) {
            return taken == null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return true;
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "RunningPostgres[" + jdbcUrl + "]";
    }
}
