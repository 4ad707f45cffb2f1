package io.bulwark.prover.binding;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The two files of the library that are packaged for this platform: the library itself, and the process. */
final class PackagedProver {
    private static final String LIBRARY = "libbulwark.so";
    private static final String EXECUTABLE = "bulwark-prover";

    private static @Nullable Path unpacked;

    private PackagedProver() {}

    /** The library's file, where the system can load it. */
    static Path library() {
        try {
            return Native.extractFromResourcePath(resource(LIBRARY), PackagedProver.class.getClassLoader())
                    .toPath();
        } catch (IOException e) {
            throw new IllegalStateException(absent(LIBRARY), e);
        }
    }

    /** The process's file, where the system can start it: unpacked once, into a folder of this user's own. */
    static synchronized Path executable() {
        Path file = unpacked;
        if (file == null || !Files.isExecutable(file)) {
            file = unpack(resource(EXECUTABLE));
            unpacked = file;
        }
        return file;
    }

    private static Path unpack(String resource) {
        URL packaged = PackagedProver.class.getResource(resource);
        if (packaged == null) {
            throw new IllegalStateException(absent(EXECUTABLE));
        }
        try (InputStream content = packaged.openStream()) {
            Path folder = Files.createTempDirectory("bulwark-prover-");
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

    private static String resource(String file) {
        return "/" + Platform.RESOURCE_PREFIX + "/" + file;
    }

    private static String absent(String file) {
        return "native prover " + resource(file)
                + " must be on the class path; Maven builds it (mvn generate-resources)";
    }
}
