package io.bulwark.prover.wallet;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.commitment.Claim.Candidate;
import java.util.Arrays;

/**
 * What the owner keeps of a request until it is sealed: whoever has it and knows the account can tell which commitment was its.
 *
 * @param request what the house was asked to seal
 * @param candidate the candidate that was committed to
 * @param salt the commitment's salt
 */
public record RequestOpening(SealRequest request, Candidate candidate, FieldElement salt) {
    /** Longest file form, bytes. */
    public static final int BYTES_MAX = 512;

    private static final String SCHEMA = "bulwark-request-opening";
    private static final int VERSION = 1;

    /** The file form, {@code wallet.cddl}; for the owner alone. */
    public byte[] encode() {
        return array(
                        text(SCHEMA),
                        integer(VERSION),
                        bytes(request.encode()),
                        integer(candidate.number()),
                        bytes(salt.digest()))
                .encode();
    }

    /**
     * Reads the file form.
     *
     * @throws IllegalArgumentException naming field and rule, if the bytes are not exactly one opening; no value is named
     */
    public static RequestOpening decode(byte[] encoding) {
        try {
            CanonicalFields fields = CanonicalReader.document(encoding, SCHEMA, VERSION);
            RequestOpening opening = new RequestOpening(
                    SealRequest.decode(fields.bytes("request")),
                    candidate(fields.integer("candidate")),
                    FieldElement.ofDigest(fields.digest("salt")));
            fields.end();
            return opening;
        } catch (CanonicalException withValues) {
            throw new IllegalArgumentException("request opening's form must be that of wallet.cddl: "
                    + withValues.field() + " " + withValues.rule());
        }
    }

    private static Candidate candidate(long number) {
        return Arrays.stream(Candidate.values())
                .filter(candidate -> candidate.number() == number)
                .findFirst()
                .orElseThrow(() -> new CanonicalException("candidate", "another number", "must be 0, 1 or 2"));
    }

    /** Without the salt. */
    @Override
    public String toString() {
        return "RequestOpening[request=" + request + ", candidate=" + candidate + "]";
    }
}
