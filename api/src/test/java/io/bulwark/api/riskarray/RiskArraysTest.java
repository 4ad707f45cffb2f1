package io.bulwark.api.riskarray;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.bulwark.api.account.SmallTable;
import io.bulwark.api.venuemargin.PublishedEngine;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.ScenarioParameters;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

final class RiskArraysTest {
    private static final RiskTable BUILT = RiskTableBuilder.marginTable(
                    SmallTable.MARKET.listing(),
                    SmallTable.MARKET.market(),
                    ParameterSet.founding().with(ScenarioParameters.DESIGN, 0))
            .table();

    /** A row that only fills a place of the skeleton is no scenario; the others keep their numbers. */
    @Test
    void shouldLeaveOutWhatFillsAPlace() {
        RiskTable padded = RiskTableBuilder.marginTable(
                        SmallTable.MARKET.listing(), SmallTable.MARKET.market(), ParameterSet.founding())
                .table();
        assertEquals(128, padded.rowCount());
        List<RiskArrays.Scenario> scenarios = RiskArrays.ofTable(padded).scenarios();
        assertEquals(
                IntStream.range(0, 128)
                        .filter(row -> !padded.fillsPlace(row))
                        .boxed()
                        .toList(),
                scenarios.stream().map(RiskArrays.Scenario::number).toList());
        assertTrue(scenarios.size() < 128);
        assertTrue(scenarios.stream().noneMatch(s -> s.move().equals("pad")));
        RiskArrays.Scenario counter = scenarios.getLast();
        assertEquals(115, counter.number());
        assertTrue(counter.move().startsWith("counter "), counter::toString);
        assertEquals(-500_000, counter.movePpm());
    }

    @Test
    void shouldWriteOneLineOfIntegersPerInstrument() throws IOException {
        String text = csv(RiskArrays.ofTable(SmallTable.TABLE));
        assertTrue(
                text.startsWith("# risk arrays table of table "
                        + SmallTable.TABLE.digest().hex() + ";"),
                text);
        try (MappingIterator<Map<String, String>> lines = new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader().withComments())
                .readValues(text)) {
            List<Map<String, String>> rows = lines.readAll();
            assertEquals(2, rows.size());
            assertEquals(
                    Map.of(
                            "number",
                            "3",
                            "id",
                            "BTC-PERP",
                            "group",
                            "BTC",
                            "side",
                            "long",
                            "value",
                            "0",
                            "r0",
                            "-120000",
                            "r1",
                            "120000"),
                    rows.getFirst());
        }
    }

    @Test
    void shouldWriteEveryRowOfABuiltTable() throws SAXException {
        RiskArrays arrays = RiskArrays.ofTable(BUILT);
        assertEquals(BUILT.rowCount(), arrays.scenarios().size());
        assertEquals(2, arrays.rows().size());
        assertEquals(
                BUILT.instruments().getFirst().row().at(0),
                arrays.rows().getFirst().profits().getFirst());
        validate(xml(arrays));
    }

    @Test
    void shouldScanEveryInstrumentInSixteenScenarios() throws SAXException {
        RiskArrays arrays = RiskArrays.ofScan(BUILT, PublishedEngine.spanSixteen());
        assertEquals(16, arrays.scenarios().size());
        // One lot is 60 USD of BTC: 16 % of it at the end of the range, a third of three times that in the extreme.
        List<Long> perpetual = arrays.rows().getFirst().profits();
        assertEquals(List.of(0L, 0L, 32_000L, 32_000L, -32_000L, -32_000L), perpetual.subList(0, 6));
        assertEquals(List.of(96_000L, 96_000L, -96_000L, -96_000L, 95_040L, -95_040L), perpetual.subList(10, 16));
        validate(xml(arrays));
    }

    @Test
    void shouldRefuseAnotherShape() throws SAXException {
        String good = xml(RiskArrays.ofTable(SmallTable.TABLE));
        assertDoesNotThrow(() -> validate(good));
        for (String wrong : List.of(
                good.replace("-120000", "-120000.5"),
                good.replace("side=\"long\"", "side=\"both\""),
                good.replace(SmallTable.TABLE.digest().hex(), "none"),
                good.replace(" movePpm=", " move2="))) {
            assertThrows(SAXException.class, () -> validate(wrong));
        }
        RiskArrays.Row shortRow = new RiskArrays.Row(1, "A", "B", "long", 0, List.of(1L));
        assertThrows(
                IllegalArgumentException.class,
                () -> new RiskArrays(
                        "table", "0", RiskArrays.ofTable(SmallTable.TABLE).scenarios(), List.of(shortRow)));
    }

    private static String csv(RiskArrays arrays) {
        StringWriter text = new StringWriter();
        RiskArrayCsv.write(arrays, text);
        return text.toString();
    }

    private static String xml(RiskArrays arrays) {
        StringWriter text = new StringWriter();
        RiskArrayXml.write(arrays, text);
        return text.toString();
    }

    private static void validate(String document) throws SAXException {
        URL schema = Objects.requireNonNull(RiskArraysTest.class.getResource("/export/risk-arrays-1.xsd"));
        Schema rules =
                SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(schema);
        try {
            rules.newValidator().validate(new StreamSource(new StringReader(document)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
