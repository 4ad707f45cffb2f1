package io.bulwark.api.proof;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;

/**
 * The form of a wish for a proof, for its description; it is read field by field, so that a refusal can name what it refuses.
 *
 * @param account the account's number
 * @param epoch the sealed epoch; absent for the latest
 * @param claim initial-margin, maintenance-margin, initial-margin-equals, below-maintenance or excess-over-buffer; absent for the first
 * @param candidate given, all-paid or returned; absent for given
 * @param m u = 0.0001 USD; absent for the exact margin where the margin is claimed, else for 0
 * @param named whether the proof names the account
 * @param verifier the verifier's CAIP-10 identifier or https origin
 * @param purpose what the verifier uses the proof for
 * @param beneficiary who shows the proof, or whom it serves
 * @param nonce what the verifier has not seen before
 */
@Serdeable
record ProofRequest(
        int account,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<Long> epoch,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> claim,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> candidate,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<Long> m,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<Boolean> named,

        String verifier,
        String purpose,
        String beneficiary,
        String nonce) {}
