package io.bulwark.adapter.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.JsonText;
import io.bulwark.adapter.OpenVenue;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.exchange.ExchangeHouse;
import io.bulwark.adapter.exchange.GuardedVenue.Edit;
import io.bulwark.adapter.exchange.LiveRead;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drift by a node over HTTP: accounts of one slot, and each quirk of their bytes on the way that a margin takes. */
class DriftLiveTest {
    private static final int USER = 1;
    private static final int USDC_MARKET = 2;
    private static final int SOL_MARKET = 4;
    private static final int PERPETUALS_AT = 424;
    private static final int SPOT_AT = 104;

    private static final LiveRead DRIFT = new LiveRead(
            5,
            "drift",
            question -> true,
            endpoint -> OpenVenue.recorded(new DriftVenue(), ExchangeHouse.drift(), endpoint));

    /** Bytes of one account, which is so many of the answer's, are changed. */
    private static Edit bytes(int account, Consumer<ByteBuffer> change) {
        return (question, answer) -> {
            ObjectNode root = (ObjectNode) JsonText.tree("test", "answer", answer.getBytes(StandardCharsets.UTF_8));
            ArrayNode value = (ArrayNode) root.get("result").get("value");
            if (value.size() <= account) {
                return answer;
            }
            ArrayNode data = (ArrayNode) value.get(account).get("data");
            byte[] bytes = Base64.getDecoder().decode(data.get(0).textValue());
            change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
            data.set(0, Base64.getEncoder().encodeToString(bytes));
            return root.toString();
        };
    }

    /**
     * Deposits down and debts up to the token's unit, by their own interest; the rounded entry makes nothing of the quote, which with funding is accrued; a slot of dust
     * is a debt, and a slot of nothing is nothing.
     *
     * <p>SOL: 8,990.5 − 50 · 180 + 50 · 0.02 = −8.5. BTC: −6,655.25 + 0.1 · 66,500 − 0.1 · 3 = −5.55. 20,000.000000123 · 1.0500000001 = 21,000.000002 and 10.000000001 ·
     * 1.1000000003 = 11.000000005, each to the unit.
     */
    @Test
    void shouldSayWhatTheAccountHolds() throws Exception {
        assertEquals(
                List.of(
                        "has 21000.000002 USDC",
                        "owes 11.000000005 SOL",
                        "drift:SOL-PERP -50 from 180 accrued -8.5",
                        "drift:BTC-PERP 0.1 from 66500 accrued -5.55",
                        "owes 12.345678 USDC"),
                DRIFT.holdings(LiveRead::asItIs));
    }

    /** The unit below the exact product is owed whole, and is not held. */
    @Test
    void shouldRoundAgainstTheAccount() throws Exception {
        assertEquals(
                "has 21000.000001 USDC",
                DRIFT.holdings(bytes(USER, user -> user.putLong(SPOT_AT, 20_000_000_000_122L - 1_000)))
                        .getFirst());
        assertEquals(
                "owes 1.100000001 SOL",
                DRIFT.holdings(bytes(USER, user -> user.putLong(SPOT_AT + 40, 1_000_000_000L)))
                        .get(1));
    }

    /** An entry that no decimal ends is rounded on both sides: base · price + quote stays to the last digit that is kept. */
    @Test
    void shouldLoseNothingToARoundedEntry() throws Exception {
        List<String> held = DRIFT.holdings(bytes(
                USER,
                user -> user.putLong(PERPETUALS_AT + 8, -30_000_000_000L)
                        .putLong(PERPETUALS_AT + 32, 1_000_000_000L)
                        .putLong(PERPETUALS_AT + 16, 1_000_000_000L)));
        assertEquals("drift:SOL-PERP -30 from 33.3333333333333 accrued 0.600000000001", held.get(2));
    }

    @Test
    void shouldPayFundingByTheSideOfThePosition() throws Exception {
        List<String> longs = DRIFT.holdings(bytes(
                USER,
                user -> user.putLong(PERPETUALS_AT + 8, 50_000_000_000L)
                        .putLong(PERPETUALS_AT + 32, -9_000_000_000L)
                        .putLong(PERPETUALS_AT + 16, -9_000_000_000L)));
        assertEquals("drift:SOL-PERP 50 from 180 accrued -0.5", longs.get(2));
    }

