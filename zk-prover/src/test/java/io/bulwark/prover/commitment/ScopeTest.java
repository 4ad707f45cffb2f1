package io.bulwark.prover.commitment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.prover.binding.FieldElement;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Scope and challenge, against encodings written by hand. */
final class ScopeTest {
    @Test
    void shouldBeTheFirstThirtyOneBytesOfTheHashOfTheCanonicalArray() throws Exception {
        // 83: array of 3; 6d: text of 13; 61: text of 1.
        byte[] encoding = concatenate(
                new byte[] {(byte) 0x83, 0x6d},
                text("bulwark-scope"),
                new byte[] {0x61},
                text("v"),
                new byte[] {0x61},
                text("p"));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(encoding);
        BigInteger expected = new BigInteger(1, Arrays.copyOf(digest, 31));
        assertEquals(expected, Scope.of("v", "p").value().value());
    }

    @Test
    void shouldDependOnEveryPart() {
        Challenge challenge = Challenge.of("verifier", "beneficiary", "nonce");
        assertNotEquals(challenge, Challenge.of("verifier2", "beneficiary", "nonce"));
        assertNotEquals(challenge, Challenge.of("verifier", "beneficiary2", "nonce"));
        assertNotEquals(challenge, Challenge.of("verifier", "beneficiary", "nonce2"));
        assertNotEquals(Scope.of("ab", "c"), Scope.of("a", "bc"));
    }

    @Test
    void shouldRefuseAnElementOfMoreThan248Bits() {
        FieldElement large = FieldElement.of(BigInteger.ONE.shiftLeft(248));
        assertThrows(IllegalArgumentException.class, () -> new Scope(large));
        assertThrows(IllegalArgumentException.class, () -> new Challenge(large));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] concatenate(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
