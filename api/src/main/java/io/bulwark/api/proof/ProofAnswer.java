package io.bulwark.api.proof;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.proof.ProofBundle;
import io.bulwark.prover.witness.PublicInputs;
import io.micronaut.serde.annotation.Serdeable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A proof as a verifier gets it.
 *
 * @param says the claim as a sentence
 * @param bundle the proof bundle: exactly this object, sent in {@code POST /verification} or kept as a file for {@code bulwark verify}
 */
@Serdeable
public record ProofAnswer(String says, Bundle bundle) {
    /** The longest proof file that is read, in bytes. */
    public static final long FILE_BYTES_MAX = 64 << 10;

    private static final Pattern RULE = Pattern.compile("proof file's (\\S+) (.*)");

    /**
     * The file form of a bundle, in the order that it fixes; bytes in lower-case hexadecimal.
     *
     * @param format bulwark-proof
     * @param version of the format
     * @param key identity of the verifying key
     * @param proof 196 bytes
     * @param publicInputs what the proof shows
     */
    @Serdeable
    public record Bundle(String format, int version, String key, String proof, Inputs publicInputs) {}

    /**
     * What a proof shows, in the order that the circuit fixes.
     *
     * @param seal digest of the epoch
     * @param challenge what ties it to one conversation
     * @param scope for whom and for what it is made
     * @param nullifier what counts an account once per epoch and scope
     * @param statement the whole integer
     */
    @Serdeable
    public record Inputs(String seal, String challenge, String scope, String nullifier, String statement) {
        public static Inputs of(PublicInputs shown) {
            return new Inputs(
                    shown.seal().hex(),
                    shown.challenge().hex(),
                    shown.scope().hex(),
                    shown.nullifier().hex(),
                    shown.statement().hex());
        }
    }

    /** The answer that a bundle gives. */
    public static ProofAnswer of(ProofBundle bundle) {
        PublicInputs shown = bundle.publicInputs();
        return new ProofAnswer(
                ClaimWords.of(Claim.of(shown.statement())),
                new Bundle(
                        "bulwark-proof", 2, bundle.key().hex(), bundle.proof().toString(), Inputs.of(shown)));
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
