package io.bulwark.api.verification;

import io.bulwark.api.proof.ProofAnswer;
import io.bulwark.prover.proof.Judgement;
import io.bulwark.prover.witness.PublicInputs;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the one judge says of a proof, as answers write it.
 *
 * @param outcome trusted: it holds, and everything that it must be tied to was given and fits; unanchored: it holds, and something was not given; refused: it does not
 *     hold, or something that was given differs
 * @param first the first words: TRUSTED, TRUSTED (test keys), NOT ANCHORED or REFUSED
 * @param sentence what the proof says; absent where it is refused. Without anchor it is nobody's word
 * @param binds what a sentence does not bind: of equity, that what is only read can be withdrawn; of a certificate, whose places it counts
 * @param reason why it is refused
 * @param pins what it must be tied to, and how each stands
 * @param by whose word this answer is
 * @param key identity of the key that the proof names
 * @param origin who made that key, as its record counts it
 * @param circuit which circuit the key is of
 * @param epoch number of the epoch, where it is known
 * @param asOf the date that was named in the clock's place
 * @param publicInputs what the proof shows
 */
@Serdeable
record Verification(
        String outcome,

        String first,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> sentence,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> binds,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> reason,

        List<Pin> pins,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> by,

        String key,

        String origin,

        String circuit,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<Long> epoch,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> asOf,

        ProofAnswer.Inputs publicInputs) {
    /**
     * One thing that a proof must be tied to.
     *
     * @param name which
     * @param state given, missing or wrong
     * @param words of a missing one, what its absence lets somebody do; of a wrong one, what differs
     */
    @Serdeable
    public record Pin(String name, String state, String words) {}

    /**
     * The answer that a judgement is.
     *
     * @param by whose word it is, where it is not the reader's own
     */
    public static Verification of(Judgement judged, Optional<String> by) {
        PublicInputs shown = judged.publicInputs();
        return new Verification(
                judged.outcome().word(),
                judged.firstWords(),
                judged.sentence(),
                BindingWords.of(judged),
                judged.reason(),
                judged.pins().stream()
                        .map(pin -> new Pin(pin.name(), pin.state().name().toLowerCase(Locale.ROOT), pin.words()))
                        .toList(),
                by,
                judged.key().hex(),
                judged.origin(),
                judged.circuit(),
                judged.epoch(),
                judged.asOf(),
                ProofAnswer.Inputs.of(shown));
    }

    /** The refusal of a proof that is trusted for itself, for what was trusted before it. */
    public static Judgement refused(Judgement trusted, String reason) {
        return new Judgement(
                Judgement.Outcome.REFUSED,
                "REFUSED",
                Optional.empty(),
                Optional.of(reason),
                trusted.pins(),
                trusted.origin(),
                trusted.circuit(),
                trusted.key(),
                trusted.publicInputs(),
                trusted.statement(),
                trusted.epoch(),
                trusted.asOf());
    }
}
