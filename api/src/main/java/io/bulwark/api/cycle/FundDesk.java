package io.bulwark.api.cycle;

import io.bulwark.clearing.epoch.EpochInputs.AccountInput;
import io.bulwark.clearing.ledger.EpochRegister;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.fund.FundProver;
import io.bulwark.prover.fund.FundRequest;
import io.bulwark.prover.fund.FundShape;
import io.bulwark.prover.proof.SetupProgress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
        FundRequest request =
                new FundRequest(EpochComputation.commitment(epoch.sealed().epoch()), accounts(epoch), fund);
        try (FundProver prover = FundProver.open(library, keys.of(shape, progress))) {
            return prover.prove(epoch.vaultTable(), request);
        }
    }

    /** Members get numbers in the order of their names; an account without margin pays nothing before the fund does. */
    private List<FundRequest.Account> accounts(ComputedEpoch epoch) {
        Map<Integer, AccountInput> inputs = SealedLeaves.inputs(epoch, epochs);
        List<String> members = inputs.values().stream()
                .map(AccountInput::member)
                .distinct()
                .sorted()
                .toList();
        List<AccountLeaf> leaves = SealedLeaves.of(epoch, epochs);
        SecureRandom random = new SecureRandom();
        List<FundRequest.Account> accounts = new ArrayList<>();
        for (int i = 0; i < leaves.size(); i++) {
            AccountLine line = epoch.accounts().get(i);
            AccountInput input = Objects.requireNonNull(inputs.get(line.number()));
            long margin = line.margin()
                    .stated()
                    .map(statement -> statement.initialMargin())
                    .orElse(0L);
            accounts.add(new FundRequest.Account(
                    leaves.get(i), members.indexOf(input.member()), margin, AccountLeaf.drawSalt(random)));
        }
        return accounts;
    }
}
