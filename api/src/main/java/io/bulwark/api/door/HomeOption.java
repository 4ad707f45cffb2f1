package io.bulwark.api.door;

import io.bulwark.house.founding.Home;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Where the house of a verb lies: every verb takes it, so that one process may work in two homes. */
public final class HomeOption {
    @CommandLine.Option(
            names = "--home",
            paramLabel = "FOLDER",
            scope = CommandLine.ScopeType.INHERIT,
            description = "Where the house lies (default: $BULWARK_HOME, else .bulwark).")
    @Nullable
    private Path home;

    /** Runs one verb of the program that has this option, with these two outputs, and returns its exit code. */
    public int run(StepCommand program, PrintWriter out, PrintWriter err, String... arguments) {
        return run(new CommandLine(program), out, err, arguments);
    }

    /** The same of a program whose verbs were told to the command line one by one. */
    public int run(CommandLine program, PrintWriter out, PrintWriter err, String... arguments) {
        return OneLineErrors.on(program)
                .setOut(out)
                .setErr(err)
                .setExecutionStrategy(this::execute)
                .execute(arguments);
    }

    private int execute(CommandLine.ParseResult parsed) {
        CommandLine.IExecutionStrategy verb = new CommandLine.RunLast();
        return home == null ? verb.execute(parsed) : Home.chosen(home, () -> verb.execute(parsed));
    }
}
