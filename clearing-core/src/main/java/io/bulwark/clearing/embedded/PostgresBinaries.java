package io.bulwark.clearing.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The server's binaries, unpacked once per version into a directory that size and checksum of their archive name: the jar's
 * index has both, so that a program which only reads the house neither reads nor hashes fifteen megabytes.
 */
final class PostgresBinaries {
    private static final String ARCHIVE = "postgres-linux-" + architecture() + ".txz";

    private PostgresBinaries() {}

    /** The directory that holds {@code bin}, {@code lib} and {@code share}; unpacked if it is not there yet. */
    static Path unpack(Path cache) {
        try (JarFile jar = jar()) {
            JarEntry archive = jar.getJarEntry(ARCHIVE);
            Path home = cache.resolve("postgres-%d-%08x".formatted(archive.getSize(), archive.getCrc()));
            if (!Files.isDirectory(home)) {
                Files.createDirectories(cache);
                Path unfinished = Files.createTempDirectory(cache, "unfinished-");
                try (InputStream content = jar.getInputStream(archive)) {
                    extract(content, unfinished);
                }
                Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
                publish(unfinished, home);
            }
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException("unpacking PostgreSQL into " + cache, e);
        }
    }

    private static String architecture() {
        String name = System.getProperty("os.arch");
        return switch (name) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64" -> "arm_64";
            default -> name;
        };
    }

    private static JarFile jar() throws IOException {
        URL archive = PostgresBinaries.class.getResource("/" + ARCHIVE);
        if (archive == null || !(archive.openConnection() instanceof JarURLConnection connection)) {
            throw new EmbeddedServerException(
                    "PostgreSQL's binaries for this machine must be in a jar on the class path; no " + ARCHIVE);
        }
        connection.setUseCaches(false);
        return connection.getJarFile();
    }

    /** Whoever moves first wins; the other one's copy is as good, and is removed. */
    private static void publish(Path unfinished, Path home) throws IOException {
        try {
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (DirectoryNotEmptyException | FileAlreadyExistsException alreadyThere) {
            Directories.delete(unfinished);
        }
    }

    private static void extract(InputStream archive, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new BufferedInputStream(new XZCompressorInputStream(archive), 1 << 16))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                extract(tar, entry, target);
            }
        }
    }

    private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
            throw new EmbeddedServerException("archive entry must stay inside its directory; have " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, path);
            boolean executable = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
