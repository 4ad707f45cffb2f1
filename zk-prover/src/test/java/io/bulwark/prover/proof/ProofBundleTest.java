package io.bulwark.prover.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.witness.PublicInputs;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file form of a proof. */
final class ProofBundleTest {
    private static final ProofBundle BUNDLE = bundle();

    private static ProofBundle bundle() {
        byte[] bytes = new byte[Proof.BYTES];
        new Random(3).nextBytes(bytes);
        System.arraycopy(new byte[] {0, 0, 0, 1}, 0, bytes, 128, 4);
        return new ProofBundle(
                Digest.sha256(bytes),
                Proof.of(bytes),
                new PublicInputs(
                        FieldElement.of(1),
                        FieldElement.of(2),
                        FieldElement.of(3),
                        FieldElement.of(4),
                        FieldElement.of(5)));
    }

    @Test
    void shouldReadWhatItWrites() {
        assertEquals(BUNDLE, ProofBundle.ofJson(BUNDLE.toJson()));
        assertTrue(BUNDLE.toJson().length() < ProofBundle.TEXT_MAX);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bulwark-proof | other-proof | format",
                "\"version\" : 2 | \"version\" : 1 | version",
                "\"version\" : 2 | \"version\" : 2.0 | version",
                "\"version\" : 2 | \"version\" : \"2\" | version",
                "\"key\" : | \"verifyingKey\" : | key",
                "\"seal\" : \"00 | \"seal\" : \"0 | seal",
                "\"seal\" : \"00 | \"seal\" : \"0G | seal",
                "\"seal\" : \"00 | \"seal\" : \"0A | seal",
                "\"seal\" : \"00 | \"seal\" : \"ff | seal",
                "\"scope\" | \"skope\" | scope",
                "\"nullifier\" : | \"nullifier\" : \"\", \"nullifier\" : | nullifier"
            })
    void shouldNameTheFieldThatIsWrong(String part, String replacement, String field) {
        String text = BUNDLE.toJson();
        assertTrue(text.contains(part), part);
        var refusal =
                assertThrows(IllegalArgumentException.class, () -> ProofBundle.ofJson(text.replace(part, replacement)));
        assertTrue(String.valueOf(refusal.getMessage()).contains(field), refusal.getMessage());
    }

    @Test
    void shouldRefuseAnythingAroundTheObject() {
        String text = BUNDLE.toJson();
        for (String wrong :
                new String[] {"", "{}", "[]", "null", text + "{}", "[" + text + "]", text + " ".repeat(4096)}) {
            assertThrows(IllegalArgumentException.class, () -> ProofBundle.ofJson(wrong));
        }
        for (int length = 0; length < text.length() - 2; length += 7) {
            String cut = text.substring(0, length);
            assertThrows(IllegalArgumentException.class, () -> ProofBundle.ofJson(cut));
        }
    }

    @Test
    void shouldRefuseAProofOfAnotherLengthOrCommitmentCount() {
        assertThrows(IllegalArgumentException.class, () -> Proof.of(new byte[Proof.BYTES]));
        assertThrows(IllegalArgumentException.class, () -> Proof.of(new byte[Proof.BYTES - 1]));
        byte[] many = BUNDLE.proof().bytes();
        many[128] = 0x10;
        assertThrows(IllegalArgumentException.class, () -> Proof.of(many));
    }
}
