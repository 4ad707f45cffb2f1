package io.bulwark.house.node;

import io.bulwark.clearing.document.Digest;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a node has written down of one round, before anybody hears it: entries of length, SHA-256 and bytes. An entry is on the disk
 * when {@link #append} returns; an
 * entry that a kill or a loss of power cut short was never said, and is cut off.
 */
final class RoundJournal implements AutoCloseable {
    private static final int ENTRY_BYTES_MAX = 64 << 20;

    private final FileChannel channel;
    private final List<byte[]> entries = new ArrayList<>();

    RoundJournal(Path file) {
        try {
            boolean made = !Files.exists(file);
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            long whole = load(file);
            channel.truncate(whole);
            channel.position(whole);
            channel.force(true);
            if (made) {
                NodeFiles.forceFolder(file.resolveSibling(""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("journal " + file, e);
        }
    }

    private long load(Path file) throws IOException {
        long whole = 0;
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            while (true) {
                int length = in.readInt();
                if (length < 0 || length > ENTRY_BYTES_MAX) {
                    return whole;
                }
                byte[] digest = in.readNBytes(Digest.LENGTH);
                byte[] entry = in.readNBytes(length);
                if (entry.length < length
                        || !Arrays.equals(digest, Digest.sha256(entry).bytes())) {
                    return whole;
                }
                entries.add(entry);
                whole += Integer.BYTES + Digest.LENGTH + length;
            }
        } catch (EOFException e) {
            return whole;
        }
    }

    /** What was written down, in its order. */
    List<byte[]> entries() {
        return entries.stream().map(byte[]::clone).toList();
    }

    /** Writes it down, and waits until it lies on the disk. */
    void append(byte[] entry) {
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        framed.writeBytes(
                ByteBuffer.allocate(Integer.BYTES).putInt(entry.length).array());
        framed.writeBytes(Digest.sha256(entry).bytes());
        framed.writeBytes(entry);
        try {
            ByteBuffer bytes = ByteBuffer.wrap(framed.toByteArray());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
            entries.add(entry.clone());
        } catch (IOException e) {
            throw new UncheckedIOException("journal", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("journal", e);
        }
    }
}
