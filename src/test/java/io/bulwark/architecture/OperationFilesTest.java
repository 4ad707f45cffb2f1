package io.bulwark.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.api.Bulwark;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The files under ops that other programs read: they parse, start verbs that there are with options that these have, and run as nobody in
 * particular.
 */
class OperationFilesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Up to a comment, the end of the line or of the words in quotes. */
    private static final Pattern COMMAND = Pattern.compile("\\./bulwark ([a-z][^#`\n;]*)");

    @Test
    void shouldStartVerbsThatThereAre() throws IOException {
        List<List<String>> commands = new ArrayList<>();
        for (JsonNode container : containers()) {
            if (container.get("name").textValue().equals("house")) {
                commands.add(words(container.get("args")));
            }
        }
        for (Path file : files("ops/compose")) {
            for (JsonNode service : documents(file).getFirst().get("services")) {
                if (service.get("image").textValue().startsWith("bulwark:")) {
                    commands.add(words(service.get("command")));
                }
            }
        }
        assertTrue(commands.size() >= 2, commands.toString());
        // A verb, an option or a value that is none is refused by name.
        commands.forEach(command -> Bulwark.commandLine().parseArgs(command.toArray(String[]::new)));
    }

    @Test
    void shouldRunAsNobodyInParticular() throws IOException {
        JsonNode pod = pod();
        assertTrue(pod.at("/securityContext/runAsNonRoot").booleanValue());
        assertFalse(pod.get("automountServiceAccountToken").booleanValue());
        for (JsonNode container : containers()) {
            if (container.get("image").textValue().startsWith("bulwark:")) {
                JsonNode rights = container.get("securityContext");
                assertFalse(rights.get("allowPrivilegeEscalation").booleanValue(), container.toString());
                assertTrue(rights.get("readOnlyRootFilesystem").booleanValue(), container.toString());
                assertEquals("[\"ALL\"]", rights.at("/capabilities/drop").toString());
            }
        }
        for (Path file : files("ops/compose")) {
            for (JsonNode service : documents(file).getFirst().get("services")) {
                if (service.get("image").textValue().startsWith("bulwark:")) {
                    assertTrue(service.get("read_only").booleanValue(), file.toString());
                    assertEquals("[\"ALL\"]", service.get("cap_drop").toString(), file.toString());
                }
            }
        }
    }

    /** Probes ask what everybody may ask; volumes that are mounted are declared; the image has the version that the build has. */
    @Test
    void shouldHoldTogether() throws IOException {
        JsonNode pod = pod();
        List<String> declared = new ArrayList<>();
        pod.get("volumes").forEach(volume -> declared.add(volume.get("name").textValue()));
        declared.add("house");
        String version = "bulwark:"
                + Files.readString(TidyTest.ROOT.resolve("pom.xml"))
                        .replaceFirst("(?s).*?<artifactId>bulwark</artifactId>\\s*<version>([^<]*)<.*", "$1");
        List<String> probes = new ArrayList<>();
        for (JsonNode container : containers()) {
            container
                    .get("volumeMounts")
                    .forEach(mount ->
                            assertTrue(declared.contains(mount.get("name").textValue()), mount.toString()));
            String image = container.get("image").textValue();
            assertTrue(image.equals(version) || !image.startsWith("bulwark"), image);
            for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
                if (container.has(probe)) {
                    probes.add(probe + " "
                            + container.at("/" + probe + "/httpGet/path").textValue());
                }
            }
        }
        assertEquals(
                List.of(
                        "livenessProbe /health/liveness",
                        "readinessProbe /health/readiness",
                        "startupProbe /health/liveness"),
                probes);
    }

    /** Every command of the operator's pages, in a block or within a sentence: a verb that there is, with options that it has. */
    @Test
    void shouldNameOnlyCommandsThatThereAre() throws IOException {
        int commands = 0;
        for (String page : List.of("operations.md", "runbooks.md", "library.md", "install.md")) {
            Matcher typed = COMMAND.matcher(
                    Files.readString(TidyTest.ROOT.resolve("docs").resolve(page)));
            while (typed.find()) {
                String[] words = typed.group(1)
                        .strip()
                        .replace(" N", " 1")
                        .replace(" KIND", " aave")
                        .split(" +");
                if (!words[0].equals("package")) {
                    Bulwark.commandLine()
                            .parseArgs(Bulwark.spellings().now(new PrintWriter(Writer.nullWriter()), words));
                    commands++;
                }
            }
        }
        assertTrue(commands > 15, "commands found: " + commands);
    }

    private static JsonNode pod() throws IOException {
        return documents(TidyTest.ROOT.resolve("ops/kubernetes/house.yaml")).stream()
                .filter(document -> document.get("kind").textValue().equals("StatefulSet"))
                .findFirst()
                .orElseThrow()
                .at("/spec/template/spec");
    }

    private static List<JsonNode> containers() throws IOException {
        JsonNode pod = pod();
        return Stream.of("initContainers", "containers")
                .flatMap(kind -> StreamSupport.stream(pod.get(kind).spliterator(), false))
                .toList();
    }

    private static List<String> words(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static List<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(TidyTest.ROOT.resolve(folder))) {
            return files.sorted().toList();
        }
    }

    private static List<JsonNode> documents(Path file) throws IOException {
        Iterable<Object> read = new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(Files.readString(file));
        return StreamSupport.stream(read.spliterator(), false)
                .<JsonNode>map(JSON::valueToTree)
                .toList();
    }
}
