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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private static final Map<String, Long> MARGINS = Map.of();

    private static final List<String> ROOTS = List.of();

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
            Map<String, Long> margins = new LinkedHashMap<>();
            sealed.accounts()
                    .forEach(line -> line.margin()
                            .stated()
                            .ifPresent(statement -> margins.put(line.name(), statement.initialMargin())));
            assertEquals(MARGINS + "\n" + ROOTS, margins + "\n" + RecordedSurvey.roots(sealed));
        }
    }
}
