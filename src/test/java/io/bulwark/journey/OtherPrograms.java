package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Programs of others beside a house that serves the demonstration: the lines of docs/library.md over the library alone, and the Python
 * client.
 */
record OtherPrograms(URI door, Path token) {
    private static final String PORTFOLIO = "{\"cash\": 0, \"positions\": [{\"id\": \"dydx:BTC-USD\", \"lots\": 10}],"
            + " \"collateral\": [{\"id\": \"USDC@dydx\", \"lots\": 12689790}]}";

    private static final Pattern LINES = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    private record Said(int code, String text) {
        static Said by(List<String> command) throws IOException, InterruptedException {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment()
                    .put(
                            "PYTHONPATH",
                            Program.checkout().resolve("clients/python/src").toString());
            builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
            Process process = builder.start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return new Said(process.waitFor(), text);
        }
    }

    void shouldFindTheSameInteger() throws IOException, InterruptedException {
        JsonNode margin = ask("/margin", PORTFOLIO);
        JsonNode figures = margin.at("/asBooked/initialMargin");
        assertTrue(figures.get("u").longValue() > 0, margin.toString());
        assertEquals(figures.get("u").asText(), library());
        python(margin);
    }

    /** Compiled and run over what the library needs, and nothing of the house. */
    private String library() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("library");
        Matcher lines = LINES.matcher(Files.readString(Program.checkout().resolve("docs/library.md")));
        assertTrue(lines.find());
        Path source = Files.writeString(folder.resolve("Margin.java"), lines.group(1));
        String path = Arrays.stream(System.getProperty("java.class.path").split(":"))
                .filter(
                        entry -> entry.matches(
                                ".*/(netting|clearing-core)[/-].*|.*/(hipparchus|jackson-(core|databind|annotations|dataformat-cbor))[^/]*"))
                .collect(Collectors.joining(":"));
        assertEquals(
                0,
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-cp", path, "-d", folder.toString(), source.toString()));
        Path table = folder.resolve("table");
        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(door.resolve("/epochs/1/table")).build(),
                        HttpResponse.BodyHandlers.ofFile(table));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Said said = Said.by(List.of(java, "-cp", folder + ":" + path, "Margin", table.toString()));
        assertEquals(0, said.code(), said.text());
        return said.text();
    }

    private void python(JsonNode margin) throws IOException, InterruptedException {
        if (Stream.of(System.getenv("PATH").split(":"))
                .noneMatch(place -> Files.isExecutable(Path.of(place, "python3")))) {
            System.out.println("python3 is missing: the Python client was not run");
            return;
        }
        Path example = Program.checkout().resolve("clients/python/examples/portfolio_margin.py");
        Said said = Said.by(List.of("python3", example.toString(), door.toString(), token.toString()));
        assertEquals(0, said.code(), said.text());
        for (String line : List.of(
                "initial margin     " + margin.at("/asBooked/initialMargin/usd").textValue(),
                "equity             " + margin.at("/asBooked/equity/usd").textValue(),
                "worst day          " + margin.get("worstScenario").textValue(),
                "refused            400 ")) {
            assertTrue(said.text().contains(line), line + " in " + said.text());
        }
        Said rounded = Said.by(List.of(
                "python3",
                "-c",
                "from bulwark import House; House('" + door
                        + "').margin({'cash': 0, 'positions': [{'id': 'x', 'lots': 0.5}]})"));
        assertTrue(rounded.text().endsWith("must be whole numbers; have 0.5"), rounded.text());
        Said stranger =
                Said.by(List.of("python3", "-c", "from bulwark import House; House('" + door + "').accounts()"));
        assertTrue(stranger.text().contains("bulwark.house.Refused: 401"), stranger.text());
    }

    private JsonNode ask(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(door.resolve(path))
                                .header("Content-Type", "application/json")
                                .header(
                                        "Authorization",
                                        "Bearer " + Files.readString(token).strip())
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        return new ObjectMapper().readTree(answer.body());
    }
}
