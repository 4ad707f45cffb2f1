package io.bulwark.api.inquiry;

import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundStress;
import io.bulwark.insurance.stresstest.CoverTwo;
import io.bulwark.insurance.stresstest.FundLosses;
import io.bulwark.insurance.stresstest.StressRow;
import io.bulwark.insurance.vault.Assessment;
import io.bulwark.insurance.vault.VaultParameters;
import java.util.List;
import java.util.TreeSet;

/**
 * What a review of the fund would ask now: the demand of a sealed epoch over what stands in the books. Nothing is posted.
 *
 * @param losses what members ask wherever the fund is sized
 * @param assessment of every member
 * @param exempted symbols whose own governed cap binds
 */
record FundReview(FundLosses losses, Assessment assessment, List<FundLosses.Symbol> exempted) {
    FundReview {
        exempted = List.copyOf(exempted);
    }

    /** The row in which the two who lose most beyond what they hold lose most together, forced sales inside. */
    StressRow worst() {
        return CoverTwo.ofRows(losses.held()).worst();
    }

    static FundReview of(ComputedEpoch epoch, FundBook fund) {
        FundLosses losses = FundStress.of(epoch, fund.members());
        long all = epoch.parameters().value(VaultParameters.SYMBOL_CAP);
        return new FundReview(
                losses,
                Assessment.of(
                        epoch.number(),
                        losses,
                        new TreeSet<>(fund.members().values()),
                        fund.vault(),
                        epoch.parameters()),
                losses.symbols().stream()
                        .filter(s -> s.cap() < all && s.losses().total() > s.cap())
                        .toList());
    }
}
