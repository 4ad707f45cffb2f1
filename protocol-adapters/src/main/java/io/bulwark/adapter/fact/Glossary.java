package io.bulwark.adapter.fact;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.clearing.money.Amount;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the fields of one kind of row mean, as a table: a line for each meaning, {@code fields ; kind ; measure ; unit}. A field that the table does not have is
 * refused where the row is closed.
 *
 * <ul>
 *   <li>{@code fields}: names in the payload, parted by commas; one with {@code !} must be there. Any other may be missing, null or empty and gives no fact then.
 *   <li>{@code kind}: a {@link FactKind}; or {@code holding}: an asset, collateral where it is ≥ 0 and debt below; {@code word}: said beside every number of
 *       the row; {@code time}: the row's horizon, epoch milliseconds; {@code seconds}: the same in seconds; {@code moment}: the horizon of
 *       this row and of every row behind it that names none; {@code idle}: known and of no use.
 *   <li>{@code measure}: may be left out for words, then the field's name stands.
 *   <li>{@code unit}: a key of the row's units, such as {@code Q/B} for quote per base; {@code %} and {@code bp} for what the house says as a fraction; else
 *       itself.
 * </ul>
 *
 * <p>A debt must be ≥ 0 and gives a fact only above 0. Prices, sizes and depths must be ≥ 0 unless they are ratios; a price of 0, by which venues say that there
 * is none, gives no fact, and is refused where a price must be. A time of 0 is none either.
 */
public final class Glossary {
    private static final String COLUMN = ";";

    private final Map<String, Meaning> meanings;
    private final Naming naming;
    private final FactKind about;
    private final Beyond beyond;

    private Glossary(Map<String, Meaning> meanings, Naming naming, FactKind about, Beyond beyond) {
        this.meanings = meanings;
        this.naming = naming;
        this.about = about;
        this.beyond = beyond;
    }

    private enum Role {
        NUMBER,
        HOLDING,
        WORD,
        TIME,
        MOMENT,
        SECONDS,
        IDLE
    }

    private record Meaning(Role role, Optional<FactKind> kind, String measure, String unit, boolean must) {}

    /** How a venue's rows say of what they speak. */
    @FunctionalInterface
    public interface Naming {
        /** The subject of a row, and the units of its numbers by their key in the table. */
        Name of(PayloadFields fields);
    }

    /**
     * Of what a row speaks.
     *
     * @param subject the venue's name of it
     * @param units by key of the table
     */
    public record Name(String subject, Map<String, String> units) {
        /** Copies the units. */
        public Name {
            units = Map.copyOf(units);
        }
    }

    /** What a row is checked for, and what is read of it beyond the table, before the table's numbers are. */
    @FunctionalInterface
    public interface Beyond {
        /** Reads and checks. */
        void read(Row row);
    }

    /**
     * A row while it is read.
     *
     * @param sheet on which it is read
     * @param fields what the payload says
     * @param facts the row's facts so far, with its words and horizon
     * @param name of what it speaks
     */
    public record Row(FactSheet sheet, PayloadFields fields, FactRow facts, Name name) {
        /** A unit by its key. */
        public String unit(String key) {
            return Objects.requireNonNullElse(name.units().get(key), key);
        }

        /** Each object of an array of this row, by a table of its own; nothing where there is no such array. */
        public void each(String field, Glossary words) {
            fields.absentOr(field, fields::node).ifPresent(array -> words.each(sheet, fields.pathOf(field), array));
        }

        /** Each object of an array of this row, by a table of its own, about what this row is about. */
        public void inner(String field, Glossary words) {
            fields.absentOr(field, fields::node)
                    .ifPresent(array -> words.naming(ignored -> name).each(sheet, fields.pathOf(field), array));
        }
    }

    /** The meanings of tables; a later line takes the place of an earlier one of the same field. */
    public static Glossary of(Naming naming, String... tables) {
        Map<String, Meaning> meanings = new LinkedHashMap<>();
        for (String table : tables) {
            table.lines().filter(line -> !line.isBlank()).forEach(line -> put(meanings, line));
        }
        return new Glossary(meanings, naming, FactKind.ACCOUNT, row -> {});
    }

    /** The same about rows that are named otherwise. */
    public Glossary naming(Naming other) {
        return new Glossary(meanings, other, about, beyond);
    }

    /** The same, where a row that holds no number is about something else than an account. */
    public Glossary about(FactKind kind) {
        return new Glossary(meanings, naming, kind, beyond);
    }

    /** The same with checks and readings of its own. */
    public Glossary beyond(Beyond more) {
        return new Glossary(meanings, naming, about, more);
    }

