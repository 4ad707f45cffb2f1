package io.bulwark.adapter.aave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.OpenVenue;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.RecordedSnapshots;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueException.Category;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.aave.AavePayload.Reserve;
import io.bulwark.adapter.evm.EvmAnswers;
import io.bulwark.adapter.evm.StorageProof;
import io.bulwark.adapter.recording.AnvilMarket;
import io.bulwark.adapter.recording.NodeScript;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.Reading;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.tier.Drawn;
import io.bulwark.tier.OfChain;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of one loan on real contracts of either generation, seen by the adapter at each step and proved from storage: supplied, borrowed, crashed, liquidated, lost. */
@Drawn(1)
@OfChain
class AaveLifeTest {
    private static final Path BED = Path.of("src/test/anvil");
    private static final List<String> STEPS = List.of("supply", "borrow", "crash", "liquidate");

    @BeforeAll
    static void requireNode() {
        String missing = NodeScript.missing(BED);
        if (!missing.isEmpty()) {
            System.out.println("skipped: the life of a loan on a local chain needs " + missing);
        }
        Assumptions.assumeTrue(missing.isEmpty(), missing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.0", "3.6"})
    void shouldSeeEveryStepAsTheContractsStateIt(String generation) throws IOException, VenueException {
        try (Life life = new Life(generation)) {
            for (String step : STEPS) {
                assertEquals(step, life.line().get("step").asText());
                RawSnapshot raw = life.read("borrower");
                VenueSnapshot snapshot = life.normalised(raw);
                assertEquals(EvidenceGrade.STORAGE_PROOF, snapshot.grade(), step);
                requireStated(life, raw);
                if (!step.equals("liquidate")) {
                    life.next();
                }
            }
            AavePayload end = life.payload(life.read("borrower"));
            BigInteger owed = life.reserve(end, "USDC").scaledDebt();
            BigInteger lost = life.reserve(end, "USDC").deficit();
            // What 10 WETH at half the price did not pay of 24,000 USDC: about 8,676; an older pool leaves it with the
            // account, a newer one takes it on itself.
            assertEquals(generation.equals("3.0"), owed.signum() > 0, "owed " + owed);
            assertEquals(generation.equals("3.6"), lost.signum() > 0, "lost " + lost);
            BigInteger bad = owed.add(lost);
            assertTrue(
                    bad.compareTo(BigInteger.valueOf(8_600_000_000L)) > 0
                            && bad.compareTo(BigInteger.valueOf(8_700_000_000L)) < 0,
                    "bad debt " + bad);
        }
    }

    @Test
    void shouldProveWhatTheNewestPoolLostAndWhatItCanPayOut() throws IOException, VenueException {
        try (Life life = new Life("3.6")) {
            life.play("liquidate");
            RawSnapshot honest = life.read("borrower");
            JsonNode stated = life.line().get("stated").get("reserves").get("USDC");
            for (String figure : List.of("deficit", "available")) {
                BigInteger value = new BigInteger(stated.get(figure).asText());
                RawSnapshot lie = told(
                        honest, "eth_call", text -> text.replace(word(value), word(value.subtract(BigInteger.ONE))));
                PayloadRefused refusal = assertThrows(PayloadRefused.class, () -> life.normalised(lie));
                assertTrue(refusal.field().startsWith(figure + " of "), refusal.toString());
                assertTrue(refusal.rule().contains("as the storage proves"), refusal.toString());
            }
        }
    }

    @Test
    void shouldReadABalanceBesideADelegationMode() throws IOException, VenueException {
        try (Life life = new Life("3.6");
                VenueTransport node = new VenueTransport("anvil", life.endpoint(), ReadBudget.perSecond(50))) {
            AavePayload before = life.payload(life.read("borrower"));
            Reserve weth = life.reserve(before, "WETH");
            BigInteger slot = AaveCalls.supplySlot(life.account("borrower"));
            // Delegation of voting and proposition power stands in the eight bits above the balance.
            BigInteger word =
                    RAY.shiftLeft(128).or(BigInteger.valueOf(3).shiftLeft(120)).or(weth.scaledSupply());
            rpc(
                    node,
                    "anvil_setStorageAt",
                    "\"" + weth.tokens().supply() + "\",\"0x" + word(slot) + "\",\"0x" + word(word) + "\"");
            for (int i = 0; i < 3; i++) {
                rpc(node, "evm_mine", "");
            }
            RawSnapshot delegated = life.read("borrower");
            assertEquals(EvidenceGrade.STORAGE_PROOF, life.normalised(delegated).grade());
            assertEquals(
                    weth.scaledSupply(),
                    life.reserve(life.payload(delegated), "WETH").scaledSupply());
        }
    }

    @Test
    void shouldRefuseAPoolOfAnotherRevision() throws IOException, VenueException {
        try (Life life = new Life("3.6")) {
            RawSnapshot honest = life.read("borrower");
            for (int revision : new int[] {0, 1, 2, 9, 11}) {
                RawSnapshot lie = told(
                        honest,
                        "eth_call",
                        text -> text.equals("\"0x" + word(BigInteger.TEN) + "\"")
                                ? "\"0x" + word(BigInteger.valueOf(revision)) + "\""
                                : text);
                PayloadRefused refusal = assertThrows(PayloadRefused.class, () -> life.normalised(lie));
                // One that is known, but is not this pool's, asks for what was never proved.
                assertEquals(
                        revision == 1 ? StorageProof.METHOD : "POOL_REVISION",
                        refusal.field().replace("eth_call", StorageProof.METHOD),
                        refusal.toString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.0", "3.6"})
    void shouldSurviveAReorganisationOfFiveBlocks(String generation) throws IOException, VenueException {
        try (Life life = new Life(generation);
                VenueTransport node = new VenueTransport("anvil", life.endpoint(), ReadBudget.perSecond(50))) {
            life.play("borrow");
            Horizon.Block before = (Horizon.Block) life.adapter.finalised();
            RawSnapshot first = life.read("borrower");
            rpc(node, "anvil_reorg", "5,[]");
            VenueException orphaned =
                    assertThrows(VenueException.class, () -> life.adapter.read(life.venueAccount("borrower"), before));
            assertEquals(Category.RETRY, orphaned.category());
            Horizon.Block after = (Horizon.Block) life.adapter.finalised();
            assertEquals(before.number(), after.number());
            assertNotEquals(before.hash(), after.hash());
            RawSnapshot second = life.read("borrower");
            assertNotEquals(first.id(), second.id());
            // The reorganised blocks are empty: the loan of the orphaned ones is gone, the supply below them is not.
            AavePayload rolledBack = life.payload(second);
            assertEquals(EvidenceGrade.STORAGE_PROOF, life.normalised(second).grade());
            assertTrue(life.reserve(rolledBack, "WETH").scaledSupply().signum() > 0);
        }
    }

    private static final BigInteger RAY = AaveInterest.RAY;

    private static void requireStated(Life life, RawSnapshot raw) {
        AavePayload payload = life.payload(raw);
        JsonNode stated = life.line().get("stated");
        assertEquals(
                stated.get("collateralBase").asText(), payload.collateralBase().toString());
        assertEquals(stated.get("debtBase").asText(), payload.debtBase().toString());
        for (Map.Entry<String, JsonNode> entry : stated.get("reserves").properties()) {
            Reserve reserve = life.reserve(payload, entry.getKey());
            AaveGeneration generation = payload.generation();
            assertEquals(
                    entry.getValue().get("supplied").asText(),
                    generation.supply(reserve.scaledSupply(), reserve.income()).toString());
            assertEquals(
                    entry.getValue().get("borrowed").asText(),
                    generation.debt(reserve.scaledDebt(), reserve.debtIndex()).toString());
            assertEquals(
                    entry.getValue().get("deficit").asText(), reserve.deficit().toString());
            assertEquals(
                    entry.getValue().get("available").asText(),
                    reserve.available().toString());
        }
    }

    private static String word(BigInteger value) {
        String hex = value.toString(16);
        return "0".repeat(64 - hex.length()) + hex;
    }

    private static void rpc(VenueTransport node, String method, String parameters) throws VenueException {
        String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":[" + parameters + "]}";
        byte[] answer = node.post("", Map.of(), call.getBytes(StandardCharsets.UTF_8), 1);
        assertTrue(
                new String(answer, StandardCharsets.UTF_8).contains("\"result\""),
                () -> new String(answer, StandardCharsets.UTF_8));
    }

    /** The snapshot with one answer told otherwise. */
    private static RawSnapshot told(RawSnapshot raw, String method, UnaryOperator<String> lie) {
        List<Reading> readings = new ArrayList<>();
        boolean changed = false;
        for (Reading reading : raw.readings()) {
            String text = new String(reading.result(), StandardCharsets.UTF_8);
            String lied = reading.method().equals(method) ? lie.apply(text) : text;
            changed |= !lied.equals(text);
            readings.add(new Reading(reading.method(), reading.parameters(), lied.getBytes(StandardCharsets.UTF_8)));
        }
        assertTrue(changed, "nothing to lie about in " + method);
        return new RawSnapshot(raw.account(), raw.horizon(), readings);
    }

    /** A chain on which the life is played, and the adapter that watches it. */
    private static final class Life implements AutoCloseable {
        private final NodeScript script;
        private final AaveVenue.Configuration configuration;
        private final OpenVenue adapter;

        Life(String generation) throws IOException {
            script = NodeScript.start(BED, "aave-life.mjs", generation);
            configuration = AnvilMarket.configuration(0, line());
            adapter = OpenVenue.recorded(new AaveVenue(), configuration, endpoint());
        }

        JsonNode line() {
            return script.line();
        }

        void next() throws IOException {
            script.next();
        }

        void play(String step) throws IOException {
            while (!line().get("step").asText().equals(step)) {
                next();
            }
        }

        URI endpoint() {
            return URI.create(line().get("url").asText());
        }

        String account(String name) {
            return line().get(name).asText();
        }

        VenueAccount venueAccount(String name) {
            return new VenueAccount(0, account(name));
        }

        RawSnapshot read(String name) throws VenueException {
            return adapter.read(venueAccount(name), adapter.finalised());
        }

        VenueSnapshot normalised(RawSnapshot raw) {
            return adapter.normalise(raw, RecordedSnapshots.LISTING);
        }

        AavePayload payload(RawSnapshot raw) {
            return AavePayload.of(
                    new AaveCalls(configuration),
                    EvmAnswers.of(AaveVenue.KIND, raw),
                    raw.account().address());
        }

        Reserve reserve(AavePayload payload, String symbol) {
            String address = line().get("reserves").get(symbol).asText();
            return payload.reserves().stream()
                    .filter(r -> r.address().equals(address))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public void close() {
            adapter.close();
            script.close();
        }
    }
}
