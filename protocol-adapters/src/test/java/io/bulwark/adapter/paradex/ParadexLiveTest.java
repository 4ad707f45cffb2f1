package io.bulwark.adapter.paradex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.adapter.KeyRing;
import io.bulwark.adapter.OpenVenue;
import io.bulwark.adapter.ReadingKey;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueException.Category;
import io.bulwark.adapter.exchange.ExchangeHouse;
import io.bulwark.adapter.exchange.GuardedVenue.Question;
import io.bulwark.adapter.exchange.LiveRead;
import io.bulwark.clearing.position.RawSnapshot;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paradex over HTTP: a venue that lets in only who shows a token, and each of its quirks on the way that a margin takes. */
class ParadexLiveTest {
    private static final ReadingKey KEY = new ReadingKey("token", "eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmVk");
    private static final LiveRead PARADEX = live(KEY);

    private static LiveRead live(ReadingKey key) {
        return new LiveRead(
                4,
                "paradex",
                ParadexLiveTest::admits,
                endpoint -> OpenVenue.recorded(new ParadexVenue(), ExchangeHouse.paradex(), KeyRing.of(key), endpoint));
    }

    private static boolean admits(Question question) {
        boolean open =
                question.path().startsWith("/v1/system") || question.path().startsWith("/v1/markets");
        return question.header("Authorization").equals(open ? "" : "Bearer " + KEY.secret());
    }

    /** Signed sizes with funding that is not settled; a closed position's row of empty texts holds nothing. */
    @Test
    void shouldSayWhatTheAccountHolds() throws Exception {
        assertEquals(
                List.of(
                        "paradex:BTC-USD-PERP 0.35 from 66500 accrued -3.125",
                        "paradex:SOL-USD-PERP -120 from 180 accrued 0.75",
                        "has 18250.75 USDC"),
                PARADEX.holdings(LiveRead::asItIs));
    }

    @Test
    void shouldReportWhatIsListed() throws Exception {
        assertEquals(
                List.of(
                        "INDEX_PRICE BTC 67999.9 @1716487859959",
                        "MARK_PRICE paradex:BTC-USD-PERP 68001.9 @1716487859959",
                        "INDEX_PRICE SOL 176.182 @1716487859958",
                        "MARK_PRICE paradex:SOL-USD-PERP 176.21 @1716487859958"),
                PARADEX.reports(LiveRead::asItIs));
    }

    @Test
    void shouldBeShutOutWithAnotherTokenAndNeverTellIt() {
        ReadingKey wrong = new ReadingKey("token", "another-token");
        VenueException out =
                assertThrows(VenueException.class, () -> live(wrong).account(LiveRead::asItIs));
        assertEquals(Category.HALT, out.category());
        assertFalse((out + " " + KeyRing.of(wrong)).contains("another-token"));
    }

    /** A sequence number that jumps while nothing else changes voids nothing; a size that changes does. */
    @Test
    void shouldReadAgainOnlyWhenPositionsMoved() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        RawSnapshot raw = PARADEX.account(
                (question, answer) -> question.path().equals("/v1/positions") && asked.getAndIncrement() == 1
                        ? answer.replace("1716487000000900117", "1716487000000999999")
                        : answer);
        assertEquals(2, asked.get(), "read once");
        assertEquals(1716487860000L, raw.horizon().timeMillis(), "the venue's clock, not the account's last change");
        asked.set(0);
        PARADEX.account((question, answer) -> question.path().equals("/v1/positions") && asked.getAndIncrement() == 1
                ? answer.replace("\"size\":\"-120\"", "\"size\":\"-60\"").replace("-21600", "-10800")
                : answer);
        assertEquals(4, asked.get(), "one void read, one whole");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            'account':'0x4a7c1e90b35d26f8a1c4e7093b5d28f6a1c4e7093b5d28f6a1c4e7093b5d28f','account_value'; 'account':'0x1','account_value'; account; must be one of
            'settlement_asset':'USDC'; 'settlement_asset':'USDT'; settlement_asset; must be one of [USDC]
            'margin_cushion':'15614.42'; 'margin_cushion':'15614.43'; margin_cushion; must be account_value - maintenance_margin_requirement
            'side':'LONG'; 'side':'SHORT'; size; must have the sign of its side SHORT
            'cost':'23275'; 'cost':'23276'; cost; must be size * average_entry_price
            'size':'0.35'; 'size':''; size; absent is not zero
            'size':'0','status':'CLOSED'; 'size':'-1','status':'CLOSED'; size; must be 0 in a closed position
            'unrealized_funding_pnl':'-3.125'; 'unrealized_funding_pnl':''; unrealized_funding_pnl; absent is not zero
            'size':'18250.75'; 'size':null; size; absent is not zero
            'market':'BTC-USD-PERP'; 'market':'ETH-USD-PERP'; market; must be listed
            {'results':[{'account'; {'next':'b2Zmc2V0PTI=','results':[{'account'; next; a list with a further page is not whole
            'leverage':''; 'leverage':'','colour':1; colour; is not a known field
            """)
    void shouldRefuseWhatItWouldHaveToGuess(String from, String to, String field, String rule) {
        PARADEX.refuses(from.replace('\'', '"'), to.replace('\'', '"'), field, rule);
    }

    @Test
    void shouldNotReadWhatSaysNothing() throws Exception {
        PARADEX.ignores("\"seq_no\":1716487000000900118", "\"seq_no\":1716487000000900119");
        PARADEX.ignores("\"unrealized_pnl\":\"525.665\"", "\"unrealized_pnl\":\"-1\"");
    }
}
