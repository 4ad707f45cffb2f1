package io.bulwark.prover.binding;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The two files of the library that are packaged for this platform: the library itself, and the process. */
final class PackagedProver {
    private static final String LIBRARY = "libbulwark.so";
    private static final String EXECUTABLE = "bulwark-prover";
    private static final String PREFIX = "bulwark-prover-of-";
    private static final Pattern FOLDER = Pattern.compile(PREFIX + "([0-9]{1,18})-[0-9]+");

    /** Property of the JVM: the folder where an installed Bulwark has both files beside it, so that no start unpacks them. */
    private static final String LAID = "bulwark.native";

    private static @Nullable Path unpacked;

    private PackagedProver() {}

    /** The library's file, where the system can load it. */
    static Path library() {
        Path laid = laid(LIBRARY);
        if (laid != null) {
            return laid;
        }
        try {
            return Native.extractFromResourcePath(resource(LIBRARY), PackagedProver.class.getClassLoader())
                    .toPath();
        } catch (IOException e) {
            throw new IllegalStateException(absent(LIBRARY), e);
        }
    }

    /** The process's file, where the system can start it: unpacked once, into a folder of this user's own. */
    static synchronized Path executable() {
        Path laid = laid(EXECUTABLE);
        if (laid != null) {
            return laid;
        }
        Path file = unpacked;
        if (file == null || !Files.isExecutable(file)) {
            file = unpack(resource(EXECUTABLE));
            unpacked = file;
        }
        return file;
    }

    private static @Nullable Path laid(String file) {
        String folder = System.getProperty(LAID);
        return folder == null ? null : Path.of(folder, file);
    }

    private static Path unpack(String resource) {
        URL packaged = PackagedProver.class.getResource(resource);
        if (packaged == null) {
            throw new IllegalStateException(absent(EXECUTABLE));
        }
        try (InputStream content = packaged.openStream()) {
            Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
            sweep(temporary);
            Path folder = Files.createTempDirectory(
                    temporary, PREFIX + ProcessHandle.current().pid() + "-");
            Path file = folder.resolve(EXECUTABLE);
            Files.copy(content, file);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r-x------"));
            folder.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new IllegalStateException("the prover process must be unpacked to be started", e);
        }
    }

    /**
     * Takes away what processes left here that were killed: folders are named after the process that made them. What cannot be taken away
     * stays: nobody waits for it.
     */
    static void sweep(Path folder) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, PackagedProver::isLeft)) {
            for (Path one : left) {
                Files.deleteIfExists(one.resolve(EXECUTABLE));
                Files.deleteIfExists(one);
            }
        } catch (IOException | DirectoryIteratorException stays) {
            return;
        }
    }

    private static boolean isLeft(Path folder) throws IOException {
        Matcher named = FOLDER.matcher(folder.getFileName().toString());
        return named.matches()
                && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && Files.isWritable(folder)
                && ProcessHandle.of(Long.parseLong(named.group(1)))
                        .filter(ProcessHandle::isAlive)
                        .isEmpty();
    }

    private static String resource(String file) {
        return "/" + Platform.RESOURCE_PREFIX + "/" + file;
    }

    private static String absent(String file) {
        return "native prover " + resource(file)
                + " must be on the class path; Maven builds it (mvn generate-resources)";
    }
}
