package io.bulwark.adapter.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.JsonText;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.tier.Heavy;
import io.bulwark.tier.Sized;
import io.bulwark.tier.Tier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a file holds, reading it gives facts and refusals, never an exception. A failure prints the input. */
@Sized
@Heavy
class PayloadFuzzTest {
    private static final long SEED = 20_261_121L;
    private static final int STRANGE_PLACES = 16;

    /** Values of every type and of bad manners, put in the place of each value in turn. */
    private static final List<String> STRANGERS = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "1e400",
            "9223372036854775808",
            "\"\"",
            "\"x\"",
            "\"1e999\"",
            "\"-0\"",
            "\"12345678901234567890123456789012345678901234567890\"",
            "[]",
            "[[]]",
            "[null]",
            "{}",
            "{\"0\":[{}]}");

    static List<String> venues() {
        return PayloadReading.ofClassPath().venues();
    }

    @Test
    void shouldReadEveryOriginalInFull() {
        PayloadSamples.BY_VENUE.forEach((venue, samples) -> samples.forEach(sample -> {
            FactSheet sheet = PayloadReading.ofClassPath().read(venue, bytes(sample));
            assertEquals(
                    List.of(),
                    sheet.refused().stream().map(PayloadRefused::getMessage).toList(),
                    sample);
            assertFalse(sheet.facts().isEmpty(), sample);
        }));
    }

    /** Each venue is given what the others say too. */
    @ParameterizedTest
    @MethodSource("venues")
    void shouldSurviveATruncationAtEveryByte(String venue) {
        for (String sample : PayloadSamples.all()) {
            byte[] whole = bytes(sample);
            for (int length : places(venue, sample, whole.length)) {
                byte[] part = Arrays.copyOf(whole, length);
                assertFalse(survived(venue, part).refused().isEmpty(), () -> "read in full: " + text(part));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("venues")
    void shouldSurviveAFlippedBitInEveryByte(String venue) {
        Random random = new Random(SEED);
        for (String sample : PayloadSamples.all()) {
            for (int i : places(venue, sample, bytes(sample).length)) {
                byte[] flipped = bytes(sample);
                flipped[i] ^= (byte) (1 << random.nextInt(8));
                survived(venue, flipped);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("venues")
    void shouldSurviveAnotherTypeInEveryPlace(String venue) {
        for (String sample : PayloadSamples.all()) {
            for (String stranger : STRANGERS) {
                variants(venue, sample, (parent, name) -> replace(parent, name, tree(stranger)))
                        .forEach(variant -> survived(venue, bytes(variant.toString())));
            }
        }
    }

    /** Absent is not zero, and never an exception. */
    @ParameterizedTest
    @MethodSource("venues")
    void shouldSurviveTheLossOfEveryMember(String venue) {
        for (String sample : PayloadSamples.all()) {
            variants(venue, sample, (parent, name) -> {
                        if (parent instanceof ObjectNode object) {
                            object.remove(name);
                        } else {
                            ((ArrayNode) parent).remove(Integer.parseInt(name));
                        }
                    })
                    .forEach(variant -> survived(venue, bytes(variant.toString())));
        }
    }

    /** A venue that says something new may have changed what the old words mean. */
    @Test
    void shouldRefuseAnUnknownFieldInEveryObject() {
        PayloadSamples.BY_VENUE.forEach((venue, samples) -> {
            for (String sample : samples) {
                objects(tree(sample), object -> object.set("colour", tree("{\"colour\":1}")))
                        .forEach(variant -> {
                            FactSheet sheet = survived(venue, bytes(variant.toString()));
                            assertFalse(sheet.refused().isEmpty(), () -> venue + " overlooks colour in " + variant);
                        });
            }
        });
    }

    @ParameterizedTest
    @MethodSource("venues")
    void shouldSurviveWhatIsNoJsonAtAll(String venue) {
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            byte[] noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            survived(venue, noise);
        }
        for (String text : List.of(
                "",
                " \n",
                "<html><body>502</body></html>",
                "a,b\n1\n",
                "a,a\n1,2\n",
                "GET\n/x\nfalse\n",
                "> {}\n",
                "= {\n",
                "[".repeat(5_000),
                "{\"a\":".repeat(2_000),
                "1e999999999",
                "\n\0\0\0\0\0\0",
                "\0\0\0{\0\0\0\u00ff",
                "\uFEFF{}",
                "nul")) {
            survived(venue, bytes(text));
        }
    }

    private static FactSheet survived(String venue, byte[] file) {
        FactSheet sheet;
        try {
            sheet = PayloadReading.ofClassPath().read(venue, file);
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(venue + " threw " + e + " at " + text(file), e);
        }
        for (PayloadRefused refusal : sheet.refused()) {
            assertFalse(refusal.rule().isBlank(), () -> "no rule for " + text(file));
        }
        return sheet;
    }

    private interface Change {
        void at(JsonNode parent, String name);
    }

    /** Every place of a venue's own samples; of what is strange to it, which it refuses near its beginning, a few. By night all. */
    private static int[] places(String venue, String sample, int count) {
        boolean own = PayloadSamples.BY_VENUE.getOrDefault(venue, List.of()).contains(sample);
        int taken = own || Tier.isSoak() ? count : Math.min(count, STRANGE_PLACES);
        return IntStream.range(0, taken)
                .map(i -> (int) ((long) i * count / taken))
                .toArray();
    }

    /** A copy for each member and element, changed there. */
    private static List<JsonNode> variants(String venue, String sample, Change change) {
        JsonNode original = tree(sample);
        List<JsonNode> variants = new ArrayList<>();
        for (int i : places(venue, sample, places(original, new ArrayList<>()).size())) {
            JsonNode copy = original.deepCopy();
            Map.Entry<JsonNode, String> place = places(copy, new ArrayList<>()).get(i);
            change.at(place.getKey(), place.getValue());
            variants.add(copy);
        }
        return variants;
    }

    private static List<Map.Entry<JsonNode, String>> places(JsonNode node, List<Map.Entry<JsonNode, String>> found) {
        if (node.isObject()) {
            node.properties().forEach(member -> {
                found.add(Map.entry(node, member.getKey()));
                places(member.getValue(), found);
            });
        } else {
            for (int i = 0; i < node.size(); i++) {
                found.add(Map.entry(node, Integer.toString(i)));
                places(node.get(i), found);
            }
        }
        return found;
    }

    private static List<JsonNode> objects(JsonNode original, Consumer<ObjectNode> change) {
        List<JsonNode> variants = new ArrayList<>();
        int count = inside(original, new ArrayList<>()).size();
        for (int i = 0; i < count; i++) {
            JsonNode copy = original.deepCopy();
            change.accept(inside(copy, new ArrayList<>()).get(i));
            variants.add(copy);
        }
        return variants;
    }

    private static List<ObjectNode> inside(JsonNode node, List<ObjectNode> found) {
        if (node instanceof ObjectNode object) {
            found.add(object);
        }
        node.forEach(child -> inside(child, found));
        return found;
    }

    private static void replace(JsonNode parent, String name, JsonNode value) {
        if (parent instanceof ObjectNode object) {
            object.set(name, value);
        } else {
            ((ArrayNode) parent).set(Integer.parseInt(name), value);
        }
    }

    private static JsonNode tree(String json) {
        return json.equals("null") ? JsonNodeFactory.instance.nullNode() : JsonText.tree("sample", "", bytes(json));
    }

    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] file) {
        return new String(file, StandardCharsets.UTF_8);
    }
}
