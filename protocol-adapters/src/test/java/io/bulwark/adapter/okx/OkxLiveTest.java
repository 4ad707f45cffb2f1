package io.bulwark.adapter.okx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.Endpoint;
import io.bulwark.adapter.KeyRing;
import io.bulwark.adapter.OpenVenue;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.ReadingKey;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueException.Category;
import io.bulwark.adapter.exchange.ExchangeHouse;
import io.bulwark.adapter.exchange.GuardedVenue.Question;
import io.bulwark.adapter.exchange.LiveRead;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.Reading;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OKX over HTTP: a venue that lets in only whom it would, and each of its quirks on the way that a margin takes. */
class OkxLiveTest {
    private static final ReadingKey KEY = new ReadingKey("reader-1", "22582BD0CFF14C41EDBF1AB98506286D", "pass phrase");
    private static final String UID = "446000000000000001";
    private static final LiveRead OKX = new LiveRead(
            0,
            "okx",
            OkxLiveTest::admits,
            endpoint -> OpenVenue.recorded(new OkxVenue(), ExchangeHouse.okx(), ring(KEY), endpoint));

    private static KeyRing ring(ReadingKey key) {
        return new KeyRing(Optional.empty(), new TreeMap<>(Collections.singletonMap(UID, key)));
    }

    /** The venue's rule, computed with another library: base64 of HMAC-SHA-256 over time, verb and path, within 30 seconds. */
    private static boolean admits(Question question) {
        if (!question.path().startsWith("/api/v5/account/")) {
            return question.header("OK-ACCESS-SIGN").isEmpty();
        }
        String time = question.header("OK-ACCESS-TIMESTAMP");
        boolean fresh =
                Duration.between(Instant.parse(time), Instant.now()).abs().compareTo(Duration.ofSeconds(30)) < 0;
        return fresh
                && question.header("OK-ACCESS-KEY").equals(KEY.id())
                && question.header("OK-ACCESS-PASSPHRASE").equals(KEY.passphrase())
                && question.header("OK-ACCESS-SIGN")
                        .equals(Base64.getEncoder()
                                .encodeToString(LiveRead.mac(KEY.secret(), time + "GET" + question.path())));
    }

    @Test
    void shouldSayContractsInTheCoinAndEveryDebtOnce() throws Exception {
        assertEquals(
                List.of(
                        "okx:BTC-USDT-SWAP -1.5 from 67500",
                        "okx:ETH-USD-SWAP 2000 from 3700",
                        "okx:BTC-USD-240531-70000-C 0.2",
                        "has 64000.25 USDT",
                        "has 0.5 BTC",
                        "owes 1.2505 ETH"),
                OKX.holdings(LiveRead::asItIs));
    }

    @Test
    void shouldReportWhatIsListed() throws Exception {
        assertEquals(
                List.of(
                        "INDEX_PRICE BTC 67999.9 @1716487859960",
                        "INDEX_PRICE ETH 3784.8 @1716487859960",
                        "MARK_PRICE okx:BTC-USDT-SWAP 68001.1 @1716487859975",
                        "MARK_PRICE okx:ETH-USD-SWAP 3785.2 @1716487859975",
                        "IMPLIED_VOLATILITY okx:BTC-USD-240531-70000-C 0.4447 @1716487859970",
                        "MARK_PRICE okx:BTC-USD-240531-70000-C 1325.99805 @1716487859970"),
                OKX.reports(LiveRead::asItIs));
    }

    @Test
    void shouldBeShutOutWithAnotherSecretAndNeverTellIt() {
        ReadingKey wrong = new ReadingKey(KEY.id(), "0123456789ABCDEF-secret", "another phrase");
        LiveRead shut = new LiveRead(
                0,
                "okx",
                OkxLiveTest::admits,
                endpoint -> OpenVenue.recorded(new OkxVenue(), ExchangeHouse.okx(), ring(wrong), endpoint));
        VenueException out = assertThrows(VenueException.class, () -> shut.account(LiveRead::asItIs));
        assertEquals(Category.HALT, out.category());
        String told = out + " " + wrong + " " + ring(wrong) + " "
                + new Endpoint(URI.create("http://127.0.0.1:9"), ring(wrong), ReadBudget.perSecond(1));
        assertFalse(told.contains("secret") || told.contains("phrase"), told);
    }

    @Test
    void shouldNotAskForAnAccountWithoutAKey() {
        VenueException none = assertThrows(
                VenueException.class,
                () -> OKX.visit(
                        LiveRead::asItIs,
                        (adapter, guarded) -> adapter.read(new VenueAccount(0, "7"), adapter.finalised())));
        assertEquals(Category.HALT, none.category());
        assertTrue(none.toString().contains("account 7"), none.toString());
    }

    /** The sizes before, between and after must be one; a change in between is read again. */
    @Test
    void shouldReadAgainWhenPositionsMoved() throws Exception {
        AtomicInteger risks = new AtomicInteger();
        RawSnapshot raw = OKX.account((question, answer) -> question.path().endsWith("position-risk")
                        && risks.getAndIncrement() == 0
                ? answer.replace("\"pos\":\"-150\"", "\"pos\":\"-149\"").replace("1716487860000", "1716487859000")
                : answer);
        assertEquals(4, risks.get(), "one void read, one whole");
        assertEquals(1716487860000L, raw.horizon().timeMillis(), "of the second read");
        assertEquals(
                List.of("okx:BTC-USDT-SWAP -1.5 from 67500"),
                OKX.holdings(LiveRead::asItIs).subList(0, 1));
    }

