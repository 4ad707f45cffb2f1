package io.bulwark.prover.contagion;

import io.bulwark.clearing.epoch.CanonicalException;
import io.bulwark.clearing.epoch.CanonicalFields;
import io.bulwark.clearing.epoch.CanonicalReader;
import io.bulwark.clearing.epoch.CanonicalValue;
import io.bulwark.clearing.epoch.Digest;
import io.bulwark.netting.buffer.BufferTariff;
import io.bulwark.netting.buffer.HouseBook;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.proof.Proof;
import io.bulwark.prover.proof.VerifyingKey;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Everything that another process needs to check the certificate of a house's contagion vectors, beside the verifying key that it names: the proof with the risk table and the
 * tariff that it is about, both public.
 *
 * <p>Its file form is the canonical array ["bulwark-contagion-proof", 1, key, shape, table, tariff, proof, seal, margins].
 *
 * @param key SHA-256 of the verifying key
 * @param shape the size of the circuit
 * @param table the epoch's risk table
 * @param tariff the epoch's buffer tariff, with the vectors
 * @param proof the proof
 * @param seal digest of the epoch
 * @param margins root of the accounts' members and margins
 */
public record ContagionProof(
        Digest key,
        ContagionShape shape,
        RiskTable table,
        BufferTariff tariff,
        Proof proof,
        FieldElement seal,
        FieldElement margins) {
    /** Longest file form, bytes: a table has some hundred thousand. */
    public static final int BYTES_MAX = 64 << 20;

    private static final String SCHEMA = "bulwark-contagion-proof";
    private static final int VERSION = 1;

    /** Refuses a tariff that is not over the table's own scenarios. */
    public ContagionProof {
        int rows = HouseBook.scenarioRows(table).size();
        if (rows != tariff.scenarios().size()) {
            throw new IllegalArgumentException("tariff must have the scenarios of its table, " + rows + "; has "
                    + tariff.scenarios().size());
        }
    }

    /**
     * Whether it holds under a key: whoever asks compares seal and key with those that he trusts. What follows from table and tariff is computed here, never taken from the file.
     *
     * @return the proof itself, or the reason why it does not hold
     */
    public Answer<ContagionProof> verify(ProverLibrary library, VerifyingKey with) {
        return switch (library.contagionTerms(
                shape.encoded(), table.encode(), tariff.encode(), HouseBook.scenarioRows(table))) {
            case Answer.Refused<CanonicalFields> refused -> new Answer.Refused<>(refused.refusal());
            case Answer.Given<CanonicalFields>(CanonicalFields answer) -> {
                FieldElement terms = FieldElement.ofDigest(answer.digest("terms"));
                ByteArrayOutputStream inputs = new ByteArrayOutputStream();
                List.of(seal, FieldElement.of(shape.scenarios()), FieldElement.of(shape.groups()), margins, terms)
                        .forEach(input -> inputs.writeBytes(input.digest().bytes()));
                yield library.verify(with.bytes(), proof.bytes(), inputs.toByteArray())
                        .map(nothing -> this);
            }
        };
    }

    /** The file form. */
    public byte[] encode() {
        return CanonicalValue.array(
                        CanonicalValue.text(SCHEMA),
                        CanonicalValue.integer(VERSION),
                        CanonicalValue.bytes(key),
                        shape.encoded(),
                        CanonicalValue.bytes(table.encode()),
                        CanonicalValue.bytes(tariff.encode()),
                        CanonicalValue.bytes(proof.bytes()),
                        CanonicalValue.bytes(seal.digest()),
                        CanonicalValue.bytes(margins.digest()))
                .encode();
    }

    /**
     * Reads the file form.
     *
     * @throws IllegalArgumentException if the bytes are anything else; the message names field and rule
     */
    public static ContagionProof read(byte[] encoding) {
        try {
            CanonicalFields fields = CanonicalReader.document(encoding, SCHEMA, VERSION);
            ContagionProof read = new ContagionProof(
                    fields.digest("key"),
                    ContagionShape.read(fields.fields("shape")),
                    RiskTable.decode(fields.bytes("table")),
                    BufferTariff.of(CanonicalReader.read(fields.bytes("tariff"))),
                    Proof.of(fields.bytes("proof")),
                    FieldElement.ofDigest(fields.digest("seal")),
                    FieldElement.ofDigest(fields.digest("margins")));
            fields.end();
            return read;
        } catch (CanonicalException e) {
            throw new IllegalArgumentException("contagion file must be of its schema: " + e.getMessage(), e);
        }
    }
}
