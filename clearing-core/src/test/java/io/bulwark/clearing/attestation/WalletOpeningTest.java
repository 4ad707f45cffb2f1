package io.bulwark.clearing.attestation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.attestation.ChainStatement.OfAct;
import io.bulwark.clearing.attestation.ChainStatement.OfEpoch;
import io.bulwark.clearing.attestation.ChainStatement.OfRequests;
import io.bulwark.clearing.attestation.ChainStatement.Registry;
import io.bulwark.clearing.attestation.LinkStatement.Action;
import io.bulwark.clearing.document.Digest;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;

/** What opens a wallet file is one address's signature of one request, in one form. */
final class WalletOpeningTest {
    private static final Digest HOUSE = Digest.parse("00" + "44".repeat(31));
    private static final Digest BUNDLE_KEY =
            Digest.parse("7b0d47d93427f8311160781c7c733fd89f88970aef490d8aa0ee19a4cb8a1b14");
    private static final WalletOpening OPENING = new WalletOpening(HOUSE, BUNDLE_KEY, 1);
    private static final ChainKey KEY = ChainKey.of("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");

    /** The figures were computed apart, with ethers 6.13.4 from the JSON that wallets take. */
    @Test
    void shouldHashAndSignAsWalletsDo() {
        assertEquals(
                "2cde4e160bfb1033c246468fa28761e2e3c44a863fb4fbb8d5892bf076fd19c6",
                OPENING.digest().hex());
        assertEquals(
                "6238c20062595ba839145d85ab7dea714061f9749126d6daef932da12b45a02f2a00ded476c627179c1707a10fc9767f5a67"
                        + "38cf225ef3d588a056c9b9970aa41c",
                HexFormat.of().formatHex(KEY.sign(OPENING.digest()).bytes()));
    }

    @Test
    void shouldTakeOneFormOfOneSignature() {
        ChainSignature signature = KEY.sign(OPENING.digest());
        assertEquals(signature, OPENING.signed(KEY.address(), signature.bytes()));
        byte[] ofTheCurve = signature.bytes();
        ofTheCurve[64] = (byte) (ofTheCurve[64] - ChainSignature.EVEN);
        assertEquals(signature, OPENING.signed(KEY.address(), ofTheCurve), "v of 0 or 1 says the same");
        byte[] mirrored = signature.bytes();
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(mirrored, 32, 64));
        System.arraycopy(
                BigIntegers.asUnsignedByteArray(32, Secp256k1.CURVE.getN().subtract(s)), 0, mirrored, 32, 32);
        mirrored[64] = (byte) (55 - mirrored[64]);
        assertEquals(
                KEY.address(),
                new ChainSignature(mirrored).signer(OPENING.digest()).orElseThrow());
        refuses("must have the lower s", mirrored);
        byte[] otherV = signature.bytes();
        otherV[64] = 29;
        refuses("must end in 27 or 28", otherV);
        refuses("must have 65 bytes; has 64", Arrays.copyOf(signature.bytes(), 64));
        refuses("must have 65 bytes; has 194", new byte[194]);
        refuses("it is of nobody", Arrays.copyOf(new byte[64], 65));
        for (int place = 0; place < 65; place++) {
            byte[] changed = signature.bytes();
            changed[place] ^= 1;
            refuses(KEY.address() + " must sign for chain 1 and house " + HOUSE, changed);
        }
    }

    @Test
    void shouldTakeNobodyElsesSignature() {
        ChainKey other = ChainKey.generate();
        refuses("it is of " + other.address(), other.sign(OPENING.digest()).bytes());
    }

    /** Another request of the same kind, and everything else that is signed under a name of Bulwark. */
    @Test
    void shouldOpenWithNothingThatIsSignedElsewhere() {
        VenueAccount account = new VenueAccount(2, KEY.address().text());
        LinkStatement link = new LinkStatement(Action.LINK, HOUSE, 3, "hyperliquid", account, 1, 5, 1);
        Registry registry = new Registry(1, KEY.address());
        List<Digest> others = List.of(
                new WalletOpening(HOUSE, BUNDLE_KEY, 10).digest(),
                new WalletOpening(HOUSE, HOUSE, 1).digest(),
                new WalletOpening(BUNDLE_KEY, BUNDLE_KEY, 1).digest(),
                link.typedDigest(),
                link.personalDigest(),
                Secp256k1.personalDigest(WalletOpening.PURPOSE),
                new OfEpoch(HOUSE, 1, BUNDLE_KEY).digest(),
                new OfRequests(HOUSE, 1, BUNDLE_KEY, BUNDLE_KEY, BUNDLE_KEY, BUNDLE_KEY).digest(),
                new OfAct(registry, new RegistryAct.RetireKey(BUNDLE_KEY)).digest(),
                new OfAct(registry, new RegistryAct.KeepNodes(1)).digest(),
                new OfAct(registry, new RegistryAct.BlockCheckpoint(1, KEY.address(), 1, BUNDLE_KEY)).digest(),
                new OfAct(registry, new RegistryAct.Slash(1, BUNDLE_KEY, new TreeMap<>(), BigInteger.ONE)).digest());
        for (Digest digest : others) {
            refuses("must be of the signer", KEY.sign(digest).bytes());
        }
    }

    /** A control of a holding is made by the same wallets: neither serves for the other. */
    @Test
    void shouldNotControlAPlace() {
        PlaceControl place = new PlaceControl(HOUSE, 1, HoldingPurpose.RESERVES, "eip155:1:" + KEY.address());
        assertTrue(place.isOfAddress(KEY.signText(place.text()).bytes()));
        refuses("must be of the signer", KEY.signText(place.text()).bytes());
        assertFalse(place.isOfAddress(KEY.sign(OPENING.digest()).bytes()));
    }

    @Test
    void shouldRefuseAChainThatIsNone() {
        assertThrows(IllegalArgumentException.class, () -> new WalletOpening(HOUSE, BUNDLE_KEY, 0));
    }

    private static void refuses(String words, byte[] signature) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> OPENING.signed(KEY.address(), signature));
        String said = String.valueOf(refused.getMessage());
        assertTrue(said.contains(words), said);
        assertFalse(said.contains(HexFormat.of().formatHex(signature, 0, 8)), said);
    }
}
