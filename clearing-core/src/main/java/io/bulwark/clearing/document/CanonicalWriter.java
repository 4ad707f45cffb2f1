package io.bulwark.clearing.document;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/**
 * Writes the canonical encoding value by value, for documents too large to stand as a tree of {@link CanonicalValue}: deterministic CBOR (RFC 8949 §4.2) of definite
 * lengths and shortest heads.
 *
 * <p>An array is announced with its size and followed by exactly that many values; {@link #finish()} refuses a document that is not complete. One document per writer.
 */
final class CanonicalWriter {
    private static final CBORFactory FACTORY = CBORFactory.builder()
            .enable(CBORGenerator.Feature.WRITE_MINIMAL_INTS)
            .build();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final CBORGenerator generator;
    private final ArrayDeque<Integer> missing = new ArrayDeque<>();
    private boolean complete;

    /** An empty document. */
    public CanonicalWriter() {
        try {
            generator = FACTORY.createGenerator(out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }

    /** Begins an array; the next {@code size} values are its own. */
    public CanonicalWriter array(int size) {
        return write(() -> generator.writeStartArray(null, size), size);
    }

    /** An integer within int64. */
    public CanonicalWriter integer(long value) {
        return write(() -> generator.writeNumber(value), NO_ARRAY);
    }

    /** A byte string. */
    public CanonicalWriter bytes(byte[] value) {
        return write(() -> generator.writeBinary(value), NO_ARRAY);
    }

    /**
     * A text.
     *
     * @throws CanonicalException if it is not in normalisation form C
     */
    public CanonicalWriter text(String value) {
        // Strings go out as ready UTF-8: Jackson writes a long java.lang.String in chunks of indefinite length.
        byte[] utf8 = new CanonicalValue.Text(value).value().getBytes(StandardCharsets.UTF_8);
        return write(() -> generator.writeUTF8String(utf8, 0, utf8.length), NO_ARRAY);
    }

    /** A whole tree. */
    public CanonicalWriter value(CanonicalValue value) {
        switch (value) {
            case CanonicalValue.Int(long number) -> integer(number);
            case CanonicalValue.Bytes bytes -> bytes(bytes.shared());
            case CanonicalValue.Text(String text) -> text(text);
            case CanonicalValue.Array(var values) -> {
                array(values.size());
                values.forEach(this::value);
            }
        }
        return this;
    }

    /**
     * The document's bytes.
     *
     * @throws IllegalStateException if an array still lacks values, or nothing was written
     */
    public byte[] finish() {
        if (!complete) {
            throw new IllegalStateException("document must be complete; have " + missing.size() + " open arrays");
        }
        run(generator::flush);
        return out.toByteArray();
    }

    private static final int NO_ARRAY = -1;

    private CanonicalWriter write(Output output, int arraySize) {
        if (complete) {
            throw new IllegalStateException("document is complete; one writer writes one document");
        }
        run(output);
        if (arraySize >= 0) {
            missing.push(arraySize);
        } else {
            countValue();
        }
        closeFullArrays();
        return this;
    }

    private void countValue() {
        if (!missing.isEmpty()) {
            missing.push(missing.pop() - 1);
        }
        complete = missing.isEmpty();
    }

    private void closeFullArrays() {
        while (!missing.isEmpty() && missing.getFirst() == 0) {
            missing.pop();
            run(generator::writeEndArray);
            countValue();
        }
    }

    private static void run(Output output) {
        try {
            output.write();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }

    private interface Output {
        void write() throws IOException;
    }
}
