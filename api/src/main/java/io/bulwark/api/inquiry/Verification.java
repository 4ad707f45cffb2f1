package io.bulwark.api.inquiry;

import io.bulwark.api.cycle.BadInput;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.proof.ProofBundle;
import io.bulwark.prover.proof.Verifier;
import io.bulwark.prover.proof.VerifyingKey;
import io.bulwark.prover.witness.PublicInputs;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a check of a proof found. It needs the proof, its public inputs and the verifying key: no books, no network.
 *
 * @param accepted whether the proof holds and is about what was expected
 * @param reason why not, in one line; absent if accepted
 * @param says the claim as a sentence; absent if not accepted
 * @param keyOrigin who made the verifying key, as its record counts it
 * @param seal digest of the epoch, hexadecimal
 * @param challenge hexadecimal
 * @param scope hexadecimal
 * @param nullifier hexadecimal; 0 where the house proves
 * @param claim the whole integer, hexadecimal
 */
@Serdeable
public record Verification(
        boolean accepted,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> reason,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> says,

        String keyOrigin,

        String seal,

        String challenge,

        String scope,

        String nullifier,

        String claim) {
    private static final Pattern RULE = Pattern.compile("proof file's (\\S+) (.*)");

    /**
     * Checks a bundle.
     *
     * @param key the verifying key that the bundle must name
     * @param expected what the verifier expects it to be about
     */
    public static Verification of(ProverLibrary library, VerifyingKey key, ProofBundle bundle, Expectation expected) {
        PublicInputs shown = bundle.publicInputs();
        return switch (new Verifier(library, key).verify(bundle)) {
            case Verifier.Verification.Invalid(String reason) -> refused(key, shown, reason);
            case Verifier.Verification.Valid(PublicInputs proved) ->
                expected.missedBy(proved)
                        .map(missed -> refused(key, shown, missed))
                        .orElseGet(() -> accepted(key, proved));
        };
    }

    private static Verification accepted(VerifyingKey key, PublicInputs proved) {
        return claim(proved)
                .map(claim -> answer(key, true, Optional.empty(), Optional.of(ClaimWords.of(claim)), proved))
                .orElseGet(() -> refused(key, proved, "the claim is none that this house knows"));
    }

    private static Optional<Claim> claim(PublicInputs proved) {
        try {
            return Optional.of(Claim.of(proved.statement()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A refusal of a bundle, whatever a check of its proof would find. */
    public static Verification refused(VerifyingKey key, PublicInputs shown, String reason) {
        return answer(key, false, Optional.of(reason), Optional.empty(), shown);
    }

    private static Verification answer(
            VerifyingKey key, boolean accepted, Optional<String> reason, Optional<String> says, PublicInputs i) {
        return new Verification(
                accepted,
                reason,
                says,
                key.record().origin().toString(),
                i.seal().hex(),
                i.challenge().hex(),
                i.scope().hex(),
                i.nullifier().hex(),
                i.statement().hex());
    }

    /**
     * Reads the file form of a bundle.
     *
     * @throws BadInput naming the field and its rule
     */
    public static ProofBundle read(String text) {
        try {
            return ProofBundle.ofJson(text);
        } catch (IllegalArgumentException e) {
            String said = String.valueOf(e.getMessage());
            Matcher rule = RULE.matcher(said);
            throw rule.matches() ? new BadInput(rule.group(1), "", rule.group(2)) : new BadInput("proof", "", said);
        }
    }
}
