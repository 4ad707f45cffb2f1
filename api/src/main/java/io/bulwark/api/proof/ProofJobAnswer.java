package io.bulwark.api.proof;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.register.ProofJobRegister.ProofJobRecord;
import io.bulwark.clearing.register.ProofJobRegister.ProofOutcome;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.commitment.Claim;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import java.util.function.Function;

/**
 * A proof that was asked for.
 *
 * @param job its id: SHA-256 of what was asked for
 * @param state waiting, working, proved, unfit (the account has no room in the circuit), refused, or dead (it failed too often, or
 * whoever worked on it was gone too often)
 * @param epoch the sealed epoch
 * @param account the account's number
 * @param says the claim as a sentence
 * @param attempts how often a worker began
 * @param reason why there is no proof; absent where there is one or may be one
 * @param answer the proof; absent where there is none
 */
@Serdeable
record ProofJobAnswer(
        String job,
        String state,
        long epoch,
        int account,
        String says,
        int attempts,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> reason,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<ProofAnswer> answer) {
    /**
     * The answer that a job gives.
     *
     * @param proofs the kept proof of a digest
     */
    public static ProofJobAnswer of(ProofJobRecord record, Function<Digest, ProofAnswer> proofs) {
        return new ProofJobAnswer(
                record.job().id().hex(),
                state(record),
                record.job().epoch(),
                record.job().clearingAccount(),
                ClaimWords.of(Claim.of(FieldElement.ofDigest(record.job().claim()))),
                record.attempts(),
                record.outcome().flatMap(ProofJobAnswer::reason).map(Refusal::toString),
                record.outcome().flatMap(ProofJobAnswer::proof).map(proofs));
    }

    private static String state(ProofJobRecord record) {
        if (record.outcome().isEmpty()) {
            return record.attempts() == 0 ? "waiting" : "working";
        }
        return switch (record.outcome().get()) {
            case ProofOutcome.Proved proved -> "proved";
            case ProofOutcome.Unfit unfit -> "unfit";
            case ProofOutcome.Refused refused -> "refused";
            case ProofOutcome.Dead dead -> "dead";
        };
    }

    private static Optional<Digest> proof(ProofOutcome outcome) {
        return outcome instanceof ProofOutcome.Proved(Digest proof) ? Optional.of(proof) : Optional.empty();
    }

    private static Optional<Refusal> reason(ProofOutcome outcome) {
        return switch (outcome) {
            case ProofOutcome.Proved proved -> Optional.empty();
            case ProofOutcome.Unfit(Refusal reason) -> Optional.of(reason);
            case ProofOutcome.Refused(Refusal reason) -> Optional.of(reason);
            case ProofOutcome.Dead(Refusal reason) -> Optional.of(reason);
        };
    }
}
