package io.bulwark.api.demo;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.api.http.DoorOptions;
import io.bulwark.api.http.HttpFrontDoor;
import io.bulwark.api.http.StopSignal;
import io.bulwark.house.House;
import io.bulwark.house.founding.Home;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Serves the house as its last run left it. */
@Command(name = "run", description = "Serves the house as the last run left it, until it is stopped.")
public final class RunCommand extends VerbCommand {
    @CommandLine.Mixin
    private DoorOptions opening = new DoorOptions();

    @CommandLine.Option(
            names = "--serve-only",
            description = {
                "Answers and nothing else, for a house on external servers that another process keeps: the home needs none of its",
                "signing keys, and none is looked for. docs/servers.md."
            })
    private boolean serveOnly;

    @Override
    public Integer call() throws InterruptedException {
        opening.require();
        try (StopSignal stop = StopSignal.listen();
                House house = serveOnly ? House.toServe(Home.ofEnvironment()) : House.open(Home.ofEnvironment());
                HttpFrontDoor door = opening.open(house)) {
            DoorOptions.announce(stop, door, out(), "");
            stop.await();
        }
        return ExitCode.OK;
    }
}
