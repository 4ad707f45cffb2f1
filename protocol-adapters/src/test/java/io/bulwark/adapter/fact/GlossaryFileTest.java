package io.bulwark.adapter.fact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.fact.GlossaryFile.Entry;
import io.bulwark.adapter.fact.GlossaryFile.Role;
import io.bulwark.adapter.reading.PayloadReading;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlossaryFileTest {
    private static final String HEADER = "payload;field;role;measure;unit;sign;scale;need\n";

    /** A venue's decoder is built with its glossary: every line of every venue keeps the rules, and names what its decoder registers. */
    @Test
    void shouldLoadTheGlossaryOfEveryVenue() {
        assertTrue(PayloadReading.ofClassPath().venues().size() >= 12);
        PayloadReading.ofClassPath()
                .venues()
                .forEach(venue -> PayloadReading.ofClassPath().read(venue, new byte[0]));
    }

    @Test
    void shouldReadALineByItsColumns() {
        Map<String, List<Entry>> tables = GlossaryFile.of(
                "v.csv",
                HEADER
                        + "# positions\nposition;szi,size;position;size;{B};>0;quoted;must\nposition;coin;subject\n\nleverage;value;account;leverage;1\n");
        assertEquals(List.of("position", "leverage"), List.copyOf(tables.keySet()));
        Entry size = Objects.requireNonNull(tables.get("position")).getFirst();
        assertEquals(List.of("szi", "size"), size.fields());
        assertEquals(Role.NUMBER, size.role());
        assertEquals(FactKind.POSITION, size.kind().orElseThrow());
        assertEquals(
                List.of("size", "{B}", ">0", "quoted"),
                List.of(size.measure(), size.unit(), size.sign(), size.scale()));
        assertTrue(size.must());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            position;szi;positron;size;{B}                    | must have a role of the house's words
            position;szi;position;;{B}                        | must have a measure
            position;szi;position;size;furlong                | must have a unit of units.txt
            position;szi;position;size                        | must have a unit of units.txt
            position;szi;position;size;{B};<0                 | must have a sign
            position;szi;position;size;{B};;thousandths       | must have a scale
            position;szi;position;size;{B};;100               | must have a scale
            position;szi;position;size;{B};;;perhaps          | must have a need
            position;szi;position;size;{B};;%                 | must have a unit of units.txt
            position;szi;position;size;{B};;;must;more        | must have at most 8 columns
            position;legs;each;leg                            | must name a table of this file
            position;szi;tells;heap                           | must have a shape
            ;szi;position;size;{B}                            | must name its payload
            """)
    void shouldRefuseALineThatBreaksARule(String line, String rule) {
        IllegalStateException refusal =
                assertThrows(IllegalStateException.class, () -> GlossaryFile.of("v.csv", HEADER + line + "\n"));
        String said = String.valueOf(refusal.getMessage());
        assertTrue(said.startsWith("v.csv:2: " + line), said);
        assertTrue(said.contains(rule), said);
    }

    @Test
    void shouldRefuseAFileWithoutItsColumns() {
        assertThrows(IllegalStateException.class, () -> GlossaryFile.of("v.csv", "position;szi;position\n"));
    }
}
