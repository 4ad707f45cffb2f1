package io.bulwark.prover.binding;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.Platform;
import io.bulwark.clearing.document.CanonicalValue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The library as a test build: with a function that ends, by name, the process that answers it. No shipped build has it. As a program it is the
 * house that such an end takes down.
 */
final class FatalProver {
    private static final String ASKED = "asked";
    private static final String SURVIVED = "survived";

    private FatalProver() {}

    /** Builds the library and the process, or takes them from the build's cache. */
    static Path build(Path folder) throws IOException, InterruptedException {
        Process build = new ProcessBuilder(
                        Path.of("circuits", "build.sh").toAbsolutePath().toString(), "fatal", folder.toString())
                .redirectErrorStream(true)
                .start();
        String log = new String(build.getInputStream().readAllBytes(), UTF_8);
        if (build.waitFor() != 0) {
            throw new IOException("the fatal build of the library must succeed: " + log);
        }
        return folder.resolve(Platform.RESOURCE_PREFIX);
    }

    /** A library that runs as a process of its own. */
    static ProverLibrary outOfProcess(Path built, Duration patience) {
        return ProverLibrary.open(
                new ProverConfiguration(ProverConfiguration.Way.OUT_OF_PROCESS, 512L << 20, 2, patience),
                built.resolve("bulwark-prover"));
    }

    /** Asks for an end. */
    static Answer<CanonicalValue> end(ProverLibrary library, String kind) {
        return library.ask("fatal", CanonicalValue.text(kind));
    }

    /** What becomes of a JVM that has the library inside, and asks for an end. */
    static Process jvm(Path built, String kind) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:ErrorFile=/dev/null",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FatalProver.class.getName(),
                        built.resolve("libbulwark.so").toString(),
                        kind))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Whether a JVM lived on after the call, which it must have come to. */
    static boolean survived(Process jvm) throws IOException {
        String said = new String(jvm.getInputStream().readAllBytes(), UTF_8);
        if (!said.contains(ASKED)) {
            throw new IOException("the JVM must come to its call; it said: " + said);
        }
        return said.contains(SURVIVED);
    }

    /** Loads a library, asks for an end, and says so if that was survived. */
    public static void main(String[] arguments) {
        ProverLibrary library =
                ProverLibrary.open(ProverConfiguration.of(ProverConfiguration.Way.IN_PROCESS), Path.of(arguments[0]));
        library.hash(10, List.of());
        System.out.println(ASKED);
        Answer<CanonicalValue> answer = end(library, arguments[1]);
        System.out.println(SURVIVED + " " + answer);
        System.exit(0);
    }
}
