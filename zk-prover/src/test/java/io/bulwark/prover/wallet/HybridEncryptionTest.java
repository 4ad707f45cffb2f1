package io.bulwark.prover.wallet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bulwark.prover.wallet.HybridEncryption.Encrypted;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The suite against the published test vector A.2.1 of RFC 9180, first message. */
final class HybridEncryptionTest {
    private static final byte[] INFO = hex("4f6465206f6e2061204772656369616e2055726e");
    private static final byte[] ASSOCIATED = hex("436f756e742d30");
    private static final byte[] PLAINTEXT = hex("4265617574792069732074727574682c20747275746820626561757479");
    private static final AsymmetricCipherKeyPair RECIPIENT =
            HybridEncryption.pair(hex("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb"));
    private static final String ENCAPSULATION = "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a";
    private static final String CIPHERTEXT =
            "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28";

    @Test
    void shouldReadThePublishedMessage() {
        assertEquals(
                "4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a",
                HybridEncryption.publicKey(RECIPIENT).toString());
        assertArrayEquals(
                PLAINTEXT,
                decrypted(INFO, ASSOCIATED, ENCAPSULATION, CIPHERTEXT).orElseThrow());
    }

    @Test
    void shouldReadWhatItEncrypts() {
        Encrypted encrypted =
                HybridEncryption.encrypt(HybridEncryption.publicKey(RECIPIENT), INFO, ASSOCIATED, PLAINTEXT);
        assertEquals(HybridEncryption.KEY_BYTES, encrypted.encapsulation().length);
        assertEquals(PLAINTEXT.length + HybridEncryption.TAG_BYTES, encrypted.ciphertext().length);
        assertArrayEquals(
                PLAINTEXT,
                HybridEncryption.decrypt(RECIPIENT, INFO, ASSOCIATED, encrypted).orElseThrow());
    }

    @Test
    void shouldReadNothingUnderAnotherPurposeOrHeader() {
        assertEquals(Optional.empty(), decrypted(ASSOCIATED, ASSOCIATED, ENCAPSULATION, CIPHERTEXT));
        assertEquals(Optional.empty(), decrypted(INFO, INFO, ENCAPSULATION, CIPHERTEXT));
        assertEquals(
                Optional.empty(), decrypted(INFO, ASSOCIATED, ENCAPSULATION, CIPHERTEXT.substring(2)), "a byte less");
    }

    /** Points of small order agree with every key on the same secret, 0; one of them is 0 itself, another is 1. */
    @ParameterizedTest
    @ValueSource(strings = {"00", "01"})
    void shouldReadNothingUnderAPointOfSmallOrder(String first) {
        assertEquals(Optional.empty(), decrypted(INFO, ASSOCIATED, first + "00".repeat(31), CIPHERTEXT));
    }

    private static Optional<byte[]> decrypted(byte[] info, byte[] associated, String encapsulation, String ciphertext) {
        return HybridEncryption.decrypt(
                RECIPIENT, info, associated, new Encrypted(hex(encapsulation), hex(ciphertext)));
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
