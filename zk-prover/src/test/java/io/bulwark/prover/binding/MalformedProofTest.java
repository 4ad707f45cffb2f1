package io.bulwark.prover.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.bulwark.clearing.document.CanonicalValue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Bytes that are no key, no proof and no circuit, through the native library. */
final class MalformedProofTest {
    private static final long SEED = 4712;

    private final ProverLibrary library = ProverLibrary.load();

    @Test
    void shouldSurviveRandomKeysProofsAndPublicInputs() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 2000; i++) {
            byte[] key = randomBytes(random, random.nextInt(1000));
            byte[] proof = randomBytes(random, i % 2 == 0 ? 196 : random.nextInt(400));
            if (proof.length == 196) {
                System.arraycopy(new byte[] {0, 0, 0, 1}, 0, proof, 128, 4);
            }
            byte[] inputs = randomBytes(random, i % 3 == 0 ? 160 : random.nextInt(320));
            assertInstanceOf(Answer.Refused.class, library.verify(key, proof, inputs), "seed " + SEED + ", case " + i);
        }
    }

    @Test
    void shouldRefuseACircuitWithoutKeysByName() {
        byte[] request = CanonicalValue.array(
                        CanonicalValue.text("bulwark-circuit"),
                        CanonicalValue.integer(3),
                        CanonicalValue.text("rehearsal"),
                        CanonicalValue.array(CanonicalValue.integer(3)),
                        CanonicalValue.text("/nonexistent"),
                        CanonicalValue.bytes(new byte[32]))
                .encode();
        var refused = assertInstanceOf(Answer.Refused.class, library.openCircuit(request));
        assertEquals(RefusalKind.CIRCUIT_REFUSED, refused.refusal().kind());
        assertEquals("KEY_MISSING", refused.refusal().code());
    }

    private static byte[] randomBytes(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
