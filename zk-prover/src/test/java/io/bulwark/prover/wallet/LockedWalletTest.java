package io.bulwark.prover.wallet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.commitment.OwnerKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A wallet comes back byte for byte with the signature that locked it, and with nothing else. Signatures were made with ethers 6.13.4. */
final class LockedWalletTest {
    static final Digest HOUSE = Digest.parse("00" + "44".repeat(31));
    static final ChainAddress ADDRESS = new ChainAddress("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266");

    /** Of the address, for a bundle key of 32 bytes 0x33, {@link #HOUSE} and chain 1. */
    static final byte[] SIGNATURE = HexFormat.of()
            .parseHex("6238c20062595ba839145d85ab7dea714061f9749126d6daef932da12b45a02f2a00ded476c627179c1707a10f"
                    + "c9767f5a6738cf225ef3d588a056c9b9970aa41c");

    /** Of the same address under the same request, with another nonce: as good a signature, and no use. */
    private static final byte[] SIGNED_OTHERWISE = HexFormat.of()
            .parseHex("08f8be12b9544ce9093a83208e907cee63ba4b64a710a4359c3063387bb0657b4942ab68c23350763cca20b353"
                    + "2d0b76d520f8c60c8ece6acd8c5f8dbb1cdb681b");

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Written by another program after the words of wallet.cddl: HKDF and AES-256-GCM of OpenSSL. */
    private static final String OF_ANOTHER_PROGRAM =
            "897562756c7761726b2d6c6f636b65642d77616c6c6574015820004444444444444444444444444444444444444444444444"
                    + "444444444444444458207b0d47d93427f8311160781c7c733fd89f88970aef490d8aa0ee19a4cb8a1b1454f39fd6e51aad88"
                    + "f6f4ce6ab8827279cfffb9226601582055555555555555555555555555555555555555555555555555555555555555555879"
                    + "4c76651cc3154bc121db0d86f39ba9fada0a6d0edd0fcec3f77dc61a00c0bc359a08582288253eed288b91d51b6ee97193e5"
                    + "ebdd566f66dbc45d0e0927f32add788f69954ef5e3808dca882f7fcb1762948f0ace2a41a620c7da4f1fd48056b7cb3166c3"
                    + "85e1693b6abb5dbeff8c73cb5ee6088e95eabc6999582004edd7b159f24d5de736d03739a4335ad33eaed844f70112870dd3"
                    + "e160424918";

    private final OwnerWallet wallet = wallet(OwnerKey.of(bytes(31, 0x11), bytes(16, 0x22)), 3);

    /** A wallet whose bundle key is the one that {@link #SIGNATURE} names. */
    static OwnerWallet wallet(OwnerKey key, long number) {
        List<CanonicalValue> fields = new ArrayList<>(((CanonicalValue.Array) CanonicalReader.read(
                        OwnerWallet.around(key, number, RANDOM).encode()))
                .values());
        fields.set(5, CanonicalValue.bytes(bytes(32, 0x33)));
        return OwnerWallet.decode(CanonicalValue.array(fields).encode());
    }

    static LockedWallet locked(OwnerWallet wallet) {
        return LockedWallet.lock(wallet, LockedWallet.opening(wallet, HOUSE, 1), ADDRESS, SIGNATURE, SIGNATURE, RANDOM);
    }

    @Test
    void shouldOpenWhatAnotherProgramLocked() {
        byte[] file = HexFormat.of().parseHex(OF_ANOTHER_PROGRAM);
        LockedWallet read = LockedWallet.decode(file);
        assertArrayEquals(file, read.encode());
        assertArrayEquals(wallet.encode(), read.open(SIGNATURE).encode());
    }

    @Test
    void shouldComeBackByteForByteAndHoldNothingInTheOpen() {
        LockedWallet locked = locked(wallet);
        byte[] file = locked.encode();
        assertTrue(LockedWallet.isEncoded(file));
        assertFalse(LockedWallet.isEncoded(wallet.encode()));
        assertFalse(LockedWallet.isEncoded(new byte[0]));
        assertArrayEquals(
                wallet.encode(), LockedWallet.decode(file).open(SIGNATURE).encode());
        String latin = new String(file, StandardCharsets.ISO_8859_1) + locked;
        for (byte[] part : List.of(bytes(8, 0x11), bytes(8, 0x22), bytes(8, 0x33), Arrays.copyOf(SIGNATURE, 8))) {
            assertFalse(latin.contains(new String(part, StandardCharsets.ISO_8859_1)));
        }
        assertNotEquals(locked, locked(wallet), "every file has a salt, and so a key, of its own");
    }

