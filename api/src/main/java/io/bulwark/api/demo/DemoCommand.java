package io.bulwark.api.demo;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.api.http.DoorOptions;
import io.bulwark.api.http.HttpFrontDoor;
import io.bulwark.api.http.StopSignal;
import io.bulwark.house.House;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.founding.Home;
import io.opentelemetry.context.Scope;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole house on one recorded day: from four venues to a proof that another process has checked; then it keeps serving. */
@Command(
        name = "demo",
        description =
                "Runs four recorded venues of 23 May 2024 through the whole house, proves an account, and keeps serving.")
public final class DemoCommand extends VerbCommand {

    @CommandLine.Mixin
    private DoorOptions opening = new DoorOptions();

    @Option(
            names = "--house",
            paramLabel = "FILE",
            description = "A founding file over the same recorded venues; price histories that it names lie beside it.")
    private @Nullable Path founding;

    @Option(names = "--once", description = "Ends when the story is told, without serving.")
    private boolean once;

    @Override
    public Integer call() throws InterruptedException {
        if (!once) {
            opening.require();
        }
        byte[] file =
                founding == null ? Demonstration.foundingFile() : InputFile.bytes(founding, FoundingFile.BYTES_MAX);
        Path folder = founding == null ? Path.of("") : founding.toAbsolutePath().resolveSibling("");
        PrintWriter out = out();
        out.println("Bulwark: one day of four venues, from their bytes to a proven margin");
        try (StopSignal stop = StopSignal.listen();
                House house = House.open(Home.ofEnvironment())) {
            try (Scope _ = house.cycle().begin()) {
                new Demonstration(house, out, file, folder).run();
            }
            if (once) {
                return ExitCode.OK;
            }
            try (HttpFrontDoor door = opening.open(house)) {
                out.println();
                DoorOptions.announce(stop, door, out, " until it is stopped (Ctrl-C)");
                stop.await();
            }
        }
        return ExitCode.OK;
    }
}
