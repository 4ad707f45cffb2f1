package io.bulwark.adapter.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.KeyRing;
import io.bulwark.adapter.OpenVenue;
import io.bulwark.adapter.ReadingKey;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueException.Category;
import io.bulwark.adapter.exchange.ExchangeHouse;
import io.bulwark.adapter.exchange.GuardedVenue.Question;
import io.bulwark.adapter.exchange.HmacSha256;
import io.bulwark.adapter.exchange.LiveRead;
import io.bulwark.clearing.position.RawSnapshot;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Binance portfolio margin over HTTP: a venue that lets in only whom it would, by either kind of key, and each of its quirks on the way that a margin takes. */
class BinanceLiveTest {
    /** The secret of the worked example of the venue's API documentation. */
    private static final ReadingKey KEY = new ReadingKey(
            "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A",
            "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j");

    /** Of RFC 8032, section 7.1, test 1. */
    private static final byte[] EDWARDS =
            HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");

    private static final LiveRead BINANCE = live(KEY, BinanceLiveTest::bySecret);

    private static LiveRead live(ReadingKey key, Predicate<Question> admits) {
        return new LiveRead(
                3,
                "binance",
                admits,
                endpoint -> OpenVenue.recorded(new BinanceVenue(), ExchangeHouse.binance(), KeyRing.of(key), endpoint));
    }

    /** The venue's rule, computed with another library: hexadecimal of HMAC-SHA-256 over the query before the signature, within the window. */
    private static boolean bySecret(Question question) {
        return admits(
                question,
                (query, signature) -> HexFormat.of()
                        .formatHex(LiveRead.mac(KEY.secret(), query))
                        .equals(signature));
    }

    /** The same with a public key. */
    private static boolean byEdwards(Question question) {
        byte[] point = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(EDWARDS, 0, point, 0);
        return admits(question, (query, signature) -> {
            byte[] bytes = query.getBytes(StandardCharsets.UTF_8);
            byte[] told = Base64.getDecoder().decode(URLDecoder.decode(signature, StandardCharsets.UTF_8));
            return told.length == Ed25519.SIGNATURE_SIZE && Ed25519.verify(told, 0, point, 0, bytes, 0, bytes.length);
        });
    }

    private interface Check {
        boolean signed(String query, String signature);
    }

    private static boolean admits(Question question, Check check) {
        if (!question.path().startsWith("/papi/")) {
            return question.header("X-MBX-APIKEY").isEmpty() && !question.path().contains("signature");
        }
        String query = question.path().substring(question.path().indexOf('?') + 1);
        int mark = query.indexOf("&signature=");
        long time = Long.parseLong(query.replaceAll(".*timestamp=(\\d+).*", "$1"));
        return Math.abs(System.currentTimeMillis() - time) < 10_000
                && question.header("X-MBX-APIKEY").equals(KEY.id())
                && check.signed(query.substring(0, mark), query.substring(mark + "&signature=".length()));
    }

    /** The worked example of the venue's documentation: "SIGNED endpoint examples for POST /api/v3/order", HMAC keys. */
    @Test
    void shouldSignAsTheVenuesWorkedExample() {
        assertEquals(
                "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71",
                HmacSha256.hex(
                        KEY.secret(),
                        "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559"));
    }

    private static ReadingKey edwards() {
        byte[] head = HexFormat.of().parseHex("302e020100300506032b657004220420");
        byte[] key = new byte[head.length + EDWARDS.length];
        System.arraycopy(head, 0, key, 0, head.length);
        System.arraycopy(EDWARDS, 0, key, head.length, EDWARDS.length);
        String pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(key)
                + "\n-----END PRIVATE KEY-----\n";
        return new ReadingKey(KEY.id(), pem);
    }

