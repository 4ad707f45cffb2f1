package io.bulwark.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bulwark.api.access.Access;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.micronaut.http.HttpHeaders;
import io.micronaut.web.router.Router;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Writes into the description what the door does with every operation, so that no operation says it again: who may use it, as its route
 * says, in security requirements, where OpenAPI 3.1 names roles; and tags of what is read, and what follows a part of a list.
 */
final class DescribedDoor {
    private static final String HOW_TO_ASK = """
            ## How to ask

            - [openapi.yml](/openapi.yml): every operation with its bounds, answers and roles.
            - What is not public takes `Authorization: Bearer TOKEN`.
            - A refusal is `application/problem+json` and names field, value and rule.
            - What is read has an `ETag`; `If-None-Match` is answered 304 where nothing is new.
            - Where a list has more rows, the answer's `Link` with `rel="next"` leads to them.
            - What changes something takes an `Idempotency-Key`: asked again it is answered again, and not done again.
            - [house.json](/house.json): what everybody may know of this house, signed.
            - [The verifier](/verifier/index.html): whether a proof holds.
            """;

    /** A list of roles that two operations have alike is written once and referred to. */
    private static final int ALIASES_MAX = 1_000;

    private static final String TAG = "\"[0-9a-f]{64}\"";
    private static final Set<Role> WHO_SIGN_IN = EnumSet.of(Role.OWNER, Role.MEMBER);

    private DescribedDoor() {}

    /** The description with security requirements, one for each role and way to show it, and with what the door adds to answers. */
    static byte[] in(byte[] description, Router router) {
        Map<String, Set<Role>> roles = new TreeMap<>();
        router.uriRoutes()
                .forEach(route -> roles.put(
                        route.getHttpMethodName() + " "
                                + route.getUriMatchTemplate().toPathString(),
                        RouteRoles.of(route)));
        Yaml yaml = yaml();
        Map<String, Object> document = yaml.load(new String(description, UTF_8));
        map(Objects.requireNonNull(document.get("paths")))
                .forEach((path, operations) -> map(operations).forEach((method, operation) -> {
                    Set<Role> open = roles.get(method.toUpperCase(Locale.ROOT) + " " + path);
                    if (open != null) {
                        say(map(operation), open);
                        sayHeaders(method, map(operation));
                        sayKey(method.toUpperCase(Locale.ROOT) + " " + path, map(operation));
                    }
                }));
        return yaml.dump(document).getBytes(UTF_8);
    }

    /**
     * A description in short, for language models: what the house is, how it is asked, and a line an operation.
     *
     * @param description that {@link #in} made
     */
    static String inShort(byte[] description) {
        Map<String, Object> document = yaml().load(new String(description, UTF_8));
        Map<String, Object> info = map(Objects.requireNonNull(document.get("info")));
        StringBuilder text =
                new StringBuilder("# " + info.get("title") + "\n\n> " + info.get("description") + "\n\n" + HOW_TO_ASK);
        Map<String, StringBuilder> operations = new TreeMap<>();
        map(Objects.requireNonNull(document.get("paths")))
                .forEach((path, methods) -> map(methods)
                        .forEach((method, operation) -> operations
                                .computeIfAbsent(tagged(map(operation)), tag -> new StringBuilder())
                                .append(line(method.toUpperCase(Locale.ROOT) + " " + path, map(operation)))));
        operations.forEach(
                (tag, lines) -> text.append("\n## ").append(tag).append("\n\n").append(lines));
        return text.toString();
    }

    private static String tagged(Map<String, Object> operation) {
        return operation.get("tags") instanceof List<?> tags && !tags.isEmpty()
                ? String.valueOf(tags.getFirst())
                : "house";
    }

    private static String line(String route, Map<String, Object> operation) {
        boolean open = List.of().equals(operation.get("security"));
        return "- `" + route + "`: " + operation.get("summary") + (open ? " (public)" : "") + "\n";
    }

