package io.bulwark.clearing.attestation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.attestation.ChainStatement.OfAct;
import io.bulwark.clearing.attestation.ChainStatement.OfEpoch;
import io.bulwark.clearing.attestation.ChainStatement.Registry;
import io.bulwark.clearing.attestation.RegistryAct.NodeSet;
import io.bulwark.clearing.document.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys and signatures for contracts; that a contract takes them is shown where the registry is tested. */
final class ChainKeyTest {
    private static final Digest HOUSE = Digest.sha256(new byte[] {1});
    private static final OfEpoch STATEMENT = new OfEpoch(HOUSE, 7, Digest.sha256(new byte[] {2}));

    /** The first account of the mnemonic that development chains share. */
    @Test
    void shouldDeriveTheAddressThatEverybodyKnows(@TempDir Path folder) throws IOException {
        ChainKey key = keyOf(folder, "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
        assertEquals("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266", key.address().text());
        assertEquals("eip155:31337:" + key.address(), key.address().caip10(31_337));
        assertFalse(key.toString().contains("ac0974"), "the secret must not be printed");
    }

    private static ChainKey keyOf(Path folder, String secret) throws IOException {
        Path file = folder.resolve("chain.key");
        ChainKey drawn = ChainKey.in(file);
        assertEquals(drawn.address(), ChainKey.in(file).address(), "the file keeps the key");
        Files.writeString(file, secret);
        return ChainKey.in(file);
    }

    /** The figures were computed apart, with ethers 6.13.4. */
    @Test
    void shouldSignTypedDataAsWalletsDo(@TempDir Path folder) throws IOException {
        ChainKey key = keyOf(folder, "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
        assertEquals(
                "a04cf6ee769322bd2be8d27869f69217a5104f4829c9c1db0ac684c18f9f90ed",
                STATEMENT.digest().hex());
        assertEquals(
                "14f833fa2a9395a807ad32b08927115059a572d47aead8e8192424b47f2beac4186ccc07bee90f8a6be0f82413ba025ddb78746e7e8a0d73f8ee535bbc9ec7ab1b",
                HexFormat.of().formatHex(key.sign(STATEMENT).bytes()));
        OfAct act = new OfAct(
                new Registry(10, key.address()), new RegistryAct.RotateNodes(2, NodeSet.of(1, List.of(key.address()))));
        assertEquals(
                "40a34d9965d16b424fb0c5a4e101fa6a39596401505d630d8ab38f4308cbeb72",
                act.digest().hex());
    }

    @Test
    void shouldFindTheSignerAndNobodyElse() {
        ChainKey key = ChainKey.generate();
        ChainSignature signature = key.sign(STATEMENT);
        assertEquals(Optional.of(key.address()), signature.signer(STATEMENT));
        assertEquals(signature, key.sign(STATEMENT), "the same statement gives the same signature");
        OfEpoch other = new OfEpoch(HOUSE, 8, STATEMENT.epochDigest());
        assertNotEquals(Optional.of(key.address()), signature.signer(other));
        byte[] outOfRange = signature.bytes();
        Arrays.fill(outOfRange, 0, Digest.LENGTH, (byte) 0xff);
        assertEquals(Optional.empty(), new ChainSignature(outOfRange).signer(STATEMENT));
        byte[] zero = signature.bytes();
        Arrays.fill(zero, Digest.LENGTH, 2 * Digest.LENGTH, (byte) 0);
        assertEquals(Optional.empty(), new ChainSignature(zero).signer(STATEMENT));
        byte[] thirdV = signature.bytes();
        thirdV[ChainSignature.LENGTH - 1] = 29;
        assertThrows(IllegalArgumentException.class, () -> new ChainSignature(thirdV));
    }

    @Test
    void shouldJoinSignaturesInTheOrderOfTheirSigners() {
        List<ChainKey> keys = List.of(ChainKey.generate(), ChainKey.generate(), ChainKey.generate());
        List<ChainSignature> signatures =
                keys.stream().map(key -> key.sign(STATEMENT)).toList();
        byte[] joined = ChainSignature.joined(STATEMENT, signatures);
        assertEquals(3 * ChainSignature.LENGTH, joined.length);
        assertArrayEquals(joined, ChainSignature.joined(STATEMENT, signatures.reversed()));
        ChainAddress smallest =
                keys.stream().map(ChainKey::address).sorted().findFirst().orElseThrow();
        byte[] first = Arrays.copyOf(joined, ChainSignature.LENGTH);
        assertEquals(Optional.of(smallest), new ChainSignature(first).signer(STATEMENT));
        assertArrayEquals(
                first,
                ChainSignature.joined(STATEMENT, List.of(new ChainSignature(first), new ChainSignature(first))),
                "a key counts once");
    }

    @Test
    void shouldTieAnAddressToAMemberOfTheHouse() {
        QuorumKey member = QuorumKey.generate();
        ChainAddress address = ChainKey.generate().address();
        ChainKeyCertificate certificate = member.certify(HOUSE, address);
        assertTrue(certificate.holds(HOUSE));
        assertFalse(certificate.holds(STATEMENT.epochDigest()), "another house");
        assertFalse(
                new ChainKeyCertificate(member.publicKey(), ChainKey.generate().address(), certificate.signature())
                        .holds(HOUSE));
        assertFalse(new ChainKeyCertificate(QuorumKey.generate().publicKey(), address, certificate.signature())
                .holds(HOUSE));
    }

    @Test
    void shouldRefuseANodeSetWithoutAMajority() {
        List<ChainAddress> four = List.of(
                ChainKey.generate().address(),
                ChainKey.generate().address(),
                ChainKey.generate().address(),
                ChainKey.generate().address());
        assertThrows(IllegalArgumentException.class, () -> NodeSet.of(2, four));
        assertThrows(IllegalArgumentException.class, () -> NodeSet.of(5, four));
        assertThrows(IllegalArgumentException.class, () -> NodeSet.of(0, List.of()));
        assertEquals(4, NodeSet.of(3, four).nodes().size());
    }
}
