package io.bulwark.house.proof;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.FoundingDocument.KeyRule;
import io.bulwark.prover.fund.FundShape;
import io.bulwark.prover.proof.KeyOrigin;
import io.bulwark.prover.witness.CircuitSize;
import org.junit.jupiter.api.Test;

/** A house that was founded to prove with keys of ceremonies takes none behind which too few signed contributors stand. */
final class HouseKeysTest {
    private static final CircuitSize SIZE = FundShape.of("2-8-6-39-10-6", 1);

    private static KeyOrigin of(int contributors, int signed) {
        return new KeyOrigin.Ceremony(Digest.sha256(), Digest.sha256(), contributors, signed);
    }

    private static String refused(int least, KeyOrigin origin) {
        return String.valueOf(assertThrows(
                        IllegalStateException.class, () -> HouseKeys.require(new KeyRule.Ceremony(least), origin, SIZE))
                .getMessage());
    }

    @Test
    void shouldCountSignedContributorsAndNoOthers() {
        assertDoesNotThrow(() -> HouseKeys.require(new KeyRule.Ceremony(3), of(3, 3), SIZE));
        assertDoesNotThrow(() -> HouseKeys.require(new KeyRule.Ceremony(3), of(9, 4), SIZE));
        assertTrue(refused(3, of(3, 2))
                .endsWith("must have at least 3 signed contributors, as the house was founded; have 2"));
        assertTrue(refused(4, of(9, 3)).endsWith("have 3"));
        assertTrue(refused(3, of(100, 0)).endsWith("have 0"));
        assertTrue(refused(3, KeyOrigin.ofSetUp()).endsWith("have 0"));
    }
}
