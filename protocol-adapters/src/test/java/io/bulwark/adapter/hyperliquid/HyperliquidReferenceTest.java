package io.bulwark.adapter.hyperliquid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.ReferenceFiles;
import io.bulwark.adapter.hyperliquid.HyperliquidPayload.Position;
import io.bulwark.adapter.hyperliquid.HyperliquidPayload.State;
import io.bulwark.clearing.money.Amount;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class HyperliquidReferenceTest {
    @Test
    void shouldFindTheIdentityOfTheRecordedAccountToTheLastDigit() {
        State state = State.of(ReferenceFiles.sent(recorded()));
        assertEquals(Amount.of("1182.312496"), state.accountValue());
        assertEquals(12, state.positions().size());
        Amount value = state.rawUsd();
        for (Position position : state.positions()) {
            value = value.plus(position.signedValue());
        }
        assertEquals(state.accountValue(), value);
    }

    @Test
    void shouldAgreeWithTheVenueOnEveryUnrealisedGain() {
        JsonNode positions = recorded().get("assetPositions");
        List<Position> read = State.of(ReferenceFiles.sent(recorded())).positions();
        for (int i = 0; i < read.size(); i++) {
            Amount gain = read.get(i)
                    .signedValue()
                    .minus(read.get(i).size().times(read.get(i).entryPrice()));
            Amount stated = Amount.of(
                    positions.get(i).get("position").get("unrealizedPnl").asText());
            // Entry prices are shown with five to seven digits.
            assertTrue(gain.minus(stated).abs().compareTo(Amount.of("0.005")) <= 0, read.get(i) + " against " + stated);
        }
    }

    @Test
    void shouldRefuseTheRecordedAccountOnceADigitIsChanged() {
        JsonNode state = recorded();
        ((ObjectNode) state.get("marginSummary")).put("accountValue", "1182.312497");
        PayloadRefused refusal = assertThrows(PayloadRefused.class, () -> State.of(ReferenceFiles.sent(state)));
        assertEquals("clearinghouseState.marginSummary", refusal.field());
        assertTrue(refusal.rule().contains("1182.312496"), refusal.rule());
    }

    @Test
    void shouldReadTheStateAsItIsDocumentedNow() {
        List<String> lines = ReferenceFiles.lines("hyperliquid/jkorf_clearinghouseState_current.txt");
        State state = State.of(String.join("", lines.subList(3, lines.size())).getBytes(StandardCharsets.UTF_8));
        assertEquals(1754467216357L, state.timeMillis().orElseThrow());
        assertEquals("HYPE", state.positions().getFirst().coin());
    }

    @Test
    void shouldPairUniverseAndContextsAsDocumented() {
        List<String> lines = ReferenceFiles.lines("hyperliquid/jkorf_metaAndAssetCtxs.txt");
        byte[] answer = String.join("", lines.subList(3, lines.size())).getBytes(StandardCharsets.UTF_8);
        var markets = HyperliquidPayload.Market.of(answer);
        assertEquals(
                List.of("BTC", "ETH", "HPOS"),
                markets.stream().map(HyperliquidPayload.Market::coin).toList());
        assertEquals(Amount.of("6.0436"), markets.get(1).markPrice());
        assertFalse(markets.get(1).delisted());
    }

    private static JsonNode recorded() {
        return ReferenceFiles.json("hyperliquid/cassette_clearinghouseState.json")
                .get("response");
    }
}
