package io.bulwark.api.cli;

import io.bulwark.api.cycle.Home;
import io.bulwark.api.cycle.House;
import io.bulwark.api.http.HttpFrontDoor;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves the house as its last run left it. */
@Command(name = "run", description = "Serves the house as the last run left it, until it is stopped.")
public final class RunCommand implements Callable<Integer> {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Option(
            names = "--port",
            description = "Port on 127.0.0.1; 0 takes a free one. Default: ${DEFAULT-VALUE}",
            defaultValue = "8080")
    private int port;

    @Override
    public Integer call() throws InterruptedException {
        HttpFrontDoor.requirePort(port);
        try (StopSignal stop = StopSignal.listen();
                House house = House.open(Home.ofEnvironment());
                HttpFrontDoor door = HttpFrontDoor.open(port, house)) {
            spec.commandLine().getOut().println("Bulwark answers at " + door.address());
            stop.await();
        }
        return ExitCode.OK;
    }
}
