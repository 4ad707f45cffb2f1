package io.bulwark.adapter.bybit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.adapter.KeyRing;
import io.bulwark.adapter.OpenVenue;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.ReadingKey;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueException.Category;
import io.bulwark.adapter.exchange.ExchangeHouse;
import io.bulwark.adapter.exchange.GuardedVenue.Question;
import io.bulwark.adapter.exchange.LiveRead;
import io.bulwark.clearing.position.RawSnapshot;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bybit over HTTP: a venue that lets in only whom it would, and each of its quirks on the way that a margin takes. */
class BybitLiveTest {
    private static final ReadingKey KEY = new ReadingKey("reader-2", "fP3DPm2z3pQkYz7c2nTrS0VJ6yX1");
    private static final LiveRead BYBIT = live(KEY);

    private static LiveRead live(ReadingKey key) {
        return new LiveRead(
                1,
                "bybit",
                BybitLiveTest::admits,
                endpoint -> OpenVenue.recorded(new BybitVenue(), ExchangeHouse.bybit(), KeyRing.of(key), endpoint));
    }

    /** The venue's rule, computed with another library: hexadecimal of HMAC-SHA-256 over time, key, window and query, within the window. */
    private static boolean admits(Question question) {
        if (question.path().startsWith("/v5/market/")) {
            return question.header("X-BAPI-SIGN").isEmpty();
        }
        long time = Long.parseLong(question.header("X-BAPI-TIMESTAMP"));
        String window = question.header("X-BAPI-RECV-WINDOW");
        int mark = question.path().indexOf('?');
        String query = mark < 0 ? "" : question.path().substring(mark + 1);
        return Math.abs(System.currentTimeMillis() - time) < Long.parseLong(window)
                && question.header("X-BAPI-API-KEY").equals(KEY.id())
                && question.header("X-BAPI-SIGN")
                        .equals(HexFormat.of().formatHex(LiveRead.mac(KEY.secret(), time + KEY.id() + window + query)));
    }

    /** Pages to the last; session contracts from the last settlement; inverse ones in USD, whatever the venue values them at; a debt once. */
    @Test
    void shouldSayWhatTheAccountHolds() throws Exception {
        assertEquals(
                List.of(
                        "bybit:ETHUSDT -20 from 3800",
                        "bybit:BTCPERP 0.75 from 68000",
                        "bybit:BTCUSD 10000 from 66000",
                        "bybit:BTC-31MAY24-70000-C -0.5",
                        "has 30000.5 USDT",
                        "owes 1000.25 USDT",
                        "owes 120.75 USDC",
                        "has 0.25 BTC"),
                BYBIT.holdings(LiveRead::asItIs));
    }

    @Test
    void shouldReportWhatIsListed() throws Exception {
        assertEquals(
                List.of(
                        "INDEX_PRICE BTC 67999.9 @1716487860012",
                        "MARK_PRICE bybit:BTCPERP 68000.4 @1716487860012",
                        "INDEX_PRICE ETH 3784.8 @1716487860011",
                        "MARK_PRICE bybit:ETHUSDT 3785.1 @1716487860011",
                        "MARK_PRICE bybit:BTCUSD 68000.5 @1716487860013",
                        "MARK_PRICE bybit:BTC-31MAY24-70000-C 1325.5 @1716487860014",
                        "IMPLIED_VOLATILITY bybit:BTC-31MAY24-70000-C 0.4447 @1716487860014"),
                BYBIT.reports(LiveRead::asItIs));
    }

    @Test
    void shouldBeShutOutWithAnotherSecretAndNeverTellIt() {
        ReadingKey wrong = new ReadingKey(KEY.id(), "another-secret");
        VenueException out =
                assertThrows(VenueException.class, () -> live(wrong).account(LiveRead::asItIs));
        assertEquals(Category.HALT, out.category());
        assertFalse((out + " " + KeyRing.of(wrong)).contains("another-secret"));
    }

