package io.bulwark.adapter.fact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The file in which a venue's room keeps what its payloads mean, {@code <venue>.csv}: a line for each meaning,
 * {@code payload;field;role;measure;unit;sign;scale;need}, of which columns at the end may be left out. A line that breaks a rule fails the
 * start of the program, and names itself.
 *
 * <ul>
 *   <li>{@code payload}: the table that the line belongs to; tables are read from top to bottom.
 *   <li>{@code field}: names in the payload, parted by commas; empty where the line speaks of the whole row.
 *   <li>{@code role}: a {@link FactKind}, for a number (or, without a field, for the words of a row that holds none); or a {@link Role}.
 *   <li>{@code measure}: what is measured; of a word, the name it is said by; of {@code each}, {@code one}, {@code inner} and their like,
 *       the table; of a {@code step}, its name.
 *   <li>{@code unit}: a unit of the house's list ({@code units.txt}), or keys in braces that the row's subject resolves; {@code {}} is the
 *       subject itself.
 *   <li>{@code sign}: {@code >=0} or {@code >0} where another sign is refused; empty where any is meant.
 *   <li>{@code scale}: {@code quoted} for a decimal that the venue itself writes in quotes; {@code %} and {@code bp} for what the house
 *       says as a fraction; a number of places, or a key in braces that the row resolves to one, for a whole number as chains count, in any
 *       role of a number; empty as written.
 *   <li>{@code need}: {@code must} be there; {@code unless 0}, a nought by which the venue says that there is none; {@code must unless 0};
 *       empty where it may be missing, null or blank.
 * </ul>
 */
final class GlossaryFile {
    private static final String HEADER = "payload;field;role;measure;unit;sign;scale;need";
    private static final int COLUMNS = 8;
    private static final Pattern KEY = Pattern.compile("\\{([^}]*)}");
    private static final Pattern PLACES = Pattern.compile("\\d{1,2}|\\{[a-z]+}");
    private static final Set<String> SIGNS = Set.of("", ">=0", ">0");
    private static final Set<String> SCALES = Set.of("", "quoted", "%", "bp");
    private static final Set<String> NEEDS = Set.of("", "must", "unless 0", "must unless 0");
    private static final Set<String> SHAPES = Set.of("object", "rows", "either", "tuples", "body");
    private static final Set<String> UNITS = text(GlossaryFile.class, "units.txt")
            .lines()
            .filter(line -> !line.isBlank())
            .collect(Collectors.toUnmodifiableSet());

    private GlossaryFile() {}

    /** What a line does. */
    enum Role {
        /** A number of the kind that {@link Entry#kind} names. */
        NUMBER,
        /** An asset: collateral where it is ≥ 0, and debt, without its sign, below. */
        HOLDING,
        /** A number that stands beside the fact before it. */
        BESIDE,
        /** Said beside every number below it; without a field, the text in {@code unit}. */
        WORD,
        /** A word beside the fact before it alone; without a field, the text in {@code unit}. */
        NOTE,
        /** The row's moment, epoch milliseconds. */
        TIME,
        /** The same in seconds. */
        SECONDS,
        /** The same in ISO 8601. */
        INSTANT,
        /** The moment of this row and of the rows that stand in it. */
        WITHIN,
        /** The moment of this row and of every row behind it that names none. */
        MOMENT,
        /** Known and of no use; {@code unit} may say of which type: text, figure, number, flag, object, array. */
        IDLE,
        /** Of what the row speaks, by this field; without one, the word in {@code measure}; {@code unit} names who knows its units. */
        SUBJECT,
        /** Of what a row speaks that holds no number: a kind in {@code measure}. */
        ABOUT,
        /** An array of objects, each a row of its own. */
        EACH,
        /** An array of arrays, each a row of its own, by places. */
        TUPLES,
        /** An object that is a row of its own. */
        ONE,
        /** An object whose members are rows of their own, by name. */
        MEMBERS,
        /** An object that is part of this row. */
        INNER,
        /** An array of two that is part of this row, by places. */
        PAIR,
        /** The lines of another table. */
        AS,
        /** A text that must be one of those in {@code measure}, parted by commas. */
        IS,
        /** A check or a reading in Java. */
        STEP,
        /**
         * By which a kind of payload is told: it has all of these fields, or says in one what stands behind an equals sign.
         * {@code measure}: its shape; {@code unit}: its printed name; {@code need}: a recogniser in Java.
         */
        TELLS,
        /** Together with {@link #TELLS}: it has none of these fields. */
        LACKS;

