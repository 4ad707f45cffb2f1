package io.bulwark.simulation;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What this process holds at one moment.
 *
 * @param threads platform threads, daemons included
 * @param files open file descriptors
 * @param sockets those of them that are sockets
 * @param heapBytes heap in use after a collection that was asked for
 */
public record Leftover(int threads, long files, long sockets, long heapBytes) {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /** Collects garbage, then counts. */
    static Leftover now() {
        System.gc();
        UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Leftover(
                ManagementFactory.getThreadMXBean().getThreadCount(),
                system.getOpenFileDescriptorCount(),
                openSockets(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    private static long openSockets() {
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            return all.filter(Leftover::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A descriptor may be closed between the listing and this look. */
    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false;
        }
    }
}
