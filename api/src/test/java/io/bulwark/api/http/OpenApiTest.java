package io.bulwark.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.HttpMethod;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.web.router.Router;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

final class OpenApiTest {
    private static EmbeddedServer server;

    @BeforeAll
    static void open() {
        server = ApplicationContext.builder()
                .singletons(Asked.ADMISSION)
                .properties(Map.of("micronaut.server.port", -1))
                .start()
                .getBean(EmbeddedServer.class)
                .start();
    }

    @AfterAll
    static void close() {
        server.getApplicationContext().close();
    }

    @Test
    void shouldServeADescriptionOfVersion31() {
        HttpResponse<String> response = new Asked(server.getURI()).get("/openapi.yml");
        assertEquals(200, response.statusCode());
        assertEquals("3.1.0", description(response).get("openapi"));
        assertTrue(response.body().contains("0.0001 USD"), "the unit of money is said");
    }

    @Test
    void shouldDescribeEveryRouteOfTheHouse() {
        Set<String> routes = server.getApplicationContext()
                .getBean(Router.class)
                .uriRoutes()
                .filter(route -> route.getTargetMethod()
                        .getDeclaringType()
                        .getPackageName()
                        .startsWith("io.bulwark.api."))
                .filter(route -> route.getHttpMethod() != HttpMethod.HEAD)
                .map(route -> route.getHttpMethod() + " "
                        + route.getUriMatchTemplate().toPathString())
                .collect(Collectors.toCollection(TreeSet::new));
        routes.removeAll(Set.of("GET /openapi.yml", "GET /llms.txt", "GET /docs"));
        assertTrue(routes.contains("GET /"), "routes are found: " + routes);
        assertEquals(routes, described());
    }

    /** What the description says and nothing else: a line an operation, what is public marked, in less than 16 KiB. */
    @Test
    void shouldSayInShortWhatTheDescriptionSays() {
        HttpResponse<String> inShort = new Asked(server.getURI()).get("/llms.txt");
        assertEquals(200, inShort.statusCode());
        assertEquals(
                "text/plain; charset=utf-8",
                inShort.headers().firstValue("content-type").orElse(""));
        String text = inShort.body();
        assertTrue(text.startsWith("# Bulwark\n\n> A multi-protocol clearing house"), text);
        assertTrue(text.length() < 16_384, text.length() + " characters");
        Set<String> said = text.lines()
                .filter(line -> line.startsWith("- `"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .filter(line -> line.contains(" /"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(described(), said);
        Map<String, Object> paths = child(description(new Asked(server.getURI()).get("/openapi.yml")), "paths");
        for (String line : text.lines()
                .filter(line -> line.startsWith("- `") && line.contains(" /"))
                .toList()) {
            String route = line.substring(3, line.indexOf('`', 3));
            Map<String, Object> operation = child(
                    child(paths, route.substring(route.indexOf(' ') + 1)),
                    route.substring(0, route.indexOf(' ')).toLowerCase(Locale.ROOT));
            assertEquals(List.of().equals(operation.get("security")), line.endsWith(" (public)"), line);
            assertTrue(line.contains(String.valueOf(operation.get("summary"))), line);
        }
    }

    @Test
    void shouldNotPromiseWhatMayBeAbsent() {
        Map<String, Object> description = description(new Asked(server.getURI()).get("/openapi.yml"));
        Map<String, Object> verification = child(child(child(description, "components"), "schemas"), "Verification");
        assertTrue(String.valueOf(verification.get("required")).contains("outcome"), verification.toString());
        assertFalse(String.valueOf(verification.get("required")).contains("reason"), verification.toString());
    }

    @Test
    void shouldDescribeSuccessAndProblemOfEveryOperation() {
        Map<String, Object> paths = child(description(new Asked(server.getURI()).get("/openapi.yml")), "paths");
        for (String path : paths.keySet()) {
            for (String method : child(paths, path).keySet()) {
                Map<String, Object> responses = child(child(child(paths, path), method), "responses");
                assertFalse(String.valueOf(responses.get("200")).contains("problem+json"), path);
                assertTrue(responses.containsKey("4XX"), path);
            }
        }
    }

    @Test
    void shouldSayWhatNeedsTheToken() {
        Map<String, Object> description = description(new Asked(server.getURI()).get("/openapi.yml"));
        Map<String, Object> schemes = child(child(description, "components"), "securitySchemes");
        assertEquals(Set.of("token", "cookie", "session"), schemes.keySet());
        Map<String, Object> paths = child(description, "paths");
        Set<String> open = new TreeSet<>();
        for (String path : paths.keySet()) {
            for (String method : child(paths, path).keySet()) {
                Object needed = child(child(paths, path), method).get("security");
                if (List.of().equals(needed)) {
                    open.add(method + " " + path);
                } else {
                    String said = needed.toString();
                    assertTrue(said.contains("token=[") && !said.contains("public"), path + " " + said);
                    assertTrue(
                            String.valueOf(child(child(paths, path), method).get("description"))
                                    .contains("Open to: "),
                            path);
                }
            }
        }
        assertEquals(
                Set.of(
                        "get /",
                        "get /house.json",
                        "get /keys/{identity}",
                        "get /listing",
                        "get /epochs/{number}/table",
                        "get /epochs/{number}/tariff",
                        "post /access/challenge",
                        "post /access/sign-in",
                        "get /venues/{number}",
                        "post /venues/{number}/reports",
                        "post /venues/{number}/snapshots",
                        "post /verification"),
                open);
        assertEquals(
                List.of(Map.of("token", List.of("operator")), Map.of("cookie", List.of("operator"))),
                child(child(paths, "/proofs/dead"), "get").get("security"));
    }

    private static Set<String> described() {
        Map<String, Object> paths = child(description(new Asked(server.getURI()).get("/openapi.yml")), "paths");
        Set<String> described = new TreeSet<>();
        for (String path : paths.keySet()) {
            for (String method : child(paths, path).keySet()) {
                if (List.of("get", "post", "put", "delete").contains(method)) {
                    described.add(method.toUpperCase(Locale.ROOT) + " " + path);
                }
            }
        }
        return described;
    }

    private static Map<String, Object> description(HttpResponse<String> response) {
        return new Yaml().load(response.body());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Map<String, Object> parent, String name) {
        return (Map<String, Object>) parent.getOrDefault(name, Map.of());
    }
}
