package io.bulwark.house.epoch;

import io.bulwark.clearing.register.EpochRegister;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.fund.FundRequest;
import java.util.List;
import java.util.stream.IntStream;

/** Every account of a sealed epoch with its leaf of the margin tree: what statements over the whole house are proved from. */
public final class SealedMargins {
    private SealedMargins() {}

    public static List<FundRequest.Account> of(ComputedEpoch epoch, EpochRegister epochs) {
        List<AccountLeaf> leaves = SealedLeaves.of(epoch, epochs);
        return IntStream.range(0, leaves.size())
                .mapToObj(i ->
                        new FundRequest.Account(leaves.get(i), epoch.margins().get(i)))
                .toList();
    }
}
