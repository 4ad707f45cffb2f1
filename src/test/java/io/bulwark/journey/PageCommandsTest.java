package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.Bulwark;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * Every command of every page is one that the program has, with its options; each that stands apart runs in a test or says here why
 * not.
 */
class PageCommandsTest {
    private static final Path ROOT = Program.checkout();
    private static final CommandLine PROGRAM = Bulwark.commandLine();

    /** Verbs of the launcher and of the programs beside the server, which their own tests run. */
    private static final Set<String> OTHER_PROGRAMS = Set.of(
            "dev", "test", "bench", "help", "completion", "research", "conformance", "calibrate", "record", "package");

    /** Beginnings of commands that no test runs as they stand, and why. {@code JoinJourneyTest} runs docs/join.md and {@link #RUN}. */
    private static final TreeMap<String, String> LISTED = new TreeMap<>();

    /** Commands that {@code JoinJourneyTest} runs over the sandbox that it has sealed. */
    static final List<String> RUN = List.of(
            "replay --epoch 1",
            "epoch replay --epoch 1",
            "epoch books",
            "epoch publish audit-1",
            "audit audit-1",
            "account margin --account 1",
            "account calls",
            "fund network",
            "fund capital",
            "fund calls");

    static {
        LISTED.put("demo", "serves until it is stopped: DemoJourneyTest and ShippedHousesTest run it");
        LISTED.put("run ", "serves until it is stopped: DemoJourneyTest runs it");
        LISTED.put("access ", "needs tokens, keys and two people: AccessMatrixTest has them");
        LISTED.put("alert ", "needs somebody to tell: AlertsJourneyTest runs all of it");
        LISTED.put("venue link ", "LinkJourneyTest and AccessMatrixTest have owners");
        LISTED.put("node ", "needs other nodes: NodesJourneyTest runs seven");
        LISTED.put("venue supersede ", "SNAPSHOT stands for any: SupersedeJourneyTest has one");
        LISTED.put("epoch books --witness ", "a copy kept elsewhere: BooksJourneyTest keeps one");
        LISTED.put("test", "this is it");
        LISTED.put("dev ", "builds and tests the checkout: LauncherTest looks at it");
        LISTED.put("conformance ", "another program, over files that are given: its own tests run every kind");
        LISTED.put("research ", "another program: WallJourneyTest runs the wall");
        LISTED.put("venue poll ", "needs venues that answer: PollVerbJourneyTest runs it over recordings");
        LISTED.put("venue validate FILE", "FILE stands for any: FeedValidationTest runs it");
        LISTED.put("venue admit ", "the operator's of a house that runs: ListingJourneyTest runs it");
        LISTED.put("account crif ", "needs a table: CrifCommandTest runs both ways");
        LISTED.put("proof bundle ", "DemoJourneyTest runs it, and what the owner does with it");
        LISTED.put("proof prove account --bundle", "OwnerAtHome runs the owner's way, from bundle to verdict");
        LISTED.put("proof prove account --ask ask.json --bundle", "OwnerAtHome runs it");
        LISTED.put("proof prove fund", "minutes of proving: HouseProofs runs it with a small key");
        LISTED.put("proof ask ", "OwnerAtHome runs it with a house of its own");
        LISTED.put("proof wallet ", "needs a wallet's signatures: WalletCommandTest makes them");
        LISTED.put("proof key ", "ChainCommandTest runs it over a key of its own");
        LISTED.put("verify ", "OwnerAtHome and DemoJourneyTest run it over proofs of theirs");
        LISTED.put("chain ", "needs a chain: ChainCommandTest runs it over a local one");
        LISTED.put("epoch attest ", "DemoJourneyTest runs it");
        LISTED.put("fund receive ", "needs a custodian's receipt: ReceiptsJourneyTest makes some");
        LISTED.put("fund readmit ", "needs a member who was put out: ReceiptsJourneyTest has one");
        LISTED.put("fund default ", "needs a member's default: DefaultDayJourneyTest has one");
    }

    @Test
    void shouldHaveEveryVerbAndOptionThatAPageNames() throws IOException {
        List<String> unknown = new ArrayList<>();
        int seen = 0;
        for (Path page : PageCommands.pages(ROOT)) {
            List<String> commands = Stream.concat(PageCommands.apart(page).stream(), PageCommands.inline(page).stream())
                    .toList();
            seen += commands.size();
            commands.forEach(command ->
                    flaw(command).ifPresent(flaw -> unknown.add(ROOT.relativize(page) + ": " + command + ": " + flaw)));
        }
        assertEquals(List.of(), unknown);
        assertTrue(seen > 90, "pages were read: " + seen);
    }

    @Test
    void shouldRunEveryCommandOfEveryPageOrSayWhyNot() throws IOException {
        List<String> neither = new ArrayList<>();
        List<String> walked = PageCommands.apart(ROOT.resolve("docs/join.md"));
        for (Path page : PageCommands.pages(ROOT)) {
            if (page.endsWith("join.md")) {
                continue;
            }
            for (String command : PageCommands.apart(page)) {
                boolean run = RUN.contains(command) || walked.contains(command);
                boolean listed = LISTED.keySet().stream().anyMatch(command::startsWith);
                if (!run && !listed) {
                    neither.add(ROOT.relativize(page) + ": " + command);
                }
            }
        }
        assertEquals(List.of(), neither);
        List<String> all = new ArrayList<>();
        for (Path page : PageCommands.pages(ROOT)) {
            all.addAll(PageCommands.apart(page));
        }
        assertTrue(all.containsAll(RUN), "run, but on no page: " + RUN);
        assertEquals(
                List.of(),
                LISTED.keySet().stream()
                        .filter(listed -> all.stream().noneMatch(command -> command.startsWith(listed)))
                        .toList(),
                "listed, but on no page");
    }

    /** What the program has not of a command; empty if it has all of it. */
    private static Optional<String> flaw(String command) {
        List<String> words = PageCommands.words(command);
        if (OTHER_PROGRAMS.contains(words.getFirst())) {
            return Optional.empty();
        }
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        List<String> now = List.of(Bulwark.spellings().now(nowhere, words.toArray(String[]::new)));
        CommandLine at = PROGRAM;
        boolean verb = false;
        for (String word : now) {
            if (word.contains("…")) {
                return Optional.empty();
            }
            if (word.startsWith("-")) {
                String option = word.replaceFirst("=.*$", "").replaceFirst("[,.;:]+$", "");
                if (at.getCommandSpec().findOption(option) == null) {
                    return Optional.of(
                            "no option " + option + " of " + at.getCommandSpec().qualifiedName());
                }
            } else if (at.getSubcommands().containsKey(word)) {
                at = at.getSubcommands().get(word);
                verb = true;
            } else if (!verb) {
                return Optional.of("no verb " + word);
            }
        }
        return Optional.empty();
    }

    @Test
    void shouldFindAVerbAndAnOptionThatAreNotThere() throws IOException {
        assertTrue(flaw("venue pull FILE").isEmpty(), "a word behind a group may be anything");
        assertTrue(flaw("sandbag").isPresent());
        assertTrue(flaw("venue push FILE --onto URL").isPresent());
        assertTrue(Files.exists(ROOT.resolve("docs/join.md")));
    }
}
