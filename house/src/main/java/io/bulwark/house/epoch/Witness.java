package io.bulwark.house.epoch;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.SealedEpoch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What somebody saw sealed, outside of the books: a line an epoch, its number and its digest, which seals everything before it. Whoever
 * keeps such a file notices books that end earlier, or that were sealed anew.
 *
 * @param file where it lies
 */
public record Witness(Path file) {
    private static final Pattern LINE = Pattern.compile("([1-9][0-9]{0,17}) ([0-9a-f]{64})");

    /** The line of an epoch. */
    public static String line(SealedEpoch epoch) {
        return epoch.epoch().number() + " " + epoch.digest().hex();
    }

    /**
     * What was seen, by number; nothing where there is no file.
     *
     * @throws BadInput naming the line that says nothing
     */
    public Map<Long, Digest> seen() {
        Map<Long, Digest> seen = new TreeMap<>();
        if (!Files.exists(file)) {
            return seen;
        }
        try {
            List<String> lines = whole().lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                Matcher line = LINE.matcher(lines.get(i));
                if (!line.matches()) {
                    throw new BadInput(
                            "line " + (i + 1) + " of " + file,
                            lines.get(i),
                            "must be an epoch's number and its digest of 64 hexadecimal digits");
                }
                seen.put(Long.parseLong(line.group(1)), Digest.parse(line.group(2)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return seen;
    }

    /** The file without a last line that a lost machine did not end. */
    private String whole() throws IOException {
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        return text.substring(0, text.lastIndexOf('\n') + 1);
    }

    /** What was seen sealed and is not, or otherwise, among these epochs; for people, empty if nothing. */
    public List<String> findings(List<SealedEpoch> epochs) {
        return findings(epochs, 1);
    }

    /** The same, of epochs from a number on. */
    public List<String> findings(List<SealedEpoch> epochs, long first) {
        Map<Long, Digest> sealed =
                epochs.stream().collect(Collectors.toMap(epoch -> epoch.epoch().number(), SealedEpoch::digest));
        List<String> findings = new ArrayList<>();
        seen().forEach((number, digest) -> {
            Digest have = sealed.getOrDefault(number, Digest.ZERO);
            if (number >= first && !have.equals(digest)) {
                findings.add("epoch " + number + " was sealed as " + digest + ", as " + file + " saw it; have "
                        + (have.equals(Digest.ZERO) ? "no such epoch" : have));
            }
        });
        return findings;
    }

    /** Writes down the epochs that were not seen yet, and waits until they lie on the disk. */
    public void see(List<SealedEpoch> epochs) {
        if (!unseen(epochs).isEmpty()) {
            synchronized (Witness.class) {
                write(epochs);
            }
        }
    }

    private String unseen(List<SealedEpoch> epochs) {
        Map<Long, Digest> seen = seen();
        return epochs.stream()
                .filter(epoch -> !seen.containsKey(epoch.epoch().number()))
                .map(epoch -> line(epoch) + "\n")
                .collect(Collectors.joining());
    }

    /** Other processes on this home write it too: one at a time. */
    private void write(List<SealedEpoch> epochs) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock alone = channel.lock()) {
            String lines = unseen(epochs);
            if (lines.isEmpty() || !alone.isValid()) {
                return;
            }
            channel.truncate(whole().length());
            channel.position(channel.size());
            ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
