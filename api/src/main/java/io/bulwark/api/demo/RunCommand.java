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

    @Override
    public Integer call() throws InterruptedException {
        opening.require();
        try (StopSignal stop = StopSignal.listen();
                House house = House.open(Home.ofEnvironment());
                HttpFrontDoor door = opening.open(house)) {
            DoorOptions.announce(door, out(), "");
            stop.await();
        }
        return ExitCode.OK;
    }
}
