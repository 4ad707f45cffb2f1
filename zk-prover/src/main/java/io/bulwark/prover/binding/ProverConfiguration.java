package io.bulwark.prover.binding;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How the prover runs.
 *
 * @param way inside this process, or as a process of its own
 * @param memoryBytesMax most memory that a process of its own may hold, bytes, at least 256 MiB; inside this process nothing can hold the library to it
 * @param threads threads that compute at once, 1 to 1,024
 * @param patience how long a process of its own may take for a call, beyond which it is ended; making keys, ceremonies and books take as long as they take
 */
public record ProverConfiguration(Way way, long memoryBytesMax, int threads, Duration patience) {
    private static final String WAY = "BULWARK_PROVER";
    private static final String MEMORY_MIB = "BULWARK_PROVER_MEMORY_MIB";
    private static final String THREADS = "BULWARK_PROVER_THREADS";
    private static final String PATIENCE_SECONDS = "BULWARK_PROVER_PATIENCE_SECONDS";

    private static final int THREADS_MAX = 1024;
    private static final int MIB = 20;
    private static final long MEMORY_MIB_MIN = 256;
    private static final long MEMORY_MIB_MAX = 1L << 20;
    private static final long MEMORY_MIB_DEFAULT = 4096;
    private static final long PATIENCE_SECONDS_DEFAULT = 600;
    private static final long PATIENCE_SECONDS_MAX = 86_400;

    /** Where the library is. */
    public enum Way {
        /** Loaded into this process: no call costs more than its work, and what ends the library ends this process. */
        IN_PROCESS,
        /** A child that speaks the same calls over its standard input and output: what ends it costs the calls that it was at. */
        OUT_OF_PROCESS;

        /** As configurations write it: in-process, out-of-process. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Checks the bounds. */
    public ProverConfiguration {
        require("memoryBytesMax", memoryBytesMax, MEMORY_MIB_MIN << MIB, MEMORY_MIB_MAX << MIB);
        require("threads", threads, 1, THREADS_MAX);
        require("patience", patience.toMillis(), 1, PATIENCE_SECONDS_MAX * 1000);
    }

    /** The defaults: 4 GiB, every processor, ten minutes. */
    public static ProverConfiguration of(Way way) {
        return new ProverConfiguration(
                way,
                MEMORY_MIB_DEFAULT << MIB,
                Math.min(Runtime.getRuntime().availableProcessors(), THREADS_MAX),
                Duration.ofSeconds(PATIENCE_SECONDS_DEFAULT));
    }

    /**
     * What the environment of this process says ({@code BULWARK_PROVER}: in-process or out-of-process, {@code BULWARK_PROVER_MEMORY_MIB}, {@code BULWARK_PROVER_THREADS},
     * {@code BULWARK_PROVER_PATIENCE_SECONDS}), with the defaults where it says nothing.
     *
     * @param otherwise the way where it names none
     * @throws IllegalArgumentException naming the variable, if it says something that cannot be
     */
    public static ProverConfiguration ofEnvironment(Way otherwise) {
        return of(System.getenv(), otherwise);
    }

    static ProverConfiguration of(Map<String, String> environment, Way otherwise) {
        ProverConfiguration defaults = of(way(environment.getOrDefault(WAY, otherwise.word())));
        return new ProverConfiguration(
                defaults.way(),
                number(environment, MEMORY_MIB, MEMORY_MIB_DEFAULT, MEMORY_MIB_MIN, MEMORY_MIB_MAX) << MIB,
                (int) number(environment, THREADS, defaults.threads(), 1, THREADS_MAX),
                Duration.ofSeconds(
                        number(environment, PATIENCE_SECONDS, PATIENCE_SECONDS_DEFAULT, 1, PATIENCE_SECONDS_MAX)));
    }

    private static Way way(String word) {
        return Arrays.stream(Way.values())
                .filter(way -> way.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(WAY + " must be "
                        + Arrays.stream(Way.values()).map(Way::word).collect(Collectors.joining(" or ")) + "; have "
                        + word));
    }

    private static long number(Map<String, String> environment, String name, long otherwise, long least, long most) {
        String text = environment.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text);
            require(name, number, least, most);
            return number;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    name + " must be an integer from " + least + " to " + most + "; have " + text, e);
        }
    }

    private static void require(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be from " + least + " to " + most + "; have " + value);
        }
    }
}
