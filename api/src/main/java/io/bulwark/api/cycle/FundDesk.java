package io.bulwark.api.cycle;

import io.bulwark.clearing.ledger.EpochRegister;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.fund.FundProver;
import io.bulwark.prover.fund.FundRequest;
import io.bulwark.prover.fund.FundShape;
import io.bulwark.prover.proof.SetupProgress;

/** Proves that the fund covers the two largest losses beyond margin over a sealed epoch. */
public final class FundDesk {
    private final ProverLibrary library;
    private final EpochRegister epochs;
    private final HouseKeys keys;

    FundDesk(ProverLibrary library, EpochRegister epochs, HouseKeys keys) {
        this.library = library;
        this.epochs = epochs;
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
        try (FundProver prover = FundProver.open(library, keys.of(shape, progress))) {
            return prover.prove(epoch.vaultTable(), request);
        }
    }
}
