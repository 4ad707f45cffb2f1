package io.bulwark.clearing.document;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value of the canonical encoding: an integer within int64, a byte string, a text or an array. There is nothing else: no map, no float, no null.
 *
 * <p>Documents are written as trees, in the order of a versioned schema whose name and version come first: {@code array(text("bulwark-epoch"), integer(1), …)}.
 */
public sealed interface CanonicalValue {
    /** An integer within int64. */
    record Int(long value) implements CanonicalValue {}

    /** A byte string; equal by value. */
    final class Bytes implements CanonicalValue {
        private final byte[] value;

        /** Copies. */
        public Bytes(byte[] value) {
            this.value = value.clone();
        }

        /** The bytes (a copy). */
        public byte[] value() {
            return value.clone();
        }

        /** Without a copy, for those of this package who only read. */
        byte[] shared() {
            return value;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return "Bytes[" + HexFormat.of().formatHex(value) + "]";
        }
    }

    /** A text in Unicode normalisation form C, without lone surrogates. Another form is refused, never changed silently: the text may be an identifier. */
    record Text(String value) implements CanonicalValue {
        /** Checks the form. */
        public Text {
            if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
                throw new CanonicalException("text", "a lone surrogate", "must be encodable as UTF-8");
            }
            if (!Normalizer.isNormalized(value, Normalizer.Form.NFC)) {
                throw new CanonicalException("text", "\"" + value + "\"", "must be in normalisation form C");
            }
        }
    }

    /** An array of any values. */
    record Array(List<CanonicalValue> values) implements CanonicalValue {
        /** Copies. */
        public Array {
            values = List.copyOf(values);
        }
    }

    /** An integer within int64. */
    static Int integer(long value) {
        return new Int(value);
    }

    /** A bit: 0 or 1. */
    static Int bit(boolean value) {
        return new Int(value ? 1 : 0);
    }

    /** A byte string (copied). */
    static Bytes bytes(byte[] value) {
        return new Bytes(value);
    }

    /** The 32 bytes of a digest. */
    static Bytes bytes(Digest digest) {
        return new Bytes(digest.bytes());
    }

    /** A text in normalisation form C. */
    static Text text(String value) {
        return new Text(value);
    }

    /** A decimal, as {@link CanonicalDecimal} writes it. */
    static Text decimal(BigDecimal value) {
        return new Text(CanonicalDecimal.format(value));
    }

    /** An array in the given order. */
    static Array array(CanonicalValue... values) {
        return new Array(List.of(values));
    }

    /** An array in the given order. */
    static Array array(List<? extends CanonicalValue> values) {
        return new Array(List.copyOf(values));
    }

    /** A field that may be absent: the empty array, or an array of the one value. */
    static Array optional(Optional<? extends CanonicalValue> value) {
        return value.map(CanonicalValue::array).orElseGet(CanonicalValue::array);
    }

    /** A map from text: the array of [key, value], sorted by the key's UTF-8 bytes. */
    static Array map(Map<String, ? extends CanonicalValue> entries) {
        return new Array(entries.entrySet().stream()
                .sorted((a, b) -> Arrays.compareUnsigned(utf8(a.getKey()), utf8(b.getKey())))
                .<CanonicalValue>map(e -> array(text(e.getKey()), e.getValue()))
                .toList());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The one encoding of this value. */
    default byte[] encode() {
        CanonicalWriter writer = new CanonicalWriter();
        writer.value(this);
        return writer.finish();
    }

    /** SHA-256 of {@link #encode()}. */
    default Digest sha256() {
        return Digest.sha256(encode());
    }
}
