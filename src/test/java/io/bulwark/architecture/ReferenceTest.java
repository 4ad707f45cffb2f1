package io.bulwark.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.GovernedNumbers;
import io.bulwark.tier.Heavy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The reference says what the program says; that no governed number is undeclared, {@link GovernanceTest} says. */
@Heavy
class ReferenceTest {
    /** Where it is 1, the pages are written anew. */
    private static final String WRITE = "BULWARK_WRITE_REFERENCE";

    /** Where it is 1, the description is also written where it takes from what was promised. */
    private static final String BREAKING = "BULWARK_BREAK_PROMISES";

    private static final Path PAGES = TidyTest.ROOT.resolve("docs/reference");
    private static final String DESCRIPTION = "openapi.yml";

    @Test
    void shouldListEveryVerbAsItsOwnHelpSaysIt() throws IOException {
        isThePage("cli.md", ReferencePages.verbs());
    }

    @Test
    void shouldListEveryGovernedNumber() throws IOException {
        isThePage(
                "parameters.md",
                ReferencePages.parameters(GovernedNumbers.ofAllRooms().all("BTC")));
    }

    /** What who builds on the API was promised: what takes from it is written by {@code dev reference --breaking} alone. */
    @Test
    void shouldKeepWhatTheApiPromised() throws IOException {
        Path kept = PAGES.resolve(DESCRIPTION);
        if (!"1".equals(System.getenv(BREAKING)) && Files.exists(kept)) {
            List<String> broken = BrokenPromises.of(Files.readString(kept), description());
            assertEquals(
                    List.of(),
                    broken,
                    "who built on the API would miss it; if it is meant: ./bulwark dev reference --breaking");
        }
        isThePage(DESCRIPTION, description());
    }

    @Test
    void shouldCallItBrokenWhereAnAnswerLacksAFieldOrARouteIsGone() throws IOException {
        String promised = description();
        String field =
                "        excessInitial:\n          $ref: \"#/components/schemas/Money\"\n          description: E − IM\n";
        assertTrue(
                promised.contains(field) && promised.contains("  /fund/price:\n"), "what is taken away here is there");
        assertTrue(BrokenPromises.of(promised, promised.replace(field, ""))
                .toString()
                .contains("/margin/what-if"));
        assertEquals(
                List.of("GET /fund/price is gone"),
                BrokenPromises.of(promised, promised.replace("  /fund/price:\n", "  /fund/prices:\n")));
        assertEquals(List.of(), BrokenPromises.of(promised.replace(field, ""), promised));
    }

    private static String description() throws IOException {
        try (InputStream made = ReferenceTest.class.getResourceAsStream("/META-INF/swagger/openapi.yml")) {
            return new String(requireNonNull(made).readAllBytes(), UTF_8);
        }
    }

    private static void isThePage(String name, String made) throws IOException {
        Path page = PAGES.resolve(name);
        if ("1".equals(System.getenv(WRITE))) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, made);
        }
        assertEquals(made, Files.exists(page) ? Files.readString(page) : "", "./bulwark dev reference writes " + name);
    }
}
