package io.bulwark.adapter.fact;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.GlossaryFile.Entry;
import io.bulwark.adapter.fact.GlossaryFile.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What the payloads of one venue mean: the tables of {@code <venue>.csv} (see {@link GlossaryFile} for its columns), each read from top to
 * bottom, and the few things that a table cannot say, registered here by the name that a row gives them: of what a symbol consists, what
 * must hold between fields, what is told by something else than a field's presence.
 *
 * <p>Built once for a venue and read by many threads.
 */
public final class Glossary {
    private final Map<String, List<Entry>> tables;
    private final String venue;
    private final boolean inPayloadOrder;
    private final Map<String, Naming> namings;
    private final Map<String, Function<String, Map<String, String>>> units;
    private final Map<String, Consumer<FactRow>> steps;
    private final Map<String, Predicate<JsonNode>> recognisers;
    private final Map<String, BiConsumer<JsonNode, FactSheet>> bodies;
    private final List<PayloadKind> kinds = new ArrayList<>();
    private final Map<String, Map<String, Entry>> numbers = new HashMap<>();

    private Glossary(Builder builder) {
        venue = builder.venue;
        tables = builder.tables;
        inPayloadOrder = builder.inPayloadOrder;
        namings = Map.copyOf(builder.namings);
        units = Map.copyOf(builder.units);
        steps = Map.copyOf(builder.steps);
        recognisers = Map.copyOf(builder.recognisers);
        bodies = Map.copyOf(builder.bodies);
        tables.forEach((name, entries) -> {
            Map<String, Entry> byField = new HashMap<>();
            for (Entry entry : entries) {
                requireKnown(entry);
                if (entry.role().isNumber()) {
                    entry.fields().forEach(field -> byField.put(field, entry));
                }
            }
            numbers.put(name, byField);
            entries.stream().filter(entry -> entry.role() == Role.TELLS).forEach(entry -> kinds.add(kind(name, entry)));
        });
    }

    /** How a row says of what it speaks. */
    @FunctionalInterface
    public interface Naming {
        /** The subject of a row, and the units of its numbers by the key that a table has in braces. */
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

        /**
         * The units of a contract, to be added to. Keys: {@code B} base coin, {@code Q} currency of the price, {@code S} currency in which
         * gains are paid, {@code N} what sizes count, {@code Q/B} a price, {@code S/B} a price in what is paid.
         *
         * @param size what a size counts: the coin, or contracts
         */
        public static Map<String, String> unitsOf(String base, String quote, String settle, String size) {
            return new HashMap<>(Map.of(
                    "B",
                    base,
                    "Q",
                    quote,
                    "S",
                    settle,
                    "N",
                    size,
                    "Q/B",
                    quote + " per " + base,
                    "S/B",
                    settle + " per " + base));
        }
    }

    /** The glossary of a venue's room, whose facts stand in the order of its tables; to be completed. */
    public static Builder of(Class<?> room, String file) {
        return new Builder(room, file, false);
    }

    /** The glossary of a venue's room, whose facts stand in the order of each payload's fields; to be completed. */
    public static Builder inPayloadOrder(Class<?> room, String file) {
        return new Builder(room, file, true);
    }

    /** What a file cannot say. */
    public static final class Builder {
        private final String venue;
        private final Map<String, List<Entry>> tables;
        private final boolean inPayloadOrder;
        private final Map<String, Naming> namings = new HashMap<>();
        private final Map<String, Function<String, Map<String, String>>> units = new HashMap<>();
        private final Map<String, Consumer<FactRow>> steps = new HashMap<>();
        private final Map<String, Predicate<JsonNode>> recognisers = new HashMap<>();
        private final Map<String, BiConsumer<JsonNode, FactSheet>> bodies = new HashMap<>();

        private Builder(Class<?> room, String file, boolean inPayloadOrder) {
            this.venue = file.substring(0, file.lastIndexOf('.'));
            this.tables = GlossaryFile.read(room, file);
            this.inPayloadOrder = inPayloadOrder;
        }

        /** Subject and units of rows that name themselves by more than one field. */
        public Builder naming(String name, Naming naming) {
            namings.put(name, naming);
            return this;
        }

        /** The units that a subject's name says, by the key that a table has in braces. */
        public Builder units(String name, Function<String, Map<String, String>> said) {
            units.put(name, said);
            return this;
        }

        /** What must hold of a row, or is said of it beyond the table. */
        public Builder step(String name, Consumer<FactRow> step) {
            steps.put(name, step);
            return this;
        }

