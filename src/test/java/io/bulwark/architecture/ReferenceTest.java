package io.bulwark.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bulwark.clearing.governance.GovernedNumbers;
import io.bulwark.tier.Heavy;
import java.io.IOException;
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

    private static void isThePage(String name, String made) throws IOException {
        Path page = TidyTest.ROOT.resolve("docs/reference").resolve(name);
        if ("1".equals(System.getenv(WRITE))) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, made);
        }
        assertEquals(made, Files.exists(page) ? Files.readString(page) : "", "./bulwark dev reference writes " + name);
    }
}
