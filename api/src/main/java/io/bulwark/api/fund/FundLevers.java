package io.bulwark.api.fund;

import io.bulwark.api.door.JsonFields;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundBook;
import io.bulwark.house.fund.FundBook.Reliance;
import io.bulwark.insurance.defaultmanagement.DefaultParameters;
import io.bulwark.insurance.monitor.Levers;
import io.bulwark.netting.scenario.PriceMoves;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/**
 * A scenario of the fund with levers pulled. Every field may be absent: then it is the worst row as it is, and nothing is done.
 *
 * @param row of the vault table
 * @param scalePpm multiple of every price move of the row, ppm, 0 to 5,000,000; volatilities move as in the row
 * @param thresholdPpm maintenance margin at which accounts are sold, ppm of today's, 500,000 to 2,000,000
 * @param batches in how many batches what is forced is traded, 1 to 100
 * @param pausedVenue name of a venue: accounts that span it are not sold
 * @param topUpPpm further margin that every account pays in first, ppm of its initial margin, 0 to 2,000,000
 */
@Serdeable
record FundLevers(
        int row,
        int scalePpm,
        int thresholdPpm,
        int batches,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> pausedVenue,

        int topUpPpm) {
    private static final int WHOLE = 1_000_000;
    private static final int NAME_MAX = 80;

    /** Nothing is done in the row that asks most of the fund. */
    static FundLevers none(ComputedEpoch epoch, FundBook fund) {
        return new FundLevers(worst(epoch, fund), WHOLE, WHOLE, 1, Optional.empty(), 0);
    }

    /**
     * Reads what is asked of an epoch.
     *
     * @throws io.bulwark.clearing.document.BadInput naming field, value and rule
     */
    static FundLevers read(JsonFields asked, ComputedEpoch epoch, FundBook fund) {
        FundLevers levers = new FundLevers(
                number(asked, "row", 0, epoch.vaultTable().rowCount() - 1, worst(epoch, fund)),
                number(asked, "scalePpm", 0, PriceMoves.SCALE_MAX, WHOLE),
                number(asked, "thresholdPpm", Levers.THRESHOLD_MIN, Levers.THRESHOLD_MAX, WHOLE),
                number(asked, "batches", 1, Levers.BATCHES_MAX, 1),
                pausedVenue(asked, epoch),
                number(asked, "topUpPpm", 0, Levers.TOP_UP_MAX, 0));
        asked.nothingElse();
        return levers;
    }

    private static int worst(ComputedEpoch epoch, FundBook fund) {
        return Reliance.cover(epoch, fund.members()).worst().row();
    }

    private static int number(JsonFields asked, String name, int least, int most, int absent) {
        return (int) asked.wholeNumber(name, least, most, absent);
    }

    private static Optional<String> pausedVenue(JsonFields asked, ComputedEpoch epoch) {
        if (!asked.has("pausedVenue")) {
            return Optional.empty();
        }
        String venue = asked.text("pausedVenue", NAME_MAX);
        List<String> venues = FundBoard.venues(epoch);
        if (!venues.contains(venue)) {
            throw asked.refuse("pausedVenue", "must be one of " + venues);
        }
        return Optional.of(venue);
    }

    /** The levers over the governed share of a displacement that stays between batches. */
    Levers over(ComputedEpoch epoch) {
        return new Levers(
                thresholdPpm,
                batches,
                (int) epoch.parameters().value(DefaultParameters.DISPLACEMENT_KEPT),
                pausedVenue,
                topUpPpm);
    }
}
