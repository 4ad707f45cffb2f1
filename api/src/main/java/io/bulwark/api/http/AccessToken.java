package io.bulwark.api.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What whoever may see accounts knows: 32 random bytes, drawn once for a home and readable by its owner alone. Programs send it as a bearer token. A browser is given
 * another text, which follows from it and from which it does not follow: cookies go to every port of a machine, and so may be read by what else listens there.
 */
final class AccessToken {
    private static final int LENGTH = 32;
    private static final String FORM = "[0-9a-f]{64}\n?";

    private final String text;

    private AccessToken(String text) {
        this.text = text;
    }

    /** Draws one that is kept nowhere. */
    static AccessToken draw(SecureRandom random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return new AccessToken(HexFormat.of().formatHex(bytes));
    }

    /**
     * The token of a file, drawn and kept there if there is none.
     *
     * @throws BadInput if others may read the file, or it holds something else; what it holds is not said
     */
    public static AccessToken keep(Path file, SecureRandom random) {
        try {
            if (!Files.exists(file)) {
                store(file, draw(random));
            }
            String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
            if (!permissions.endsWith("------")) {
                throw new BadInput(
                        "token", file.toString(), "must be readable by its owner alone (0600); have " + permissions);
            }
            String text = Files.readString(file, US_ASCII);
            if (!text.matches(FORM)) {
                throw new BadInput("token", file.toString(), "must hold 64 lower-case hexadecimal digits");
            }
            return new AccessToken(text.strip());
        } catch (IOException e) {
            throw new UncheckedIOException("token " + file, e);
        }
    }

    private static void store(Path file, AccessToken token) throws IOException {
        DurableFile.write(file, (token.text + "\n").getBytes(US_ASCII));
    }

    /** The text that is shown once, at the start, to whoever started the house. */
    String text() {
        return text;
    }

    /** What a browser keeps instead. */
    String cookie() {
        return Digest.sha256(("bulwark-cookie:" + text).getBytes(US_ASCII)).hex();
    }

    /** What marks the nonces of this door, so that none of another is taken. */
    byte[] nonceKey() {
        return Digest.sha256(("bulwark-sign-in:" + text).getBytes(US_ASCII)).bytes();
    }

    /** What marks the cursors of this door. */
    byte[] cursorKey() {
        return Digest.sha256(("bulwark-cursor:" + text).getBytes(US_ASCII)).bytes();
    }

    /** Whether somebody brings this token; takes equally long for every text of its length. */
    boolean isToken(String brought) {
        return equal(text, brought);
    }

    /** Whether a browser brings what follows from this token; takes equally long for every text of its length. */
    boolean isCookie(String brought) {
        return equal(cookie(), brought);
    }

    private static boolean equal(String own, String brought) {
        return MessageDigest.isEqual(own.getBytes(US_ASCII), brought.getBytes(US_ASCII));
    }

    /** Says nothing of the text, so that no log does. */
    @Override
    public String toString() {
        return "AccessToken";
    }
}
