package io.bulwark.prover.commitment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an owner holds, and what the house sees of it. */
final class OwnerKeyTest {
    private static final OwnerKey KEY = OwnerKey.draw(new SecureRandom());

    private final ProverLibrary library = ProverLibrary.load();

    @Test
    void shouldReadWhatItWrites() {
        assertEquals(KEY, OwnerKey.decode(KEY.encode()));
    }

    @Test
    void shouldRefuseAnyOtherBytesWithoutRepeatingThem() {
        byte[] encoding = KEY.encode();
        refuse(Arrays.copyOf(encoding, encoding.length - 1));
        refuse(Arrays.copyOf(encoding, encoding.length + 1));
        refuse(new byte[0]);
        for (int i = 0; i < 21; i++) {
            byte[] changed = encoding.clone();
            changed[i] ^= 1;
            refuse(changed);
        }
    }

    private static void refuse(byte[] encoding) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> OwnerKey.decode(encoding));
        assertHidesSecret(String.valueOf(refusal.getMessage()));
        assertEquals(null, refusal.getCause());
    }

    private static void assertHidesSecret(String text) {
        String secret = KEY.secret().hex();
        assertFalse(text.contains(secret.substring(10, 30)), "a secret in: " + text);
    }

    @Test
    void shouldNotPrintItsSecret() {
        assertHidesSecret(KEY.toString());
    }

    @Test
    void shouldCommitToSecretNumberAndTail() {
        byte[] secret = HexFormat.of().parseHex("01".repeat(31));
        byte[] tail = HexFormat.of().parseHex("00".repeat(15) + "03");
        FieldElement numberAndTail = FieldElement.of(BigInteger.valueOf((3L << 32) + 5));
        FieldElement expected = library.hash(14, List.of(FieldElement.ofShortBytes(secret), numberAndTail));
        assertEquals(expected, OwnerKey.of(secret, tail).commitment(library, 5));
    }

    @Test
    void shouldNotLinkTwoAccountsOfOneOwner() {
        OwnerKey second = KEY.forAnotherAccount(new SecureRandom());
        assertEquals(KEY.secret(), second.secret());
        assertNotEquals(KEY.commitment(library, 1), second.commitment(library, 1));
    }

    @Test
    void shouldCountAnAccountOncePerEpochAndScope() {
        FieldElement house = FieldElement.of(1);
        Scope scope = Scope.of("verifier", "purpose");
        FieldElement nullifier = KEY.nullifier(library, house, 1, scope, 5);
        assertEquals(nullifier, KEY.forAnotherAccount(new SecureRandom()).nullifier(library, house, 1, scope, 5));
        assertNotEquals(nullifier, KEY.nullifier(library, FieldElement.of(2), 1, scope, 5));
        assertNotEquals(nullifier, KEY.nullifier(library, house, 2, scope, 5));
        assertNotEquals(nullifier, KEY.nullifier(library, house, 1, Scope.of("verifier", "other"), 5));
        assertNotEquals(nullifier, KEY.nullifier(library, house, 1, scope, 6));
    }

    @Test
    void shouldRefuseANumberThatIsNone() {
        assertThrows(IllegalArgumentException.class, () -> KEY.commitment(library, -1));
        assertThrows(IllegalArgumentException.class, () -> KEY.commitment(library, 1L << 32));
        assertThrows(IllegalArgumentException.class, () -> OwnerKey.of(new byte[30], new byte[16]));
        assertThrows(IllegalArgumentException.class, () -> OwnerKey.of(new byte[31], new byte[17]));
    }
}
