package io.bulwark.api.fund;

import io.bulwark.api.door.Money;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundBook;
import io.bulwark.house.fund.SizingRow;
import io.bulwark.insurance.stresstest.CoverTwo;
import io.bulwark.insurance.stresstest.FundDemand;
import io.bulwark.insurance.stresstest.FundLayer;
import io.bulwark.insurance.stresstest.FundSize;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/**
 * The size of the fund layer by layer. Follows from the sealed epoch alone, so replay finds it again.
 *
 * <p>Not what the proof of the fund says: that is the epoch's need, direct losses beyond IM. Here forced sales are inside the losses where the house publishes a buffer, and what a
 * member really holds stands against them, min(E, IM + Buffer).
 *
 * @param coverTwo the two members who lose most beyond what they hold, forced sales included, in the worst row
 * @param largestOne the same of one member
 * @param hiddenAffiliates the same of four members: each of the pair may secretly be two
 * @param totalUncovered what all lose beyond what they hold in the row that is worst for this sum
 * @param shortfall expected shortfall of 99 % of what all lose beyond what they hold, over the sealed rows of expected shortfall
 * @param shortfallRows how many such rows the sealed table has; one is a row of zeros: the house publishes none
 * @param market the largest of Cover-2, that shortfall and the governed share of the sum
 * @param jumpToZero largest loss beyond margin if one symbol and all claims on it are worth nothing, at most the governed cap of the symbol
 * @param jumpSymbol which
 * @param exempted symbols whose own governed cap is below what their loss would cost, with the loss and the cap
 * @param liquidity largest sum that one member's margin must bring on the day beyond the cash that it has: margin that covers a loss but has to be sold first
 * @param venueDefault what all are short by beyond the market's part if the costliest venue fails
 * @param total market, jump to zero, liquidity and venue default together
 * @param demanded what contributions follow: the larger of the total and of the proved need
 * @param standing what stands in the fund now, the house's own capital included
 * @param sized the layers that add up to what is demanded, with the part of every member, and what of each the proof of the fund says
 * @param rows every scenario: those that size the market's layer, and those beyond plausible, for which the fund is not sized
 */
@Serdeable
public record FundLayers(
        Money coverTwo,
        Money largestOne,
        Money hiddenAffiliates,
        Money totalUncovered,
        Money shortfall,
        int shortfallRows,
        Money market,
        Money jumpToZero,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> jumpSymbol,

        List<Exemption> exempted,
        Money liquidity,
        Money venueDefault,
        Money total,
        Money demanded,
        Money standing,
        List<FundLayer> sized,
        List<Row> rows) {
    /** Copies the lists. */
    public FundLayers {
        exempted = List.copyOf(exempted);
        sized = List.copyOf(sized);
        rows = List.copyOf(rows);
    }

    /**
     * One scenario.
     *
     * @param scenario in words
     * @param sizes whether the fund is sized for it
     * @param why it is, or is not
     * @param need what the two who lose most lose beyond what they hold, forced sales included
     * @param all what all lose
     */
    @Serdeable
    public record Row(String scenario, boolean sizes, String why, Money need, Money all) {
        private static Row of(SizingRow row) {
            return new Row(
                    row.losses().scenario(),
                    row.isSizing(),
                    row.why(),
                    Money.of(row.need()),
                    Money.of(row.losses().total()));
        }
    }

    /**
     * A symbol that puts less into the fund than its loss would cost, because governance says so for it alone.
     *
     * @param symbol its name
     * @param loss beyond margin if it is worth nothing
     * @param cap governed
     */
    @Serdeable
    public record Exemption(String symbol, Money loss, Money cap) {}

    /** The layers of a review. */
    static FundLayers of(ComputedEpoch epoch, FundBook.Review review, FundBook fund) {
        FundDemand demand = review.assessment().demand();
        FundSize size = demand.size();
        return new FundLayers(
                Money.of(size.coverTwo()),
                Money.of(CoverTwo.ofRows(review.losses().held()).worst(1).largest(1)),
                Money.of(size.hiddenAffiliateCover()),
                Money.of(size.totalUncovered()),
                Money.of(demand.shortfall()),
                review.losses().tail().rows().size(),
                Money.of(size.market()),
                Money.of(size.jumpToZero()),
                demand.layers().stream()
                        .filter(layer -> layer.name().equals(FundDemand.JUMP) && layer.size() > 0)
                        .map(FundLayer::where)
                        .findFirst(),
                review.exempted().stream()
                        .map(s -> new Exemption(
                                s.losses().scenario(), Money.of(s.losses().total()), Money.of(s.cap())))
                        .toList(),
                Money.of(size.liquidity()),
                Money.of(size.venueDefault()),
                Money.of(size.total()),
                Money.of(demand.total()),
                Money.of(fund.book().total()),
                demand.layers(),
                SizingRow.of(epoch, fund.members(), review.losses()).stream()
                        .map(Row::of)
                        .toList());
    }
}
