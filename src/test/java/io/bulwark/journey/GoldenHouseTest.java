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
            "ATLAS", 331_342_350L,
            "BOREALIS", 1_338_888_700L,
            "CYGNUS", 402_582_603L,
            "DRACO", 505_550_784L,
            "ERIDANUS", 259_077_131L,
            "FORNAX", 381_614_474L));

    /** Risk table by SHA-256 and by root, vault table, governed numbers. */
    private static final List<String> ROOTS = List.of(
            "3b7170496989c2d30596c70550cf7ae0d90a0d567fd0622e24f71fc2f01d1358",
            "207f747d8cbaef8e58a8029f71236f731b0f3c21ed041457426f35d0ef28ef26",
            "20c7db3d5a4ee374408fadafbe1bc2816d1f29a6571a41de8105faa3a6096a23",
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