    @Test
    void shouldReportOraclePricesWithTheirOwnTime() throws Exception {
        assertEquals(
                List.of("INDEX_PRICE SOL 176.182 @1716487858000", "INDEX_PRICE BTC 67999.9 @1716487858000"),
                DRIFT.reports(LiveRead::asItIs));
    }

    @Test
    void shouldSpeakOfTheSlotAndItsOwnTime() throws Exception {
        RawSnapshot raw = DRIFT.account(LiveRead::asItIs);
        assertEquals(new Horizon.Sequence(267_354_221, 1_716_487_860_000L), raw.horizon());
        assertTrue(raw.readings().getFirst().parameters().contains("finalized"), "head moves are no truth");
    }

    private static void refuses(Edit edit, String field, String rule) {
        PayloadRefused refusal = assertThrows(PayloadRefused.class, () -> DRIFT.holdings(edit));
        assertTrue(refusal.field().endsWith(field), refusal.toString());
        assertTrue(refusal.rule().contains(rule), refusal.toString());
    }

    @Test
    void shouldRefuseWhatTheAccountDoesNotSay() {
        refuses(bytes(USER, user -> user.putLong(PERPETUALS_AT + 64, 7)), "lp_shares", "is not in the account");
        refuses(
                bytes(USER, user -> user.putShort(PERPETUALS_AT + 92, (short) 9)),
                "market_index",
                "its risk is unknown");
        refuses(bytes(USER, user -> user.putShort(SPOT_AT + 32, (short) 9)), "market_index", "its risk is unknown");
        refuses(bytes(USER, user -> user.putLong(PERPETUALS_AT + 32, 0)), "quote_entry_amount", "must not be 0");
        refuses(
                bytes(USER, user -> user.putLong(PERPETUALS_AT + 32, -1)),
                "quote_entry_amount",
                "must have the sign against");
        refuses(bytes(USER, user -> user.putLong(0, 1)), "data", "must begin with the discriminator");
    }

    @Test
    void shouldRefuseAMarketThatIsAnother() {
        refuses(
                bytes(USDC_MARKET, market -> market.putShort(684, (short) 1)),
                "market_index",
                "must be 0, as connected");
        refuses(
                bytes(SOL_MARKET, market -> market.putShort(1160, (short) 1)),
                "market_index",
                "must be 0, as connected");
        refuses(bytes(SOL_MARKET, market -> market.put(1000, (byte) 'X')), "name", "must be SOL-PERP");
        refuses(bytes(SOL_MARKET, market -> market.putShort(1166, (short) 1)), "name", "settled as its market is");
        refuses(bytes(SOL_MARKET, market -> market.putLong(72, 0)), "oracle_price", "must be > 0");
        refuses(
                bytes(USDC_MARKET, market -> market.putLong(464, 0).putLong(472, 0)),
                "deposit_interest",
                "must be > 0");
        refuses(bytes(SOL_MARKET, market -> market.put(0, (byte) 0)), "data", "discriminator");
        refuses(bytes(0, clock -> clock.putLong(0, 1)), "context.slot", "must be the clock's 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            'owner':'dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH'; 'owner':'11111111111111111111111111111111'; owner; must be dRifty
            'owner':'Sysvar1111111111111111111111111111111111111'; 'owner':'dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH'; owner; must be Sysvar
            'base64']; 'base58']; data; must be bytes and their encoding
            'slot':267354221; 'slot':267354222; context.slot; must be the clock's 267354221
            'jsonrpc':'2.0'; 'jsonrpc':'1.0'; jsonrpc; must be one of [2.0]
            'executable':false; 'executable':false,'colour':1; colour; is not a known field
            """)
    void shouldRefuseWhatItWouldHaveToGuess(String from, String to, String field, String rule) {
        DRIFT.refuses(from.replace('\'', '"'), to.replace('\'', '"'), field, rule);
    }

    /** A user that the chain does not know is null in the answer: unknown, and not an account that holds nothing. */
    @Test
    void shouldNotTakeAnUnknownAccountForAnEmptyOne() {
        refuses(
                (question, answer) -> {
                    ObjectNode root =
                            (ObjectNode) JsonText.tree("test", "answer", answer.getBytes(StandardCharsets.UTF_8));
                    ArrayNode value = (ArrayNode) root.get("result").get("value");
                    if (value.size() > USER + 2) {
                        value.set(USER, (String) null);
                    }
                    return root.toString();
                },
                "value[1]",
                "must be an object");
    }
}