        /** What tells a kind beside the fields that it has. */
        public Builder told(String name, Predicate<JsonNode> recogniser) {
            recognisers.put(name, recogniser);
            return this;
        }

        /** How a body that is no object and no rows of objects is read. */
        public Builder body(String kind, BiConsumer<JsonNode, FactSheet> reading) {
            bodies.put(kind, reading);
            return this;
        }

        /** The glossary, every name in its file known. */
        public Glossary build() {
            return new Glossary(this);
        }
    }

    /** The venue's name, as its room and its file are called. */
    public String venue() {
        return venue;
    }

    /** The kinds of payload that are told by lines of the file, in its order. */
    public List<PayloadKind> kinds() {
        return List.copyOf(kinds);
    }

    /** Reads an object by a table; the caller closes it. */
    public void read(FactSheet sheet, PayloadFields fields, String table) {
        read(new FactRow(sheet, fields, ""), table);
    }

    /** Reads more of a row by another table. */
    public void read(FactRow row, String table) {
        int before = row.sheet().size();
        lines(row, table);
        if (inPayloadOrder && row.sheet().size() == before && holdsWords(row, table)) {
            FactKind about = table(table).stream()
                    .filter(entry -> entry.role() == Role.ABOUT)
                    .findFirst()
                    .map(entry -> FactKind.of(entry.measure()))
                    .orElse(FactKind.ACCOUNT);
            row.terms(about, about.word());
        }
    }

    private void lines(FactRow row, String table) {
        table(table).forEach(entry -> apply(row, entry));
        if (inPayloadOrder) {
            Map<String, Entry> byField = Objects.requireNonNull(numbers.get(table));
            for (String field : row.fields().names()) {
                Optional.ofNullable(byField.get(field)).ifPresent(entry -> row.number(field, entry));
            }
        }
    }

    private boolean holdsWords(FactRow row, String table) {
        return table(table).stream().anyMatch(entry -> switch (entry.role()) {
            case WORD -> entry.fields().stream().anyMatch(row.fields().names()::contains);
            case AS -> holdsWords(row, entry.measure());
            default -> false;
        });
    }

    /** Reads an object that stands in a row, about what the row is about, and closes it. */
    public void inner(FactRow row, PayloadFields fields, String table) {
        read(row.inner(fields), table);
        fields.end();
    }

    private List<Entry> table(String name) {
        List<Entry> entries = tables.get(name);
        if (entries == null) {
            throw new IllegalStateException("the glossary must have a table " + name);
        }
        return entries;
    }

    private PayloadKind kind(String table, Entry tells) {
        List<Predicate<JsonNode>> all = new ArrayList<>();
        tells.fields().forEach(field -> all.add(PayloadKind.saying(field)));
        for (Entry entry : table(table)) {
            if (entry.role() == Role.LACKS) {
                all.add(PayloadKind.lacking(entry.fields().toArray(String[]::new)));
            }
        }
        if (!tells.need().isEmpty()) {
            all.add(Objects.requireNonNull(recognisers.get(tells.need()), tells.line()));
        }
        Predicate<JsonNode> told = all.stream().reduce(body -> true, Predicate::and);
        String name = tells.unit().isEmpty() ? table : tells.unit();
        return switch (tells.measure()) {
            case "object" -> PayloadKind.one(name, told, (fields, sheet) -> read(sheet, fields, table));
            case "rows" -> PayloadKind.each(name, told, (fields, sheet) -> read(sheet, fields, table));
            case "tuples" ->
                new PayloadKind(
                        name, told, (body, sheet) -> sheet.tuples("", body, fields -> read(sheet, fields, table)));
            case "body" -> new PayloadKind(name, told, Objects.requireNonNull(bodies.get(table), tells.line()));
            default ->
                new PayloadKind(name, body -> told.test(body.isArray() ? body.path(0) : body), (body, sheet) -> {
                    if (body.isArray()) {
                        sheet.each("", body, fields -> read(sheet, fields, table));
                    } else {
                        sheet.one("", body, fields -> read(sheet, fields, table));
                    }
                });
        };
    }

    private void requireKnown(Entry entry) {
        boolean known = switch (entry.role()) {
            case STEP -> steps.containsKey(entry.measure());
            case SUBJECT ->
                entry.unit().isEmpty()
                        || (entry.fields().isEmpty()
                                ? namings.containsKey(entry.unit())
                                : units.containsKey(entry.unit()));
            default -> true;
        };
        if (!known) {
            throw new IllegalStateException(entry.line() + " must name what its decoder registers");
        }
    }

