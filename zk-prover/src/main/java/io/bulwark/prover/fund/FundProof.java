package io.bulwark.prover.fund;

import io.bulwark.clearing.epoch.CanonicalException;
import io.bulwark.clearing.epoch.CanonicalFields;
import io.bulwark.clearing.epoch.CanonicalReader;
import io.bulwark.clearing.epoch.CanonicalValue;
import io.bulwark.clearing.epoch.Digest;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.proof.Proof;
import io.bulwark.prover.proof.VerifyingKey;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Everything that another process needs to check a fund, beside the verifying key that it names.
 *
 * <p>Its file form is the canonical array ["bulwark-fund-proof", 1, key, proof, seal, fund, scenarios, margins].
 *
 * @param key SHA-256 of the verifying key
 * @param proof the proof
 * @param seal digest of the epoch
 * @param fund what the fund holds, u = 10⁻⁴ USD
 * @param scenarios rows of the vault table
 * @param margins root of the accounts' members and margins
 */
public record FundProof(Digest key, Proof proof, FieldElement seal, long fund, long scenarios, FieldElement margins) {
    /** Longest file form, bytes. */
    public static final int BYTES_MAX = 1 << 10;

    private static final String SCHEMA = "bulwark-fund-proof";
    private static final int VERSION = 1;
    private static final long COVERED = 2;

    /**
     * Whether it holds under a key: whoever asks compares seal and key with those that he trusts.
     *
     * @return the proof itself, or the reason why it does not hold
     */
    public Answer<FundProof> verify(ProverLibrary library, VerifyingKey with) {
        ByteArrayOutputStream inputs = new ByteArrayOutputStream();
        List.of(seal, FieldElement.of(fund), FieldElement.of(scenarios), margins, FieldElement.of(COVERED))
                .forEach(input -> inputs.writeBytes(input.digest().bytes()));
        return library.verify(with.bytes(), proof.bytes(), inputs.toByteArray()).map(nothing -> this);
    }

    /** The file form. */
    public byte[] encode() {
        return CanonicalValue.array(
                        CanonicalValue.text(SCHEMA),
                        CanonicalValue.integer(VERSION),
                        CanonicalValue.bytes(key),
                        CanonicalValue.bytes(proof.bytes()),
                        CanonicalValue.bytes(seal.digest()),
                        CanonicalValue.integer(fund),
                        CanonicalValue.integer(scenarios),
                        CanonicalValue.bytes(margins.digest()))
                .encode();
    }

    /**
     * Reads the file form.
     *
     * @throws IllegalArgumentException if the bytes are anything else; the message names field and rule
     */
    public static FundProof read(byte[] encoding) {
        try {
            CanonicalFields fields = CanonicalReader.document(encoding, SCHEMA, VERSION);
            FundProof read = new FundProof(
                    fields.digest("key"),
                    Proof.of(fields.bytes("proof")),
                    FieldElement.ofDigest(fields.digest("seal")),
                    fields.integer("fund", 0, Long.MAX_VALUE),
                    fields.integer("scenarios", 1, Integer.MAX_VALUE),
                    FieldElement.ofDigest(fields.digest("margins")));
            fields.end();
            return read;
        } catch (CanonicalException e) {
            throw new IllegalArgumentException("fund file must be of its schema: " + e.getMessage(), e);
        }
    }
}
