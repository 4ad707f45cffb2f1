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

    private final List<String> secrets = new ArrayList<>();

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
        secrets.add(new String(secret, StandardCharsets.ISO_8859_1));
        secrets.add(HexFormat.of().formatHex(secret));
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
        try (InputStream in = Files.newInputStream(file)) {
            String before = "";
            for (byte[] piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
                String bytes = before + new String(piece, StandardCharsets.ISO_8859_1);
                for (String secret : secrets) {
                    assertFalse(bytes.contains(secret), "a secret is in " + file);
                }
                before = bytes.substring(Math.max(0, bytes.length() - LONGEST));
            }
        }
    }

    private static List<Path> files(Path place) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
