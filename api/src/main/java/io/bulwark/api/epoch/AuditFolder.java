package io.bulwark.api.epoch;

import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.OutputFile;
import io.bulwark.api.door.Printout;
import io.bulwark.api.house.HouseFile;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files from which epochs are computed again, as any host can serve them:
 *
 * <pre>
 * house.json             what everybody may know of the house: its quorum, what that signed, the epochs with their signatures
 * index.json             who answers for each snapshot; which proofs were made
 * documents/SHA-256      what epochs name: inputs, founding file, governed numbers, prices, tables, records
 * snapshots/SHA-256      the venues' own bytes
 * proofs/SHA-256         proof files
 * keys/SHA-256           the verifying keys that they name
 * evidence/SHA-256       what convicts a node of a house that many keep
 * tables/N-accounts.csv  what follows of each account in epoch N
 * tables/N-prices.csv    the price reports of epoch N
 * </pre>
 *
 * <p>It holds positions and salts of every account: it is for auditors.
 *
 * @param folder where they lie
 */
record AuditFolder(Path folder) {
    static final String HOUSE = "house.json";
    static final String INDEX = "index.json";
    private static final long FILE_BYTES_MAX = 256L << 20;

    /** Folders whose files are named by the SHA-256 of their bytes. */
    enum Named {
        DOCUMENTS,
        SNAPSHOTS,
        PROOFS,
        KEYS,
        EVIDENCE;

        String folder() {
            return name().toLowerCase(Locale.ROOT) + "/";
        }

        String file(Digest digest) {
            return folder() + digest.hex();
        }
    }

    /** Keeps bytes under their SHA-256; those that are there stay. */
    Digest put(Named where, byte[] content) {
        Digest digest = Digest.sha256(content);
        if (!Files.exists(folder.resolve(where.file(digest)))) {
            put(where.file(digest), content);
        }
        return digest;
    }

    /** Keeps a file. */
    void put(String file, byte[] content) {
        Path path = folder.resolve(file);
        try {
            Files.createDirectories(Optional.ofNullable(path.getParent()).orElse(folder));
        } catch (IOException e) {
            throw new UncheckedIOException("folder " + path.getParent(), e);
        }
        OutputFile.write(path, content);
    }

    /** The bytes of a file; empty if there is none. */
    Optional<byte[]> find(String file) {
        Path path = folder.resolve(file);
        return Files.exists(path) ? Optional.of(InputFile.bytes(path, FILE_BYTES_MAX)) : Optional.empty();
    }

    /** The bytes of a SHA-256, as {@link #requireNamed} found them; empty if there are none. */
    Optional<byte[]> find(Named where, Digest digest) {
        return find(where.file(digest)).filter(content -> Digest.sha256(content).equals(digest));
    }

    /**
     * Checks that a file is named by what it holds.
     *
     * @throws IllegalStateException if it is not
     */
    void requireNamed(Named where, String file) {
        Digest found = Digest.sha256(find(file).orElseThrow());
        if (!where.file(found).equals(file)) {
            throw new IllegalStateException(file + " must be named by the SHA-256 of its bytes, " + found);
        }
    }

    /**
     * The bytes of a file that must be there.
     *
     * @throws BadInput if it is not
     */
    byte[] require(String file) {
        return InputFile.bytes(folder.resolve(file), Math.max(AuditIndex.BYTES_MAX, HouseFile.BYTES_MAX));
    }

    /** Every file, by its name from the folder on, in order. */
    List<String> files() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(path -> !Files.isDirectory(path))
                    .map(path -> folder.relativize(path).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("folder " + folder, e);
        }
    }

    /** The one form in which an answer is written. */
    static byte[] written(Object json) {
        StringWriter text = new StringWriter();
        new Printout(new PrintWriter(text)).json(json);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
