package io.bulwark.adapter.derive;

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
import io.bulwark.adapter.exchange.GuardedVenue.Edit;
import io.bulwark.adapter.exchange.GuardedVenue.Question;
import io.bulwark.adapter.exchange.LiveRead;
import io.bulwark.clearing.attestation.ChainKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.jcajce.provider.digest.Keccak;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Derive over HTTP, by both schemas: a venue that lets in only whom it would, and each of its quirks on the way that a margin takes. */
class DeriveLiveTest {
    private static final String WALLET = "0x8ba1f109551bd432803012645ac136ddd64dba72";

    /** The key, and its address, of the worked example of {@code eth.accounts.sign} in web3.js' documentation. */
    private static final ReadingKey KEY =
            new ReadingKey(WALLET, "0x4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318");

    private static final String SESSION = "0x2c7536e3605d9c16a7a3d7b1898e529396a65c23";
    private static final LiveRead DERIVE = live(2, KEY);

    private static LiveRead live(int schema, ReadingKey key) {
        String house = schema == 2 ? "X-Lyra" : "X-Derive";
        return new LiveRead(
                2,
                "derive",
                question -> admits(house, question),
                endpoint ->
                        OpenVenue.recorded(new DeriveVenue(), ExchangeHouse.derive(schema), KeyRing.of(key), endpoint));
    }

    /** The venue's rule: the signer that the signature of the time recovers to is a session key of the wallet, and the time is now. */
    private static boolean admits(String house, Question question) {
        String signature = question.header(house + "Signature");
        if (!question.path().startsWith("/private/")) {
            return signature.isEmpty();
        }
        String time = question.header(house + "Timestamp");
        boolean fresh = Math.abs(System.currentTimeMillis() - Long.parseLong(time)) < 30_000;
        return fresh
                && question.header(house + "Wallet").equals(WALLET)
                && verified(time, HexFormat.of().parseHex(signature.substring(2)));
    }

