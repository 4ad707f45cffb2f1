package io.bulwark.prover.soak;

import io.bulwark.prover.soak.MemoryCurve.Point;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Calls a mix of functions again and again in one thread and watches the resident memory of this process and its children. */
public final class Soak {
    /** Points of a curve. */
    public static final int POINTS = 80;

    private static final String RESIDENT = "Rss:";

    private Soak() {}

    /**
     * A function of the mix.
     *
     * @param name what it is
     * @param every in how many rounds it is called once, at least 1
     * @param call the call; throws what must not happen
     */
    public record Share(String name, int every, Runnable call) {
        /** Checks the share. */
        public Share {
            if (every < 1) {
                throw new IllegalArgumentException("every must be at least 1; have " + every);
            }
        }
    }

    /** Calls until there were so many, at least one for each point. */
    public static MemoryCurve run(List<Share> mix, long calls) {
        if (mix.isEmpty() || calls < POINTS) {
            throw new IllegalArgumentException("calls must be at least " + POINTS + " of a mix; have " + calls);
        }
        List<Point> points = new ArrayList<>(POINTS);
        long made = 0;
        for (long round = 0; made < calls; round++) {
            for (Share share : mix) {
                if (round % share.every() != 0 || made == calls) {
                    continue;
                }
                share.call().run();
                made++;
                if (made * POINTS / calls > points.size()) {
                    points.add(new Point(made, residentBytes()));
                }
            }
        }
        return new MemoryCurve(points);
    }

    /** Resident memory of this process and its children, bytes, as the system counts it. */
    static long residentBytes() {
        return LongStream.concat(
                        LongStream.of(ProcessHandle.current().pid()),
                        ProcessHandle.current().children().mapToLong(ProcessHandle::pid))
                .map(Soak::residentBytes)
                .sum();
    }

    private static long residentBytes(long process) {
        Path rollup = Path.of("/proc", Long.toString(process), "smaps_rollup");
        try {
            return Files.readAllLines(rollup).stream()
                    .filter(line -> line.startsWith(RESIDENT))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (NoSuchFileException ended) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException("resident memory " + rollup, e);
        }
    }
}
