package io.bulwark.prover.wallet;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.commitment.Opening;

/**
 * What an owner asks the house to seal: a commitment to the losses that a proof will show. It is salted, so it says nothing of whose it is.
 *
 * @param opening of the keys that the proof will be made with
 * @param epochDigest digest of the epoch that the proof will be about
 * @param commitment the loss commitment
 */
public record SealRequest(Opening opening, FieldElement epochDigest, FieldElement commitment) {
    /** Longest file form, bytes. */
    public static final int BYTES_MAX = 256;

    private static final String SCHEMA = "bulwark-seal-request";
    private static final int VERSION = 2;

    /** The file form, {@code wallet.cddl}. */
    public byte[] encode() {
        return array(
                        text(SCHEMA),
                        integer(VERSION),
                        text(opening.label()),
                        bytes(epochDigest.digest()),
                        bytes(commitment.digest()))
                .encode();
    }

    /**
     * Reads the file form.
     *
     * @throws IllegalArgumentException naming field and rule, if the bytes are not exactly one request
     */
    public static SealRequest decode(byte[] encoding) {
        try {
            CanonicalFields fields = CanonicalReader.document(encoding, SCHEMA, VERSION);
            SealRequest request = new SealRequest(
                    SealedOpening.read(fields),
                    FieldElement.ofDigest(fields.digest("epochDigest")),
                    FieldElement.ofDigest(fields.digest("commitment")));
            fields.end();
            return request;
        } catch (CanonicalException e) {
            throw new IllegalArgumentException(
                    "seal request's form must be that of wallet.cddl: " + e.field() + " " + e.rule(), e);
        }
    }
}
