package io.bulwark.house.proof;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.register.EpochRegister;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.epoch.EpochComputation;
import io.bulwark.house.epoch.SealedMargins;
import io.bulwark.netting.buffer.BufferTariff;
import io.bulwark.netting.contagion.ForcedFlows;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.binding.ProverRefusal;
import io.bulwark.prover.commitment.AccountLeaf.Format;
import io.bulwark.prover.contagion.ContagionProver;
import io.bulwark.prover.contagion.ContagionRequest;
import io.bulwark.prover.contagion.ContagionShape;
import io.bulwark.prover.proof.SetupProgress;
import java.util.List;
import java.util.function.Function;

/** Proves that the contagion vectors of a sealed epoch dominate one step of the cascade. */
public final class ContagionProofs {
    private final ProverLibrary library;
    private final EpochRegister epochs;
    private final HouseKeys keys;

    public ContagionProofs(ProverLibrary library, EpochRegister epochs, HouseKeys keys) {
        this.library = library;
        this.epochs = epochs;
        this.keys = keys;
    }

    /**
     * Proves the vectors of an epoch.
     *
     * @param shape the size of the circuit for a tariff; it opens the accounts in the format of the epoch's table
     * @param epoch the epoch
     * @param progress hears about once a second while keys are made
     * @throws BadInput if the epoch's house publishes no buffer, or an account holds something and has no margin
     */
    public Answer<ContagionProver.Proved> prove(
            Function<BufferTariff, ContagionShape> shape, ComputedEpoch epoch, SetupProgress progress) {
        BufferTariff tariff = epoch.buffer()
                .map(buffer -> buffer.buffer().tariff())
                .orElseThrow(() -> new BadInput(
                        "--epoch",
                        String.valueOf(epoch.number()),
                        "must be an epoch with a contagion buffer: the house publishes none"));
        epoch.accounts().forEach(ContagionProofs::requireMargin);
        ContagionRequest request = new ContagionRequest(
                EpochComputation.commitment(epoch.sealed().epoch()),
                epoch.table(),
                tariff,
                SealedMargins.of(epoch, epochs));
        ContagionShape size = shape.apply(tariff).with(Format.of(epoch.table()));
        if (request.flows(library, size) instanceof Answer.Refused<List<ForcedFlows>>(ProverRefusal refusal)) {
            return new Answer.Refused<>(refusal);
        }
        try (ContagionProver prover = ContagionProver.open(library, keys.of(size, progress))) {
            return prover.prove(request);
        }
    }

    /** The cascade leaves out what has no margin; a proof over every sealed account cannot. */
    private static void requireMargin(AccountLine line) {
        if (line.margin().stated().isEmpty() && !line.lots().equals(MarginAccount.EMPTY)) {
            throw new BadInput(
                    "account",
                    String.valueOf(line.number()),
                    "must have a margin, as it holds something: a certificate speaks of every sealed account");
        }
    }
}
