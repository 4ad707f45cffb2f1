package io.bulwark.clearing.holding;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** What shows a holding: a holding names the SHA-256 of one of these. It travels in the book file. */
public sealed interface HoldingEvidence {
    /** Longest encoding, bytes. */
    int BYTES_MAX = 1 << 20;

    /** As it travels. */
    CanonicalValue canonical();

    /** What a holding names it by. */
    default Digest digest() {
        return canonical().sha256();
    }

    /**
     * A balance in a contract's storage, proved against a block's header.
     *
     * @param contract the token, 0x and 40 lower-case digits
     * @param balances slot of its mapping of balances
     * @param unitsPerLot units of the token in one lot
     * @param number number of the block
     * @param timeMillis time of the block
     * @param hash hash of the block
     * @param header the header as a node answers it (eth_getBlockByHash)
     * @param proof the proof as a node answers it (eth_getProof)
     */
    record Storage(
            String contract,
            int balances,
            BigInteger unitsPerLot,
            long number,
            long timeMillis,
            Digest hash,
            byte[] header,
            byte[] proof)
            implements HoldingEvidence {
        private static final String SCHEMA = "bulwark-holding-storage";
        private static final int UNITS_BYTES_MAX = 32;

        /** Copies, and checks forms and ranges. */
        public Storage {
            header = header.clone();
            proof = proof.clone();
            if (!contract.matches("0x[0-9a-f]{40}")) {
                throw new CanonicalException(
                        "storage.contract", contract, "must be 0x and 40 lower-case hexadecimal digits");
            }
            if (balances < 0 || unitsPerLot.signum() <= 0 || unitsPerLot.bitLength() > Byte.SIZE * UNITS_BYTES_MAX) {
                throw new CanonicalException(
                        "storage.unitsPerLot",
                        unitsPerLot + " at slot " + balances,
                        "must be at least 1, the slot at least 0");
            }
        }

        @Override
        public byte[] header() {
            return header.clone();
        }

        @Override
        public byte[] proof() {
            return proof.clone();
        }

        @Override
        public CanonicalValue canonical() {
            return array(
                    text(SCHEMA),
                    integer(1),
                    text(contract),
                    integer(balances),
                    text(unitsPerLot.toString()),
                    integer(number),
                    integer(timeMillis),
                    bytes(hash),
                    CanonicalValue.bytes(header),
                    CanonicalValue.bytes(proof));
        }

        private static Storage of(CanonicalFields fields) {
            return new Storage(
                    fields.text("contract"),
                    (int) fields.integer("balances", 0, Integer.MAX_VALUE),
                    whole(fields.text("unitsPerLot")),
                    fields.integer("number"),
                    fields.integer("time"),
                    fields.digest("hash"),
                    fields.bytes("header"),
                    fields.bytes("proof"));
        }

        private static BigInteger whole(String text) {
            if (!text.matches("[1-9]\\d{0,77}")) {
                throw new CanonicalException("storage.unitsPerLot", text, "must be a whole number above 0");
            }
            return new BigInteger(text);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Storage that && canonical().equals(that.canonical());
        }

        @Override
        public int hashCode() {
            return digest().hashCode();
        }

        @Override
        public String toString() {
            return "storage of " + contract + " at block " + number + " " + hash;
        }
    }

    /**
     * The signature of a venue, a custodian or an auditor on {@link HoldingSeen}.
     *
     * @param signer its Ed25519 key
     * @param signature 64 bytes
     */
    record Signed(Digest signer, byte[] signature) implements HoldingEvidence {
        private static final String SCHEMA = "bulwark-holding-signed";

        /** Copies. */
        public Signed {
            signature = signature.clone();
        }

        @Override
        public byte[] signature() {
            return signature.clone();
        }

        @Override
        public CanonicalValue canonical() {
            return array(text(SCHEMA), integer(1), bytes(signer), CanonicalValue.bytes(signature));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Signed that
                    && signer.equals(that.signer)
                    && Arrays.equals(signature, that.signature);
        }

        @Override
        public int hashCode() {
            return digest().hashCode();
        }

        @Override
        public String toString() {
            return "signed by " + signer + ": " + HexFormat.of().formatHex(signature);
        }
    }

    /**
     * Signatures of members of the quorum, each of whom has seen it, on {@link HoldingSeen}.
     *
     * @param signatures of members; whether they are enough, the quorum says
     */
    record Observed(List<EpochSignature> signatures) implements HoldingEvidence {
        private static final String SCHEMA = "bulwark-holding-observed";

        /** Copies. */
        public Observed {
            signatures = List.copyOf(signatures);
        }

        @Override
        public CanonicalValue canonical() {
            return array(
                    text(SCHEMA),
                    integer(1),
                    array(signatures.stream()
                            .map(one -> array(bytes(one.signer()), CanonicalValue.bytes(one.signature())))
                            .toList()));
        }
    }

    /**
     * One unsigned answer.
     *
     * @param content whatever it is
     */
    record Unsigned(byte[] content) implements HoldingEvidence {
        private static final String SCHEMA = "bulwark-holding-unsigned";

        /** Copies. */
        public Unsigned {
            content = content.clone();
        }

        @Override
        public byte[] content() {
            return content.clone();
        }

        @Override
        public CanonicalValue canonical() {
            return array(text(SCHEMA), integer(1), CanonicalValue.bytes(content));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Unsigned that && Arrays.equals(content, that.content);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(content);
        }

        @Override
        public String toString() {
            return "unsigned, " + content.length + " bytes";
        }
    }

    /**
     * Reads what {@link #canonical} wrote.
     *
     * @throws CanonicalException if it is no evidence
     */
    static HoldingEvidence read(byte[] encoding) {
        if (encoding.length > BYTES_MAX) {
            throw new CanonicalException("evidence", encoding.length + " bytes", "must have at most " + BYTES_MAX);
        }
        CanonicalFields fields = CanonicalFields.of("evidence", CanonicalReader.read(encoding));
        String schema = fields.text("schema");
        fields.integer("version", 1, 1);
        HoldingEvidence evidence = switch (schema) {
            case Storage.SCHEMA -> Storage.of(fields);
            case Signed.SCHEMA -> new Signed(fields.digest("signer"), fields.bytes("signature"));
            case Observed.SCHEMA ->
                new Observed(fields.list(
                        "signatures", one -> new EpochSignature(one.digest("signer"), one.bytes("signature"))));
            case Unsigned.SCHEMA -> new Unsigned(fields.bytes("content"));
            default -> throw new CanonicalException("evidence.schema", schema, "must be that of a kind of evidence");
        };
        fields.end();
        return evidence;
    }
}