    /** A position that is opened and closed again between two answers shows only in the last of them. */
    @Test
    void shouldReadAgainWhenTheLastAnswerDiffers() throws Exception {
        AtomicInteger risks = new AtomicInteger();
        OKX.account((question, answer) -> question.path().endsWith("position-risk") && risks.getAndIncrement() == 1
                ? answer.replace("\"pos\":\"-150\"", "\"pos\":\"-149\"")
                : answer);
        assertEquals(4, risks.get(), "one void read, one whole");
    }

    /** In the mode of two sides a size has no sign: its side tells it. */
    @Test
    void shouldSignAShortSideThatIsToldWithoutASign() throws Exception {
        assertTrue(OKX.holdings((question, answer) -> answer.replace("\"posSide\":\"long\"", "\"posSide\":\"short\"")
                        .replace("\"upl\":\"0.01", "\"upl\":\"-0.01"))
                .contains("okx:ETH-USD-SWAP -2000 from 3700"));
    }

    @Test
    void shouldNotMixAnAccountThatKeepsMoving() {
        AtomicInteger risks = new AtomicInteger();
        VenueException moved = assertThrows(
                VenueException.class,
                () -> OKX.account((question, answer) -> question.path().endsWith("position-risk")
                        ? answer.replace("\"pos\":\"-150\"", "\"pos\":\"-" + risks.incrementAndGet() + "\"")
                        : answer));
        assertEquals(Category.RETRY, moved.category());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            'uid':'446000000000000001'; 'uid':'446000000000000002'; uid; the key is another account's
            'code':'0'; 'code':'50011'; code; must be 0
            'ctVal':'0.01'; 'ctVal':'0.1'; upl; must be size * (mark - entry)
            'ctMult':'0.01'; 'ctMult':'1'; upl; must be size * (mark - entry)
            'ctVal':'10'; 'ctVal':'100'; upl; must be size * (1/entry - 1/mark)
            'ctType':'inverse'; 'ctType':'linear'; ctValCcy; must be one of [ETH]
            'ctVal':'0.01'; 'ctVal':''; ctVal; absent is not zero
            'stk':'70000'; 'stk':'71000'; instId; must be listed with the venue's terms
            'expTime':'1717142400000'; 'expTime':'1717228800000'; instId; must be listed with the venue's terms
            'settleCcy':'USDT'; 'settleCcy':'USDC'; instId; must be listed with the venue's terms
            'mgnMode':'cross','mgnRatio'; 'mgnMode':'isolated','mgnRatio'; mgnMode; must be one of [cross]
            'pnl':'','pos':'0'; 'pnl':'','pos':''; pos; absent is not zero
            'cashBal':'64000.25'; 'cashBal':''; cashBal; absent is not zero
            'liab':'1.25'; 'liab':''; liab; absent is not zero
            'upl':'-751.65'; 'upl':'751.65'; upl; must be size
            'avgPx':'67500'; 'avgPx':'67500','colour':'red'; colour; is not a known field
            'details':; 'rows':; details; is missing
            'posData':; 'rows':; posData; is missing
            'ccy':'ETH'; 'ccy':''; ccy; absent is not zero
            'interest':'0.0005'; 'interest':''; interest; absent is not zero
            'avgPx':'67500'; 'avgPx':67500; avgPx; must be a decimal in quotes
            'data':[; 'data':{},'rows':[; rows; is not a known field
            [{'adjEq':'','balData'; [{'adjEq':'','balData':[],'posData':[],'ts':'1716487860000'},{'adjEq':'','balData'; data; must hold one row
            'cashBal':'0.5'; 'cashBal':'0.5','apr':'1'; apr; is not a known field
            """)
    void shouldRefuseWhatItWouldHaveToGuess(String from, String to, String field, String rule) {
        OKX.refuses(from.replace('\'', '"'), to.replace('\'', '"'), field, rule);
    }

    /** What is sealed is checked again by whoever replays it: sizes of two moments are no snapshot. */
    @Test
    void shouldRefuseSealedSizesOfTwoMoments() throws Exception {
        RawSnapshot raw = OKX.account(LiveRead::asItIs);
        RawSnapshot mixed = new RawSnapshot(
                raw.account(),
                raw.horizon(),
                raw.readings().stream()
                        .map(r -> r.method().endsWith("position-risk")
                                ? new Reading(
                                        r.method(),
                                        r.parameters(),
                                        new String(r.result(), StandardCharsets.UTF_8)
                                                .replace("\"pos\":\"200\"", "\"pos\":\"100\"")
                                                .getBytes(StandardCharsets.UTF_8))
                                : r)
                        .toList());
        PayloadRefused refusal = assertThrows(PayloadRefused.class, () -> OKX.said(mixed));
        assertEquals("posData", refusal.field());
    }

    /** The venue keeps closed positions as rows of empty texts: they hold nothing. */
    @Test
    void shouldHoldNothingOfAClosedPosition() throws Exception {
        assertTrue(OKX.holdings(LiveRead::asItIs).stream().noneMatch(line -> line.contains("SOL")));
        OKX.ignores("\"usdPx\":\"\"", "\"usdPx\":\"1\"");
    }
}
