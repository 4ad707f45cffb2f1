package io.bulwark.api.verification;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.prover.binding.FieldElement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The nullifiers that a verifier has trusted, each with the challenge that it answered and the epoch it was of: a line of 64 hexadecimal digits, 64 more, and 19 decimal
 * ones, in the order of their coming. Several processes may share a file.
 *
 * <p>A second look at the same proof says the same. The same account in another conversation is taken only with a later epoch, which a nullifier has only where it
 * stands for all epochs: then the account renews, or moves to another conversation, and never backs two at once. It is the rule of the registry on a chain.
 *
 * @param path where it lies; made the first time
 */
record NullifierFile(Path path) {
    /** Longest file, bytes: about half a million nullifiers. */
    public static final long BYTES_MAX = 64 << 20;

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) ([0-9a-f]{64}) ([0-9]{19})\n");
    private static final int LENGTH = 64 + 1 + 64 + 1 + 19 + 1;

    /**
     * Takes a nullifier for a conversation, and has it on disk before it says so.
     *
     * @param epoch of the proof
     * @return whether the account does not count in another conversation
     * @throws BadInput if the file holds anything else, or is full
     */
    public synchronized boolean take(FieldElement nullifier, FieldElement challenge, long epoch) {
        try (FileChannel channel = FileChannel.open(
                        path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            return lock.isValid() && take(channel, nullifier.hex(), challenge.hex(), epoch);
        } catch (IOException e) {
            throw new UncheckedIOException("nullifier file " + path, e);
        }
    }

    /** A line that a crash cut off was never answered for: it is written over. The last line of a nullifier holds. */
    private boolean take(FileChannel channel, String nullifier, String challenge, long epoch) throws IOException {
        ByteBuffer held = ByteBuffer.allocate(Math.toIntExact(Math.min(channel.size(), BYTES_MAX) / LENGTH * LENGTH));
        while (held.hasRemaining() && channel.read(held, held.position()) >= 0) {
            // A read may give less than was asked for.
        }
        String text = new String(held.array(), StandardCharsets.US_ASCII);
        String answered = "";
        long last = -1;
        for (int from = 0; from < text.length(); from += LENGTH) {
            Matcher line = LINE.matcher(text.substring(from, from + LENGTH));
            if (!line.matches()) {
                throw refused("line " + (from / LENGTH + 1)
                        + " must be a nullifier, a challenge and an epoch, with one space between");
            }
            if (line.group(1).equals(nullifier)) {
                answered = line.group(2);
                last = Long.parseLong(line.group(3));
            }
        }
        if (answered.equals(challenge)) {
            return true;
        }
        if (!answered.isEmpty() && epoch <= last) {
            return false;
        }
        append(channel, held.capacity(), String.format(Locale.ROOT, "%s %s %019d\n", nullifier, challenge, epoch));
        return true;
    }

    private void append(FileChannel channel, long end, String line) throws IOException {
        if (end + LENGTH > BYTES_MAX) {
            throw refused("must have at most " + BYTES_MAX + " bytes: begin another with the next epoch");
        }
        ByteBuffer added = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
        while (added.hasRemaining()) {
            channel.write(added, end + added.position());
        }
        channel.truncate(end + LENGTH);
        channel.force(true);
    }

    private BadInput refused(String rule) {
        return new BadInput("--nullifiers", path.toString(), rule);
    }
}