    private static void put(Map<String, Meaning> meanings, String line) {
        String[] columns = line.split(COLUMN, -1);
        if (columns.length < 2 || columns.length > 4) {
            throw new IllegalArgumentException("a line must be fields ; kind ; measure ; unit; have " + line);
        }
        String kind = columns[1].strip();
        Role role = switch (kind) {
            case "holding" -> Role.HOLDING;
            case "word" -> Role.WORD;
            case "time" -> Role.TIME;
            case "moment" -> Role.MOMENT;
            case "seconds" -> Role.SECONDS;
            case "idle" -> Role.IDLE;
            default -> Role.NUMBER;
        };
        boolean number = role == Role.NUMBER || role == Role.HOLDING;
        if (number && columns.length != 4) {
            throw new IllegalArgumentException("a number must have measure and unit; have " + line);
        }
        Optional<FactKind> fact = role == Role.NUMBER
                ? Optional.of(FactKind.valueOf(kind.toUpperCase(Locale.ROOT).replace('-', '_')))
                : Optional.empty();
        for (String name : columns[0].split(",", -1)) {
            String field = name.strip();
            boolean must = field.endsWith("!");
            field = must ? field.substring(0, field.length() - 1) : field;
            String measure = columns.length > 2 ? columns[2].strip() : field;
            meanings.put(field, new Meaning(role, fact, measure, number ? columns[3].strip() : "", must));
        }
    }

    /**
     * A kind of payload of which each row, or the one object, is read by this table.
     *
     * @param recognises the first row, or the object
     */
    public PayloadKind kind(String name, Predicate<JsonNode> recognises) {
        return new PayloadKind(name, body -> recognises.test(body.isArray() ? body.path(0) : body), (body, sheet) -> {
            if (body.isArray()) {
                each(sheet, "", body);
            } else {
                sheet.one("", body, fields -> read(sheet, fields));
            }
        });
    }

    /** Reads each object of an array as a row of its own. */
    public void each(FactSheet sheet, String path, JsonNode array) {
        sheet.each(path, array, fields -> read(sheet, fields));
    }

    /** Reads one row; the caller closes it. */
    public void read(FactSheet sheet, PayloadFields fields) {
        Name name = naming.of(fields);
        FactRow facts = new FactRow(sheet, fields, name.subject());
        int before = sheet.size();
        Row row = new Row(sheet, fields, facts, name);
        meanings.forEach((field, meaning) -> words(row, field, meaning));
        beyond.read(row);
        for (String field : fields.names()) {
            Meaning meaning = meanings.get(field);
            if (meaning != null && (meaning.role() == Role.NUMBER || meaning.role() == Role.HOLDING)) {
                Optional<Amount> value =
                        meaning.must() ? Optional.of(fields.figure(field)) : fields.blankOr(field, fields::figure);
                value.ifPresent(number -> number(row, field, meaning, number));
            }
        }
        if (sheet.size() == before && fields.names().stream().anyMatch(this::isWord)) {
            facts.terms(about, about.word());
        }
    }

    /** Reads an object that stands in a row, about what the row is about, and closes it. */
    public void inner(Row row, PayloadFields fields) {
        naming(ignored -> row.name()).read(row.sheet(), fields);
        fields.end();
    }

    private boolean isWord(String field) {
        Meaning meaning = meanings.get(field);
        return meaning != null && meaning.role() == Role.WORD;
    }

    private static void words(Row row, String field, Meaning meaning) {
        PayloadFields fields = row.fields();
        if (meaning.must()) {
            fields.node(field);
        }
        switch (meaning.role()) {
            case WORD ->
                fields.blankOr(field, fields::scalar)
                        .ifPresent(word -> row.facts().word(meaning.measure(), word));
            case TIME ->
                fields.blankOr(field, fields::whole).filter(time -> time > 0).ifPresent(row.facts()::at);
            case MOMENT ->
                fields.blankOr(field, fields::whole).ifPresent(time -> {
                    row.facts().at(time);
                    row.sheet().at(time);
                });
            case SECONDS ->
                fields.blankOr(field, fields::whole)
                        .ifPresent(seconds -> row.facts().at(Math.multiplyExact(seconds, 1_000)));
            case IDLE -> fields.absentOr(field, fields::node);
            case NUMBER, HOLDING -> {
                // Read after every word, which stands beside them.
            }
        }
    }

    private static void number(Row row, String field, Meaning meaning, Amount value) {
        if (meaning.role() == Role.HOLDING) {
            FactKind kind = value.signum() < 0 ? FactKind.DEBT : FactKind.COLLATERAL;
            row.facts().fact(kind, field, meaning.measure(), figure(value.abs(), row.unit(meaning.unit())));
            return;
        }
        FactKind kind = meaning.kind().orElseThrow();
        Figure figure = figure(value, row.unit(meaning.unit()));
        boolean unsigned = switch (kind) {
            case COLLATERAL, DEBT -> true;
            case PRICE, DEPTH, SIZE -> !figure.unit().equals(Figure.RATIO);
            default -> false;
        };
        if (unsigned && value.signum() < 0) {
            throw row.fields().refusal(field, "must be >= 0");
        }
        boolean price = kind == FactKind.PRICE && unsigned;
        if (price && meaning.must() && value.signum() == 0) {
            throw row.fields().refusal(field, "must be > 0");
        }
        boolean said = value.signum() != 0 || !(kind == FactKind.DEBT || price);
        if (said) {
            row.facts().fact(kind, field, meaning.measure(), figure);
        }
    }

    private static Figure figure(Amount value, String unit) {
        return switch (unit) {
            case "%" -> Figure.percent(value);
            case "bp" -> Figure.ratio(value.times(Amount.of("0.0001")));
            default -> Figure.of(value, unit);
        };
    }
}
