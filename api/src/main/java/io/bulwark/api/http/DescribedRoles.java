package io.bulwark.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bulwark.clearing.access.AccessRegister.Role;
import io.micronaut.web.router.Router;
import java.util.ArrayList;
import java.util.EnumSet;
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
 * Writes into the description who may use each operation: what the route says, and no second list. OpenAPI 3.1 names roles in a security
 * requirement.
 */
final class DescribedRoles {
    private static final Set<Role> WHO_SIGN_IN = EnumSet.of(Role.OWNER, Role.MEMBER);

    private DescribedRoles() {}

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
                        DescribedHeaders.say(method, map(operation));
                    }
                }));
        return yaml.dump(document).getBytes(UTF_8);
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

    @SuppressWarnings("unchecked") // a mapping of a description has texts as keys
    private static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }

    private static Yaml yaml() {
        DumperOptions form = new DumperOptions();
        form.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        form.setWidth(160);
        LoaderOptions limits = new LoaderOptions();
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
