package io.bulwark.api.verification;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Which proof answered an ask: a file beside it with that proof's SHA-256. A nonce is good for one proof; the same proof may be looked at as often as anybody likes.
 *
 * @param path where it lies
 */
record AskAnswer(Path path) {
    private static final int LENGTH = 2 * Digest.LENGTH + 1;

    /** The one of an ask: its file's name with {@code .answer} behind. */
    public static AskAnswer beside(Path ask) {
        return new AskAnswer(ask.resolveSibling(ask.getFileName() + ".answer"));
    }

    /** Whether no other proof answered. */
    public boolean isFree(Digest proof) {
        return !Files.exists(path) || look(proof, false);
    }

    /**
     * Takes a proof as the answer, and has that on disk before it says so.
     *
     * @param proof SHA-256 of the proof's file
     * @return whether no other proof answered
     * @throws BadInput if the file holds anything else
     */
    public boolean take(Digest proof) {
        return look(proof, true);
    }

    private boolean look(Digest proof, boolean take) {
        try (FileChannel channel = FileChannel.open(
                        path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            return lock.isValid() && look(channel, proof, take);
        } catch (IOException e) {
            throw new UncheckedIOException("answer " + path, e);
        }
    }

    /** What a crash cut off was never said: it is written over. */
    private boolean look(FileChannel channel, Digest proof, boolean take) throws IOException {
        String own = proof.hex() + "\n";
        if (channel.size() >= LENGTH) {
            ByteBuffer held = ByteBuffer.allocate(LENGTH);
            while (held.hasRemaining() && channel.read(held, held.position()) >= 0) {
                // A read may give less than was asked for.
            }
            String answered = new String(held.array(), US_ASCII);
            if (channel.size() != LENGTH || !answered.matches("[0-9a-f]{64}\n")) {
                throw new BadInput("--ask", path.toString(), "must hold the SHA-256 of one proof");
            }
            return answered.equals(own);
        }
        if (!take) {
            return true;
        }
        ByteBuffer written = ByteBuffer.wrap(own.getBytes(US_ASCII));
        while (written.hasRemaining()) {
            channel.write(written, written.position());
        }
        channel.force(true);
        return true;
    }
}
