package io.bulwark.api.cycle;

import io.bulwark.clearing.ledger.EpochRegister;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.fund.FundRequest;
import java.util.List;
import java.util.stream.IntStream;

/** Every account of a sealed epoch with its leaf of the margin tree: what statements over the whole house are proved from. */
final class SealedMargins {
    private SealedMargins() {}

    static List<FundRequest.Account> of(ComputedEpoch epoch, EpochRegister epochs) {
        List<AccountLeaf> leaves = SealedLeaves.of(epoch, epochs);
        return IntStream.range(0, leaves.size())
                .mapToObj(i ->
                        new FundRequest.Account(leaves.get(i), epoch.margins().get(i)))
                .toList();
    }
}
