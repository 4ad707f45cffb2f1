package io.bulwark.api.door;

import io.bulwark.adapter.feed.FeedVenue;
import io.bulwark.clearing.document.BadInput;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A file that a verb was given: every way in which it cannot be read is the caller's to hear, by its name. */
public final class InputFile {
    private InputFile() {}

    /**
     * The bytes of a file.
     *
     * @throws BadInput if it is absent, a directory, unreadable or longer than the limit
     */
    public static byte[] bytes(Path file, long bytesMax) {
        if (!Files.exists(file)) {
            throw new BadInput("FILE", file.toString(), "must exist");
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new BadInput("FILE", file.toString(), "must be a readable file");
        }
        try {
            if (Files.size(file) > bytesMax) {
                throw new BadInput(
                        "FILE",
                        file + " of " + Files.size(file) + " bytes",
                        "must have at most " + bytesMax + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new BadInput("FILE", file.toString(), "must be readable: " + e.getMessage());
        }
    }

    /**
     * The bytes of a file that nobody but its owner may read.
     *
     * @throws BadInput also if others may
     */
    public static byte[] secretBytes(Path file, long bytesMax) {
        byte[] bytes = bytes(file, bytesMax);
        try {
            String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
            if (!permissions.endsWith("------")) {
                throw new BadInput(
                        "FILE", file.toString(), "must be readable by its owner alone (0600); have " + permissions);
            }
            return bytes;
        } catch (IOException e) {
            throw new BadInput("FILE", file.toString(), "must be readable: " + e.getMessage());
        }
    }

    /**
     * The text of a file.
     *
     * @throws BadInput also if it is not UTF-8
     */
    public static String text(Path file, long bytesMax) {
        byte[] bytes = bytes(file, bytesMax);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadInput("FILE", file.toString(), "must be UTF-8 text");
        }
    }

    /** The authority by which a verb judges the house that it asks, as an option of the verb. */
    public static final class Authority {
        private static final int BYTES_MAX = 1 << 20;

        @Option(
                names = "--ca",
                paramLabel = "FILE",
                description =
                        "The authority (PEM) that vouches for a house which answers by https. Default: those that Java knows.")
        private @Nullable Path authority;

        /**
         * A caller of the house at an address.
         *
         * @throws BadInput if the file holds no certificate, or is given for a house that is not asked by https
         */
        public FeedVenue.Sender of(URI house) {
            if (authority == null) {
                return new FeedVenue.Sender(house);
            }
            if (!"https".equals(house.getScheme())) {
                throw new BadInput("--ca", authority.toString(), "must be for a house that is asked by https://");
            }
            try {
                return new FeedVenue.Sender(house, Optional.of(bytes(authority, BYTES_MAX)));
            } catch (IllegalArgumentException e) {
                throw new BadInput("--ca", authority.toString(), "must hold certificates in PEM");
            }
        }
    }
}
