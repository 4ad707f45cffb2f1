package io.bulwark.api.verification;

import io.bulwark.api.proof.ProofAnswer;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;

/**
 * The form of a wish to have a proof judged, for its description; it is read field by field, so that a refusal can name what it refuses. What is absent is not compared,
 * and the answer says what that lets somebody do.
 *
 * @param proof the proof file, an object
 * @param house the house's identity, 64 hexadecimal digits
 * @param verifier who asked: an https origin in lower case, or a CAIP-10 identifier
 * @param purpose what the proof is used for
 * @param beneficiary who shows it
 * @param nonce what the verifier drew
 * @param claim initial-margin, maintenance-margin, initial-margin-equals, below-maintenance or excess-over-buffer
 * @param amount USD, at most four places; absent for 0
 * @param account the account that must be named
 * @param candidate given, all-paid or returned; absent for given
 * @param standing whether one nullifier in all epochs was asked for
 * @param oldestEpoch the oldest epoch that is taken
 * @param at a date in place of the clock, for recorded houses
 * @param test whether keys made on one machine are taken
 */
@Serdeable
record VerificationRequest(
        ProofAnswer.Bundle proof,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> house,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> verifier,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> purpose,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> beneficiary,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> nonce,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> claim,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> amount,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<Long> account,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> candidate,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<Boolean> standing,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<Long> oldestEpoch,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> at,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<Boolean> test) {}
