package io.bulwark.api.fund;

import io.bulwark.api.door.Money;
import io.bulwark.house.proof.FundProofs;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;

/**
 * A proof of what the two largest losses beyond what is held ask of the fund at most, kept with its epoch.
 *
 * @param digest SHA-256 of the file: {@code /fund/proofs/DIGEST}, and {@code /fund/proofs/DIGEST/key} for the key that checks it
 * @param fund what the two lose together at most, by the proof
 * @param scenarios in how many sealed scenarios
 * @param verifyingKey SHA-256 of the key
 * @param holds whether it held when this answer was made, checked with that key over the epoch's seal
 * @param fault why not
 */
@Serdeable
record FundProofAnswer(
        String digest,
        Money fund,
        long scenarios,
        String verifyingKey,
        boolean holds,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> fault) {
    /** The answer of a proof that was kept and checked. */
    public static FundProofAnswer of(FundProofs.Kept kept) {
        return new FundProofAnswer(
                kept.digest().hex(),
                Money.of(kept.says().fund()),
                kept.says().scenarios(),
                kept.key().identity().hex(),
                kept.fault().isEmpty(),
                kept.fault());
    }
}
