package io.bulwark.api.house;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.House;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.epoch.EpochArchive;
import io.bulwark.house.founding.Home;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The house of this home, open for reading only as long as one verb asks: beside the process that serves it, or alone. */
public final class OpenHouse {
    private OpenHouse() {}

    /** Asks the house. */
    public static <T> T ask(Function<House, T> question) {
        try (House house = House.forReading(Home.ofEnvironment())) {
            return question.apply(house);
        }
    }

    /**
     * The epoch of a number, or the latest.
     *
     * @throws BadInput if it is not sealed
     */
    public static ComputedEpoch epoch(House house, @Nullable Long number) {
        EpochArchive archive = house.archive();
        return (number == null ? archive.latest() : archive.epoch(number)).orElseThrow(() -> unsealed(house, number));
    }

    /** The refusal of an epoch that is not there. */
    public static BadInput unsealed(House house, @Nullable Long number) {
        long last = house.archive().last();
        return new BadInput(
                "--epoch",
                number == null ? "latest" : number.toString(),
                last == 0 ? "must be sealed; none is yet: run the demo first" : "must be from 1 to " + last);
    }
}
