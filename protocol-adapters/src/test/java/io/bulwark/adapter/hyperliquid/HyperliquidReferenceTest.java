package io.bulwark.adapter.hyperliquid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.ReferenceFiles;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.clearing.money.Amount;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class HyperliquidReferenceTest {
    @Test
    void shouldFindTheIdentityOfTheRecordedAccountToTheLastDigit() {
        FactSheet state = state(ReferenceFiles.sent(recorded()));
        assertEquals(Amount.of("1182.312496"), state.one("account value").signed());
        assertEquals(12, state.all(FactKind.POSITION).size());
        Amount value = state.one("raw USD, every position paid in full").signed();
        for (Fact position : state.all(FactKind.POSITION)) {
            value = value.plus(signedValue(position));
        }
        assertEquals(state.one("account value").signed(), value);
    }

    @Test
    void shouldAgreeWithTheVenueOnEveryUnrealisedGain() {
        JsonNode positions = recorded().get("assetPositions");
        List<Fact> read = state(ReferenceFiles.sent(recorded())).all(FactKind.POSITION);
        for (int i = 0; i < read.size(); i++) {
            Fact position = read.get(i);
            Amount entry = position.besides("entry price").orElseThrow();
            Amount gain = signedValue(position).minus(position.signed().times(entry));
            Amount stated = Amount.of(
                    positions.get(i).get("position").get("unrealizedPnl").asText());
            // Entry prices are shown with five to seven digits.
            assertTrue(gain.minus(stated).abs().compareTo(Amount.of("0.005")) <= 0, position + " against " + stated);
        }
    }

    @Test
    void shouldRefuseTheRecordedAccountOnceADigitIsChanged() {
        JsonNode state = recorded();
        ((ObjectNode) state.get("marginSummary")).put("accountValue", "1182.312497");
        PayloadRefused refusal = assertThrows(PayloadRefused.class, () -> state(ReferenceFiles.sent(state)));
        assertEquals("clearinghouseState.marginSummary", refusal.field());
        assertTrue(refusal.rule().contains("1182.312496"), refusal.rule());
    }

    @Test
    void shouldReadTheStateAsItIsDocumentedNow() {
        FactSheet state = state(answer("hyperliquid/jkorf_clearinghouseState_current.txt"));
        assertEquals(1754467216357L, state.time(state.one("account value")));
        assertEquals("HYPE", state.all(FactKind.POSITION).getFirst().subject());
    }

    @Test
    void shouldPairUniverseAndContextsAsDocumented() {
        FactSheet market = HyperliquidDecoder.INSTANCE
                .decode(HyperliquidClient.MARKET, answer("hyperliquid/jkorf_metaAndAssetCtxs.txt"))
                .whole();
        List<Fact> coins = market.all("decimals of sizes");
        assertEquals(
                List.of("BTC", "ETH", "HPOS"), coins.stream().map(Fact::subject).toList());
        assertEquals(Amount.of("6.0436"), market.one("ETH", "mark price").signed());
        assertNotEquals("true", coins.get(1).words().get("isDelisted"));
    }

    private static FactSheet state(byte[] answer) {
        return HyperliquidDecoder.INSTANCE
                .decode(HyperliquidClient.STATE, answer)
                .whole();
    }

    private static Amount signedValue(Fact position) {
        Amount value = position.besides("value at mark").orElseThrow();
        return position.signed().signum() < 0 ? value.negate() : value;
    }

    private static byte[] answer(String file) {
        List<String> lines = ReferenceFiles.lines(file);
        return String.join("", lines.subList(3, lines.size())).getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode recorded() {
        return ReferenceFiles.json("hyperliquid/cassette_clearinghouseState.json")
                .get("response");
    }
}
