package io.bulwark.api.cycle;

import io.bulwark.clearing.epoch.Digest;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.ledger.Documents;
import io.bulwark.clearing.ledger.EpochRegister;
import io.bulwark.clearing.ledger.FundProofRecord;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.fund.FundProof;
import io.bulwark.prover.fund.FundProver;
import io.bulwark.prover.fund.FundRequest;
import io.bulwark.prover.fund.FundShape;
import io.bulwark.prover.proof.CircuitKeys;
import io.bulwark.prover.proof.SetupProgress;
import io.bulwark.prover.proof.VerifyingKey;
import java.util.List;
import java.util.Optional;

/** Proves that the fund covers the two largest losses beyond margin over a sealed epoch, and keeps what it proved with the epoch. */
public final class FundDesk {
    private final ProverLibrary library;
    private final EpochRegister epochs;
    private final Documents documents;
    private final HouseKeys keys;

    FundDesk(ProverLibrary library, EpochRegister epochs, Documents documents, HouseKeys keys) {
        this.library = library;
        this.epochs = epochs;
        this.documents = documents;
        this.keys = keys;
    }

    /**
     * Proves the fund of an epoch over its sealed vault table.
     *
     * @param shape the size of the circuit
     * @param epoch the epoch
     * @param fund what the fund holds, u
     * @param progress hears about once a second while keys are made
     */
    public Answer<FundProver.Proved> prove(FundShape shape, ComputedEpoch epoch, long fund, SetupProgress progress) {
        FundRequest request = new FundRequest(
                EpochComputation.commitment(epoch.sealed().epoch()), MemberMargins.of(epoch, epochs), fund);
        CircuitKeys shaped = keys.of(shape, progress);
        try (FundProver prover = FundProver.open(library, shaped)) {
            return prover.prove(epoch.vaultTable(), request).map(proved -> {
                epochs.keepFund(
                        epoch.number(),
                        proved.proof().encode(),
                        shaped.verifyingKey().encode());
                return proved;
            });
        }
    }

    /**
     * A proof of the fund as it was kept.
     *
     * @param digest SHA-256 of its file form
     * @param proof what it says
     * @param key that checks it
     * @param fault why it does not hold over the epoch, checked now; empty where it holds
     */
    public record Kept(Digest digest, FundProof proof, VerifyingKey key, Optional<String> fault) {}

    /** The proofs of the fund that were kept with an epoch, each checked again with the key that was kept beside it. */
    public List<Kept> kept(SealedEpoch epoch) {
        return epochs.fundProofs(epoch.epoch().number()).stream()
                .map(record -> kept(record, FieldElement.ofDigest(epoch.digest())))
                .toList();
    }

    private Kept kept(FundProofRecord record, FieldElement seal) {
        FundProof proof = FundProof.read(documents.require(record.digest()));
        VerifyingKey key = VerifyingKey.of(documents.require(record.verifyingKey()));
        Optional<String> fault = proof.seal().equals(seal)
                ? switch (proof.verify(library, key)) {
                    case Answer.Given<FundProof> given -> Optional.empty();
                    case Answer.Refused<FundProof> refused ->
                        Optional.of(refused.refusal().toString());
                }
                : Optional.of(
                        "it is about another epoch's seal, " + proof.seal().hex());
        return new Kept(record.digest(), proof, key, fault);
    }
}
