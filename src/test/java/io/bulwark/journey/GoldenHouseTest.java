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
 * What the demonstration's house seals, as it has been sealed before: whoever moves code changes none of it, and whoever changes the model says so here. Houses over
 * other venues pin theirs where they are sealed, which is said by the same {@link RecordedSurvey#roots}.
 */
@OfHouse
class GoldenHouseTest {
    private static final Path HOUSE = Path.of("../../api/src/main/resources/demo/house.json");

    /** Initial margin of each account in u, 10⁻⁴ USD. */
    private static final Map<String, Long> MARGINS = new TreeMap<>(Map.of(
            "ATLAS", 928_871_880L,
            "BOREALIS", 1_488_287_771L,
            "CYGNUS", 499_076_474L,
            "DRACO", 981_045_864L,
            "ERIDANUS", 423_292_444L,
            "FORNAX", 438_052_623L,
            "GRUS", 2_063_475_400L));

    /** Risk table by SHA-256 and by root, vault table, governed numbers. */
    private static final List<String> ROOTS = List.of(
            "26e0a34610e083a5db7a39ee181efc6accbb1a9ff999c5161ea2b8e23c271884",
            "231f9469549b2e4afaa894c378fa52b02a8ca31ed2ba20bb01f4fe0acda82eaa",
            "2fb1b1dce4e34a2b0c2fd5f0b05571e3b19e0b9486481a77b4b5d7e18562aa1f",
            "7cb39cc0b4c791e05a2194b7f44782c177a1a206c4b653077405e075cfd6461e");

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
