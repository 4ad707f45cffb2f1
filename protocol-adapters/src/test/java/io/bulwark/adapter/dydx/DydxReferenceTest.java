package io.bulwark.adapter.dydx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.ReferenceFiles;
import io.bulwark.adapter.dydx.DydxPayload.Height;
import io.bulwark.adapter.dydx.DydxPayload.Market;
import io.bulwark.adapter.dydx.DydxPayload.Position;
import io.bulwark.adapter.dydx.DydxPayload.Subaccount;
import io.bulwark.clearing.money.Amount;
import org.junit.jupiter.api.Test;

class DydxReferenceTest {
    @Test
    void shouldFindTheIdentityOfTheRecordedSubaccount() {
        Subaccount subaccount = read(recorded());
        assertEquals(45293477, subaccount.height());
        assertEquals(Amount.of("82291.083758"), subaccount.usdc());
        Position position = subaccount.positions().getFirst();
        assertEquals(Amount.of("-0.491"), position.size());
        // Solved for the oracle's price: (equity - USDC) / size, 115976.26 by the reference.
        Amount worth = subaccount.equity().minus(subaccount.usdc());
        Amount oracle = Amount.of("115976.26033");
        assertTrue(worth.minus(position.size().times(oracle)).abs().compareTo(Amount.of("0.00001")) < 0);
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
        assertEquals(new Height(66624132, 1765210319450L), Height.of(height));
        byte[] markets = ReferenceFiles.sent(
                ReferenceFiles.json("dydx/http_get_perpetual_markets.json").get("result"));
        Market ether = new Market(Amount.of("3103.01"), true);
        assertEquals(ether, Market.of(markets).get("ETH-USD"));
        Subaccount subaccount = read(ReferenceFiles.json("dydx/http_get_subaccount.json")
                .get("result")
                .get("subaccount"));
        assertEquals(Amount.of("45.201296"), subaccount.usdc());
    }

    private static Subaccount read(JsonNode node) {
        PayloadFields fields = PayloadFields.of("dydx", "subaccount", node);
        Subaccount subaccount = Subaccount.of(fields);
        fields.end();
        return subaccount;
    }

    private static JsonNode recorded() {
        return ReferenceFiles.json("dydx/ccxt_fetchAccounts_addresses.json")
                .get("subaccounts")
                .get(0);
    }
}
