package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The secrets of a home as they would be found in another file: the quorum's keys, its keys for chains, and what owners prove with. */
final class HouseSecrets {
    private static final int PIECE = 4 << 20;
    private static final int LONGEST = 64;

    private final List<byte[]> secrets = new ArrayList<>();
    /** Which pairs of bytes begin a secret: keys for proofs are hundreds of megabytes, and one look a byte is enough for nearly all. */
    private final boolean[] begins = new boolean[1 << 16];

    private HouseSecrets() {}

    static HouseSecrets of(Path house) throws IOException {
        HouseSecrets found = new HouseSecrets();
        for (Path key : files(house.resolve("signing"))) {
            found.add(HexFormat.of().parseHex(Files.readString(key).strip()));
        }
        int signing = found.secrets.size();
        assertTrue(signing >= 2 * 3, "the quorum's keys are there");
        for (Path wallet : files(house.resolve("owners"))) {
            byte[] bytes = Files.readAllBytes(wallet);
            // The secret and the bundle key end the file, each behind its head.
            int end = bytes.length - (32 + 2) - (16 + 1);
            found.add(Arrays.copyOfRange(bytes, end - 31, end));
        }
        assertTrue(found.secrets.size() > signing, "owners' secrets are there");
        return found;
    }

    private void add(byte[] secret) {
        for (byte[] form : List.of(secret, HexFormat.of().formatHex(secret).getBytes(StandardCharsets.US_ASCII))) {
            secrets.add(form);
            begins[pair(form, 0)] = true;
        }
    }

    private static int pair(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    void requireNoneIn(Path... places) throws IOException {
        for (Path place : places) {
            List<Path> files = files(place);
            for (Path file : files) {
                scan(file);
            }
        }
    }

    /** Proving keys are larger than the heap may be: read in pieces, each with the end of the one before. */
    private void scan(Path file) throws IOException {
        byte[] bytes = new byte[LONGEST + PIECE];
        try (InputStream in = Files.newInputStream(file)) {
            int kept = 0;
            for (int read = in.readNBytes(bytes, kept, PIECE); read > 0; read = in.readNBytes(bytes, kept, PIECE)) {
                int end = kept + read;
                assertFalse(holds(bytes, end), "a secret is in " + file);
                int next = Math.min(end, LONGEST);
                System.arraycopy(bytes, end - next, bytes, 0, next);
                kept = next;
            }
        }
    }

    private boolean holds(byte[] bytes, int end) {
        for (int at = 0; at < end - 1; at++) {
            if (begins[pair(bytes, at)] && isAt(bytes, at, end)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAt(byte[] bytes, int from, int end) {
        return secrets.stream()
                .anyMatch(secret -> from + secret.length <= end
                        && Arrays.equals(bytes, from, from + secret.length, secret, 0, secret.length));
    }

    private static List<Path> files(Path place) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
