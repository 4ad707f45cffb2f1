package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.house.House;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.Home;
import io.bulwark.house.survey.VenueSurvey;
import io.bulwark.tier.OfHouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the demonstration's house seals, as it has been sealed before: whoever moves code changes none of it, and whoever changes the
 * model says so here. Houses over
 * other venues pin theirs where they are sealed, which is said by the same {@link RecordedSurvey#roots}.
 */
@OfHouse
class GoldenHouseTest {
    private static final Path HOUSE = Path.of("../../api/src/main/resources/demo/house.json");

    /** Initial margin of each account in u, 10⁻⁴ USD. */
    private static final Map<String, Long> MARGINS = new TreeMap<>(Map.of(
            "ATLAS", 944_372_080L,
            "BOREALIS", 1_610_495_321L,
            "CYGNUS", 545_838_324L,
            "DRACO", 952_850_664L,
            "ERIDANUS", 313_940_257L,
            "FORNAX", 467_781_900L,
            "GRUS", 2_082_675_400L));

    /** Risk table by SHA-256 and by root, vault table, governed numbers. */
    private static final List<String> ROOTS = List.of(
            "2d7f83f3dd248f73612130f04d4a2114674d02dd573a7a7db48869cf1600af61",
            "1f1afbe6325e2c04da21055ce51f1d0c5c16504c66769889fc55a09c57fa968e",
            "209e40416831e2f968f2d33d5a4795d8b7b51ac59967b1d033a5e9562d5e3e55",
            "3b5e61ec815b5b98b4c6a9b72b0343e65900ee841be4be7f97a11346d55e4aa4");

    @Test
    void shouldSealTheDemonstrationAsBefore(@TempDir Path home) throws Exception {
        try (House house = House.open(new Home(home))) {
            Foundation founded = house.cycle().found(Files.readAllBytes(HOUSE));
            try (RecordedVenues recorded = RecordedVenues.bundled()) {
                VenueSurvey survey = RecordedSurvey.of(house, founded.file(), recorded);
                assertEquals(List.of(), survey.unread());
                house.cycle().intake(survey, founded.file());
            }
            ComputedEpoch sealed = house.cycle().seal(founded);
            Map<String, Long> margins = new TreeMap<>();
            sealed.accounts()
                    .forEach(line -> line.margin()
                            .stated()
                            .ifPresent(statement -> margins.put(line.name(), statement.initialMargin())));
            assertEquals(MARGINS + "\n" + ROOTS, margins + "\n" + RecordedSurvey.roots(sealed));
        }
    }
}
