package io.bulwark.api.house;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.ledger.QuarantinedPayload;
import io.bulwark.clearing.register.EpochRegister.EpochRecord;
import io.bulwark.clearing.register.OrderRegister;
import io.bulwark.clearing.register.ProofRecord;
import io.bulwark.house.House;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundBook;
import io.bulwark.house.proof.FundProofs;
import io.bulwark.netting.calibration.Calibration;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.proof.Proof;
import io.bulwark.prover.proof.ProofBundle;
import io.bulwark.prover.witness.PublicInputs;
import java.util.List;
import java.util.Optional;

/**
 * The books of an open house.
 *
 * @param house stays open as long as anybody asks
 */
public record HouseBooks(House house) implements SealedBooks {
    @Override
    public Optional<ComputedEpoch> latest() {
        return house.archive().newest();
    }

    @Override
    public Optional<ComputedEpoch> epoch(long number) {
        return house.archive().epoch(number);
    }

    @Override
    public List<SealedEpoch> seals(long newest, int most) {
        return house.archive().sealed(newest, most).stream()
                .map(EpochRecord::sealed)
                .toList();
    }

    @Override
    public List<QuarantinedPayload> quarantine(long from, int most) {
        return house.ledger().quarantine(from, most);
    }

    @Override
    public HouseFile houseFile(int newest) {
        return HouseFile.of(house, newest);
    }

    @Override
    public FundBook fund(long epoch) {
        return house.fundBook(epoch);
    }

    @Override
    public Optional<Calibration> calibration(long epoch) {
        return house.archive().calibration(epoch);
    }

    @Override
    public List<OrderRegister.Kept> sent(int account) {
        return house.orders().of(account);
    }

    @Override
    public List<FundProofs.Kept> fundProofs(long epoch) {
        return house.epochs()
                .epoch(epoch)
                .map(record -> house.fund().kept(record.sealed()))
                .orElse(List.of());
    }

    @Override
    public List<ProofBundle> proofs(long epoch) {
        return house.epochs().proofs(epoch).stream().map(this::bundle).toList();
    }

    private ProofBundle bundle(ProofRecord record) {
        List<Digest> shown = record.publicInputs();
        byte[] proof = house.document(record.digest())
                .orElseThrow(() -> new IllegalStateException("proof " + record.digest() + " must be in the books"));
        return new ProofBundle(
                record.verifyingKey(),
                Proof.of(proof),
                new PublicInputs(
                        FieldElement.ofDigest(shown.get(0)),
                        FieldElement.ofDigest(shown.get(1)),
                        FieldElement.ofDigest(shown.get(2)),
                        FieldElement.ofDigest(shown.get(3)),
                        FieldElement.ofDigest(shown.get(4))));
    }
}
