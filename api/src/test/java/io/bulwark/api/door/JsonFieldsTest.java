package io.bulwark.api.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.BadInput;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonFieldsTest {
    @Test
    void shouldReadWholeNumbersAsNumberOrText() {
        JsonFields fields = read("{\"a\": 9223372036854775807, \"b\": \"-9223372036854775808\"}");
        assertEquals(Long.MAX_VALUE, fields.wholeNumber("a", Long.MIN_VALUE, Long.MAX_VALUE));
        assertEquals(Long.MIN_VALUE, fields.wholeNumber("b", Long.MIN_VALUE, Long.MAX_VALUE));
        fields.nothingElse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0",
                "1e3",
                "\"01\"",
                "\"1.5\"",
                "true",
                "[1]",
                "9223372036854775808",
                "\"9223372036854775808\"",
                "11"
            })
    void shouldRefuseWhatIsNoWholeNumberInRange(String value) {
        BadInput refusal = refusal("{\"lots\": " + value + "}", fields -> fields.wholeNumber("lots", -10, 10));
        assertEquals("lots", refusal.field());
        assertEquals("a whole number from -10 to 10", refusal.rule());
    }

    /** Files that stand, such as what a verifier asks for, say null of what they leave open; no description of a request knows it. */
    @Test
    void shouldTakeNullForAbsentInAFileAndRefuseItInARequest() {
        byte[] body = "{\"account\": null}".getBytes(UTF_8);
        assertFalse(JsonFields.read(body).has("account"));
        BadInput refusal =
                assertThrows(BadInput.class, () -> JsonFields.request(body).has("account"));
        assertEquals("account", refusal.field());
    }

    @Test
    void shouldNameThePathOfANestedField() {
        BadInput refusal = refusal(
                "{\"changes\": [{\"lots\": 1}, {\"lots\": null}]}",
                fields -> fields.objects("changes", 5).forEach(change -> change.wholeNumber("lots", 0, 9)));
        assertEquals("changes[1].lots", refusal.field());
        assertEquals("the field is required", refusal.rule());
    }

    @Test
    void shouldRefuseAFieldThatNobodyAskedFor() {
        BadInput refusal = refusal("{\"cash\": 1, \"csah\": 2}", fields -> {
            fields.wholeNumber("cash", 0, 9);
            fields.nothingElse();
        });
        assertEquals("csah", refusal.field());
        assertEquals("2", refusal.value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,2]",
                "{} {}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":NaN}",
                "nonsense",
                "{\"a\":\"\\ud800\"",
                "null"
            })
    void shouldRefuseWhatIsNotOneObject(String text) {
        assertEquals("body", refusal(text, fields -> {}).field());
    }

    @Test
    void shouldRefuseADocumentBeyondItsLimit() {
        BadInput refusal = refusal(" ".repeat((1 << 20) + 1), fields -> {});
        assertEquals("1048577 bytes", refusal.value());
    }

    @Test
    void shouldShowOneShortLineOfAHostileValue() {
        BadInput refusal =
                refusal("{\"id\": \"a\\n\\u001b[31m" + "x".repeat(500) + "\"}", fields -> fields.text("id", 10));
        assertFalse(refusal.value().contains("\n") || refusal.value().contains("\u001b"));
        assertTrue(refusal.value().length() <= 81);
    }

    @Test
    void shouldRefuseHalfOfASurrogatePairWhereverAPairIsTaken() {
        assertEquals("\ud83d\udca9", read("{\"id\": \"\\ud83d\\udca9\"}").text("id", 10));
        for (String half : new String[] {"\\ud83d", "a\\udca9", "\\udca9\\ud83d"}) {
            BadInput refusal = refusal("{\"id\": \"" + half + "\"}", fields -> fields.text("id", 10));
            assertEquals("id", refusal.field());
            assertEquals("a text without lone surrogates", refusal.rule());
            assertTrue(refusal.value().contains("\ufffd"), refusal.value());
        }
        assertThrows(BadInput.class, () -> read("{\"\\ud83d\": 1}"), "nor in a field's name");
    }

    @Test
    void shouldReadBytesInHexadecimal() {
        assertArrayEquals(
                new byte[] {(byte) 0xab, 1}, read("{\"proof\": \"0xAb01\"}").bytes("proof", 2, 2));
        assertEquals(
                "2 bytes in hexadecimal",
                refusal("{\"proof\": \"0xabc\"}", f -> f.bytes("proof", 2, 2)).rule());
    }

    private static BadInput refusal(String json, Consumer<JsonFields> reading) {
        return assertThrows(BadInput.class, () -> reading.accept(read(json)));
    }

    private static JsonFields read(String json) {
        return JsonFields.read(json.getBytes(UTF_8));
    }
}
