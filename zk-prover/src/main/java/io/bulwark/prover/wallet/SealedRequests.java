package io.bulwark.prover.wallet;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.attestation.RequestSealStatement;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.RequestSeal;
import io.bulwark.prover.commitment.RequestTree;
import io.bulwark.prover.commitment.RiskTableTree;
import io.bulwark.prover.witness.SealedRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A request seal as it is published: every commitment under it, so that each owner finds the own one without asking, and the quorum's
 * signatures.
 *
 * @param house the house
 * @param epoch number of the epoch
 * @param seal epoch digest, request root, evaluated root
 * @param commitments the tree's leaves in their order, fillers among them
 * @param signatures on {@link #statement}
 */
public record SealedRequests(
        Digest house, long epoch, RequestSeal seal, List<FieldElement> commitments, List<EpochSignature> signatures) {
    /** Longest file form, bytes: some hundred thousand commitments. */
    public static final int BYTES_MAX = 8 << 20;

    private static final String SCHEMA = "bulwark-sealed-requests";
    private static final int VERSION = 2;

    /** Copies. */
    public SealedRequests {
        commitments = List.copyOf(commitments);
        signatures = List.copyOf(signatures);
    }

    /** What the quorum signs. */
    public RequestSealStatement statement() {
        return new RequestSealStatement(
                house,
                epoch,
                seal.epochDigest().digest(),
                seal.requestRoot().digest(),
                seal.evaluatedRoot().digest());
    }

    /** The same with the quorum's signatures. */
    public SealedRequests signed(List<EpochSignature> by) {
        return new SealedRequests(house, epoch, seal, commitments, by);
    }

    /**
     * An owner's commitment with its path, to prove from; empty if it is not among these.
     *
     * @param table the epoch's table, which the evaluated root is computed from again: the house could make up rows in it
     * @throws IllegalArgumentException if a root is not that of commitments or table
     */
    public Optional<SealedRequest> find(ProverLibrary library, RequestOpening opening, RiskTableTree table) {
        try (RequestTree tree = RequestTree.of(library, commitments)) {
            check(tree, table);
            int place = commitments.indexOf(opening.request().commitment());
            return place < 0
                            || opening.request().opening() != seal.opening()
                            || !opening.request().epochDigest().equals(seal.epochDigest())
                    ? Optional.empty()
                    : Optional.of(new SealedRequest(seal, opening.salt(), tree.path(place)));
        }
    }

    /**
     * Computes both roots again, so that nobody has to be believed: a verifier who has the epoch's table needs no signature on the seal.
     *
     * @throws IllegalArgumentException if a root is not that of commitments or table
     */
    public void check(ProverLibrary library, RiskTableTree table) {
        try (RequestTree tree = RequestTree.of(library, commitments)) {
            check(tree, table);
        }
    }

    private void check(RequestTree tree, RiskTableTree table) {
        require(tree.root().equals(seal.requestRoot()), "request root must be that of the commitments");
        require(
                RequestSeal.of(seal.opening(), seal.epochDigest(), seal.requestRoot(), table)
                        .equals(seal),
                "evaluated root must be that of the epoch's table");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("sealed requests' " + rule);
        }
    }

    /** The file form, {@code wallet.cddl}. */
    public byte[] encode() {
        return array(
                        text(SCHEMA),
                        integer(VERSION),
                        bytes(house),
                        integer(epoch),
                        text(seal.opening().label()),
                        bytes(seal.epochDigest().digest()),
                        bytes(seal.requestRoot().digest()),
                        bytes(seal.evaluatedRoot().digest()),
                        bytes(FieldElement.concatenate(commitments)),
                        array(signatures.stream()
                                .map(signature ->
                                        (CanonicalValue) array(bytes(signature.signer()), bytes(signature.signature())))
                                .toList()))
                .encode();
    }

    /**
     * Reads the file form; whether the signatures hold is the reader's to ask.
     *
     * @throws IllegalArgumentException naming field and rule, if the bytes are not exactly one document
     */
    public static SealedRequests decode(byte[] encoding) {
        try {
            CanonicalFields fields = CanonicalReader.document(encoding, SCHEMA, VERSION);
            SealedRequests read = new SealedRequests(
                    fields.digest("house"),
                    fields.integer("epoch", 1, Long.MAX_VALUE),
                    new RequestSeal(
                            SealedOpening.read(fields),
                            FieldElement.ofDigest(fields.digest("epochDigest")),
                            FieldElement.ofDigest(fields.digest("requestRoot")),
                            FieldElement.ofDigest(fields.digest("evaluatedRoot"))),
                    elements(fields.bytes("commitments")),
                    fields.list("signatures", SealedRequests::signature));
            fields.end();
            return read;
        } catch (CanonicalException e) {
            throw new IllegalArgumentException(
                    "sealed requests' form must be that of wallet.cddl: " + e.field() + " " + e.rule(), e);
        }
    }

    private static EpochSignature signature(CanonicalFields fields) {
        EpochSignature signature = new EpochSignature(fields.digest("signer"), fields.bytes("signature"));
        fields.end();
        return signature;
    }

    private static List<FieldElement> elements(byte[] joined) {
        require(
                joined.length % FieldElement.BYTES == 0
                        && joined.length / FieldElement.BYTES <= 1 << (2 * RequestTree.DEPTH),
                "commitments must be elements of 32 bytes, at most 4^" + RequestTree.DEPTH);
        return IntStream.range(0, joined.length / FieldElement.BYTES)
                .mapToObj(i -> FieldElement.ofBytes(
                        Arrays.copyOfRange(joined, i * FieldElement.BYTES, (i + 1) * FieldElement.BYTES)))
                .toList();
    }
}
