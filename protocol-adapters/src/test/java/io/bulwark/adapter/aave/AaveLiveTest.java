package io.bulwark.adapter.aave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.OpenVenue;
import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.RecordedSnapshots;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueException.Category;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.recording.AaveRecorder;
import io.bulwark.adapter.recording.AnvilMarket;
import io.bulwark.adapter.recording.NodeScript;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.tier.OfChain;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The adapter against real Aave V3 contracts on a local chain, checked against what the contracts' own data provider says. */
@OfChain
class AaveLiveTest {
    private static final Path BED = Path.of("src/test/anvil");
    private static final Map<String, Integer> DECIMALS = Map.of("WETH", 18, "WBTC", 8, "USDC", 6);

    @BeforeAll
    static void requireNode() {
        String missing = NodeScript.missing(BED);
        if (!missing.isEmpty()) {
            System.out.println("skipped: Aave on a local chain needs " + missing);
        }
        Assumptions.assumeTrue(missing.isEmpty(), missing);
    }

    @Test
    void shouldAgreeWithTheContractsOnEveryAccount() throws IOException, VenueException {
        try (AnvilMarket market = AnvilMarket.play(BED);
                OpenVenue adapter = OpenVenue.recorded(new AaveVenue(), market.configuration(0), market.endpoint())) {
            Horizon horizon = adapter.finalised();
            assertEquals(market.market().get("number").longValue(), ((Horizon.Block) horizon).number());
            for (JsonNode account : market.market().get("accounts")) {
                VenueAccount who = new VenueAccount(0, account.get("account").asText());
                VenueSnapshot snapshot = adapter.normalise(adapter.read(who, horizon), RecordedSnapshots.LISTING);
                assertEquals(EvidenceGrade.STORAGE_PROOF, snapshot.grade());
                for (Map.Entry<String, JsonNode> reserve :
                        account.get("reserves").properties()) {
                    requireWithinOneUnit(snapshot, reserve.getKey(), reserve.getValue());
                }
            }
        }
    }

    @Test
    void shouldVoidAReadOfABlockThatIsNotOfTheChain() throws IOException, VenueException {
        try (AnvilMarket market = AnvilMarket.play(BED);
                OpenVenue adapter = OpenVenue.recorded(new AaveVenue(), market.configuration(0), market.endpoint())) {
            Horizon.Block real = (Horizon.Block) adapter.finalised();
            Horizon orphan = new Horizon.Block(
                    real.chainId(),
                    real.number(),
                    Digest.sha256(new byte[0]),
                    Horizon.Finality.FINALIZED,
                    real.timeMillis());
            VenueException failure = assertThrows(VenueException.class, () -> adapter.market(orphan));
            assertEquals(Category.RETRY, failure.category());
        }
    }

    @Test
    void shouldVoidAReadAcrossAReorganisation() throws IOException, VenueException {
        try (AnvilMarket market = AnvilMarket.play(BED);
                VenueTransport node = new VenueTransport("anvil", market.endpoint(), ReadBudget.perSecond(10));
                OpenVenue adapter = OpenVenue.recorded(new AaveVenue(), market.configuration(0), market.endpoint())) {
            Horizon.Block before = (Horizon.Block) adapter.finalised();
            VenueAccount atlas = new VenueAccount(0, "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc");
            String reorganise = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"anvil_reorg\",\"params\":[5,[]]}";
            node.post("", Map.of(), reorganise.getBytes(StandardCharsets.UTF_8), 1);
            VenueException failure = assertThrows(VenueException.class, () -> adapter.read(atlas, before));
            assertEquals(Category.RETRY, failure.category());
            Horizon.Block after = (Horizon.Block) adapter.finalised();
            assertEquals(before.number(), after.number());
            assertNotEquals(before.hash(), after.hash());
            assertNotEquals(
                    adapter.read(atlas, after).id(),
                    RecordedSnapshots.of(0, atlas.address()).id());
        }
    }

    @Test
    void shouldHaltAtANodeOfAnotherChain() throws IOException {
        try (AnvilMarket market = AnvilMarket.play(BED)) {
            AaveVenue.Configuration here = market.configuration(0);
            AaveVenue.Configuration mainnet =
                    new AaveVenue.Configuration(0, 1, here.pool(), here.oracle(), here.reserves(), here.proofs());
            try (OpenVenue adapter = OpenVenue.recorded(new AaveVenue(), mainnet, market.endpoint())) {
                assertEquals(
                        Category.HALT,
                        assertThrows(VenueException.class, adapter::finalised).category());
            }
        }
    }

    @Test
    void shouldMakeTheCommittedRecordingAgainByteForByte(@TempDir Path directory) throws IOException, VenueException {
        Path again = directory.resolve("aave.json");
        assertEquals(6, AaveRecorder.record(BED, again));
        assertArrayEquals(
                Files.readAllBytes(Path.of("src/main/resources/recordings/aave.json")), Files.readAllBytes(again));
    }

    /** The contracts round half up, the house takes supply down and debt up: at most one unit apart, and never to the account's favour. */
    private static void requireWithinOneUnit(VenueSnapshot snapshot, String symbol, JsonNode stated) {
        BigInteger supplied = new BigInteger(stated.get("supplied").asText());
        BigInteger borrowed = new BigInteger(stated.get("borrowed").asText());
        BigInteger below = supplied.subtract(units(snapshot, "a" + symbol, symbol));
        BigInteger above = units(snapshot, symbol, symbol).subtract(borrowed);
        assertTrue(below.signum() >= 0 && below.bitLength() <= 1, symbol + " supplied " + supplied);
        assertTrue(above.signum() >= 0 && above.bitLength() <= 1, symbol + " borrowed " + borrowed);
    }

    private static BigInteger units(VenueSnapshot snapshot, String asset, String symbol) {
        int number = RecordedSnapshots.LISTING.assetNamed(asset).orElseThrow().number();
        Amount total = Amount.ZERO;
        for (Holding holding : snapshot.holdings()) {
            total = switch (holding) {
                case Holding.Collateral c when c.asset() == number -> total.plus(c.quantity());
                case Holding.Debt d when d.asset() == number -> total.plus(d.quantity());
                default -> total;
            };
        }
        return total.toDecimal()
                .movePointRight(DECIMALS.getOrDefault(symbol, 0))
                .toBigIntegerExact();
    }
}
