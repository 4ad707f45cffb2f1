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
            "ATLAS", 7_345_350L,
            "BOREALIS", 1_221_204_583L,
            "CYGNUS", 352_013_247L,
            "DRACO", 5_940_384L,
            "ERIDANUS", 185_299_266L,
            "FORNAX", 373_487_871L));

    /** Risk table by SHA-256 and by root, vault table, governed numbers. */
    private static final List<String> ROOTS = List.of(
            "a0a85d691222c0f1f6f4493e946e20a2ae4492d159067df2b2b01253c895cdf5",
            "2e1cd66201c92a700e8b4ac34531a733f69721fcb1091fd19c0a138ee102a194",
            "27bc4f471ed0f0062feaec32522fb545d3e7de8f0847ee0742c1b999500e24fa",
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
