package io.bulwark.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bulwark.clearing.governance.GovernedNumbers;
import io.bulwark.tier.Heavy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The reference says what the program says; that no governed number is undeclared, {@link GovernanceTest} says. */
@Heavy
class ReferenceTest {
    /** Where it is 1, the pages are written anew. */
    private static final String WRITE = "BULWARK_WRITE_REFERENCE";

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

    /** What who builds on the API was promised; {@code dev api} says what a change would take from them. */
    @Test
    void shouldKeepTheDescriptionOfTheApi() throws IOException {
        try (InputStream made = ReferenceTest.class.getResourceAsStream("/META-INF/swagger/openapi.yml")) {
            isThePage("openapi.yml", new String(requireNonNull(made).readAllBytes(), UTF_8));
        }
    }

    private static void isThePage(String name, String made) throws IOException {
        Path page = TidyTest.ROOT.resolve("docs/reference").resolve(name);
        if ("1".equals(System.getenv(WRITE))) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, made);
        }
        assertEquals(made, Files.exists(page) ? Files.readString(page) : "", "./bulwark dev reference writes " + name);
    }
}
