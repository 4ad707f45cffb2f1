package io.bulwark.research;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bulwark.api.Bulwark;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.HomeOption;
import io.bulwark.api.door.Spellings;
import io.bulwark.api.door.StepCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program of the verbs that the server does without. Run without a verb it prints what there is. */
@Command(
        name = "bulwark",
        description = "Files in, report out: what is found out about prices, volatility and a book beside the server.",
        mixinStandardHelpOptions = true,
        versionProvider = Bulwark.Version.class,
        scope = CommandLine.ScopeType.INHERIT,
        synopsisSubcommandLabel = "VERB",
        subcommands = ResearchCommand.class,
        exitCodeOnInvalidInput = ExitCode.BAD_INPUT,
        exitCodeOnExecutionException = ExitCode.BAD_INPUT)
public final class Research extends StepCommand {
    /** Old spellings, which go with 0.3. */
    private static final Spellings SPELLINGS = Spellings.of("""
            calibrate > research calibrate
            backtest > research backtest
            surface > research surface
            forecast > research forecast
            wall > research wall
            """);

    @CommandLine.Mixin
    private final HomeOption home = new HomeOption();

    /** Runs one verb and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(new PrintWriter(System.out, true, UTF_8), new PrintWriter(System.err, true, UTF_8), arguments));
    }

    /** Runs one verb with these two outputs and returns its exit code. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        Research research = new Research();
        return research.home.run(research, out, err, SPELLINGS.now(err, arguments));
    }

    /** The other spellings of its verbs. */
    public static Spellings spellings() {
        return SPELLINGS;
    }
}
