package io.bulwark.api.inquiry;

import io.bulwark.api.cycle.ComputedEpoch;
import io.bulwark.insurance.stresstest.FundSize;
import io.bulwark.insurance.stresstest.StressRow;
import io.bulwark.insurance.vault.VaultParameters;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * What the fund must hold after an epoch (Cover-2).
 *
 * @param epoch number of the epoch
 * @param need what the two members who lose most beyond margin lose together, in the worst row
 * @param explanation the row, the pair and what they lose, as a sentence
 * @param hiddenAffiliates the same of four members: each of the pair may secretly be two
 * @param totalUncovered what all lose beyond margin in the row that is worst for this sum
 * @param market the larger of the need and of the governed share of that sum (vault.uncoveredShare): no affiliate that hides moves it
 * @param layers the size of the fund layer by layer, forced sales and what members really hold inside
 * @param rows every row of the vault table with the members who lose beyond margin
 */
@Serdeable
public record FundAnswer(
        long epoch,
        Money need,
        String explanation,
        Money hiddenAffiliates,
        Money totalUncovered,
        Money market,
        FundLayers layers,
        List<StressRow> rows) {
    /** Copies the rows. */
    public FundAnswer {
        rows = List.copyOf(rows);
    }

    /** The answer of a computed epoch, beside what the books say about the fund. */
    public static FundAnswer of(ComputedEpoch epoch, FundBook fund) {
        FundSize size = FundSize.of(epoch.cover(), 0, epoch.parameters().value(VaultParameters.UNCOVERED_SHARE), 0, 0);
        return new FundAnswer(
                epoch.number(),
                Money.of(epoch.cover().need()),
                epoch.cover().explanation(),
                Money.of(size.hiddenAffiliateCover()),
                Money.of(size.totalUncovered()),
                Money.of(size.market()),
                FundLayers.of(epoch, fund),
                epoch.cover().rows());
    }
}
