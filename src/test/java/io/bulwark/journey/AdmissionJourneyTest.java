package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.api.http.HttpFrontDoor;
import io.bulwark.house.House;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.Home;
import io.bulwark.house.fund.AdmissionLimit;
import io.bulwark.house.fund.FundBook;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.tier.Drawn;
import io.bulwark.tier.OfHouse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the fund would ask of a member that opens more: how much fits its means; beyond it an opening is stopped by name. */
@Drawn(1)
@OfHouse
class AdmissionJourneyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long WHOLE = 1_000_000;
    private static final long GRAIN = 1_000;

    @Test
    void shouldStopWhatAMemberCouldNotContributeFor(@TempDir Path home) throws Exception {
        try (House house = House.open(new Home(home));
                HttpFrontDoor door = HttpFrontDoor.open(0, house, List.of())) {
            ComputedEpoch epoch = seal(house);
            FundBook fund = house.fundBook(epoch.number());
            AccountLine draco = epoch.accounts().stream()
                    .filter(line -> line.name().equals("DRACO"))
                    .findFirst()
                    .orElseThrow();
            AdmissionLimit doubled = limit(epoch, fund, draco, WHOLE);
            assertTrue(doubled.after() >= doubled.before(), doubled.toString());
            long most = doubled.mostPpm().orElseThrow();
            assertTrue(most < AdmissionLimit.MOST, doubled.toString());
            AdmissionLimit fits = limit(epoch, fund, draco, most);
            assertTrue(fits.after() <= fits.means() && fits.stopped().isEmpty(), fits.toString());
            AdmissionLimit beyond = limit(epoch, fund, draco, most + GRAIN);
            assertTrue(beyond.after() > beyond.means(), beyond.toString());
            AdmissionLimit far = limit(epoch, fund, draco, AdmissionLimit.MOST);
            assertTrue(far.stopped().orElseThrow().contains(far.member()), far.toString());
            isAskedForByName(door.link(), draco);
        }
    }

    /** A frozen member opens nothing; a member that is asked for more than it has may still take less. */
    @Test
    void shouldSayWhy() {
        assertTrue(stopped(100, 200, 150, true).contains("frozen"));
        assertEquals("", stopped(300, 200, 150, false));
        assertEquals("", stopped(100, 150, 150, false));
        assertTrue(stopped(100, 151, 150, false).contains("0.0151"));
    }

    private static String stopped(long before, long after, long means, boolean frozen) {
        return new AdmissionLimit("vela", before, after, means, OptionalLong.empty(), frozen)
                .stopped()
                .orElse("");
    }

    /** The fund is sized again only where it is asked. */
    private static void isAskedForByName(URI link, AccountLine line) throws Exception {
        String change = "{\"account\": " + line.number() + ", \"changes\": []";
        JsonNode plain = whatIf(link, change + "}");
        assertFalse(plain.has("fund"), plain.toString());
        JsonNode asked = whatIf(link, change + ", \"fund\": true}").get("fund");
        assertEquals(asked.get("before"), asked.get("after"));
        assertFalse(asked.has("stopped"), asked.toString());
    }

    private static JsonNode whatIf(URI link, String body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(link.resolve("/margin/what-if"))
                            .header("Authorization", DoorToken.header(link))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), answer.body());
            return JSON.readTree(answer.body());
        }
    }

    /** The account with its positions raised by so many ppm of themselves. */
    private static AdmissionLimit limit(ComputedEpoch epoch, FundBook fund, AccountLine line, long share) {
        MarginAccount held = line.lots();
        return AdmissionLimit.of(
                        epoch,
                        fund,
                        line.number(),
                        ppm -> Optional.of(new MarginAccount(
                                        held.cash(),
                                        held.positions().stream()
                                                .map(entry -> new Entry(
                                                        entry.number(),
                                                        entry.lots() + entry.lots() * ppm / WHOLE * share / WHOLE))
                                                .toList(),
                                        held.paid(),
                                        held.collateral(),
                                        held.debt())
                                .with(held.standings())))
                .orElseThrow();
    }

    private static ComputedEpoch seal(House house) throws Exception {
        Foundation founded =
                house.cycle().found(Demonstration.foundingFile(), Path.of("").toAbsolutePath());
        try (RecordedVenues recorded = RecordedVenues.bundled()) {
            house.cycle().intake(RecordedSurvey.of(house, founded.file(), recorded), founded.file());
        }
        ComputedEpoch epoch = house.cycle().seal(founded);
        house.cycle().assess(epoch);
        return epoch;
    }
}
