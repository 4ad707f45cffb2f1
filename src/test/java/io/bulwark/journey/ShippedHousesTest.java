package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.house.House;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.Home;
import io.bulwark.house.survey.VenueSurvey;
import io.bulwark.prover.commitment.Challenge;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.commitment.Scope;
import io.bulwark.prover.proof.Prover;
import io.bulwark.prover.proof.Prover.Proving;
import io.bulwark.prover.proof.SetupProgress;
import io.bulwark.prover.proof.Verifier.Verification;
import io.bulwark.tier.Drawn;
import io.bulwark.tier.OfHouse;
import io.bulwark.tier.Sized;
import io.bulwark.tier.Tier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every account of every house that ships, and of one whose accounts span everything: the margin that is sealed is the one that the circuit
 * computes, to the unit. By night each of them is proved with keys, too.
 */
@Drawn(0)
@OfHouse
class ShippedHousesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** How many accounts of a house have a margin. */
    private record Shipped(String name, byte[] founding, int accounts) {}

    @Test
    @Sized
    void shouldComputeInTheCircuitWhatEveryHouseSeals(@TempDir Path homes) throws Exception {
        try (SolvedAccounts circuit = new SolvedAccounts()) {
            for (Shipped shipped : List.of(
                    new Shipped("demonstration", Demonstration.foundingFile(), 7),
                    new Shipped(
                            "across-venues", Files.readAllBytes(Path.of("../../docs/houses/across-venues.json")), 3),
                    new Shipped("exchanges", Files.readAllBytes(Path.of("../../docs/houses/exchanges.json")), 1),
                    new Shipped("everything in three accounts", whole(), 3))) {
                try (House house = House.open(new Home(homes.resolve(shipped.name())))) {
                    ComputedEpoch epoch = seal(house, shipped.founding());
                    assertEquals(shipped.accounts(), circuit.assertSolved(house, epoch), shipped.name());
                    if (Tier.isSoak()) {
                        assertProved(house, epoch);
                    }
                }
            }
        }
    }

    private static ComputedEpoch seal(House house, byte[] founding) throws IOException, InterruptedException {
        Foundation founded = house.cycle().found(founding);
        try (RecordedVenues recorded = RecordedVenues.bundled()) {
            VenueSurvey survey = RecordedSurvey.of(house, founded.file(), recorded);
            assertEquals(List.of(), survey.unread());
            house.cycle().intake(survey, founded.file());
        }
        return house.cycle().seal(founded);
    }

    /** With keys: the margin of an account that the house names, which needs no owner. */
    private static void assertProved(House house, ComputedEpoch epoch) {
        for (AccountLine line : epoch.accounts()) {
            long margin = line.margin().stated().orElseThrow().given().initialMargin();
            Prover prover = house.desk().prover(epoch, line, Claim.Kind.INITIAL_MARGIN, SetupProgress.SILENT);
            Proving proving = house.desk()
                    .prove(
                            epoch,
                            line.number(),
                            Claim.initialMargin(margin).naming(line.number()),
                            Challenge.of("https://verifier.example", line.name(), "1"),
                            Scope.of("https://verifier.example", "journey"));
            Proving.Proved proved = assertInstanceOf(Proving.Proved.class, proving, proving.toString());
            assertInstanceOf(Verification.Valid.class, prover.verifier().verify(proved.bundle()), line.name());
        }
    }

    /** The demonstration's venues as three accounts hold them, each at up to four, over 1,024 rows of shortfall. */
    private static byte[] whole() throws IOException {
        ObjectNode file = (ObjectNode) JSON.readTree(Demonstration.foundingFile());
        ((ObjectNode) file.get("parameters")).put("tail.rows", 1_024);
        ArrayNode before = (ArrayNode) file.get("accounts");
        ArrayNode accounts = file.putArray("accounts");
        int number = 0;
        for (int[] parts : new int[][] {{0, 2}, {1, 4}, {3, 5}}) {
            ObjectNode account = accounts.addObject();
            account.put("number", number).put("name", "WHOLE" + number).put("member", "WHOLE" + number);
            ArrayNode held = account.putArray("venueAccounts");
            for (int part : parts) {
                before.get(part).get("venueAccounts").forEach(held::add);
            }
            number++;
        }
        return file.toString().getBytes(StandardCharsets.UTF_8);
    }
}
