package io.bulwark.house.proof;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.register.Documents;
import io.bulwark.clearing.register.EpochRegister;
import io.bulwark.clearing.register.EpochRegister.FundProofRecord;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.epoch.EpochComputation;
import io.bulwark.house.epoch.SealedMargins;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.AccountLeaf.Format;
import io.bulwark.prover.fund.FundProver;
import io.bulwark.prover.fund.FundRequest;
import io.bulwark.prover.fund.FundShape;
import io.bulwark.prover.fund.FundStatement;
import io.bulwark.prover.proof.CircuitKeys;
import io.bulwark.prover.proof.ProofBundle;
import io.bulwark.prover.proof.SetupProgress;
import io.bulwark.prover.proof.Verifier;
import io.bulwark.prover.proof.VerifyingKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Proves what the two largest losses beyond what is held ask of the fund over a sealed epoch, and keeps what it proved with the epoch. */
public final class FundProofs {
    private final ProverLibrary library;
    private final EpochRegister epochs;
    private final Documents documents;
    private final HouseKeys keys;

    public FundProofs(ProverLibrary library, EpochRegister epochs, Documents documents, HouseKeys keys) {
        this.library = library;
        this.epochs = epochs;
        this.documents = documents;
        this.keys = keys;
    }

    /**
     * Proves the fund of an epoch over its sealed vault table.
     *
     * @param shape the size of the circuit, which opens the accounts in the format of the epoch's risk table
     * @param epoch the epoch
     * @param fund what the fund holds, u
     * @param progress hears about once a second while keys are made
     */
    public Answer<FundProver.Proved> prove(FundShape shape, ComputedEpoch epoch, long fund, SetupProgress progress) {
        FundRequest request = new FundRequest(
                EpochComputation.commitment(epoch.sealed().epoch()), SealedMargins.of(epoch, epochs), fund);
        CircuitKeys shaped = keys.of(shape.with(Format.of(epoch.table())), progress);
        try (FundProver prover = FundProver.open(library, shaped)) {
            return prover.prove(epoch.vaultTable(), request).map(proved -> {
                epochs.keepFund(
                        epoch.number(),
                        proved.proof().toJson().getBytes(StandardCharsets.UTF_8),
                        shaped.verifyingKey().encode());
                return proved;
            });
        }
    }

    /**
     * A proof of the fund as it was kept.
     *
     * @param digest SHA-256 of its file form
     * @param proof the proof
     * @param says what it says
     * @param key that checks it
     * @param fault why it does not hold over the epoch, checked now; empty where it holds
     */
    public record Kept(
            Digest digest, ProofBundle proof, FundStatement says, VerifyingKey key, Optional<String> fault) {}

    /** The proofs of the fund that were kept with an epoch, each checked again with the key that was kept beside it. */
    public List<Kept> kept(SealedEpoch epoch) {
        return epochs.fundProofs(epoch.epoch().number()).stream()
                .map(record -> kept(record, FieldElement.ofDigest(epoch.digest())))
                .toList();
    }

    private Kept kept(FundProofRecord record, FieldElement seal) {
        ProofBundle proof = ProofBundle.ofJson(new String(documents.require(record.digest()), StandardCharsets.UTF_8));
        VerifyingKey key = VerifyingKey.of(documents.require(record.verifyingKey()));
        FieldElement shown = proof.publicInputs().seal();
        Optional<String> fault = shown.equals(seal)
                ? switch (new Verifier(library, key).verify(proof)) {
                    case Verifier.Verification.Valid valid -> Optional.empty();
                    case Verifier.Verification.Invalid(String reason) -> Optional.of(reason);
                }
                : Optional.of("it is about another epoch's seal, " + shown.hex());
        return new Kept(record.digest(), proof, FundStatement.of(proof.publicInputs()), key, fault);
    }
}
