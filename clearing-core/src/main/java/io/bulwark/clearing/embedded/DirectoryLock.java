package io.bulwark.clearing.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** At most one process uses a directory. The lock is the kernel's, so it goes with the process that held it, however that process ended. */
final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * The lock, for this process.
     *
     * @throws EmbeddedServerException if another one holds it
     */
    static DirectoryLock acquire(Path directory) {
        return tryAcquire(directory)
                .orElseThrow(() -> new EmbeddedServerException(
                        "directory " + directory + " must be used by one process at a time; another one holds it"));
    }

    /** The lock, for this process; empty if another one holds it. */
    static Optional<DirectoryLock> tryAcquire(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel channel =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new DirectoryLock(channel));
        } catch (IOException e) {
            throw new EmbeddedServerException("directory " + directory + " must be writable", e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new EmbeddedServerException("the lock must be released", e);
        }
    }
}
