package io.bulwark.api.inquiry;

import io.bulwark.api.cycle.BadInput;
import io.bulwark.prover.binding.FieldElement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The nullifiers that a verifier has accepted, one line of 64 hexadecimal digits each, in the order of their coming. Several processes may
 * share a file.
 *
 * @param path where it lies; made the first time
 */
public record NullifierFile(Path path) {
    /** Longest file, bytes: about a million nullifiers. */
    public static final long BYTES_MAX = 64 << 20;

    private static final int LINE = 2 * FieldElement.BYTES + 1;

    /**
     * Adds a nullifier, and has it on disk before it says so.
     *
     * @return whether it was not there before
     * @throws BadInput if the file holds anything else, or is full
     */
    public synchronized boolean add(FieldElement nullifier) {
        try (FileChannel channel = FileChannel.open(
                        path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            return lock.isValid() && add(channel, nullifier.hex() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("nullifier file " + path, e);
        }
    }

    /** A line that a crash cut off was never answered for: it is written over. */
    private boolean add(FileChannel channel, String line) throws IOException {
        if (channel.size() + LINE > BYTES_MAX) {
            throw refused("must have at most " + BYTES_MAX + " bytes: begin another with the next epoch");
        }
        ByteBuffer held = ByteBuffer.allocate(Math.toIntExact(channel.size() / LINE * LINE));
        while (held.hasRemaining() && channel.read(held, held.position()) >= 0) {
            // A read may give less than was asked for.
        }
        String text = new String(held.array(), StandardCharsets.US_ASCII);
        for (int from = 0; from < text.length(); from += LINE) {
            String known = text.substring(from, from + LINE);
            if (!known.matches("[0-9a-f]{64}\n")) {
                throw refused("line " + (from / LINE + 1) + " must be 64 lower-case hexadecimal digits");
            }
            if (known.equals(line)) {
                return false;
            }
        }
        ByteBuffer added = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
        while (added.hasRemaining()) {
            channel.write(added, held.capacity() + (long) added.position());
        }
        channel.truncate(held.capacity() + (long) LINE);
        channel.force(true);
        return true;
    }

    private BadInput refused(String rule) {
        return new BadInput("--nullifiers", path.toString(), rule);
    }
}
