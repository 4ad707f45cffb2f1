package io.bulwark.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What ships of others is written down with its licence, and every licence may ship. */
class ThirdPartyTest {
    private static final Path ROOT = Path.of("../..");
    private static final Path PROGRAM = ROOT.resolve("api/target/api-0.1.0-SNAPSHOT.jar");
    private static final String OURS = "-0.1.0-SNAPSHOT.jar";
    private static final Pattern ROW = Pattern.compile("\\| (\\S+) \\| (\\S+) \\| (.+) \\|");

    @Test
    void shouldListEveryLibraryThatTheProgramNames() throws IOException {
        SortedSet<String> listed = listed().keySet().stream()
                .filter(name -> name.contains(":"))
                .map(name -> name.substring(name.indexOf(':') + 1).replace(' ', '-') + ".jar")
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(libraries(), listed, "./bulwark dev sbom writes docs/reference/third-party.md again");
    }

    /** What a browser runs is in no bill of materials: it is unpacked beside its page. */
    @Test
    void shouldListWhatIsUnpackedBesideAPage() throws IOException {
        SortedSet<String> unpacked = new TreeSet<>();
        for (String module : List.of("api", "insurance-fund", "zk-prover")) {
            Matcher item = Pattern.compile(
                            "<artifactItem>\\s*<groupId>org\\.webjars</groupId><artifactId>([^<]+)</artifactId>")
                    .matcher(Files.readString(ROOT.resolve(module).resolve("pom.xml")));
            while (item.find()) {
                unpacked.add(item.group(1));
            }
        }
        assertEquals(
                unpacked,
                listed().keySet().stream()
                        .map(name -> name.substring(0, name.indexOf(' ')))
                        .filter(unpacked::contains)
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertTrue(unpacked.contains("echarts") && unpacked.contains("swagger-ui"), unpacked::toString);
    }

    /** The program's own manifest says what it runs with; its folder may hold what an earlier build left there. */
    private static SortedSet<String> libraries() throws IOException {
        try (JarFile jar = new JarFile(PROGRAM.toFile())) {
            return Arrays.stream(jar.getManifest()
                            .getMainAttributes()
                            .getValue(Attributes.Name.CLASS_PATH)
                            .split(" ", -1))
                    .map(path -> path.substring(path.lastIndexOf('/') + 1))
                    .filter(name -> !name.endsWith(OURS))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void shouldShipNothingWhoseLicenceNobodyLookedAt() throws IOException {
        Properties allowed = new Properties();
        try (Reader file = Files.newBufferedReader(ROOT.resolve("src/launcher/licences.properties"))) {
            allowed.load(file);
        }
        Map<String, String> listed = listed();
        assertTrue(listed.size() > 100, () -> listed.size() + " libraries");
        listed.forEach((name, licences) -> assertTrue(
                Arrays.stream(licences.split(", ", -1))
                        .anyMatch(licence -> "ships".equals(allowed.getProperty(licence))),
                () -> name + ": " + licences));
    }

    private static Map<String, String> listed() throws IOException {
        Map<String, String> listed = new TreeMap<>();
        for (String line : Files.readAllLines(ROOT.resolve("docs/reference/third-party.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches() && !row.group(1).equals("name") && !row.group(1).startsWith("---")) {
                listed.put(row.group(1) + " " + row.group(2), row.group(3));
            }
        }
        return listed;
    }
}
