package io.bulwark.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a tidy eye would catch: files too long, rooms without a sign at the door, promises that nobody owns, foreign addresses. */
class TidyTest {
    static final Path ROOT = root();
    private static final int LINES_MAX = 600;

    private static final Pattern UNOWNED = Pattern.compile("\\b(TODO|FIXME|XXX)\\b|@Disabled|@Ignore\\b");

    private static final Pattern FOREIGN =
            Pattern.compile("/(wor[k]|roo[t])/|registry\\.np[m]js|rep[o]1?\\.mav[e]n|proxy\\.gol[a]ng"
                    + "|py[p]i\\.org|pythonh[o]sted|crate[s]\\.io|deb\\.deb[i]an");

    @Test
    void shouldKeepFilesShortEnoughToRead() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources(".java", ".go", ".mjs", ".sh")) {
            long lines = Files.readString(file).lines().count();
            if (lines > LINES_MAX) {
                tooLong.add(ROOT.relativize(file) + " has " + lines + " lines");
            }
        }
        assertEquals(List.of(), tooLong, "no file may pass " + LINES_MAX + " lines");
    }

    @Test
    void shouldSignEveryRoomAtItsDoor() throws IOException {
        List<String> unsigned = new ArrayList<>();
        for (Path file : sources(".java")) {
            if (file.toString().contains("/src/main/java/")
                    && !Files.exists(file.resolveSibling("package-info.java"))) {
                unsigned.add(ROOT.relativize(file.resolveSibling("")).toString());
            }
        }
        assertEquals(List.of(), unsigned.stream().distinct().toList(), "every package opens with package-info.java");
    }

    @Test
    void shouldLeaveNoUnownedPromise() throws IOException {
        assertEquals(List.of(), linesMatching(UNOWNED, ".java", ".go", ".mjs", ".sol", ".sh"));
    }

    /** Two versions of one text, left side by side. */
    @Test
    void shouldLeaveNoConflictOfVersions() throws IOException {
        assertEquals(
                List.of(),
                linesMatching(
                        Pattern.compile("^(<{7}|>{7}|\\|{7}) "),
                        ".java",
                        ".go",
                        ".mjs",
                        ".sol",
                        ".sh",
                        ".json",
                        ".md",
                        ".xml",
                        ".yml",
                        ".sql"));
    }

    @Test
    void shouldNameNoMachineAndNoDownloadAddress() throws IOException {
        assertEquals(
                List.of(),
                linesMatching(
                        FOREIGN, ".java", ".go", ".mjs", ".sol", ".sh", ".json", ".md", ".xml", ".yml", ".sql", ".mod",
                        ".sum"));
    }

    /** An invariant that names a test is kept by it only if the test is there. */
    @Test
    void shouldNameOnlyTestsThatExist() throws IOException {
        List<String> tests =
                sources(".java").stream().map(f -> f.getFileName().toString()).toList();
        List<String> absent = new ArrayList<>();
        for (Path page : sources(".md")) {
            Matcher named = Pattern.compile("`([A-Z]\\w*Test)`").matcher(Files.readString(page));
            while (named.find()) {
                if (!tests.contains(named.group(1) + ".java")) {
                    absent.add(ROOT.relativize(page) + " names " + named.group(1));
                }
            }
        }
        assertEquals(List.of(), absent);
    }

    @Test
    void shouldNoticeAnUnownedPromise() {
        assertTrue(UNOWNED.matcher("// TO" + "DO later").find());
    }

    private static List<String> linesMatching(Pattern pattern, String... endings) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : sources(endings)) {
            if (file.endsWith(Path.of("architecture", "TidyTest.java"))) {
                continue;
            }
            List<String> lines =
                    Files.readString(file, StandardCharsets.UTF_8).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (pattern.matcher(lines.get(i)).find()) {
                    found.add(ROOT.relativize(file) + ":" + (i + 1));
                }
            }
        }
        return found;
    }

    /** The files of the checkout with one of these endings, that are ours and not built. */
    static List<Path> sources(String... endings) throws IOException {
        try (Stream<Path> walk = Files.walk(ROOT)) {
            List<Path> files = walk.filter(Files::isRegularFile)
                    .filter(f -> Stream.of(endings).anyMatch(f.toString()::endsWith))
                    .filter(f -> Stream.of("/target/", "/node_modules/", "/.git/", "/.bulwark/", "/.cache/")
                            .noneMatch(f.toString()::contains))
                    .sorted()
                    .toList();
            assertTrue(!files.isEmpty(), "there must be sources under " + ROOT);
            return files;
        }
    }

    private static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("CHANGELOG.md")) || !Files.exists(at.resolve("zk-prover"))) {
            at = at.getParent();
            if (at == null) {
                throw new IllegalStateException("run inside the checkout");
            }
        }
        return at;
    }
}
