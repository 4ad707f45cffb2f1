package io.bulwark.tier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** The tier of this run: the system property {@code bulwark.tier}, which the build sets; {@code full} when nobody has. */
public final class Tier {
    private static final String NAME = System.getProperty("bulwark.tier", "full");

    private Tier() {}

    /** Whether this is a night's run. */
    public static boolean isSoak() {
        return NAME.equals("soak");
    }

    /** Whether this is the run after every change: no server, key, node or browser. */
    public static boolean isFast() {
        return NAME.equals("fast");
    }

    /**
     * How many a test takes. A class that asks is {@link Sized}, or the larger number would never run.
     *
     * @param full with every commit
     * @param soak by night; not fewer
     */
    public static int size(int full, int soak) {
        if (full <= 0 || soak < full) {
            throw new IllegalArgumentException("sizes must be > 0 and larger by night; have " + full + " and " + soak);
        }
        return isSoak() ? soak : full;
    }

    /**
     * Which of some cases this run takes, in their order: all by night, otherwise as many as are asked for, drawn by the hash of the commit, so that each is run within
     * some commits and a commit runs the same ones everywhere. A class that asks is {@link Sized}.
     *
     * @param cases how many there are, numbered from 0
     * @param full how many with every commit; at most {@code cases}
     */
    public static List<Integer> drawn(int cases, int full) {
        List<Integer> all = new ArrayList<>(IntStream.range(0, cases).boxed().toList());
        if (isSoak()) {
            return all;
        }
        Collections.shuffle(all, new Random(commit()));
        return all.subList(0, full).stream().sorted().toList();
    }

    /**
     * Whether this run takes a class.
     *
     * @param place among the classes that the commits share out, from 0; -1 for one that every run takes
     */
    static boolean takes(int place) {
        if (place < -1 || place >= Drawn.OF) {
            throw new IllegalArgumentException("a place must be from 0 to " + (Drawn.OF - 1) + "; have " + place);
        }
        return place == -1 || isSoak() || Math.floorMod(commit(), Drawn.OF) == place;
    }

    /** The commit that is tested; 0 where there is no history. */
    private static long commit() {
        try {
            Process git = new ProcessBuilder("git", "rev-parse", "HEAD").start();
            String hash = new String(git.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return hash.matches("[0-9a-f]{40,64}") ? new BigInteger(hash, 16).longValue() : 0;
        } catch (IOException e) {
            throw new UncheckedIOException("git rev-parse HEAD", e);
        }
    }
}
