package io.bulwark.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The verb {@code conformance} as a program of its own: reference cases are an instrument beside the product, not a part of it. */
@Command(
        name = "bulwark",
        description = "Reference files in, the product's own numbers out.",
        mixinStandardHelpOptions = true,
        versionProvider = ConformanceProgram.Version.class,
        scope = CommandLine.ScopeType.INHERIT,
        synopsisSubcommandLabel = "VERB",
        subcommands = ConformanceCommand.class,
        exitCodeOnInvalidInput = Conformance.BAD_INPUT,
        exitCodeOnExecutionException = Conformance.BAD_INPUT)
public final class ConformanceProgram implements Runnable {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    /** Runs the verb and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(new PrintWriter(System.out, true, UTF_8), new PrintWriter(System.err, true, UTF_8), arguments));
    }

    /** Runs the verb with these two outputs and returns its exit code. Every failure is one line on the second. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new ConformanceProgram())
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler((failure, given) -> failed(err, failure))
                .setExecutionExceptionHandler((failure, verb, parsed) -> failed(err, failure))
                .execute(arguments);
    }

    private static int failed(PrintWriter err, Exception failure) {
        err.println("bulwark: "
                + String.valueOf(failure.getMessage()).lines().findFirst().orElse("no words"));
        return Conformance.BAD_INPUT;
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "bulwark "
                        + Optional.ofNullable(
                                        ConformanceProgram.class.getPackage().getImplementationVersion())
                                .orElse("unpackaged")
            };
        }
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
