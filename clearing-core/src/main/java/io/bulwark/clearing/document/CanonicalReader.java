package io.bulwark.clearing.document;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the canonical encoding and nothing else.
 *
 * <p>The strictness is one comparison: what was read is written again, and must be the bytes that were read. So every longer head, indefinite length, ill-formed UTF-8,
 * tag or trailing byte is refused, whatever the parser lets pass.
 */
public final class CanonicalReader {
    /** Deepest nesting of arrays that is read. */
    public static final int DEPTH_MAX = 64;

    private static final CBORFactory FACTORY = CBORFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private CanonicalReader() {}

    /**
     * The value that these bytes encode.
     *
     * @throws CanonicalException if they are not the canonical encoding of one value
     */
    public static CanonicalValue read(byte[] encoding) {
        CanonicalValue value = parse(encoding);
        byte[] again = value.encode();
        int difference = Arrays.mismatch(encoding, again);
        if (difference >= 0) {
            throw new CanonicalException(
                    "byte " + difference,
                    byteAt(encoding, difference),
                    "must be deterministic CBOR: " + byteAt(again, difference)
                            + " stands here in the canonical encoding");
        }
        return value;
    }

    /**
     * The fields of a document whose schema name and version are as said.
     *
     * @throws CanonicalException if the bytes are not canonical, or of another schema or version
     */
    public static CanonicalFields document(byte[] encoding, String schema, long version) {
        return CanonicalFields.document(read(encoding), schema, version);
    }

    private static String byteAt(byte[] bytes, int position) {
        return position < bytes.length ? "0x%02x".formatted(bytes[position] & 0xff) : "the end";
    }

    private static CanonicalValue parse(byte[] encoding) {
        try (CBORParser parser = FACTORY.createParser(encoding)) {
            return value(parser, parser.nextToken());
        } catch (IOException e) {
            throw notCbor(encoding, e);
        }
    }

    private static CanonicalException notCbor(byte[] encoding, IOException cause) {
        String reason = cause.getMessage() == null
                ? cause.toString()
                : cause.getMessage().lines().findFirst().orElse("");
        CanonicalException refusal =
                new CanonicalException("document", encoding.length + " bytes: " + reason, "must be well-formed CBOR");
        refusal.initCause(cause);
        return refusal;
    }

    private static CanonicalValue value(CBORParser parser, @Nullable JsonToken token) throws IOException {
        if (token == null) {
            throw new CanonicalException(position(parser), "the end", "must be a value");
        }
        return switch (token) {
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_STRING -> new CanonicalValue.Text(parser.getText());
            case VALUE_EMBEDDED_OBJECT -> new CanonicalValue.Bytes(parser.getBinaryValue());
            case START_ARRAY -> array(parser);
            case START_OBJECT,
                    END_OBJECT,
                    END_ARRAY,
                    FIELD_NAME,
                    VALUE_NUMBER_FLOAT,
                    VALUE_TRUE,
                    VALUE_FALSE,
                    VALUE_NULL,
                    NOT_AVAILABLE ->
                throw new CanonicalException(
                        position(parser), token.name(), "must be an integer, byte string, text or array");
        };
    }

    private static CanonicalValue integer(CBORParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT, LONG -> new CanonicalValue.Int(parser.getLongValue());
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL ->
                throw new CanonicalException(position(parser), parser.getText(), "must be an integer within int64");
        };
    }

    private static CanonicalValue array(CBORParser parser) throws IOException {
        List<CanonicalValue> values = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            values.add(value(parser, token));
        }
        return new CanonicalValue.Array(values);
    }

    private static String position(CBORParser parser) {
        return "byte " + parser.currentTokenLocation().getByteOffset();
    }
}