    /** A position that moved while the wallet was read voids the read. */
    @Test
    void shouldReadAgainWhenPositionsMoved() throws Exception {
        AtomicInteger options = new AtomicInteger();
        RawSnapshot raw = BYBIT.account(
                (question, answer) -> question.path().contains("category=option") && options.getAndIncrement() == 0
                        ? answer.replace("\"size\":\"0.5\"", "\"size\":\"0.4\"").replace("87.25", "69.8")
                        : answer);
        assertEquals(4, options.get(), "one void read, one whole");
        assertEquals(
                BYBIT.holdings(LiveRead::asItIs).size(),
                BYBIT.said(raw).holdings().size());
        AtomicInteger always = new AtomicInteger();
        VenueException moved = assertThrows(
                VenueException.class,
                () -> BYBIT.account((question, answer) -> question.path().contains("category=inverse")
                        ? answer.replace("\"size\":\"10000\"", "\"size\":\"" + 10_000 * always.incrementAndGet() + "\"")
                                .replace("\"unrealisedPnl\":\"0.00445", "\"unrealisedPnl\":\"0.00445")
                                .replaceAll("\"avgPrice\":\"66000\"", "\"avgPrice\":\"68000.5\"")
                                .replaceAll("\"unrealisedPnl\":\"0\\.\\d+\"", "\"unrealisedPnl\":\"0\"")
                        : answer));
        assertEquals(Category.RETRY, moved.category());
    }

    /** Without its last page an account is not read. */
    @Test
    void shouldRefuseAnAccountThatLacksAPage() throws Exception {
        RawSnapshot raw = BYBIT.account(LiveRead::asItIs);
        RawSnapshot torn = new RawSnapshot(
                raw.account(),
                raw.horizon(),
                raw.readings().stream()
                        .filter(r -> !r.parameters().contains("cursor="))
                        .toList());
        PayloadRefused refusal = assertThrows(PayloadRefused.class, () -> BYBIT.said(torn));
        assertEquals("is missing", refusal.rule());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            'retCode':0; 'retCode':10006; retCode; must be 0
            'unifiedMarginStatus':6; 'unifiedMarginStatus':4; unifiedMarginStatus; keeps a second wallet
            'side':'Sell','size':'20'; 'side':'Buy','size':'20'; unrealisedPnl; must be size * (mark - entry)
            'side':'Sell','size':'20'; 'side':'','size':'20'; side; must be Buy or Sell
            'side':'Sell','size':'20'; 'side':'Sell','size':'-20'; size; must be >= 0
            'size':'10000'; 'size':'0.14705774'; unrealisedPnl; must be size * (1/entry - 1/mark)
            'sessionAvgPrice':'68000'; 'sessionAvgPrice':''; unrealisedPnl; must be size * (mark - entry)
            'walletBalance':'30000.5'; 'walletBalance':''; walletBalance; absent is not zero
            'spotBorrow':'1000'; 'spotBorrow':''; spotBorrow; absent is not zero
            'borrowAmount':'1000'; 'borrowAmount':'999'; borrowAmount; must be >= spotBorrow
            'accruedInterest':'0.25'; 'accruedInterest':''; accruedInterest; absent is not zero
            'accountType':'UNIFIED'; 'accountType':'CONTRACT'; accountType; must be one of [UNIFIED]
            'symbol':'ETHUSDT'; 'symbol':'ETHUSDC'; symbol; must be listed
            'seq':5723621632; 'seq':5723621632,'colour':1; colour; is not a known field
            """)
    void shouldRefuseWhatItWouldHaveToGuess(String from, String to, String field, String rule) {
        BYBIT.refuses(from.replace('\'', '"'), to.replace('\'', '"'), field, rule);
    }

    /** A contract's row without a position, totals that are void in isolated margin mode, and the venue's own value of a position count for nothing. */
    @Test
    void shouldNotReadWhatSaysNothing() throws Exception {
        BYBIT.ignores("\"totalEquity\":\"\"", "\"totalEquity\":\"5\"");
        BYBIT.ignores("\"positionValue\":\"0.14705774\"", "\"positionValue\":\"10000\"");
        BYBIT.ignores("\"markPrice\":\"176.2\"", "\"markPrice\":\"\"");
    }
}
