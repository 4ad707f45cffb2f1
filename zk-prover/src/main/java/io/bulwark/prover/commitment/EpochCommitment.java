package io.bulwark.prover.commitment;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Everything that an epoch's digest commits to. What a house does not have is 0.
 *
 * @param house {@link #house} of the founding document
 * @param epoch number of the epoch, consecutive from 1
 * @param previous digest of the epoch before; 0 for the first
 * @param accountRoot root of the account tree
 * @param tableRoot root of the risk-table tree
 * @param tableDigest SHA-256 of the risk table's encoding
 * @param parametersDigest SHA-256 of the parameter set's encoding
 * @param inputsDigest SHA-256 of the sealed inputs' encoding
 * @param venueRoot root of the venues' attestations
 * @param vaultTableRoot root of the vault rows' table
 * @param bufferDigest {@link TariffCommitment} of the published buffer
 * @param marginRoot root of the tree of {@link MarginLeaf}
 */
public record EpochCommitment(
        FieldElement house,
        long epoch,
        FieldElement previous,
        FieldElement accountRoot,
        FieldElement tableRoot,
        Digest tableDigest,
        Digest parametersDigest,
        Digest inputsDigest,
        FieldElement venueRoot,
        FieldElement vaultTableRoot,
        FieldElement bufferDigest,
        FieldElement marginRoot) {
    private static final int LIMB_BYTES = 16;
    private static final String SCHEMA = "bulwark-epoch-digest";
    private static final int VERSION = 2;

    /** Refuses an epoch number below 1, and a first epoch that follows another. */
    public EpochCommitment {
        if (epoch < 1) {
            throw new IllegalArgumentException("epoch must be at least 1; have " + epoch);
        }
        if ((epoch == 1) != previous.isZero()) {
            throw new IllegalArgumentException("previous digest must be 0 exactly for epoch 1; have epoch " + epoch);
        }
    }

    /** The house's number: the first 31 bytes of the SHA-256 of its founding document. */
    public static FieldElement house(Digest foundingDocument) {
        return Truncation.of(foundingDocument);
    }

    /** H_16(11; house, epoch, previous, account root, table root, three SHA-256 as two limbs each, venue root, vault table root, buffer digest, margin root). */
    public FieldElement digest(ProverLibrary library) {
        return HashDomain.EPOCH.hash(
                library,
                house,
                FieldElement.of(epoch),
                previous,
                accountRoot,
                tableRoot,
                high(tableDigest),
                low(tableDigest),
                high(parametersDigest),
                low(parametersDigest),
                high(inputsDigest),
                low(inputsDigest),
                venueRoot,
                vaultTableRoot,
                bufferDigest,
                marginRoot);
    }

    private static FieldElement high(Digest digest) {
        return FieldElement.of(new BigInteger(1, Arrays.copyOf(digest.bytes(), LIMB_BYTES)));
    }

    private static FieldElement low(Digest digest) {
        return FieldElement.of(new BigInteger(1, Arrays.copyOfRange(digest.bytes(), LIMB_BYTES, Digest.LENGTH)));
    }

    /** As the library reads it: the fields in their order, elements and digests as byte strings of 32. */
    public CanonicalValue encoded() {
        return CanonicalValue.array(
                CanonicalValue.bytes(house.bytes()),
                CanonicalValue.integer(epoch),
                CanonicalValue.bytes(previous.bytes()),
                CanonicalValue.bytes(accountRoot.bytes()),
                CanonicalValue.bytes(tableRoot.bytes()),
                CanonicalValue.bytes(tableDigest),
                CanonicalValue.bytes(parametersDigest),
                CanonicalValue.bytes(inputsDigest),
                CanonicalValue.bytes(venueRoot.bytes()),
                CanonicalValue.bytes(vaultTableRoot.bytes()),
                CanonicalValue.bytes(bufferDigest.bytes()),
                CanonicalValue.bytes(marginRoot.bytes()));
    }

    /** The document ["bulwark-epoch-digest", 2, fields], in bytes. */
    public byte[] document() {
        return CanonicalValue.array(CanonicalValue.text(SCHEMA), CanonicalValue.integer(VERSION), encoded())
                .encode();
    }

    /**
     * Reads what {@link #document} wrote.
     *
     * @throws IllegalArgumentException naming the field, if the bytes are not an epoch's
     */
    public static EpochCommitment ofDocument(byte[] encoding) {
        CanonicalFields document = CanonicalReader.document(encoding, SCHEMA, VERSION);
        EpochCommitment epoch = of(document.fields("epoch"));
        document.end();
        return epoch;
    }

    /**
     * Reads the fields that {@link #encoded} writes, and closes them.
     *
     * @throws IllegalArgumentException naming the field, if they are not an epoch's
     */
    public static EpochCommitment of(CanonicalFields fields) {
        EpochCommitment epoch = new EpochCommitment(
                element(fields, "house"),
                fields.integer("number"),
                element(fields, "previous"),
                element(fields, "accountRoot"),
                element(fields, "tableRoot"),
                fields.digest("tableSha256"),
                fields.digest("parametersSha256"),
                fields.digest("inputsSha256"),
                element(fields, "venueRoot"),
                element(fields, "vaultTableRoot"),
                element(fields, "buffer"),
                element(fields, "marginRoot"));
        fields.end();
        return epoch;
    }

    private static FieldElement element(CanonicalFields fields, String name) {
        return FieldElement.ofDigest(fields.digest(name));
    }
}