        boolean isNumber() {
            return this == NUMBER || this == HOLDING || this == BESIDE;
        }

        boolean isTable() {
            return switch (this) {
                case EACH, TUPLES, ONE, MEMBERS, INNER, PAIR, AS -> true;
                default -> false;
            };
        }
    }

    /**
     * A line.
     *
     * @param line where it stands, for errors
     * @param fields what it speaks of; empty for the whole row
     * @param kind of a number
     */
    record Entry(
            String line,
            List<String> fields,
            Role role,
            Optional<FactKind> kind,
            String measure,
            String unit,
            String sign,
            String scale,
            String need) {
        boolean must() {
            return need.startsWith("must");
        }

        /** Whether its number is whole, as chains count, with places of its own. */
        boolean isCounted() {
            return PLACES.matcher(scale).matches();
        }

        /** The field that it speaks of where it can be one only. */
        String field() {
            return fields.isEmpty() ? "" : fields.getFirst();
        }
    }

    /**
     * The tables of a file beside a class, in their order.
     *
     * @throws IllegalStateException naming the line that breaks a rule
     */
    static Map<String, List<Entry>> read(Class<?> room, String file) {
        return of(file, text(room, file));
    }

    /** The tables of a text. */
    static Map<String, List<Entry>> of(String file, String text) {
        Map<String, List<Entry>> tables = new LinkedHashMap<>();
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
            throw new IllegalStateException(file + " must begin with " + HEADER);
        }
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] columns = Arrays.copyOf(line.split(";", -1), Math.max(COLUMNS, line.split(";", -1).length));
                Arrays.setAll(columns, column -> columns[column] == null ? "" : columns[column]);
                tables.computeIfAbsent(columns[0], ignored -> new ArrayList<>())
                        .add(entry(file + ":" + (i + 1) + ": " + line, columns));
            }
        }
        tables.forEach((table, entries) -> entries.forEach(entry -> requireTables(tables, entry)));
        return tables;
    }

    private static Entry entry(String line, String[] columns) {
        require(columns.length == COLUMNS, line, "must have at most " + COLUMNS + " columns");
        require(!columns[0].isBlank(), line, "must name its payload");
        Optional<FactKind> kind = kind(columns[2]);
        Role role = kind.isPresent() ? Role.NUMBER : role(line, columns[2]);
        Entry entry = new Entry(
                line,
                columns[1].isEmpty() ? List.of() : List.of(columns[1].split(",", -1)),
                role,
                kind,
                columns[3],
                columns[4],
                columns[5],
                columns[6],
                columns[7]);
        if (role.isNumber()) {
            require(!entry.measure().isBlank(), line, "must have a measure");
            require(SIGNS.contains(entry.sign()), line, "must have a sign of " + SIGNS);
            require(
                    SCALES.contains(entry.scale()) || entry.isCounted(),
                    line,
                    "must have a scale of " + SCALES + ", or places");
            require(NEEDS.contains(entry.need()), line, "must have a need of " + NEEDS);
            require(
                    entry.fields().isEmpty() || isUnit(entry),
                    line,
                    "must have a unit of units.txt, or keys in braces");
        }
        if (role == Role.TELLS) {
            require(SHAPES.contains(entry.measure()), line, "must have a shape of " + SHAPES);
        }
        return entry;
    }

    private static boolean isUnit(Entry entry) {
        String unit = entry.unit();
        boolean fraction = entry.scale().equals("%") || entry.scale().equals("bp");
        if (fraction || UNITS.contains(unit)) {
            return !fraction || unit.equals(Figure.RATIO);
        }
        Matcher keys = KEY.matcher(unit);
        return UNITS.contains(keys.replaceAll("{}"));
    }

    private static void requireTables(Map<String, List<Entry>> tables, Entry entry) {
        require(
                !entry.role().isTable() || tables.containsKey(entry.measure()),
                entry.line(),
                "must name a table of this file");
    }

    private static Optional<FactKind> kind(String word) {
        return Arrays.stream(FactKind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst();
    }

    private static Role role(String line, String word) {
        require(!word.equals("number"), line, "must name the kind of its number");
        return Arrays.stream(Role.values())
                .filter(role -> role.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(line + " must have a role of the house's words"));
    }

    private static void require(boolean holds, String line, String rule) {
        if (!holds) {
            throw new IllegalStateException(line + " " + rule);
        }
    }

    private static String text(Class<?> room, String file) {
        try (InputStream stream = room.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException(file + " must lie beside " + room.getName());
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(file + " must be readable", e);
        }
    }
}
