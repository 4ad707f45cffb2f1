package io.bulwark.adapter.fact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.fact.Glossary.Name;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlossaryTest {
    private static final Glossary WORDS = Glossary.of(GlossaryTest.class, "counted.csv")
            .naming("token", GlossaryTest::token)
            .build();

    private static Name token(PayloadFields fields) {
        return new Name(
                "ETH",
                fields.absentOr("decimals", fields::whole)
                        .map(places -> Map.of("places", places.toString()))
                        .orElse(Map.of()));
    }

    private static FactSheet read(String json) {
        FactSheet sheet = FactSheet.sent("venue", "");
        WORDS.read(sheet, PayloadFields.of("venue", "slot", json.getBytes(StandardCharsets.UTF_8)), "slot");
        return sheet;
    }

    @Test
    void shouldReadWholeNumbersAtTheirPlacesInEveryRole() {
        FactSheet sheet = read("""
                {"decimals":18,"balance":"-1500000000000000000","deposits":-2500000,"index":"0x1"}""");
        Fact held = sheet.one("balance");
        assertEquals(FactKind.DEBT, held.kind());
        Figure figure = held.figure().orElseThrow();
        assertEquals(List.of("1.5", "ETH", "18"), said(figure));
        assertEquals(new BigInteger("1500000000000000000"), figure.units());
        assertEquals(
                List.of("-2.5", "ETH", "6"),
                said(Objects.requireNonNull(held.beside().get("deposits"))));
        assertEquals(27, sheet.one("index").figure().orElseThrow().scale());
    }

    /** What stands beside a nought that says that there is nothing stands beside nothing. */
    @Test
    void shouldLeaveOutWhatStandsBesideNothing() {
        FactSheet sheet = read("""
                {"decimals":18,"index":"5","balance":"0","deposits":"7"}""");
        assertTrue(sheet.all("balance").isEmpty());
        assertTrue(sheet.one("index").beside().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"index":-1}                    | slot.index    | must be >= 0
            {"index":1.5}                   | slot.index    | must be a whole number as a chain counts it
            {"balance":"5"}                 | slot.places   | is missing (absent is not zero)
            {"decimals":18,"balance":"5.0"} | slot.balance  | must be a whole number as a chain counts it
            {"decimals":18,"deposits":"x"}  | slot.deposits | must be a whole number as a chain counts it
            """)
    void shouldRefuseWhatIsNotCounted(String json, String path, String rule) {
        String said = String.valueOf(
                assertThrows(PayloadRefused.class, () -> read(json)).getMessage());
        assertTrue(said.contains(path) && said.contains(rule), said);
    }

    private static List<String> said(Figure figure) {
        return List.of(figure.value().toString(), figure.unit(), Integer.toString(figure.scale()));
    }
}
