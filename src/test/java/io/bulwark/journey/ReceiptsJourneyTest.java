package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.api.http.HttpFrontDoor;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.EpochInputs;
import io.bulwark.clearing.ledger.FundActs;
import io.bulwark.clearing.ledger.QuarantinedPayload;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.money.Usd;
import io.bulwark.clearing.payment.PaymentReceipt.Direction;
import io.bulwark.clearing.payment.PaymentReceipt.Statement;
import io.bulwark.house.House;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.epoch.EpochArchive;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.Home;
import io.bulwark.house.fund.Defaults;
import io.bulwark.insurance.defaultmanagement.DefaultSettlement;
import io.bulwark.insurance.vault.PayerAccount;
import io.bulwark.insurance.vault.VaultAct;
import io.bulwark.insurance.vault.VaultRecord;
import io.bulwark.tier.OfHouse;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Money that is there: a house into whose fund nobody paid says so at every door; receipts of every kind count, each as well as it is
 * shown; what is forged, shown twice, of another house or of another
 * asset does not; an epoch seals what stands, and is replayed with it; who failed is frozen and pays in no second time.
 */
@OfHouse
class ReceiptsJourneyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] SECRET = Digest.sha256(new byte[] {42}).bytes();
    private static final byte[] STRANGER = Digest.sha256(new byte[] {43}).bytes();
    private static final String BANK = "first-bank:fund";

    @Test
    void shouldCountWhatWasReceivedAndNothingElse(@TempDir Path home, @TempDir Path files) throws Exception {
        try (House house = House.open(new Home(home))) {
            Foundation founded = found(house);
            ComputedEpoch first = sealed(house, founded);
            assertFalse(first.sealed().epoch().house().equals(Digest.ZERO));
            assertTrue(house.archive().lastVault().isEmpty(), "nothing was asked before the first epoch");
            try (HttpFrontDoor door = HttpFrontDoor.open(0, house, List.of())) {
                nobodyPaid(door.link(), home);
                capitalIsStatedAndNobodyStepsIn(door.link(), home);
                receiptsOfEveryKindCount(house, door.link(), files);
                whatDoesNotHoldIsRefused(house, door.link());
            }
            anEpochSealsWhatStands(house, founded);
            whoFailedIsFrozen(house, founded);
            whatCameLaterIsOfALaterEpoch(house, founded);
            coverageIsKeptAsItStood(house);
        }
    }

    /** A review that is made again, after more was received, changes nothing of what is kept. */
    private static void coverageIsKeptAsItStood(House house) {
        SortedMap<Long, FundActs.Coverage> kept = house.contributions().coverage(10);
        assertEquals(Amount.ZERO.compareTo(kept.get(1L).received()), 0, "nobody had paid after the first epoch");
        assertTrue(kept.get(2L).received().signum() > 0, kept::toString);
        assertEquals(
                Usd.floor(kept.get(2L).demanded()),
                house.fundBook(2)
                        .review(house.archive().epoch(2).orElseThrow())
                        .assessment()
                        .demand()
                        .total());
        house.cycle().assess(house.archive().epoch(1).orElseThrow());
        assertEquals(kept, house.contributions().coverage(10));
    }

    private static Foundation found(House house) throws IOException {
        ObjectNode file = (ObjectNode) JSON.readTree(Demonstration.foundingFile());
        ((ObjectNode) file.get("parameters")).put("table.design", 0);
        file.putArray("payments")
                .addObject()
                .put("kind", "custodian")
                .put("place", BANK)
                .put("key", HexFormat.of().formatHex(key(SECRET)));
        Foundation founded = house.cycle()
                .found(
                        file.toString().getBytes(StandardCharsets.UTF_8),
                        Path.of("").toAbsolutePath());
        try (RecordedVenues recorded = RecordedVenues.bundled()) {
            house.cycle().intake(RecordedSurvey.of(house, founded.file(), recorded), founded.file());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return founded;
    }

    private static ComputedEpoch sealed(House house, Foundation founded) {
        ComputedEpoch epoch = house.cycle().seal(founded);
        house.cycle().assess(epoch);
        return epoch;
    }

    /** Every door says it first. */
    private static void nobodyPaid(URI door, Path home) throws Exception {
        String nobody = "Nobody has paid into the fund: coverage 0 % of the ";
        for (String path : List.of("/fund", "/fund/board", "/fund/calls")) {
            JsonNode answer = get(door, path);
            assertTrue(answer.at("/money/text").asText().startsWith(nobody), path + ": " + answer.get("money"));
            assertEquals(0, answer.at("/money/coveragePpm").longValue());
            assertEquals(0, answer.at("/money/received/u").longValue());
        }
        JsonNode first = get(door, "/disclosures").at("/lines/0");
        assertTrue(first.get("value").asText().startsWith(nobody), first.toString());
        JsonNode fund = get(door, "/fund");
        assertEquals(0, fund.at("/clock/paidIn/u").longValue());
        assertEquals(0, fund.at("/layers/standing/u").longValue());
        assertEquals(0, fund.at("/clock/hours").longValue(), "what can pay is below the need now");
        assertFalse(get(door, "/fund/board").at("/now/holds").booleanValue());
        JsonNode settlement = get(door, "/fund/settlement");
        assertTrue(settlement.at("/gross/u").longValue() > 0);
        assertEquals(
                settlement.at("/gross/u").longValue(),
                settlement.at("/settled/u").longValue()
                        + settlement.at("/saved/u").longValue());
        JsonNode coverage = get(door, "/fund/coverage").get("epochs");
        assertEquals(1, coverage.size());
        assertEquals(0, coverage.at("/0/coveragePpm").longValue());
        assertEquals(fund.at("/demanded/u"), coverage.at("/0/demanded/u"));
        assertTrue(Verb.said(0, home, "fund", "coverage").startsWith("epoch      1       0.0 %"));
        assertTrue(Verb.said(2, home, "fund", "coverage", "--most", "0").contains("must be 1 to 10000"));
        assertTrue(Verb.said(0, home, "fund", "settlement").contains("contribution of ATLAS called after epoch 1 -"));
        assertTrue(Verb.said(0, home, "fund", "calls").startsWith(nobody));
        for (JsonNode payer : get(door, "/fund/calls").get("payers")) {
            assertEquals("called", payer.at("/calls/0/state").asText(), payer.toString());
        }
    }

    /**
     * Capital is stated where nobody paid too, only no member's share of it; and without anybody's money whoever is owed by who cannot
     * pay falls after it.
     */
    private static void capitalIsStatedAndNobodyStepsIn(URI door, Path home) throws Exception {
        JsonNode capital = get(door, "/fund/capital");
        assertEquals(0, capital.at("/prefunded/u").longValue());
        assertEquals("0.00", capital.at("/gross/coverage").asText());
        for (String treatment : List.of("hedged", "gross")) {
            double exposures = 0;
            for (JsonNode member : capital.get(treatment).get("members")) {
                exposures += member.at("/exposure/u").longValue();
                assertFalse(member.has("capital"), member.toString());
            }
            assertEquals(
                    exposures * 0.016,
                    capital.get(treatment).at("/hypothetical/u").longValue(),
                    1,
                    treatment);
        }
        assertTrue(Verb.said(0, home, "fund", "capital").contains("none: nobody paid in"));
        JsonNode disclosed = get(door, "/disclosures");
        assertTrue(
                disclosed
                        .get("lines")
                        .valueStream()
                        .anyMatch(line -> line.get("field").asText().equals("4.2.1")
                                && line.get("value")
                                        .asText()
                                        .equals(capital.at("/gross/hypothetical/usd")
                                                .asText())),
                disclosed.toString());

        JsonNode network = get(door, "/fund/network");
        assertEquals("ERIDANUS", network.at("/fallen/0/name").asText(), network.toString());
        assertEquals("aave", network.at("/fallen/1/name").asText(), network.toString());
        long unpaid = network.get("fallen")
                .valueStream()
                .mapToLong(fallen ->
                        fallen.at("/owes/u").longValue() - fallen.at("/pays/u").longValue())
                .sum();
        assertEquals(unpaid, network.at("/unpaid/u").longValue(), 1);
        assertTrue(network.get("certified").booleanValue());
        assertEquals(0, get(door, "/fund/network?row=-1").at("/unpaid/u").longValue());
        String gone = Verb.said(0, home, "fund", "network", "--row", "-1", "--venue", "aave", "--lost", "300000");
        assertTrue(gone.contains("falls in round 1: aave"), gone);
        assertTrue(Verb.said(2, home, "fund", "network", "--venue", "aave").contains("go together"));
        assertTrue(Verb.said(2, home, "fund", "network", "--row", "999").contains("a row of the vault table"));
    }

    private static void receiptsOfEveryKindCount(House house, URI door, Path files) throws Exception {
        long atlas = house.contributions().book().of("ATLAS").missing();
        HttpResponse<String> operator =
                post(door, receipt(house, "ATLAS", atlas - 10_000, "a-1").toString());
        assertEquals(200, operator.statusCode(), operator.body());
        JsonNode payer = JSON.readTree(operator.body());
        assertEquals("partly received", payer.at("/calls/0/state").asText());
        assertEquals("the operator's word", payer.at("/shown/0/by").asText());
        long borealis = house.contributions().book().of("BOREALIS").missing();
        JsonNode signed = signed(house, receipt(house, "BOREALIS", borealis, "b-1"), SECRET);
        assertEquals(200, post(door, signed.toString()).statusCode());
        Path file = Files.writeString(
                files.resolve("receipt.json"),
                signed(house, receipt(house, "ATLAS", 10_000, "a-2"), SECRET).toString());
        try (House other = House.forReading(house.home())) {
            assertEquals(
                    atlas - 10_000, other.contributions().book().of("ATLAS").total());
        }
        Verb.said(0, house.home().folder(), "fund", "receive", file.toString());
        JsonNode money = get(door, "/fund/calls").get("money");
        assertEquals("signed by the custodian", money.at("/shown/0/by").asText(), money.toString());
        assertEquals(borealis + 10_000, money.at("/shown/0/amount/u").longValue());
        assertEquals(atlas - 10_000, money.at("/shown/1/amount/u").longValue());
        assertTrue(money.get("text").asText().contains("the operator's word"), money.toString());
        assertEquals(
                atlas + borealis,
                get(door, "/fund").at("/layers/standing/u").longValue(),
                "what counts is what was received");
    }

    /** By field, value and rule, and into quarantine; nothing of it counts. */
    private static void whatDoesNotHoldIsRefused(House house, URI door) throws Exception {
        long before = get(door, "/fund/calls").at("/money/received/u").longValue();
        int quarantined = house.ledger().quarantine(1, 1_000).size();
        refused(door, "reference", receipt(house, "CYGNUS", 10_000, "a-1"), "another payer's payment again");
        refused(
                door,
                "reference",
                signed(house, receipt(house, "BOREALIS", 1, "b-1"), SECRET),
                "the same payment, less");
        refused(door, "amount", receipt(house, "ATLAS", 1, "a-3"), "more than is called");
        refused(door, "amount", receipt(house, "CYGNUS", 0, "c-1"), "nothing");
        refused(door, "amount", receipt(house, "CYGNUS", -5, "c-1"), "less than nothing");
        refused(door, "amount", receipt(house, "CYGNUS", 1, "c-1").put("amount", "1.00001"), "no whole unit");
        refused(door, "amount", receipt(house, "CYGNUS", 1, "c-1").put("amount", "99999999999999.9999"), "no range");
        refused(door, "asset", receipt(house, "CYGNUS", 1, "c-1").put("asset", "USDC"), "another asset");
        refused(door, "payer", receipt(house, "NOBODY", 1, "c-1"), "nobody was asked");
        refused(
                door,
                "house",
                receipt(house, "CYGNUS", 1, "c-1").put("house", Digest.ZERO.hex()),
                "another house's receipt");
        refused(door, "at", receipt(house, "CYGNUS", 1, "c-1").put("at", Long.MAX_VALUE), "of the future");
        refused(
                door,
                "evidence.signer",
                signed(house, receipt(house, "CYGNUS", 1, "c-1"), STRANGER),
                "a stranger's key");
        refused(
                door,
                "evidence.signature",
                signed(house, receipt(house, "CYGNUS", 10_000, "c-1"), SECRET).put("amount", "2.0000"),
                "edited after signature");
        refused(
                door,
                "evidence.signature",
                signed(house, receipt(house, "ATLAS", 10_000, "c-1"), SECRET).put("payer", "CYGNUS"),
                "another member's");
        refused(
                door,
                "place",
                signed(house, receipt(house, "CYGNUS", 1, "c-1"), SECRET).put("place", "nobody"),
                "no place");
        refused(
                door,
                "amount",
                receipt(house, "ATLAS", 1, "c-1").put("direction", "returned"),
                "no review released anything");
        assertEquals(before, get(door, "/fund/calls").at("/money/received/u").longValue());
        List<QuarantinedPayload> kept = house.ledger().quarantine(1, 1_000);
        assertEquals(16, kept.size() - quarantined);
        assertEquals("fund/receipts", kept.getLast().origin());
    }

    private static void refused(URI door, String field, JsonNode receipt, String why)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = post(door, receipt.toString());
        assertEquals(400, answer.statusCode(), why + ": " + answer.body());
        assertTrue(answer.body().contains(field), why + ": " + answer.body());
    }

    /** The next epoch seals the acts that are not dated after it, and is replayed with them alone. */
    private static void anEpochSealsWhatStands(House house, Foundation founded) {
        PaidCalls.pay(house, VaultAct.HOUSE, 20_000, "capital-1");
        ComputedEpoch second = sealed(house, founded);
        VaultRecord record = house.archive().lastVault().orElseThrow();
        assertEquals(20_000, record.book().houseCapital());
        assertTrue(house.archive().replay(second.number()).orElseThrow().equal());
        EpochInputs inputs = house.epochs().epoch(second.number()).orElseThrow().inputs();
        assertThrows(
                IllegalStateException.class,
                () -> house.archive().material().vault(named(inputs, Digest.ZERO), 3),
                "an epoch after it that names no record of the fund");
        VaultRecord forged = VaultRecord.next(
                Optional.empty(),
                house.contributions().acts().subList(0, record.acts().size() - 1));
        TreeMap<String, PayerAccount> payers = new TreeMap<>(forged.payers());
        payers.put("CYGNUS", record.payers().get("ATLAS"));
        Digest raised = house.documents()
                .store("test", new VaultRecord(forged.previous(), 0, forged.acts(), payers).canonical());
        assertThrows(
                IllegalStateException.class, () -> house.archive().material().vault(named(inputs, raised), 2));
        assertEquals(Optional.of(record), house.archive().material().vault(inputs, 2));
        Digest before = house.documents().store("test", record.canonical());
        EpochInputs earlier = new EpochInputs(
                inputs.epochTimeMillis() - 1,
                inputs.snapshots(),
                inputs.reports(),
                named(inputs, before).documents(),
                inputs.accounts());
        assertThrows(
                IllegalStateException.class,
                () -> house.archive().material().vault(earlier, 2),
                "an act dated after the epoch");
    }

    private static EpochInputs named(EpochInputs inputs, Digest vault) {
        TreeMap<String, Digest> documents = new TreeMap<>(inputs.documents());
        if (vault.equals(Digest.ZERO)) {
            documents.remove(EpochArchive.VAULT);
        } else {
            documents.put(EpochArchive.VAULT, vault);
        }
        return new EpochInputs(
                inputs.epochTimeMillis(), inputs.snapshots(), inputs.reports(), documents, inputs.accounts());
    }

    /**
     * What a default takes is gone; the member that failed is asked nothing, fails no second time, and rests on the fund again once it
     * is taken back.
     */
    private static void whoFailedIsFrozen(House house, Foundation founded) {
        long fund = house.contributions().book().vault().total();
        long epoch = house.archive().last();
        Defaults.Request request = new Defaults.Request(
                1,
                epoch,
                "the replay of 2020-03-12",
                new TreeSet<>(List.of("BOREALIS")),
                Digest.sha256(new byte[] {1}),
                List.of());
        DefaultSettlement declared = house.defaults().declare(request);
        assertEquals(
                declared.declaration().digest(),
                house.defaults().declare(request).declaration().digest(),
                "declaring again changes nothing");
        house.defaults().settle(declared.declaration().digest(), transfer -> {});
        house.defaults().settle(declared.declaration().digest(), transfer -> {});
        long drawn = declared.payments().stream()
                .filter(payment ->
                        payment.layer().prefunded() && !payment.payer().equals(VaultAct.HOUSE))
                .mapToLong(payment -> payment.units())
                .sum();
        assertTrue(drawn > 0);
        assertEquals(fund - drawn, house.contributions().book().vault().total());
        house.verify();
        assertEquals(List.of(), house.defaults().missing(declared));
        Defaults.Request again = new Defaults.Request(
                2, epoch, request.scenario(), request.members(), Digest.sha256(new byte[] {2}), List.of());
        assertEquals(
                "members",
                assertThrows(BadInput.class, () -> house.defaults().declare(again))
                        .field());
        PayerAccount failed = house.contributions().book().of("BOREALIS");
        ComputedEpoch next = sealed(house, founded);
        assertEquals(failed, house.contributions().book().of("BOREALIS"), "a review asks nothing of who is frozen");
        int account = house.epochs().epoch(next.number()).orElseThrow().inputs().members().entrySet().stream()
                .filter(member -> member.getValue().equals("BOREALIS"))
                .findFirst()
                .orElseThrow()
                .getKey();
        assertEquals(Set.of(account), next.frozen());
        assertTrue(house.archive().replay(next.number()).orElseThrow().equal());
        assertEquals(
                "member",
                assertThrows(
                                BadInput.class,
                                () -> house.contributions().readmit("ATLAS", "why", Instant.ofEpochMilli(0)))
                        .field());
        house.contributions().readmit("BOREALIS", "recapitalised", next.time());
        sealed(house, founded);
        PayerAccount back = house.contributions().book().of("BOREALIS");
        assertTrue(back.missing() > 0, "it is asked again, by a call");
        assertEquals(failed.total(), back.total(), "and pays nothing in by being asked");
        assertEquals(failed.owed(), back.owed());
    }

    /** A receipt that is dated after an epoch stands in the books and not in the epoch. */
    private static void whatCameLaterIsOfALaterEpoch(House house, Foundation founded) {
        long before = house.contributions().book().houseCapital();
        later(
                house,
                VaultAct.HOUSE,
                10_000,
                "capital-2",
                house.archive().latest().orElseThrow().timeMillis() + 1);
        ComputedEpoch epoch = sealed(house, founded);
        assertEquals(before + 10_000, house.contributions().book().houseCapital());
        assertEquals(before, house.archive().lastVault().orElseThrow().book().houseCapital());
        assertTrue(house.archive().replay(epoch.number()).orElseThrow().equal());
    }

    private static void later(House house, String payer, long units, String reference, long at) {
        byte[] json =
                receipt(house, payer, units, reference).put("at", at).toString().getBytes(StandardCharsets.UTF_8);
        try {
            Path file = Files.createTempFile("receipt", ".json");
            Files.write(file, json);
            Verb.said(0, house.home().folder(), "fund", "receive", file.toString());
            Files.delete(file);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode receipt(House house, String payer, long units, String reference) {
        ObjectNode receipt = JSON.createObjectNode()
                .put("format", "bulwark-receipt")
                .put("version", 1)
                .put("house", house.founding().orElseThrow().house().hex())
                .put("direction", "received")
                .put("payer", payer)
                .put("asset", "USD")
                .put("amount", Usd.text(units))
                .put("place", BANK)
                .put("reference", reference)
                .put("at", house.archive().latest().orElseThrow().timeMillis());
        receipt.putObject("evidence").put("kind", "operator").put("operator", "jane");
        return receipt;
    }

    private static ObjectNode signed(House house, ObjectNode receipt, byte[] secret) {
        Statement statement = new Statement(
                house.founding().orElseThrow().house(),
                Direction.RECEIVED,
                receipt.get("payer").asText(),
                "USD",
                new BigDecimal(receipt.get("amount").asText()).movePointRight(4).longValueExact(),
                receipt.get("place").asText(),
                receipt.get("reference").asText(),
                receipt.get("at").longValue());
        byte[] message = statement.canonical().encode();
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(secret, 0, message, 0, message.length, signature, 0);
        receipt.putObject("evidence")
                .put("kind", "signed")
                .put("signer", HexFormat.of().formatHex(key(secret)))
                .put("signature", HexFormat.of().formatHex(signature));
        return receipt;
    }

    private static byte[] key(byte[] secret) {
        byte[] key = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(secret, 0, key, 0);
        return key;
    }

    private static JsonNode get(URI door, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return JSON.readTree(client.send(
                            HttpRequest.newBuilder(door.resolve(path))
                                    .header("Authorization", DoorToken.header(door))
                                    .header("Accept", "application/json")
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body());
        }
    }

    private static HttpResponse<String> post(URI door, String body) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(door.resolve("/fund/receipts"))
                            .header("Authorization", DoorToken.header(door))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
