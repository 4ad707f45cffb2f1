package io.bulwark.clearing.attestation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.attestation.LinkSignature.ContractWallets;
import io.bulwark.clearing.attestation.LinkSignature.Scheme;
import io.bulwark.clearing.attestation.LinkStatement.Action;
import io.bulwark.clearing.document.Digest;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkStatementTest {
    private static final Digest HOUSE = Digest.sha256(new byte[] {1});
    private static final LinkStatement LINK = new LinkStatement(
            Action.LINK,
            HOUSE,
            3,
            "hyperliquid",
            new VenueAccount(2, "0x" + "ab".repeat(20)),
            1,
            5,
            1_800_000_000_000L);

    @Test
    void shouldAcceptEachSchemeOfAKeyAndNothingElse(@TempDir Path folder) {
        LinkKey key = LinkKey.in(folder.resolve("key"));
        for (Scheme scheme : List.of(Scheme.EIP191, Scheme.EIP712, Scheme.ED25519)) {
            LinkSignature signature = key.sign(LINK, scheme);
            assertTrue(signature.objection(LINK, ContractWallets.NONE).isEmpty(), scheme.name());
            byte[] broken = signature.bytes();
            broken[10] ^= 1;
            assertFalse(new LinkSignature(scheme, signature.signer(), broken)
                    .objection(LINK, ContractWallets.NONE)
                    .isEmpty());
            for (LinkStatement other : others()) {
                assertFalse(signature.objection(other, ContractWallets.NONE).isEmpty(), scheme + " " + other);
            }
        }
    }

    @Test
    void shouldNotTakeOneSchemesSignatureForAnothers(@TempDir Path folder) {
        LinkKey key = LinkKey.in(folder.resolve("key"));
        LinkSignature personal = key.sign(LINK, Scheme.EIP191);
        assertFalse(new LinkSignature(Scheme.EIP712, personal.signer(), personal.bytes())
                .objection(LINK, ContractWallets.NONE)
                .isEmpty());
        assertFalse(new LinkSignature(Scheme.EIP191, "0x" + "00".repeat(20), personal.bytes())
                .objection(LINK, ContractWallets.NONE)
                .isEmpty());
        assertFalse(new LinkSignature(Scheme.ERC1271, personal.signer(), personal.bytes())
                .objection(LINK, ContractWallets.NONE)
                .isEmpty());
    }

    @Test
    void shouldRefuseTheOtherFormOfAGoodSignature(@TempDir Path folder) {
        LinkSignature signature = LinkKey.in(folder.resolve("key")).sign(LINK, Scheme.EIP712);
        byte[] bytes = signature.bytes();
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(bytes, 32, 64));
        byte[] mirrored = bytes.clone();
        System.arraycopy(
                BigIntegers.asUnsignedByteArray(32, Secp256k1.CURVE.getN().subtract(s)), 0, mirrored, 32, 32);
        mirrored[64] = (byte) (55 - bytes[64]);
        assertTrue(new LinkSignature(Scheme.EIP712, signature.signer(), mirrored)
                .objection(LINK, ContractWallets.NONE)
                .orElseThrow()
                .contains("lower s"));
    }

    /** The digests of EIP-191's own form, and of the keccak of the empty text, are known from elsewhere. */
    @Test
    void shouldHashAsWalletsDo() {
        assertEquals(
                "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
                HexFormat.of().formatHex(Secp256k1.keccak256(new byte[0])));
        byte[] prefixed = ("\u0019Ethereum Signed Message:\n" + LINK.text().length() + LINK.text())
                .getBytes(StandardCharsets.US_ASCII);
        assertEquals(Digest.of(Secp256k1.keccak256(prefixed)), LINK.personalDigest());
    }

    @Test
    void shouldSayEverythingThatIsSignedInEachForm() {
        Set<Object> forms = new HashSet<>(List.of(LINK.text(), LINK.typedDigest(), LINK.canonical()));
        assertEquals(3, forms.size());
        for (LinkStatement other : others()) {
            assertNotEquals(LINK.text(), other.text());
            assertNotEquals(LINK.typedDigest(), other.typedDigest());
            assertNotEquals(LINK.canonical(), other.canonical());
        }
    }

    @Test
    void shouldRefuseNamesThatCouldForgeALine() {
        assertThrows(IllegalArgumentException.class, () -> with("hyperliquid", "1\nNonce: 9"));
        assertThrows(IllegalArgumentException.class, () -> with("hyper liquid", "1"));
        assertThrows(IllegalArgumentException.class, () -> with("hyperliquid", "dydx\u202e1"));
    }

    private static LinkStatement with(String venue, String address) {
        return new LinkStatement(Action.LINK, HOUSE, 3, venue, new VenueAccount(2, address), 1, 5, 1);
    }

    /** Every field changed, one at a time. */
    private static List<LinkStatement> others() {
        VenueAccount a = LINK.venueAccount();
        Digest house = Digest.sha256(new byte[] {2});
        String name = LINK.venueName();
        long end = LINK.expiresMillis();
        return List.of(
                new LinkStatement(Action.REVOKE, HOUSE, 3, name, a, 1, 5, end),
                new LinkStatement(Action.LINK, house, 3, name, a, 1, 5, end),
                new LinkStatement(Action.LINK, HOUSE, 4, name, a, 1, 5, end),
                new LinkStatement(Action.LINK, HOUSE, 3, "dydx", a, 1, 5, end),
                new LinkStatement(Action.LINK, HOUSE, 3, name, new VenueAccount(1, a.address()), 1, 5, end),
                new LinkStatement(Action.LINK, HOUSE, 3, name, new VenueAccount(2, "0x" + "cd".repeat(20)), 1, 5, end),
                new LinkStatement(Action.LINK, HOUSE, 3, name, a, 2, 5, end),
                new LinkStatement(Action.LINK, HOUSE, 3, name, a, 1, 6, end),
                new LinkStatement(Action.LINK, HOUSE, 3, name, a, 1, 5, end + 1));
    }
}
