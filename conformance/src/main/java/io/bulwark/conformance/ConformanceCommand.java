package io.bulwark.conformance;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Computes reference files with the product's own engine. */
@Command(
        name = "conformance",
        description = {
            "Computes every case of reference files with this engine and prints computed against expected.",
            "A table or series that a file names is looked for beside it; what is expected is never read to compute.",
            "Exit code 0: all agree, or were computed where nothing is expected; 1: one differs; 2: a file cannot be read;",
            "3: the rest agrees, and a kind is not known."
        })
final class ConformanceCommand implements Callable<Integer> {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Reference files, JSON or CSV.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> files;

    @Option(names = "--json", description = "Prints one JSON object for all files together.")
    private boolean json;

    @Override
    public Integer call() {
        CommandLine verb = spec.commandLine();
        return Conformance.run(files, json, verb.getOut(), verb.getErr());
    }
}
