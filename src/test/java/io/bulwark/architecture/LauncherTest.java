package io.bulwark.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the launcher says without a build: help in new and old spellings, and the words that a shell completes. */
class LauncherTest {
    private static final int LINES_AT_MOST = 12;

    /** What a run of a program said, both outputs together. */
    private record Said(int code, String text) {
        static Said by(String... command) throws IOException, InterruptedException {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(TidyTest.ROOT.toFile())
                    .redirectErrorStream(true);
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
                "./bulwark acc|account",
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
}