    private static void say(Map<String, Object> operation, Set<Role> open) {
        operation.remove("security");
        if (open.contains(Role.PUBLIC)) {
            operation.put("security", List.of());
            return;
        }
        List<Map<String, List<String>>> ways = new ArrayList<>();
        for (Role role : open) {
            ways.add(Map.of("token", List.of(role.word())));
            ways.add(Map.of("cookie", List.of(role.word())));
            if (WHO_SIGN_IN.contains(role)) {
                ways.add(Map.of("session", List.of(role.word())));
            }
        }
        operation.put("security", ways);
        String said = operation.get("description") instanceof String text ? text + " " : "";
        operation.put(
                "description",
                said + "Open to: " + open.stream().map(Role::word).collect(Collectors.joining(", ")) + ".");
    }

    /** What is read has a tag, and whoever has it already is told so; streams have none. */
    private static void sayHeaders(String method, Map<String, Object> operation) {
        Map<String, Object> responses = map(Objects.requireNonNull(operation.get("responses")));
        if (!method.equals("get")
                || !(responses.get("200") instanceof Map<?, ?> success)
                || String.valueOf(success.get("content")).contains("text/event-stream")) {
            return;
        }
        Map<String, Object> answered = map(success);
        map(answered.computeIfAbsent("headers", none -> new LinkedHashMap<String, Object>()))
                .put(HttpHeaders.ETAG, tag());
        if (String.valueOf(operation.get("parameters")).contains("name=cursor")) {
            Map<String, Object> next = described("Where there are more: the address of what follows, with rel=next");
            next.put("schema", text("^<[^>]+>; rel=\"next\"$"));
            map(Objects.requireNonNull(answered.get("headers"))).put(HttpHeaders.LINK, next);
        }
        Map<String, Object> same = described("The answer would have been the one whose tag If-None-Match names");
        same.put("headers", Map.of(HttpHeaders.ETAG, tag()));
        responses.put("304", same);
        parameter(
                operation,
                HttpHeaders.IF_NONE_MATCH,
                "ETags of answers that the caller has: for one of them 304 is answered, without the answer. What is no tag is passed over",
                new LinkedHashMap<>(Map.of("type", "string")));
    }

    /** What changes something takes a key that names the request. */
    private static void sayKey(String route, Map<String, Object> operation) {
        if (Access.takesKey(route)) {
            parameter(
                    operation,
                    "Idempotency-Key",
                    "A name of your own for this request: asked again within a day it is answered again, and not done again",
                    text("^\"?[!#-\\[\\]-~]{1,64}\"?$"));
        }
    }

    /** A new one each time: what stands twice in a document would be written once and referred to. */
    private static Map<String, Object> tag() {
        Map<String, Object> tag = described("The SHA-256 of the answer's bytes, quoted");
        tag.put("schema", text("^" + TAG + "$"));
        return tag;
    }

    private static Map<String, Object> described(String words) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("description", words);
        return said;
    }

    private static Map<String, Object> text(String pattern) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("type", "string");
        said.put("pattern", pattern);
        return said;
    }

    @SuppressWarnings("unchecked") // parameters of a description are mappings
    private static void parameter(
            Map<String, Object> operation, String name, String description, Map<String, Object> schema) {
        List<Object> parameters = new ArrayList<>((List<Object>) operation.getOrDefault("parameters", List.of()));
        Map<String, Object> said = described(description);
        said.put("name", name);
        said.put("in", "header");
        said.put("schema", schema);
        parameters.add(said);
        operation.put("parameters", parameters);
    }

    @SuppressWarnings("unchecked") // a mapping of a description has texts as keys
    private static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }

    private static Yaml yaml() {
        DumperOptions form = new DumperOptions();
        form.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        form.setWidth(160);
        LoaderOptions limits = new LoaderOptions();
        limits.setMaxAliasesForCollections(ALIASES_MAX);
        return new Yaml(new SafeConstructor(limits), new Representer(form), form, limits, new Plain());
    }

    /** Knows no times: what looks like one in a description is a text. */
    private static final class Plain extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.BOOL, BOOL, "yYnNtTfFoO");
            addImplicitResolver(Tag.INT, INT, "-+0123456789");
            addImplicitResolver(Tag.FLOAT, FLOAT, "-+0123456789.");
            addImplicitResolver(Tag.NULL, NULL, "~nN\0");
            addImplicitResolver(Tag.NULL, EMPTY, null);
        }
    }
}
