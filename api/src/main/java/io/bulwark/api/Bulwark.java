package io.bulwark.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bulwark.api.access.AccessCommand;
import io.bulwark.api.alert.AlertCommand;
import io.bulwark.api.chain.ChainCommand;
import io.bulwark.api.demo.DemoCommand;
import io.bulwark.api.demo.RunCommand;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.HomeOption;
import io.bulwark.api.door.Spellings;
import io.bulwark.api.door.StepCommand;
import io.bulwark.api.epoch.EpochCommand;
import io.bulwark.api.fund.FundCommand;
import io.bulwark.api.node.NodeCommand;
import io.bulwark.api.venue.VenueCommand;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: a group of verbs for each subject. Run without a verb it prints what there is. */
@Command(
        name = "bulwark",
        description = "A multi-protocol clearing house whose margin is one integer: computed, stored and proved.",
        mixinStandardHelpOptions = true,
        versionProvider = Bulwark.Version.class,
        scope = CommandLine.ScopeType.INHERIT,
        synopsisSubcommandLabel = "VERB",
        exitCodeOnInvalidInput = ExitCode.BAD_INPUT,
        exitCodeOnExecutionException = ExitCode.BAD_INPUT)
public final class Bulwark extends StepCommand {
    /** Verbs that stay by a shorter name for good (=), and old ones, which go with 0.3 (>). */
    private static final Spellings SPELLINGS = Spellings.of("""
            read = venue read
            replay = epoch replay
            audit = epoch audit
            verify = proof verify
            margin > account margin
            simulate > account simulate
            compare > account compare
            outlook > account outlook
            crif > account crif
            export --verifier > proof key
            export --proof > chain proof
            export --attestation > epoch attest
            export --house > epoch house
            export > epoch export
            monitor > epoch monitor
            mirror > epoch mirror
            default > fund default
            net > fund net
            poll > venue poll
            validate > venue validate
            link > venue link
            prove > proof prove account
            bundle > proof bundle
            requests > proof requests
            ceremony > proof ceremony
            wallet > proof wallet
            book prove > proof prove book
            book hold > proof hold book
            book verify > proof verify
            book included > proof verify
            book > proof
            fund prove > proof prove fund
            fund hold > proof hold fund
            contagion prove > proof prove contagion
            contagion > proof
            """);

    /** By the word that is typed: what is not typed is not read, which is half of what a short verb takes. */
    private static final SequencedMap<String, Class<?>> VERBS = new LinkedHashMap<>();

    static {
        VERBS.put("demo", DemoCommand.class);
        VERBS.put("run", RunCommand.class);
        VERBS.put("sandbox", SandboxCommand.class);
        VERBS.put("account", AccountCommand.class);
        VERBS.put("epoch", EpochCommand.class);
        VERBS.put("fund", FundCommand.class);
        VERBS.put("venue", VenueCommand.class);
        VERBS.put("proof", ProofCommand.class);
        VERBS.put("chain", ChainCommand.class);
        VERBS.put("node", NodeCommand.class);
        VERBS.put("access", AccessCommand.class);
        VERBS.put("alert", AlertCommand.class);
    }

    /** How logs are written: an appender of logback.xml. */
    private static final String LOGS = "BULWARK_LOGS";

    private static final List<String> FORMS_OF_LOGS = List.of("text", "json");

    @CommandLine.Mixin
    private final HomeOption home = new HomeOption();

    /** Runs one verb and ends the process with its exit code. */
    public static void main(String[] arguments) {
        String logs = System.getenv().getOrDefault(LOGS, "text");
        if (!FORMS_OF_LOGS.contains(logs)) {
            System.err.println("bulwark: " + LOGS + " must be one of " + FORMS_OF_LOGS + "; have " + logs);
            System.exit(ExitCode.BAD_INPUT);
        }
        try {
            Tracing.begin();
        } catch (ConfigurationException e) {
            System.err.println("bulwark: traces: " + e.getMessage());
            System.exit(ExitCode.BAD_INPUT);
        }
        System.exit(run(new PrintWriter(System.out, true, UTF_8), new PrintWriter(System.err, true, UTF_8), arguments));
    }

    /** Runs one verb with these two outputs and returns its exit code; what {@link #main} does, without ending the process. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        Bulwark bulwark = new Bulwark();
        String[] words = SPELLINGS.now(err, arguments);
        Class<?> typed = words.length == 0 ? null : VERBS.get(words[0]);
        return bulwark.home.run(bulwark.with(typed == null ? VERBS.values() : List.of(typed)), out, err, words);
    }

    /** All its verbs. */
    public static CommandLine commandLine() {
        return new Bulwark().with(VERBS.values());
    }

    private CommandLine with(Collection<Class<?>> verbs) {
        CommandLine line = new CommandLine(this);
        verbs.forEach(line::addSubcommand);
        return line;
    }

    /** The other spellings of its verbs. */
    public static Spellings spellings() {
        return SPELLINGS;
    }

    /** The version that the build wrote into the jar. */
    public static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "bulwark "
                        + Optional.ofNullable(Bulwark.class.getPackage().getImplementationVersion())
                                .orElse("unpackaged")
            };
        }
    }
}
