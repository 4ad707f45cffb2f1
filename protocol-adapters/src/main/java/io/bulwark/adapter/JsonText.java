package io.bulwark.adapter;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as venues send it: read strictly (one value, no key twice, nothing after it, numbers with every digit), and cut into its members byte for byte,
 * because what is sealed is what was sent and not what a library would print.
 */
public final class JsonText {
    private static final int DEPTH_MAX = 32;
    private static final int NUMBER_LENGTH_MAX = 100;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxNumberLength(NUMBER_LENGTH_MAX)
                    .build())
            .build();

    private static final ObjectReader READER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .readerFor(JsonNode.class);

    private JsonText() {}

    /**
     * The whole answer as a tree.
     *
     * @param venue names the venue in a refusal
     * @param path names the answer in a refusal
     * @throws PayloadRefused if it is not exactly one JSON value
     */
    public static JsonNode tree(String venue, String path, byte[] json) {
        try {
            JsonNode node = READER.readValue(json);
            if (node.isMissingNode()) {
                throw notJson(venue, path, json, "is empty");
            }
            return node;
        } catch (JacksonException e) {
            throw notJson(venue, path, json, e.getOriginalMessage());
        } catch (NumberFormatException e) {
            throw notJson(venue, path, json, "holds a number whose exponent has too many digits");
        } catch (CharConversionException e) {
            throw notJson(venue, path, json, "is no text in UTF-8");
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
    }

    /**
     * The members of an object, each as the bytes that stand in the answer, in their order.
     *
     * @throws PayloadRefused if the answer is not one JSON object
     */
    public static Map<String, byte[]> members(String venue, String path, byte[] json) {
        Map<String, byte[]> members = new LinkedHashMap<>();
        cut(venue, path, json, JsonToken.START_OBJECT, parser -> {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser, json));
        });
        return members;
    }

    /**
     * The elements of an array, each as the bytes that stand in the answer.
     *
     * @throws PayloadRefused if the answer is not one JSON array
     */
    public static List<byte[]> elements(String venue, String path, byte[] json) {
        List<byte[]> elements = new ArrayList<>();
        cut(venue, path, json, JsonToken.START_ARRAY, parser -> elements.add(value(parser, json)));
        return elements;
    }

    private interface Cut {
        void at(JsonParser parser) throws IOException;
    }

    private static void cut(String venue, String path, byte[] json, JsonToken start, Cut cut) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            JsonToken end = start == JsonToken.START_OBJECT ? JsonToken.END_OBJECT : JsonToken.END_ARRAY;
            if (parser.nextToken() != start) {
                throw notJson(venue, path, json, "is no " + (start == JsonToken.START_OBJECT ? "object" : "array"));
            }
            while (parser.nextToken() != end) {
                if (parser.currentToken() == null) {
                    throw notJson(venue, path, json, "ends too early");
                }
                cut.at(parser);
            }
            if (parser.nextToken() != null) {
                throw notJson(venue, path, json, "goes on after its end");
            }
        } catch (JacksonException e) {
            throw notJson(venue, path, json, e.getOriginalMessage());
        } catch (CharConversionException e) {
            throw notJson(venue, path, json, "is no text in UTF-8");
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
    }

    private static byte[] value(JsonParser parser, byte[] json) throws IOException {
        int from = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
        parser.skipChildren();
        parser.finishToken();
        int to = Math.toIntExact(parser.currentLocation().getByteOffset());
        return Arrays.copyOfRange(json, from, to);
    }

    private static PayloadRefused notJson(String venue, String path, byte[] json, String what) {
        String shown = new String(json, 0, Math.min(json.length, 200), StandardCharsets.UTF_8);
        return new PayloadRefused(venue, path, shown, "must be one JSON value (" + what + ")").in(json);
    }
}
