package io.bulwark.clearing.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** At most one user of a directory. The lock is the kernel's, so it goes with the process that held it, however that process ended. */
final class DirectoryLock implements AutoCloseable {
    /**
     * The directories that this process holds. A kernel lock belongs to the process, and goes as soon as the process closes any channel on the file: a second attempt in
     * the same process must not even open it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * The lock, for this user.
     *
     * @throws EmbeddedServerException if another one holds it
     */
    static DirectoryLock acquire(Path directory) {
        return tryAcquire(directory)
                .orElseThrow(() -> new EmbeddedServerException(
                        "directory " + directory + " must be used by one process at a time; another one holds it"));
    }

    /** The lock, for this user; empty if another one, in this process or elsewhere, holds it. */
    static Optional<DirectoryLock> tryAcquire(Path directory) {
        try {
            Path real = Files.createDirectories(directory).toRealPath();
            if (!HELD.add(real)) {
                return Optional.empty();
            }
            Optional<DirectoryLock> lock = lock(real);
            if (lock.isEmpty()) {
                HELD.remove(real);
            }
            return lock;
        } catch (IOException e) {
            throw new EmbeddedServerException("directory " + directory + " must be writable", e);
        }
    }

    private static Optional<DirectoryLock> lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(new DirectoryLock(directory, channel));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new EmbeddedServerException("the lock must be released", e);
        } finally {
            HELD.remove(directory);
        }
    }
}