    private void apply(FactRow row, Entry entry) {
        switch (entry.role()) {
            case NUMBER, HOLDING, BESIDE -> numbers(row, entry);
            case WORD, NOTE -> word(row, entry);
            case SUBJECT -> subject(row, entry);
            case TIME, SECONDS, INSTANT, WITHIN, MOMENT -> moment(row, entry);
            case IDLE -> entry.fields().forEach(field -> idle(row, field, entry.unit()));
            case IS ->
                entry.fields()
                        .forEach(field ->
                                row.fields().text(field, Set.of(entry.measure().split(","))));
            case AS -> lines(row, entry.measure());
            case STEP -> Objects.requireNonNull(steps.get(entry.measure())).accept(row);
            case EACH, TUPLES, ONE, MEMBERS, INNER, PAIR -> entry.fields().forEach(field -> inside(row, field, entry));
            case ABOUT, TELLS, LACKS -> {
                // Said of the table and not of a row.
            }
        }
    }

    private void numbers(FactRow row, Entry entry) {
        if (entry.fields().isEmpty()) {
            row.terms(entry.kind().orElseThrow(), entry.measure());
        } else if (!inPayloadOrder) {
            entry.fields().forEach(field -> row.number(field, entry));
        } else if (entry.must()) {
            entry.fields().forEach(field -> row.fields().node(field));
        }
    }

    private static void word(FactRow row, Entry entry) {
        if (entry.fields().isEmpty()) {
            say(row, entry, entry.measure(), entry.unit());
        }
        PayloadFields fields = row.fields();
        for (String field : entry.fields()) {
            Optional<String> said =
                    entry.must() ? Optional.of(fields.scalar(field)) : fields.blankOr(field, fields::scalar);
            String name = entry.measure().isEmpty() ? field.replace('_', ' ') : entry.measure();
            said.ifPresent(word -> say(row, entry, name, word));
        }
    }

    private static void say(FactRow row, Entry entry, String name, String word) {
        if (entry.role() == Role.NOTE) {
            row.beside(name, word);
        } else {
            row.word(name, word);
        }
    }

    private void subject(FactRow row, Entry entry) {
        if (!entry.fields().isEmpty()) {
            String subject = row.fields().text(entry.field());
            row.about(
                    subject,
                    entry.unit().isEmpty()
                            ? Map.of()
                            : Objects.requireNonNull(units.get(entry.unit())).apply(subject));
        } else if (entry.unit().isEmpty()) {
            row.about(entry.measure(), Map.of());
        } else {
            Name name = Objects.requireNonNull(namings.get(entry.unit())).of(row.fields());
            row.about(name.subject(), name.units());
        }
    }

    private static void moment(FactRow row, Entry entry) {
        PayloadFields fields = row.fields();
        Function<String, Long> reading = switch (entry.role()) {
            case SECONDS -> field -> Math.multiplyExact(fields.whole(field), 1_000);
            case INSTANT -> fields::instant;
            default -> fields::whole;
        };
        for (String field : entry.fields()) {
            Optional<Long> told = entry.must() ? Optional.of(reading.apply(field)) : fields.blankOr(field, reading);
            told.filter(time -> time > 0 || entry.must() || entry.role() != Role.TIME)
                    .ifPresent(time -> {
                        row.at(time);
                        if (entry.role() == Role.MOMENT) {
                            row.sheet().at(time);
                        } else if (entry.role() == Role.WITHIN) {
                            row.within(time);
                        }
                    });
        }
    }

    private static void idle(FactRow row, String field, String type) {
        if (type.isEmpty()) {
            row.fields().absentOr(field, row.fields()::node);
        } else {
            row.fields().unread(PayloadFields.Kind.of(type), field);
        }
    }

    private void inside(FactRow row, String field, Entry entry) {
        PayloadFields fields = row.fields();
        Optional<JsonNode> there =
                entry.must() ? Optional.of(fields.node(field)) : fields.absentOr(field, fields::node);
        there.ifPresent(node -> {
            FactSheet sheet = row.sheet();
            String path = fields.pathOf(field);
            Consumer<PayloadFields> reading = inner -> read(row.inner(inner), entry.measure());
            switch (entry.role()) {
                case EACH -> sheet.each(path, node, reading);
                case TUPLES -> sheet.tuples(path, node, reading);
                case ONE -> sheet.one(path, node, reading);
                case MEMBERS -> sheet.members(path, node, reading);
                case PAIR -> inner(row, sheet.tuple(path, node, 2), entry.measure());
                default -> inner(row, fields.fields(field), entry.measure());
            }
        });
    }
}
