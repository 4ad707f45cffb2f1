package io.bulwark.clearing.attestation;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.Digest;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A numbered document of a house with its signatures.
 *
 * @param statement what is signed
 * @param document the bytes whose digest the statement names
 * @param signatures of members of the quorum; whether they are enough, a {@link Quorum} says
 */
public record SignedHouseStatement(HouseStatement statement, byte[] document, List<EpochSignature> signatures) {
    /** Copies, and checks that the statement is on the document. */
    public SignedHouseStatement {
        document = document.clone();
        signatures = List.copyOf(signatures);
        if (!Digest.sha256(document).equals(statement.digest())) {
            throw new CanonicalException(
                    "statement.digest",
                    statement.digest().hex(),
                    "must be that of the document, " + Digest.sha256(document));
        }
    }

    @Override
    public byte[] document() {
        return document.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedHouseStatement that
                && statement.equals(that.statement)
                && Arrays.equals(document, that.document)
                && signatures.equals(that.signatures);
    }

    @Override
    public int hashCode() {
        return Objects.hash(statement, Arrays.hashCode(document), signatures);
    }

    /** The statement and how many signed it. */
    @Override
    public String toString() {
        return statement + ", " + signatures.size() + " signatures";
    }
}
