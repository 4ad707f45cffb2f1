package io.bulwark.api.venue;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.bulwark.adapter.Venues;
import io.bulwark.adapter.feed.FeedFile;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.founding.FoundingFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a file of the risk language is, and what is wrong with it. The program's strict reader and the published schema look at it both; where the two differ, the schema
 * is what everybody else reads, so both must find nothing.
 *
 * @param kind what it is, or unknown
 * @param findings empty for a good file
 */
public record FeedValidation(Kind kind, List<Finding> findings) {
    /** Longest file, bytes. */
    public static final int BYTES_MAX = 16 << 20;

    /** The schema's place among the program's resources. */
    public static final String SCHEMA = "/schema/risk-language-1.schema.json";

    private static final int SHOWN_MAX = 80;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Copies. */
    public FeedValidation {
        findings = List.copyOf(findings);
    }

    /** What a file is. */
    public enum Kind {
        /** What is listed, and who holds it where. */
        FOUNDING,
        /** What one venue account holds at one horizon. */
        SNAPSHOT,
        /** What the market of one venue shows at one horizon. */
        REPORT,
        /** The margin of an account, as the house answers. */
        MARGIN,
        /** A governed number. */
        PARAMETER,
        /** A fitted volatility surface. */
        SURFACE,
        /** None of these. */
        UNKNOWN;

        /** By the field that only this kind has. */
        private static Kind of(JsonNode tree) {
            return tree.has("holdings")
                    ? SNAPSHOT
                    : tree.has("prices")
                            ? REPORT
                            : tree.has("network")
                                    ? FOUNDING
                                    : tree.has("asBooked")
                                            ? MARGIN
                                            : tree.has("least") ? PARAMETER : tree.has("expiries") ? SURFACE : UNKNOWN;
        }
    }

    /**
     * Something that is wrong.
     *
     * @param line from 1; 0 where no line can be named
     * @param field the field's path
     * @param value what stands there, shortened
     * @param rule what must stand there
     */
    public record Finding(int line, String field, String value, String rule) {}

    /** Whether nothing is wrong. */
    public boolean sound() {
        return findings.isEmpty();
    }

    /** Looks at a file, by the venues of the class path. */
    public static FeedValidation of(byte[] json) {
        return of(json, Venues.ofClassPath());
    }

