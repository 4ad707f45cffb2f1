package io.bulwark.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.money.Amount;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadFieldsTest {
    @Test
    void shouldKeepEveryDigitOfTextAndNumber() {
        PayloadFields fields = of("{\"a\":\"118703.60811320754716981132\",\"b\":2.288e-5,\"c\":1.10}");
        assertEquals("118703.60811320754716981132", fields.decimal("a").toString());
        assertEquals(Amount.of("0.00002288"), fields.number("b"));
        assertEquals(Amount.of("1.1"), fields.number("c"));
        fields.end();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":null}",
                "{\"a\":\"\"}",
                "{\"a\":\" \"}",
                "{\"a\":0}",
                "{\"a\":\"0x0\"}",
                "{\"a\":\"NaN\"}",
                "{\"a\":\"1,0\"}",
                "{\"a\":\"+1\"}"
            })
    void shouldNotReadADecimalWhereThereIsNone(String json) {
        PayloadRefused refusal = assertThrows(PayloadRefused.class, () -> of(json).decimal("a"));
        assertEquals("test.a", refusal.field());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e41", "1e-41", "1e999999999", "-1e99", "12345678901234567890123456789012345678901"})
    void shouldRefuseNumbersThatNoVenueWritesBeforeTheyCostAnything(String number) {
        assertThrows(PayloadRefused.class, () -> of("{\"a\":" + number + "}").number("a"));
        assertThrows(
                PayloadRefused.class, () -> of("{\"a\":\"" + number + "\"}").decimal("a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "{", "{}{}", "{\"a\":1,\"a\":2}", "{\"a\":01}", "{\"a\":NaN}", "{'a':1}", "[1,]", "nul"
            })
    void shouldRefuseWhatIsNotExactlyOneJsonValue(String json) {
        PayloadRefused refusal = assertThrows(
                PayloadRefused.class, () -> JsonText.tree("venue", "test", json.getBytes(StandardCharsets.UTF_8)));
        assertTrue(refusal.rule().startsWith("must be one JSON value"), refusal.rule());
    }

    @Test
    void shouldRefuseDeepNesting() {
        String deep = "[".repeat(5_000) + "]".repeat(5_000);
        assertThrows(PayloadRefused.class, () -> JsonText.tree("venue", "test", deep.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldNameTheFieldThatNobodyAskedFor() {
        PayloadFields fields = of("{\"a\":1,\"b\":{\"c\":2}}");
        fields.number("a");
        PayloadRefused refusal = assertThrows(PayloadRefused.class, fields::end);
        assertEquals("test.b", refusal.field());
        assertEquals("{\"c\":2}", refusal.value());
        assertEquals("is not a known field of this venue", refusal.rule());
    }

    @Test
    void shouldCutMembersByteForByte() {
        byte[] json = "{ \"a\" : 1.10 , \"b\" : [ 1 , {\"x\":2.288e-5} ], \"c\":\"\\u00e9\", \"d\":null }"
                .getBytes(StandardCharsets.UTF_8);
        var members = JsonText.members("venue", "test", json);
        assertEquals("1.10", text(members.getOrDefault("a", new byte[0])));
        assertEquals("[ 1 , {\"x\":2.288e-5} ]", text(members.getOrDefault("b", new byte[0])));
        assertEquals("\"\\u00e9\"", text(members.getOrDefault("c", new byte[0])));
        assertEquals("null", text(members.getOrDefault("d", new byte[0])));
        assertEquals(
                "{\"x\":2.288e-5}",
                text(JsonText.elements("venue", "test", members.getOrDefault("b", new byte[0]))
                        .get(1)));
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static PayloadFields of(String json) {
        return PayloadFields.of("venue", "test", json.getBytes(StandardCharsets.UTF_8));
    }

    /** The parser throws for such an exponent what it throws for nothing else: found by the fuzz of every venue's bytes. */
    @Test
    void shouldRefuseANumberWhoseExponentHasTooManyDigits() {
        byte[] json = "{\"n\":1844E744073709551615}".getBytes(StandardCharsets.UTF_8);
        PayloadRefused refusal = assertThrows(PayloadRefused.class, () -> JsonText.tree("venue", "answer", json));
        assertTrue(refusal.rule().contains("exponent"), refusal.rule());
    }

    /** A recording may have put numbers into quotes or taken them out; what the venue sends to the house itself may not. */
    @Test
    void shouldReadEitherFormOfARecordingAlone() {
        String json = "{\"a\":1.5,\"b\":\"2.5\",\"c\":\"-7\",\"in\":{\"a\":3},\"rows\":[{\"a\":4}]}";
        PayloadFields kept = of(json).recorded();
        assertEquals(Amount.of("1.5"), kept.decimal("a"));
        assertEquals(Amount.of("2.5"), kept.number("b"));
        assertEquals(-7, kept.integer("c"));
        assertEquals(Amount.of("3"), kept.fields("in").decimal("a"));
        assertEquals(List.of(Amount.of("4")), kept.list("rows", row -> row.decimal("a")));
        kept.end();
        assertThrows(PayloadRefused.class, () -> of(json).decimal("a"));
        assertThrows(PayloadRefused.class, () -> of(json).number("b"));
        assertThrows(PayloadRefused.class, () -> of(json).integer("c"));
        assertThrows(PayloadRefused.class, () -> of(json).list("rows", row -> row.decimal("a")));
        assertThrows(
                PayloadRefused.class, () -> of("{\"c\":\"7.5\"}").recorded().integer("c"));
    }

    /** A word of a chain, as clients of nodes print it. */
    @Test
    void shouldCountInAnyFormOfAChain() {
        PayloadFields fields = of(
                "{\"a\":\"0x10\",\"b\":{\"_hex\":\"0x10\",\"_isBigNumber\":true},\"c\":{\"type\":\"BigNumber\",\"hex\":\"-0x10\"},\"d\":16,\"e\":\"-16\"}");
        assertEquals(16, fields.counted("a").intValueExact());
        assertEquals(16, fields.counted("b").intValueExact());
        assertEquals(-16, fields.counted("c").intValueExact());
        assertEquals(16, fields.counted("d").intValueExact());
        assertThrows(PayloadRefused.class, () -> fields.unsigned("e"));
        for (String not : new String[] {"1.0", "\"0x\"", "\"\"", "true", "{}", "1e3", "\"" + "9".repeat(78) + "\""}) {
            assertThrows(PayloadRefused.class, () -> of("{\"a\":" + not + "}").counted("a"), not);
        }
    }
}
