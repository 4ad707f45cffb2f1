package io.bulwark.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.reading.PayloadReading;
import io.bulwark.clearing.position.Horizon;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One payload of a venue as lines, each a fact: {@code kind subject measure value unit @scale horizon}. */
public final class FactLines {
    private final String venue;
    private final FactSheet sheet;

    private FactLines(String venue, FactSheet sheet) {
        this.venue = venue;
        this.sheet = sheet;
    }

    /** What a text says. Apostrophes stand for quotation marks. */
    public static FactLines of(String venue, String json) {
        return of(venue, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    /** What a file says. */
    public static FactLines of(String venue, byte[] file) {
        return new FactLines(venue, PayloadReading.ofClassPath().read(venue, file));
    }

    /** Every fact. */
    public List<String> all() {
        return sheet.facts().stream().map(FactLines::line).toList();
    }

    /** The facts of one kind. */
    public List<String> of(FactKind kind) {
        return sheet.facts().stream()
                .filter(fact -> fact.kind() == kind)
                .map(FactLines::line)
                .toList();
    }

    /** The facts themselves. */
    public List<Fact> facts() {
        return sheet.facts();
    }

    /** That all of it was read, and these lines are among what it says. */
    public FactLines says(String... lines) {
        assertEquals(
                List.of(),
                sheet.refused().stream().map(PayloadRefused::getMessage).toList());
        assertFalse(sheet.facts().isEmpty(), "nothing was read");
        return saysAmongOthers(lines);
    }

    /** That these lines are among what it says, whatever else was refused. */
    public FactLines saysAmongOthers(String... lines) {
        List<String> said = all();
        for (String line : lines) {
            assertTrue(said.contains(line), () -> line + "\nis not among\n" + String.join("\n", said));
        }
        return this;
    }

    /** That it was refused in one place alone, by a rule that has these words. */
    public FactLines refuses(String field, String rule) {
        List<String> refusals =
                sheet.refused().stream().map(PayloadRefused::getMessage).toList();
        assertEquals(1, refusals.size(), () -> refusals + " beside " + all());
        PayloadRefused refusal = sheet.refused().getFirst();
        assertEquals(venue, refusal.venue());
        assertEquals(field, refusal.field(), refusal.getMessage());
        assertTrue(refusal.rule().contains(rule), refusal.getMessage());
        return this;
    }

    /** That nothing at all was read. */
    public void andNothingElse() {
        assertEquals(List.of(), all());
    }

    /** A fact as a line, without what stands beside it. */
    public static String line(Fact fact) {
        return fact.kind().word() + " | " + fact.subject() + " | " + fact.measure() + " | "
                + fact.figure().map(FactLines::figure).orElse("-") + " | "
                + fact.horizon().map(FactLines::horizon).orElse("-");
    }

    /** A number with unit and scale. */
    public static String figure(Figure figure) {
        return figure.value() + " " + figure.unit() + " @" + figure.scale();
    }

    private static String horizon(Horizon horizon) {
        return switch (horizon) {
            case Horizon.Block block -> "block " + block.number();
            case Horizon.Sequence sequence -> "height " + sequence.number() + " at " + sequence.timeMillis();
            case Horizon.VenueTime time -> "time " + time.timeMillis();
        };
    }
}
