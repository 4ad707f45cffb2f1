package io.bulwark.journey;

import static io.bulwark.journey.Verb.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.tier.OfHouse;
import io.bulwark.tier.OfProof;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From an empty folder, with a protocol that the house has never seen, to a margin of its own accounts and a verified proof; and whatever
 * somebody might push who should not, or should not so.
 */
@OfHouse
@OfProof
class JoinJourneyTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final List<String> otherwise = new ArrayList<>();
    private SandboxHouse house;

    /** The page, from top to bottom, as whoever reads it would type it. */
    @Test
    void shouldMarginAndProveAProtocolThatTheHouseHasNeverSeen() throws Exception {
        String said = "";
        for (String command : PageCommands.apart(Path.of("../../docs/join.md"))) {
            if (command.startsWith("sandbox mine/")) {
                KeptKeys.bring(folder.resolve("mine/house"), "account");
                house = SandboxHouse.over(arguments(command, said));
                house.address();
            } else if (command.startsWith("venue admit")) {
                // Of another house, and its operator's: ListingJourneyTest.
                assertTrue(Files.exists(folder.resolve("mine/proposal.json")));
            } else {
                said = run(command, said);
            }
        }
        KeptKeys.keep(folder.resolve("mine/house"));
        Matcher margined = house.await("account 0 ALICE: initial margin ([0-9,.]+) USD, equity ([0-9,.]+) USD, open");
        String margin = run("account margin --account 0 --home mine/house", "");
        assertTrue(margin.contains(margined.group(1)), margin);
        assertTrue(house.output().contains("account 1 BOB: no margin"), house.output());
        resists(house.address(), folder.resolve("mine/feed.key"));
        assertEquals(
                margin, run("account margin --account 0 --home mine/house", ""), "nothing of that changed a margin");
        for (String command : PageCommandsTest.RUN) {
            run(
                    command.replace("account 1", "account 0").replace("audit-1", "mine/audit-1") + " --home mine/house",
                    "");
        }
        refused(2, folder.resolve("mine/house"), "must not be there", "sandbox", "--example", at("mine"));
    }

    private String run(String command, String before) throws IOException, InterruptedException {
        Verb ran = Verb.alone(arguments(command, before));
        assertEquals(0, ran.exitCode(), command + "\n" + ran.output());
        if (command.startsWith("venue push") && command.contains("--to")) {
            assertEquals(
                    2,
                    ran.output()
                            .lines()
                            .filter(line -> line.contains("booked in entry"))
                            .count(),
                    ran.output());
            assertEquals(
                    ran.output(),
                    Verb.alone(arguments(command, before)).output(),
                    "the same push has the same receipt");
            house.await("account 0 ALICE: initial margin");
        }
        if (command.startsWith("verify")) {
            assertTrue(ran.output().contains("TRUSTED (test keys)"), ran.output());
        }
        return ran.output();
    }

    /** What stands on the page for something else: where the sandbox answers, the house's identity, its key's file, who signed last. */
    private String[] arguments(String command, String before) throws IOException, InterruptedException {
        String typed = command.replace("mine", at("mine")).replace("docs/", "../../docs/");
        if (typed.contains("http://127.0.0.1:8080")) {
            typed = typed.replace("http://127.0.0.1:8080", house.address().toString());
        }
        if (typed.contains("HOUSE")) {
            typed = typed.replace(
                    "HOUSE", house.await("of house ([0-9a-f]{64})").group(1));
        }
        if (typed.contains("SIGNER")) {
            typed = typed.replace("SIGNER", before.replace("signed as ", "").strip());
        }
        return PageCommands.words(typed).toArray(String[]::new);
    }

    @AfterEach
    void close() {
        if (house != null) {
            house.close();
        }
    }

    private void resists(URI address, Path keyFile) throws IOException, InterruptedException {
        FeedKey tidal = new FeedKey(QuorumKey.in(keyFile), address, 0);
        FeedKey stranger = new FeedKey(QuorumKey.generate(), address, 0);
        FeedKey other = new FeedKey(QuorumKey.in(keyFile), address, 1);
        String snapshot = Files.readString(folder.resolve("mine/snapshot.json"));
        String report = Files.readString(folder.resolve("mine/report.json"));
        said(403, "Feed-Signature", stranger.push("snapshots", snapshot));
        String edited = snapshot.replace("\"-12.5\"", "\"-1.25\"");
        said(403, "Feed-Signature", tidal.send("/venues/0/snapshots", edited, tidal.signature(snapshot)));
        said(403, "Feed-Signature", tidal.send("/venues/0/snapshots", snapshot, other.signature(snapshot)));
        said(400, "Feed-Signature", tidal.send("/venues/0/snapshots", snapshot, "zz"));
        said(404, null, other.push("snapshots", snapshot));
        said(400, null, tidal.send("/venues/4294967296/snapshots", snapshot, "00"));
        said(400, "venue", tidal.push("snapshots", snapshot.replace("\"venue\": 0", "\"venue\": 1")));
        said(400, "file", tidal.push("snapshots", report));
        said(400, "file", tidal.push("reports", snapshot));

        HttpResponse<String> again = tidal.push("snapshots", snapshot);
        assertEquals(200, again.statusCode(), again.body());
        assertEquals(again.body(), tidal.push("snapshots", snapshot).body());
        said(409, "horizon", tidal.push("snapshots", edited));
        said(409, "horizon", tidal.push("snapshots", edited));
        said(422, "horizon", tidal.push("snapshots", snapshot.replace("1748736000000", "1748735999999")));
        said(422, "horizon", tidal.push("snapshots", snapshot.replace("1748736000000", "4070908800000")));
        said(422, "account", tidal.push("snapshots", snapshot.replace("alice", "mallory")));
        said(
                422,
                "holdings[0].instrument",
                tidal.push("snapshots", later(snapshot, "\"instrument\": 0", "\"instrument\": 7")));
        said(422, "holdings[2].asset", tidal.push("snapshots", later(snapshot, "\"asset\": 2", "\"asset\": 9")));
        said(422, "grade", tidal.push("snapshots", later(snapshot, "VENUE_SIGNATURE", "STORAGE_PROOF")));
        said(422, "prices[3].subject", tidal.push("reports", later(report, "tidal:ETH-PERP", "hyperliquid:ETH")));
        said(400, "account", tidal.push("snapshots", snapshot.replace("alice", "market")));
        said(400, "account", tidal.push("snapshots", snapshot.replace("alice", "al\\u0000ice")));
        said(400, "holdings[0].quantity", tidal.push("snapshots", later(snapshot, "\"-12.5\"", "\"1e999999999\"")));
        said(400, "file", tidal.push("snapshots", "[".repeat(100_000)));
        said(400, "file", tidal.push("snapshots", "{\"venue\": 0, \"venue\": 0}"));
        said(400, null, tidal.push("snapshots", ""));
        said(413, null, tidal.push("snapshots", " ".repeat(2 << 20)));
        assertEquals(List.of(), otherwise);
    }

    /** The file with something else in it, a second later. */
    private static String later(String file, String what, String into) {
        return file.replace("1748736000000", "1748736001000").replaceFirst(Pattern.quote(what), into);
    }

    private void said(int status, @Nullable String field, HttpResponse<String> answer) throws IOException {
        JsonNode problem = JSON.readTree(answer.body());
        boolean told = answer.statusCode() == status
                && answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json")
                && problem.path("status").asInt() == status
                && (field == null
                        || (problem.path("field").asText().equals(field)
                                && problem.path("rule").asText().startsWith("must ")));
        if (!told) {
            otherwise.add("not " + status + " of " + field + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }
}