    @Test
    void shouldBeLetInByAnEd25519Key() throws Exception {
        LiveRead read = live(edwards(), BinanceLiveTest::byEdwards);
        assertEquals(BINANCE.holdings(LiveRead::asItIs), read.holdings(LiveRead::asItIs));
        ReadingKey torn = new ReadingKey(KEY.id(), edwards().secret().replace("MC4C", "MC4D"));
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> live(torn, BinanceLiveTest::byEdwards).account(LiveRead::asItIs));
        assertTrue(refused.toString().contains("Ed25519 key in PKCS#8"), refused.toString());
        assertFalse(refused.toString().contains("MC4D"), refused.toString());
    }

    /** Contracts times their USD, wallets of three accounts as one, loans with their interest, and no gain twice. */
    @Test
    void shouldSayWhatTheAccountHolds() throws Exception {
        assertEquals(
                List.of(
                        "binance:BTCUSDT -0.4 from 67000",
                        "binance:ETHUSDT 5 from 3700",
                        "binance:BTCUSD_PERP -3000 from 67000",
                        "has 20500.125 USDT",
                        "has 0.31 BTC",
                        "has 2 ETH",
                        "owes 3.5025 ETH",
                        "owes 250.5 USDC"),
                BINANCE.holdings(LiveRead::asItIs));
    }

    @Test
    void shouldReportWhatIsListed() throws Exception {
        assertEquals(
                List.of(
                        "INDEX_PRICE BTC 67999.9 @1716487860031",
                        "MARK_PRICE binance:BTCUSDT 68001.5 @1716487860031",
                        "INDEX_PRICE ETH 3784.8 @1716487860032",
                        "MARK_PRICE binance:ETHUSDT 3785.4 @1716487860032",
                        "MARK_PRICE binance:BTCUSD_PERP 68002 @1716487860033"),
                BINANCE.reports(LiveRead::asItIs));
    }

    /** Time and signature are no part of what is sealed: two reads of the same account are one snapshot. */
    @Test
    void shouldSealNothingOfTheSignature() throws Exception {
        RawSnapshot one = BINANCE.account(LiveRead::asItIs);
        assertEquals(one.id(), BINANCE.account(LiveRead::asItIs).id());
        assertTrue(one.readings().stream().noneMatch(r -> r.parameters().contains("signature")));
    }

    @Test
    void shouldBeShutOutWithAnotherSecretAndNeverTellIt() {
        ReadingKey wrong = new ReadingKey(KEY.id(), "another-secret");
        LiveRead shut = live(wrong, BinanceLiveTest::bySecret);
        VenueException out = assertThrows(VenueException.class, () -> shut.account(LiveRead::asItIs));
        assertEquals(Category.HALT, out.category());
        assertFalse((out + " " + KeyRing.of(wrong)).contains("another-secret"));
        assertFalse(out.toString().contains("signature"), out.toString());
    }

    @Test
    void shouldReadAgainWhenPositionsMoved() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        BINANCE.account((question, answer) ->
                question.path().startsWith("/papi/v1/cm/positionRisk") && asked.getAndIncrement() == 1
                        ? answer.replace("-30", "-60")
                                .replaceAll("\"unRealizedProfit\":\"-0.0006", "\"unRealizedProfit\":\"-0.0013")
                                .replaceAll("\"entryPrice\":\"67000\"", "\"entryPrice\":\"68002\"")
                                .replaceAll("\"unRealizedProfit\":\"-0.00\\d+\"", "\"unRealizedProfit\":\"0\"")
                        : answer);
        assertEquals(4, asked.get(), "one void read, one whole");
    }

    @Test
    void shouldAskTheMarketsUnderTheirOwnNames() {
        URI papi = URI.create("https://papi.binance.com");
        assertEquals(
                "https://fapi.binance.com", BinanceClient.room(papi, "fapi").toString());
        URI loopback = URI.create("http://127.0.0.1:80/papi.x");
        assertEquals(loopback, BinanceClient.room(loopback, "dapi"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            'positionAmt':'-0.400'; 'positionAmt':'0.400'; unRealizedProfit; must be size * (mark - entry)
            'positionAmt':'5.000'; 'positionAmt':'-5.000'; positionAmt; must have the sign of its side LONG
            'positionAmt':'-30'; 'positionAmt':'-3'; unRealizedProfit; must be size * (1/entry - 1/mark)
            'symbol':'ETHUSD_PERP','positionAmt':'0'; 'symbol':'ETHUSD_PERP','positionAmt':'1'; symbol; must have a contract size
            'totalWalletBalance':'20500.125'; 'totalWalletBalance':'20500.126'; totalWalletBalance; must be crossMarginAsset + umWalletBalance + cmWalletBalance
            'crossMarginAsset':'15000'; 'crossMarginAsset':'14000'; crossMarginAsset; must be crossMarginFree + crossMarginLocked
            'crossMarginBorrowed':'3.5'; 'crossMarginBorrowed':''; crossMarginBorrowed; absent is not zero
            'crossMarginInterest':'0.0025'; 'crossMarginInterest':'-1'; crossMarginInterest; must be >= 0
            'accountEquity':'30607.35137903'; 'accountEquity':'40607.35137903'; accountEquity; must be <= actualEquity
            'accountStatus':'NORMAL'; 'accountStatus':'NEW_WORD'; accountStatus; must be one of
            'symbol':'BTCUSDT'; 'symbol':'BTCUSDC'; symbol; must be listed
            'leverage':'10'; 'leverage':'10','colour':1; colour; is not a known field
            """)
    void shouldRefuseWhatItWouldHaveToGuess(String from, String to, String field, String rule) {
        BINANCE.refuses(from.replace('\'', '"'), to.replace('\'', '"'), field, rule);
    }

    /** The venue's collateral rates are in one of its equities and in no quantity: the house's own haircut is the only one. */
    @Test
    void shouldNotApplyACollateralRateTwice() throws Exception {
        BINANCE.ignores(
                "\"uniMMR\":\"51.67921719\",\"accountEquity\":\"30607.35137903\"",
                "\"uniMMR\":\"0.0295483328\",\"accountEquity\":\"17.5\"");
        BINANCE.ignores("\"markPrice\":\"0.00000000\"", "\"markPrice\":\"1\"");
    }
}
