package io.bulwark.api.key;

import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.TableFile;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.netting.buffer.BufferTariff;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.RiskTableTree;
import io.bulwark.prover.commitment.TariffCommitment;
import io.bulwark.prover.witness.ProofShape;
import io.bulwark.prover.witness.ProofShape.TariffSize;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What says the shape of a ceremony's circuit where it opens risk tables.
 *
 * @param table of the structure that it opens
 * @param small whether it is the small key's
 * @param large whether it is the large key's
 * @param tariff of the size that it opens, for claims over margin and buffer
 */
record CeremonyShape(
        @Nullable Path table,
        boolean small,
        boolean large,
        @Nullable Path tariff) {
    private static final long TARIFF_BYTES_MAX = 1 << 20;

    /**
     * The shape, the same that a house proves in; empty for a circuit that opens no table.
     *
     * @throws BadInput naming an option that is missing, or does not stand beside another
     */
    Optional<ProofShape> read(String circuit) {
        boolean claims = circuit.equals(ProofShape.Statement.CLAIM.circuit());
        boolean call = circuit.equals(ProofShape.Statement.CALL.circuit());
        if (!claims && (small || tariff != null)) {
            throw new BadInput(
                    small ? "--small-key" : "--tariff", "", "is of circuit account: must not stand beside " + circuit);
        }
        if (large && (small || !(claims || call))) {
            throw new BadInput(
                    "--large-key", "", "is of circuits account and call, and must not stand beside --small-key");
        }
        if (!claims && !call) {
            return Optional.empty();
        }
        if (table == null) {
            throw new BadInput("--table", "", "name a table of the structure that circuit " + circuit + " is to open");
        }
        if (small && tariff != null) {
            throw new BadInput(
                    "--tariff", tariff.toString(), "must not stand beside --small-key: houses have no such key");
        }
        RiskTable opened = TableFile.read(table);
        ProofShape claim = large ? ProofShape.large(opened) : ProofShape.standard(opened);
        if (call) {
            return Optional.of(claim.call());
        }
        if (small) {
            return Optional.of(ProofShape.small(opened)
                    .orElseThrow(() -> new BadInput(
                            "--small-key", "", "is there for tables that are opened by seal, then challenge")));
        }
        return Optional.of(tariff == null ? claim : claim.with(size(opened, tariff)));
    }

    private static TariffSize size(RiskTable table, Path file) {
        byte[] encoding = InputFile.bytes(file, TARIFF_BYTES_MAX);
        BufferTariff tariff;
        try {
            tariff = BufferTariff.of(CanonicalReader.read(encoding));
        } catch (IllegalArgumentException e) {
            throw new BadInput(
                    "--tariff",
                    file.toString(),
                    "must be the canonical encoding of a buffer tariff: " + e.getMessage());
        }
        try (RiskTableTree opened =
                RiskTableTree.open(ProverLibrary.load(), table).orElseThrow()) {
            return switch (TariffCommitment.of(opened, tariff)) {
                case Answer.Given<TariffCommitment>(TariffCommitment commitment) -> TariffSize.of(commitment);
                case Answer.Refused<TariffCommitment> refused ->
                    throw new BadInput("--tariff", file.toString(), "must be over --table: " + refused.refusal());
            };
        }
    }
}
