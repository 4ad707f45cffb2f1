package io.bulwark.clearing.holding;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.attestation.HouseStatement;
import io.bulwark.clearing.attestation.Quorum;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import java.util.List;

/**
 * What a house holds, as it stands in a book file and beside the proof of a fund: the list, the signatures of the quorum on it, and what shows
 * each piece. It says nothing of itself: whoever reads it counts signatures and looks at every piece.
 *
 * @param list the holdings of the epoch
 * @param number number of the house's statement on them
 * @param signatures of members of the quorum on that statement
 * @param evidence what the holdings name by digest
 */
public record SignedHoldings(
        HoldingList list, long number, List<EpochSignature> signatures, List<HoldingEvidence> evidence) {
    /** Longest file form, bytes. */
    public static final int BYTES_MAX = 32 << 20;

    private static final String SCHEMA = "bulwark-signed-holdings";
    private static final int VERSION = 1;
    private static final int SIGNATURES_MAX = 256;

    /** Copies. */
    public SignedHoldings {
        signatures = List.copyOf(signatures);
        evidence = List.copyOf(evidence);
        if (number < 1) {
            throw new CanonicalException("holdings.number", String.valueOf(number), "must be at least 1");
        }
        if (signatures.size() > SIGNATURES_MAX) {
            throw new CanonicalException(
                    "holdings.signatures", signatures.size() + " signatures", "must be at most " + SIGNATURES_MAX);
        }
    }

    /** The statement of a house on its holdings: what members sign. */
    public static HouseStatement statement(HoldingList list, long number) {
        return new HouseStatement(list.house(), number, HouseStatement.Subject.HOLDINGS, Digest.sha256(list.encode()));
    }

    /** What a quorum says of the list. */
    public Quorum.Verdict verdict(Quorum quorum) {
        return quorum.verdict(statement(list, number), signatures);
    }

    /** What the list adds up to of one thing held, in its lots. */
    public long lots(Held held) {
        return list.holdings().stream()
                .filter(holding -> holding.held().equals(held))
                .mapToLong(holding -> holding.lots())
                .reduce(0, Math::addExact);
    }

    /** ["bulwark-signed-holdings", 1, list, number, signatures, evidence]; list and pieces are their own encodings as byte strings. */
    public CanonicalValue canonical() {
        return array(
                text(SCHEMA),
                integer(VERSION),
                CanonicalValue.bytes(list.encode()),
                integer(number),
                array(signatures.stream()
                        .map(one -> array(bytes(one.signer()), CanonicalValue.bytes(one.signature())))
                        .toList()),
                array(evidence.stream()
                        .map(piece -> CanonicalValue.bytes(piece.canonical().encode()))
                        .toList()));
    }

    /**
     * Reads the file form.
     *
     * @throws CanonicalException if it is anything else
     */
    public static SignedHoldings read(byte[] encoding) {
        return of(CanonicalReader.read(encoding));
    }

    /** Reads the file form where it stands in another. */
    public static SignedHoldings of(CanonicalValue value) {
        CanonicalFields fields = CanonicalFields.document(value, SCHEMA, VERSION);
        HoldingList list = HoldingList.read(fields.bytes("list"));
        long number = fields.integer("number");
        List<EpochSignature> signatures =
                fields.list("signatures", one -> new EpochSignature(one.digest("signer"), one.bytes("signature")));
        List<HoldingEvidence> evidence = elements(fields.value("evidence"));
        fields.end();
        return new SignedHoldings(list, number, signatures, evidence);
    }

    private static List<HoldingEvidence> elements(CanonicalValue value) {
        if (value instanceof CanonicalValue.Array(List<CanonicalValue> pieces)) {
            return pieces.stream()
                    .map(piece -> piece instanceof CanonicalValue.Bytes encoded
                            ? HoldingEvidence.read(encoded.value())
                            : refused())
                    .toList();
        }
        throw new CanonicalException("holdings.evidence", "another value", "must be an array");
    }

    private static HoldingEvidence refused() {
        throw new CanonicalException("holdings.evidence", "another value", "must hold byte strings");
    }
}
