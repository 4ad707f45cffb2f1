package io.bulwark.api.cli;

import io.bulwark.house.founding.Home;
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

    /** Runs the verb that was parsed, in the home that it was given. */
    public int execute(CommandLine.ParseResult parsed) {
        CommandLine.IExecutionStrategy verb = new CommandLine.RunLast();
        return home == null ? verb.execute(parsed) : Home.chosen(home, () -> verb.execute(parsed));
    }
}
