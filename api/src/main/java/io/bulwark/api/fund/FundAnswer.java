package io.bulwark.api.fund;

import io.bulwark.api.contribution.FundMoney;
import io.bulwark.api.door.Money;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundBook;
import io.bulwark.house.fund.FundBook.Reliance;
import io.bulwark.insurance.stresstest.CoverTwo;
import io.bulwark.insurance.stresstest.FundSize;
import io.bulwark.insurance.stresstest.StressRow;
import io.bulwark.insurance.vault.Contribution;
import io.bulwark.insurance.vault.VaultParameters;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/**
 * What the fund must hold after an epoch (Cover-2).
 *
 * @param epoch number of the epoch
 * @param money what of the fund is there: only what was received
 * @param rests who rests on the fund; everything else here is about them alone
 * @param need what the two members who lose most beyond margin lose together, in the worst row
 * @param explanation the row, the pair and what they lose, as a sentence
 * @param hiddenAffiliates the same of four members: each of the pair may secretly be two
 * @param totalUncovered what all lose beyond margin in the row that is worst for this sum
 * @param market the larger of the need and of the governed share of that sum (vault.uncoveredShare): no affiliate that hides moves it
 * @param demanded what the fund must hold: the larger of the need, which is proved, and of all layers; contributions add up to it
 * @param layers the size of the fund layer by layer, forced sales and what members really hold inside
 * @param contributions what the next review asks of every member, over what stands now; amounts in u
 * @param clock what the fund can really pay in the worst row, and for how long
 * @param chains every collateral symbol with the claims on it, hop by hop
 * @param pool what members hold against contagion beside their margin; absent where the house publishes no contagion buffer
 * @param rows every row of the vault table with the members who lose beyond margin
 */
@Serdeable
public record FundAnswer(
        long epoch,
        FundMoney money,
        FundRests rests,
        Money need,
        String explanation,
        Money hiddenAffiliates,
        Money totalUncovered,
        Money market,
        Money demanded,
        FundLayers layers,
        List<Contribution> contributions,
        FundClock clock,
        List<ReuseChain> chains,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<BufferPool> pool,

        List<StressRow> rows) {
    /** Copies the lists. */
    public FundAnswer {
        contributions = List.copyOf(contributions);
        chains = List.copyOf(chains);
        rows = List.copyOf(rows);
    }

    /** The answer of a computed epoch, beside what the books say about the fund. */
    public static FundAnswer of(ComputedEpoch epoch, FundBook fund) {
        CoverTwo cover = Reliance.cover(epoch, fund.members());
        FundSize size = FundSize.of(cover, 0, epoch.parameters().value(VaultParameters.UNCOVERED_SHARE), 0, 0, 0);
        FundBook.Review review = fund.review(epoch);
        FundLayers layers = FundLayers.of(epoch, review, fund);
        return new FundAnswer(
                epoch.number(),
                FundMoney.of(fund.book(), layers.demanded().u(), epoch.time()),
                FundRests.of(epoch, fund),
                Money.of(cover.need()),
                cover.explanation(),
                Money.of(size.hiddenAffiliateCover()),
                Money.of(size.totalUncovered()),
                Money.of(size.market()),
                layers.demanded(),
                layers,
                review.assessment().contributions(),
                FundClock.of(epoch, review.worst(), review.assessment().contributions(), fund),
                ReuseChain.of(epoch, fund),
                BufferPool.of(epoch),
                cover.scenarios());
    }
}
