package io.bulwark.adapter.dydx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.ReferenceFiles;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.Horizon;
import org.junit.jupiter.api.Test;

class DydxReferenceTest {
    @Test
    void shouldFindTheIdentityOfTheRecordedSubaccount() {
        FactSheet subaccount = read(recorded());
        assertEquals(
                45293477, ((Horizon.Sequence) subaccount.one("equity").horizon().orElseThrow()).number());
        assertEquals(Amount.of("82291.083758"), subaccount.one("balance").signed());
        Amount size = subaccount.all(FactKind.POSITION).getFirst().signed();
        assertEquals(Amount.of("-0.491"), size);
        // Solved for the oracle's price: (equity - USDC) / size, 115976.26 by the reference.
        Amount worth = subaccount
                .one("equity")
                .signed()
                .minus(subaccount.one("balance").signed());
        Amount oracle = Amount.of("115976.26033");
        assertTrue(worth.minus(size.times(oracle)).abs().compareTo(Amount.of("0.00001")) < 0);
    }

    @Test
    void shouldRefuseTheRecordedSubaccountOnceItsSideIsTurned() {
        JsonNode subaccount = recorded();
        ((ObjectNode) subaccount.get("openPerpetualPositions").get("BTC-USD")).put("side", "LONG");
        PayloadRefused refusal = assertThrows(PayloadRefused.class, () -> read(subaccount));
        assertEquals("subaccount.openPerpetualPositions.BTC-USD.size", refusal.field());
        assertEquals("\"-0.491\"", refusal.value());
    }

    @Test
    void shouldRefuseTheRecordedSubaccountOnceItsCashIsChanged() {
        JsonNode subaccount = recorded();
        ((ObjectNode) subaccount.get("assetPositions").get("USDC")).put("size", "82291.083768");
        assertEquals(
                "subaccount.equity",
                assertThrows(PayloadRefused.class, () -> read(subaccount)).field());
    }

    @Test
    void shouldReadHeightMarketsAndSubaccountAsTheIndexerShapesThem() {
        byte[] height = ReferenceFiles.sent(
                ReferenceFiles.json("dydx/http_get_block_height.json").get("result"));
        assertEquals(new Horizon.Sequence(66624132, 1765210319450L), DydxNormalizer.horizon(height));
        byte[] markets = ReferenceFiles.sent(
                ReferenceFiles.json("dydx/http_get_perpetual_markets.json").get("result"));
        Fact ether = DydxNormalizer.decoded("perpetualMarkets", markets).one("ETH-USD", "oracle price");
        assertEquals(Amount.of("3103.01"), ether.signed());
        assertEquals("ACTIVE", ether.words().get("status"));
        FactSheet subaccount = read(ReferenceFiles.json("dydx/http_get_subaccount.json")
                .get("result")
                .get("subaccount"));
        assertEquals(Amount.of("45.201296"), subaccount.one("balance").signed());
    }

    private static FactSheet read(JsonNode node) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("subaccount", node);
        return DydxNormalizer.decoded("subaccount", ReferenceFiles.sent(answer));
    }

    private static JsonNode recorded() {
        return ReferenceFiles.json("dydx/ccxt_fetchAccounts_addresses.json")
                .get("subaccounts")
                .get(0);
    }
}