    @Test
    void shouldRefuseAChangedByteWhereverItStands() {
        byte[] file = locked(wallet).encode();
        for (int place = 0; place < file.length; place++) {
            byte[] changed = file.clone();
            changed[place] ^= 1;
            refuses("must be as it was locked", () -> LockedWallet.decode(changed));
        }
        refuses("must be as it was locked", () -> LockedWallet.decode(Arrays.copyOf(file, file.length - 1)));
        refuses("must be as it was locked", () -> LockedWallet.decode(Arrays.copyOf(file, file.length + 1)));
    }

    /** Who changes a field on purpose writes the digest anew. */
    @Test
    void shouldRefuseAChangedFieldUnderADigestOfItsOwn() {
        for (int field : new int[] {2, 3, 4, 5}) {
            refuses("must be of the signer", () -> forged(field).open(SIGNATURE));
        }
        refuses("must be as it was locked", () -> forged(6).open(SIGNATURE));
        refuses("must be as it was locked", () -> forged(7).open(SIGNATURE));
    }

    /** The tag of one file does not carry over to another's header, though the signature opens both. */
    @Test
    void shouldRefuseTheContentOfAnotherFile() {
        List<CanonicalValue> fields = fields(locked(wallet));
        fields.set(7, fields(locked(wallet)).get(7));
        refuses("must be as it was locked", () -> sealed(fields).open(SIGNATURE));
    }

    @Test
    void shouldRefuseASignerThatSignsOtherwiseEachTime() {
        refuses(ADDRESS + " signs otherwise each time", () -> lock(SIGNED_OTHERWISE));
        refuses("a byte of it was changed", () -> locked(wallet).open(SIGNED_OTHERWISE));
        byte[] again = SIGNATURE.clone();
        again[40] ^= 1;
        refuses("must be of the signer", () -> lock(again));
        refuses("must have 65 bytes; has 130", () -> lock(new byte[130]));
    }

    @Test
    void shouldRefuseALockOfAnotherWallet() {
        OwnerWallet other = OwnerWallet.around(wallet.key(), wallet.number(), RANDOM);
        refuses(
                "must be of the signer",
                () -> LockedWallet.lock(
                        other, LockedWallet.opening(other, HOUSE, 1), ADDRESS, SIGNATURE, SIGNATURE, RANDOM));
    }

    private void lock(byte[] again) {
        LockedWallet.lock(wallet, LockedWallet.opening(wallet, HOUSE, 1), ADDRESS, SIGNATURE, again, RANDOM);
    }

    private LockedWallet forged(int field) {
        List<CanonicalValue> fields = fields(locked(wallet));
        fields.set(
                field,
                switch (fields.get(field)) {
                    case CanonicalValue.Int(long number) -> CanonicalValue.integer(number + 1);
                    case CanonicalValue.Bytes content -> {
                        byte[] changed = content.value();
                        changed[5] ^= 1;
                        yield CanonicalValue.bytes(changed);
                    }
                    case CanonicalValue other -> other;
                });
        return sealed(fields);
    }

    private static List<CanonicalValue> fields(LockedWallet locked) {
        return new ArrayList<>(((CanonicalValue.Array) CanonicalReader.read(locked.encode())).values());
    }

    private static LockedWallet sealed(List<CanonicalValue> fields) {
        fields.set(
                8,
                CanonicalValue.bytes(
                        Digest.sha256(CanonicalValue.array(fields.subList(0, 8)).encode())));
        return LockedWallet.decode(CanonicalValue.array(fields).encode());
    }

    private static byte[] bytes(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static void refuses(String words, Executable step) {
        String said = String.valueOf(
                assertThrows(IllegalArgumentException.class, step).getMessage());
        assertTrue(said.contains(words), said);
        assertFalse(said.contains("6238c20062595ba8"), "the signature is not said");
    }
}
