package io.bulwark.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the launcher says without a build: help in new and old spellings, and the words that a shell completes. */
class LauncherTest {
    private static final int LINES_AT_MOST = 12;

    /** What a run of a program said, both outputs together. */
    private record Said(int code, String text) {
        static Said by(String... command) throws IOException, InterruptedException {
            return in(TidyTest.ROOT, command);
        }

        static Said in(Path folder, String... command) throws IOException, InterruptedException {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            // With neither Java nor a build tool in reach a start of the program would be seen.
            builder.environment().put("PATH", "/usr/bin:/bin");
            Process process = builder.start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Said(process.waitFor(), text);
        }
    }

    @Test
    void shouldFitOnAboutTenLinesWithoutAVerb() throws IOException, InterruptedException {
        Said said = Said.by("./bulwark");
        assertEquals(0, said.code(), said.text());
        assertTrue(said.text().lines().count() <= LINES_AT_MOST, said.text());
    }

    @ParameterizedTest
    @CsvSource({
        "account,account",
        "account margin,account margin",
        "account margin portfolio.json,account margin",
        "margin,account margin",
        "margin portfolio.json,account margin",
        "fund prove,proof prove fund",
        "fund undeclared,fund undeclared",
        "default plan,fund default plan",
        "book included,proof verify",
        "verify,proof verify",
        "replay,epoch replay",
        "wall,research wall",
        "conformance,conformance"
    })
    void shouldHelpInEverySpelling(String typed, String verb) throws IOException, InterruptedException {
        for (List<String> asked :
                List.of(List.of("./bulwark " + typed + " --help"), List.of("./bulwark help " + typed))) {
            Said said = Said.by("bash", "-c", asked.getFirst());
            assertEquals(0, said.code(), said.text());
            assertTrue(said.text().startsWith("Usage: bulwark " + verb + " ["), said.text());
        }
    }

    @Test
    void shouldRefuseAVerbThatIsNone() throws IOException, InterruptedException {
        Said said = Said.by("./bulwark", "liquidate-everything", "--help");
        assertEquals(2, said.code(), said.text());
        assertEquals(1, said.text().lines().count(), said.text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "./bulwark acco|account",
                "./bulwark ver|verify",
                "'./bulwark proof prove '|account book contagion fund",
                "./bulwark epoch replay --ep|--epoch",
                "./bulwark dev ro|rooms",
                "'./bulwark liquidate-everything '|''"
            })
    void shouldCompleteWhatTheReferenceLists(String typed, String offered) throws IOException, InterruptedException {
        String script = "source <(./bulwark completion bash); read -ra COMP_WORDS <<<'" + typed + "'; [[ '" + typed
                + "' != *' ' ]] || COMP_WORDS+=(''); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _bulwark; printf '%s\\n' \"${COMPREPLY[@]}\" | sort | paste -sd' '";
        Said said = Said.by("bash", "-c", script);
        assertEquals(0, said.code(), said.text());
        assertEquals(offered, said.text().strip());
    }

    @Test
    void shouldCompleteForTwoShells() throws IOException, InterruptedException {
        assertEquals(
                Said.by("./bulwark", "completion", "bash").text(),
                Said.by("./bulwark", "completion", "zsh").text());
        assertEquals(2, Said.by("./bulwark", "completion", "fish").code());
    }

    /** What package puts beside the program, without the program: help and words are there, and the developer's verbs are refused. */
    @Test
    void shouldSayTheSameWhereItIsInstalled(@TempDir Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("share"));
        Files.createDirectories(folder.resolve("docs/reference"));
        for (String each : List.of("help.sh", "completion.sh")) {
            Files.copy(
                    TidyTest.ROOT.resolve("src/launcher").resolve(each),
                    folder.resolve("share").resolve(each));
        }
        Files.copy(
                TidyTest.ROOT.resolve("docs/reference/cli.md"),
                folder.resolve("docs/reference").resolve("cli.md"));
        Path launcher = Files.copy(TidyTest.ROOT.resolve("src/launcher/installed.sh"), folder.resolve("bulwark"));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (List<String> asked :
                List.of(List.of("verify", "--help"), List.of("help", "fund", "prove"), List.of("help", "verbs"))) {
            String[] typed =
                    Stream.concat(Stream.of("./bulwark"), asked.stream()).toArray(String[]::new);
            Said there = Said.in(folder, typed);
            assertEquals(0, there.code(), there.text());
            assertEquals(Said.by(typed).text(), there.text());
        }
        Said usage = Said.in(folder, "./bulwark");
        assertTrue(usage.text().lines().count() <= LINES_AT_MOST, usage.text());
        assertEquals(0, Said.in(folder, "./bulwark", "completion", "bash").code());
        for (String developers : List.of("dev", "test", "bench", "package")) {
            Said refused = Said.in(folder, "./bulwark", developers);
            assertEquals(2, refused.code(), refused.text());
            assertEquals(
                    "bulwark: " + developers + " is for the sources; this is Bulwark as it is installed",
                    refused.text().strip());
        }
    }

    @Test
    void shouldRefuseWhatPackageDoesNotTake() throws IOException, InterruptedException {
        Said refused = Said.by("./bulwark", "package", "--everything");
        assertEquals(2, refused.code(), refused.text());
        assertEquals(
                "bulwark: package takes --image or nothing; have --everything",
                refused.text().strip());
    }
}