    /** Whether a signature of a text by EIP-191 is the session key's, by another library. */
    private static boolean verified(String text, byte[] signature) {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        Keccak.Digest256 keccak = new Keccak.Digest256();
        keccak.update(("\u0019Ethereum Signed Message:\n" + message.length).getBytes(StandardCharsets.UTF_8));
        keccak.update(message);
        ECDSASigner signer = new ECDSASigner();
        signer.init(false, session());
        return signature.length == 65
                && (signature[64] == 27 || signature[64] == 28)
                && signer.verifySignature(
                        keccak.digest(),
                        new BigInteger(1, Arrays.copyOf(signature, 32)),
                        new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)));
    }

    private static ECPublicKeyParameters session() {
        X9ECParameters curve = CustomNamedCurves.getByName("secp256k1");
        BigInteger secret = new BigInteger(KEY.secret().substring(2), 16);
        return new ECPublicKeyParameters(
                curve.getG().multiply(secret).normalize(),
                new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN(), curve.getH()));
    }

    /** {@code eth.accounts.sign('Some data', key)}, the worked example of web3.js' documentation, to the byte. */
    @Test
    void shouldSignATextAsWalletsDo() {
        assertEquals(
                "b91467e570a6466aa9e9876cbcd013baba02900b8979d43fe208a4a4f339f5fd6007e74cd82e037b800186422fc2da167c747ef045e5d18a5f5d4300f8e1a0291c",
                HexFormat.of()
                        .formatHex(
                                ChainKey.of(KEY.secret()).signText("Some data").bytes()));
        byte[] signature = ChainKey.of(KEY.secret()).signText("1716487860000").bytes();
        assertTrue(verified("1716487860000", signature));
        assertFalse(verified("1716487860001", signature));
        assertEquals(SESSION, ChainKey.of(KEY.secret()).address().text());
    }

    /** Before fees, less what was settled in advance, with funding and interest that are pending. */
    @Test
    void shouldSayWhatTheSubaccountHolds() throws Exception {
        List<String> held = List.of(
                "derive:BTC-PERP 0.9 from 66000 accrued -1502.25",
                "derive:BTC-20240531-70000-C -1.2",
                "owes 15000.125 USDC",
                "has 12.5 ETH",
                "owes 0.375 USDC");
        assertEquals(held, DERIVE.holdings(LiveRead::asItIs));
    }

    /** The third schema names several currencies, its risk universe and credits; the second is asked with other headers. */
    @Test
    void shouldSayTheSameOfTheThirdSchema() throws Exception {
        Edit third = (question, answer) -> answer.replace(
                "\"currency\":\"USDC\",\"initial_margin\":\"-120.5\"",
                "\"currency\":[\"BTC\",\"ETH\"],\"failed_to_fetch\":false,\"mm_credits\":\"0\",\"risk_universe_id\":1,\"initial_margin\":\"-120.5\"");
        assertTrue(DERIVE.holdings(LiveRead::asItIs).equals(live(3, KEY).holdings(third)));
        assertThrows(
                VenueException.class,
                () -> new LiveRead(2, "derive", DERIVE.admits(), live(3, KEY).opened()).account(third));
    }

    @Test
    void shouldReportWhatIsListed() throws Exception {
        assertEquals(
                List.of(
                        "INDEX_PRICE BTC 67999.9 @1716487860021",
                        "MARK_PRICE derive:BTC-PERP 68000.6 @1716487860021",
                        "MARK_PRICE derive:BTC-20240531-70000-C 1325.5 @1716487860022",
                        "IMPLIED_VOLATILITY derive:BTC-20240531-70000-C 0.4447 @1716487860022"),
                DERIVE.reports(LiveRead::asItIs));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void shouldBeShutOutWithAnotherKeyAndNeverTellIt(int schema) {
        String secret = "00000000000000000000000000000000000000000000000000000000000000ab";
        LiveRead shut = live(schema, new ReadingKey(WALLET, secret));
        VenueException out = assertThrows(VenueException.class, () -> shut.account(LiveRead::asItIs));
        assertEquals(Category.HALT, out.category());
        IllegalArgumentException bad = assertThrows(IllegalArgumentException.class, () -> ChainKey.of(secret + "zz"));
        assertFalse((out + " " + bad + ChainKey.of(secret)).contains("00ab"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            'subaccount_id':30769; 'subaccount_id':30770; subaccount_id; must be the account's 30769
            'label':''; 'label':'','failed_to_fetch':true; failed_to_fetch; the row is no data
            'leverage':null; 'leverage':null,'failed_to_fetch':true; failed_to_fetch; the row is no data
            'asset_type':'erc20'; 'asset_type':'erc20','failed_to_fetch':true; failed_to_fetch; the row is no data
            'collaterals_value':'32309.875'; 'collaterals_value':'32309.5'; subaccount_value; must be collaterals_value + positions_value
            'mark_value':'47310'; 'mark_value':'47311'; mark_value; must be amount * mark_price
            'mark_value':'-1590.6'; 'mark_value':'-1600'; mark_value; must be amount * mark_price
            'unrealized_pnl_excl_fees':'1800.54'; 'unrealized_pnl_excl_fees':'1788.66'; unrealized_pnl_excl_fees; must be size * (mark - entry)
            'amount':'0.9'; 'amount':'-0.9'; unrealized_pnl_excl_fees; must be size * (mark - entry)
            'amount':'-15000.125'; 'amount':''; amount; absent is not zero
            'pending_funding':'-2.25'; 'pending_funding':''; pending_funding; absent is not zero
            'pending_interest':'-0.375'; 'pending_interest':null; pending_interest; absent is not zero
            'instrument_name':'BTC-PERP'; 'instrument_name':'SOL-PERP'; instrument_name; must be listed
            'label':''; 'label':'','colour':1; colour; is not a known field
            """)
    void shouldRefuseWhatItWouldHaveToGuess(String from, String to, String field, String rule) {
        DERIVE.refuses(from.replace('\'', '"'), to.replace('\'', '"'), field, rule);
    }

    /** Margins are net of what they require, so one below zero is no debt; an exponent is a number like any other. */
    @Test
    void shouldNotReadWhatSaysNothing() throws Exception {
        DERIVE.ignores("\"initial_margin\":\"-120.5\"", "\"initial_margin\":\"-99999\"");
        DERIVE.ignores("\"amount\":\"12.5\"", "\"amount\":\"1.25e1\"");
        DERIVE.ignores("\"margin_type\":\"PM\"", "\"margin_type\":\"PM2\"");
    }
}
