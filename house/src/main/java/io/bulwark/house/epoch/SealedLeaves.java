package io.bulwark.house.epoch;

import io.bulwark.clearing.epoch.EpochInputs.AccountInput;
import io.bulwark.clearing.register.EpochRegister;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.commitment.AccountLeaf;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every account of a sealed epoch as it stands in the account tree, for whoever proves over all of them. */
public final class SealedLeaves {
    private SealedLeaves() {}

    static Map<Integer, AccountInput> inputs(ComputedEpoch epoch, EpochRegister epochs) {
        return epochs.epoch(epoch.number()).orElseThrow().inputs().accounts().stream()
                .collect(Collectors.toMap(AccountInput::number, Function.identity()));
    }

    public static List<AccountLeaf> of(ComputedEpoch epoch, EpochRegister epochs) {
        Map<Integer, AccountInput> inputs = inputs(epoch, epochs);
        AccountLeaf.Format format = AccountLeaf.Format.of(epoch.table());
        return epoch.accounts().stream()
                .map(line -> {
                    AccountInput input = inputs.get(line.number());
                    if (input == null) {
                        throw new IllegalStateException(
                                "account " + line.number() + " must be among the sealed inputs");
                    }
                    return new AccountLeaf(
                            format,
                            line.number(),
                            FieldElement.ofDigest(input.owner()),
                            FieldElement.ofDigest(input.salt()),
                            line.lots());
                })
                .toList();
    }
}