    /**
     * Looks at a file.
     *
     * @param venues the kinds that a founding file may connect
     */
    public static FeedValidation of(byte[] json, Venues venues) {
        JsonNode tree;
        Map<String, Integer> lines;
        try {
            tree = JSON.readTree(json);
            lines = lines(json);
        } catch (JsonProcessingException e) {
            int line = Optional.ofNullable(e.getLocation())
                    .map(JsonLocation::getLineNr)
                    .orElse(0);
            return new FeedValidation(
                    Kind.UNKNOWN,
                    List.of(new Finding(
                            line, "file", "", "must be JSON: " + BadInput.withoutFinds(e.getOriginalMessage()))));
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
        Kind kind = Kind.of(tree);
        if (kind == Kind.UNKNOWN) {
            Finding neither = new Finding(
                    1,
                    "file",
                    shown(tree),
                    "must be an object with network (a founding file), holdings (a snapshot), prices (a report), asBooked (a margin), least (a governed number) or expiries (a surface)");
            return new FeedValidation(kind, List.of(neither));
        }
        List<Finding> findings = new ArrayList<>();
        reader(kind, tree, json, venues).ifPresent(e -> findings.add(finding(e, tree, lines)));
        Set<ValidationMessage> messages = schema(kind).validate(tree);
        for (String field : fields(messages, findings)) {
            messages.stream()
                    .filter(m -> path(m).equals(field))
                    .findFirst()
                    .ifPresent(m -> findings.add(new Finding(
                            line(lines, field), field, shown(tree.at(pointer(field))), "schema: " + rule(m))));
        }
        return new FeedValidation(kind, findings);
    }

    /** The same, and what a house would refuse of the file or count against an account. */
    FeedValidation against(AgainstHouse house, byte[] json) {
        try {
            JsonNode tree = JSON.readTree(json);
            Map<String, Integer> lines = lines(json);
            return new FeedValidation(
                    kind,
                    house.findings(kind, json).stream()
                            .map(refusal -> finding(
                                    new BadInput(refusal.field(), refusal.value(), refusal.rule()), tree, lines))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
    }

    /** The published schema of one kind of file. */
    public static JsonSchema schema(Kind kind) {
        try (InputStream text = FeedValidation.class.getResourceAsStream(SCHEMA)) {
            if (text == null) {
                throw new IllegalStateException("the program lacks " + SCHEMA);
            }
            String whole = new String(text.readAllBytes(), StandardCharsets.UTF_8);
            JsonNode tree = JSON.readTree(whole.replaceFirst(
                    "(?s)\"oneOf\": \\[.*?\\],\\s*\"\\$defs\"",
                    "\"\\$ref\": \"#/\\$defs/" + kind.name().toLowerCase(Locale.ROOT) + "\", \"\\$defs\""));
            return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(SCHEMA, e);
        }
    }

    private static Finding finding(BadInput refusal, JsonNode tree, Map<String, Integer> lines) {
        String field = refusal.field().replace(".[", "[");
        String value = refusal.value().isEmpty() ? shown(tree.at(pointer(field))) : refusal.value();
        return new Finding(line(lines, field), field, value, refusal.rule());
    }

    private static Optional<BadInput> reader(Kind kind, JsonNode tree, byte[] json, Venues venues) {
        try {
            switch (kind) {
                case FOUNDING -> FoundingFile.read(json, venues);
                case SNAPSHOT, REPORT -> FeedFile.of(tree);
                case MARGIN -> PublishedFile.margin(tree);
                case PARAMETER -> PublishedFile.parameter(tree);
                case SURFACE -> PublishedFile.surface(tree);
                case UNKNOWN -> throw new IllegalArgumentException("kind must be known");
            }
            return Optional.empty();
        } catch (BadInput e) {
            return Optional.of(e);
        }
    }

    /** Fields that only the schema finds; what lies in a field that the reader names already would say the same again. */
    private static Set<String> fields(Set<ValidationMessage> messages, List<Finding> known) {
        Set<String> fields = new LinkedHashSet<>();
        for (ValidationMessage message : messages) {
            String field = path(message);
            boolean said = known.stream().anyMatch(f -> f.field().startsWith(field) || field.startsWith(f.field()));
            if (!said) {
                fields.add(field);
            }
        }
        return fields;
    }

    /** From {@code $.assets[0].lot} to {@code assets[0].lot}. */
    private static String path(ValidationMessage message) {
        return message.getInstanceLocation()
                .toString()
                .replaceFirst("^(/|\\$\\.?)", "")
                .replaceAll("/([0-9]+)", "[$1]")
                .replace('/', '.');
    }

    private static String rule(ValidationMessage message) {
        String text = String.valueOf(message.getMessage());
        return text.substring(text.indexOf(": ") + 1).strip();
    }

    private static String pointer(String field) {
        return field.isEmpty()
                ? ""
                : "/" + field.replaceAll("\\[([0-9]+)\\]", "/$1").replace('.', '/');
    }

    /** The line of a field, or of the nearest thing around it that has one. */
    private static int line(Map<String, Integer> lines, String field) {
        String pointer = pointer(field);
        while (!lines.containsKey(pointer) && !pointer.isEmpty()) {
            pointer = pointer.substring(0, Math.max(0, pointer.lastIndexOf('/')));
        }
        return lines.getOrDefault(pointer, 0);
    }

    /** On which line each value begins. */
    private static Map<String, Integer> lines(byte[] json) throws IOException {
        Map<String, Integer> lines = new HashMap<>();
        try (JsonParser parser = JSON.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token != JsonToken.FIELD_NAME && !token.isStructEnd()) {
                    boolean opens = token.isStructStart();
                    var context = opens ? parser.getParsingContext().getParent() : parser.getParsingContext();
                    lines.putIfAbsent(
                            context.pathAsPointer().toString(),
                            parser.currentTokenLocation().getLineNr());
                }
            }
        }
        return lines;
    }

    /** A value in one line. */
    private static String shown(JsonNode node) {
        String whole = node.isMissingNode() ? "nothing" : node.toString();
        return whole.length() <= SHOWN_MAX ? whole : whole.substring(0, SHOWN_MAX) + "…";
    }
}
