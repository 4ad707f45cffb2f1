package io.bulwark.adapter.reading;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.bulwark.adapter.JsonText;
import io.bulwark.adapter.PayloadRefused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file as a recording or a test of somebody's client keeps it, and the venue's answer inside: bare JSON; three lines of verb, path and authentication before
 * it; an object of request and response; a script of a stream; an exported table, with a line of columns or without. Told by content, never by name.
 */
final class PayloadFile {
    private static final Pattern HEAD = Pattern.compile(
            "\\A(?:GET|POST|PUT|DELETE|PATCH)[ \\t]*\\R[^\\r\\n]*\\R(?:true|false)[ \\t]*\\R",
            Pattern.CASE_INSENSITIVE);

    /** A stream's script: what was sent begins with {@code >}, what acknowledged it with {@code <}, what was pushed with {@code =} and the connection's number. */
    private static final Pattern SCRIPT = Pattern.compile("\\A\\s*[><=]\\d*\\s*[\\[{]");

    private static final Pattern PUSHED = Pattern.compile("\\A=\\d*");

    private static final Pattern COLUMNS = Pattern.compile("\\A[^\\r\\n{\\[]*,[^\\r\\n]*\\R");

    /** A cell that no column would be called by: a number, or a day with a time. A table whose first line holds nothing else has no line of columns. */
    private static final Pattern FIGURE =
            Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?|\\d{8} \\d{6,9}|\\d{4}-\\d\\d-\\d\\d[ T].*");

    private static final Set<String> EXCHANGE =
            Set.of("request", "response", "uri", "url", "status", "date", "headers", "method");

    private static final CsvMapper CSV = CsvMapper.csvBuilder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();

    private PayloadFile() {}

    /**
     * The venue's answers: one, or each pushed message of a stream's script.
     *
     * @throws PayloadRefused if there is none
     */
    static List<JsonNode> answers(String venue, byte[] file) {
        String text = text(venue, file);
        return SCRIPT.matcher(text).find() ? received(venue, text) : List.of(answer(venue, text));
    }

    private static JsonNode answer(String venue, String text) {
        if (text.isBlank()) {
            throw new PayloadRefused(venue, "payload", "", "must not be empty");
        }
        Matcher head = HEAD.matcher(text);
        if (head.find()) {
            return json(venue, text.substring(head.end()));
        }
        return COLUMNS.matcher(text).find() ? table(venue, text) : exchange(json(venue, text));
    }

    private static String text(String venue, byte[] file) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(file))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new PayloadRefused(venue, "payload", file.length + " bytes", "must be UTF-8");
        }
    }

    private static List<JsonNode> received(String venue, String script) {
        List<StringBuilder> messages = new ArrayList<>();
        boolean pushed = false;
        for (String line : script.lines().toList()) {
            boolean starts = !line.isEmpty() && "><=".indexOf(line.charAt(0)) >= 0;
            pushed = starts ? line.startsWith("=") : pushed;
            if (pushed && starts) {
                messages.add(new StringBuilder(PUSHED.matcher(line).replaceFirst("")));
            } else if (pushed) {
                messages.getLast().append('\n').append(line);
            }
        }
        if (messages.isEmpty()) {
            throw new PayloadRefused(venue, "payload", "a script of a stream", "must hold a message that was pushed");
        }
        return messages.stream().map(message -> json(venue, message.toString())).toList();
    }

    private static JsonNode json(String venue, String text) {
        return JsonText.tree(venue, "payload", text.getBytes(StandardCharsets.UTF_8));
    }

    /** What a recorded exchange holds under {@code response}; any other answer is as it is. */
    private static JsonNode exchange(JsonNode answer) {
        if (!answer.isObject() || !answer.has("response") || !answer.has("request")) {
            return answer;
        }
        for (String name : (Iterable<String>) answer::fieldNames) {
            if (!EXCHANGE.contains(name)) {
                return answer;
            }
        }
        return answer.get("response");
    }

    /** An array of rows, each an object of texts by column. An unnamed first column is a row's number in the export. */
    private static JsonNode table(String venue, String text) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        try (MappingIterator<List<String>> lines =
                CSV.readerForListOf(String.class).with(CsvSchema.emptySchema()).readValues(text)) {
            List<String> columns = lines.next();
            if (columns.stream().allMatch(cell -> FIGURE.matcher(cell.strip()).matches())) {
                rows.add(places(columns));
                lines.forEachRemaining(cells -> rows.add(places(cells)));
                return rows;
            }
            Set<String> names = new LinkedHashSet<>(columns);
            if (names.size() != columns.size()) {
                throw new PayloadRefused(venue, "columns", String.join(",", columns), "must not name a column twice");
            }
            while (lines.hasNext()) {
                rows.add(row(venue, rows.size(), columns, lines.next()));
            }
            return rows;
        } catch (JacksonException e) {
            throw new PayloadRefused(
                    venue, "payload", e.getOriginalMessage(), "must be a table of comma-separated columns");
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        } catch (RuntimeException e) {
            if (e.getCause() instanceof JacksonException inner) {
                throw new PayloadRefused(
                        venue, "payload", inner.getOriginalMessage(), "must be a table of comma-separated columns");
            }
            throw e;
        }
    }

    /** A row of a table without columns: its cells by place. */
    private static ArrayNode places(List<String> cells) {
        ArrayNode row = JsonNodeFactory.instance.arrayNode();
        cells.forEach(cell -> row.add(cell.strip()));
        return row;
    }

    private static ObjectNode row(String venue, int number, List<String> columns, List<String> cells) {
        if (cells.size() != columns.size()) {
            throw new PayloadRefused(
                    venue,
                    "[" + number + "]",
                    cells.size() + " cells",
                    "must have as many cells as columns, " + columns.size());
        }
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < cells.size(); i++) {
            row.put(columns.get(i), cells.get(i));
        }
        return row;
    }
}
