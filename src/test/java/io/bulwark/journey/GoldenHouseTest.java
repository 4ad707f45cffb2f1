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
            "BOREALIS", 1_600_175_321L,
            "CYGNUS", 547_818_324L,
            "DRACO", 952_850_664L,
            "ERIDANUS", 313_940_257L,
            "FORNAX", 467_781_900L,
            "GRUS", 2_082_675_400L));

    /** Risk table by SHA-256 and by root, vault table, governed numbers. */
    private static final List<String> ROOTS = List.of(
            "3c29eef7848eda52ce1f719f429b01db5843674181f29d5696487992f818e570",
            "16286a3e4df50e354c84325673bdcf5776951fe7097eb4c2013a64da06dcb426",
            "1bf89e8cc67a875ef4f387fa681b073368fd68e0fb34c36f8a2c7fb5ff53e70a",
            "fe88646935f7b4aaee244223c08eff01f00b01229342c35264c2b6229b7a68d5");

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
