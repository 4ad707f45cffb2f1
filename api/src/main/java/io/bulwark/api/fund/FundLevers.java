package io.bulwark.api.fund;

import io.bulwark.api.door.JsonFields;
import io.bulwark.api.scenario.AskedMoves;
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
import java.util.stream.IntStream;

/**
 * A scenario of the fund with levers pulled. Every field may be absent: then it is the worst row as it is, and nothing is done.
 *
 * @param row of the vault table; absent where a scenario of one's own is asked about
 * @param moves a scenario of one's own in the row's place; absent where a row is asked about
 * @param scalePpm multiple of every price move of the row, ppm, 0 to 5,000,000; volatilities move as in the row
 * @param thresholdPpm maintenance margin at which accounts are sold, ppm of today's, 500,000 to 2,000,000
 * @param batches in how many batches what is forced is traded, 1 to 100
 * @param pausedVenue name of a venue: accounts that span it are not sold
 * @param topUpPpm further margin that every account pays in first, ppm of its initial margin, 0 to 2,000,000
 * @param grid two assets to be moved against one another over the scenario; absent: none
 */
@Serdeable
record FundLevers(
        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<Integer> row,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<AskedMoves> moves,

        int scalePpm,
        int thresholdPpm,
        int batches,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> pausedVenue,

        int topUpPpm,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<Grid> grid) {
    private static final int WHOLE = 1_000_000;
    private static final int NAME_MAX = 80;

    /**
     * Two assets moved against one another, all else as in the scenario: steps times steps scenarios.
     *
     * @param across the asset whose moves change from left to right
     * @param down the asset whose moves change from above to below
     * @param leastPpm the first move of both, ppm
     * @param mostPpm the last move of both, ppm, above the first
     * @param steps how many moves, 2 to 11
     */
    @Serdeable
    record Grid(String across, String down, int leastPpm, int mostPpm, int steps) {
        private static final int STEPS_MAX = 11;

        private static Grid read(JsonFields asked, ComputedEpoch epoch) {
            Grid grid = new Grid(
                    AskedMoves.group(asked, "across", epoch),
                    AskedMoves.group(asked, "down", epoch),
                    (int) asked.wholeNumber("leastPpm", AskedMoves.LEAST, AskedMoves.MOST - 1L),
                    (int) asked.wholeNumber("mostPpm", AskedMoves.LEAST + 1L, AskedMoves.MOST),
                    (int) asked.wholeNumber("steps", 2, STEPS_MAX));
            if (grid.across().equals(grid.down())) {
                throw asked.refuse("down", "must be another asset than across");
            }
            if (grid.mostPpm() <= grid.leastPpm()) {
                throw asked.refuse("mostPpm", "must be above leastPpm, " + grid.leastPpm());
            }
            asked.nothingElse();
            return grid;
        }

        /** The moves, from the first to the last; between them rounded toward the first. */
        List<Integer> at() {
            long span = (long) mostPpm - leastPpm;
            return IntStream.range(0, steps)
                    .mapToObj(i -> (int) (leastPpm + span * i / (steps - 1)))
                    .toList();
        }
    }

    /** Nothing is done in the row that asks most of the fund. */
    static FundLevers none(ComputedEpoch epoch, FundBook fund) {
        return new FundLevers(
                Optional.of(worst(epoch, fund)),
                Optional.empty(),
                WHOLE,
                WHOLE,
                1,
                Optional.empty(),
                0,
                Optional.empty());
    }

    /**
     * Reads what is asked of an epoch.
     *
     * @throws io.bulwark.clearing.document.BadInput naming field, value and rule
     */
    static FundLevers read(JsonFields asked, ComputedEpoch epoch, FundBook fund) {
        Optional<AskedMoves> moves = asked.has("moves")
                ? Optional.of(
                        AskedMoves.read(asked.object("moves"), number(asked, "volatilityPpm", -WHOLE, WHOLE, 0), epoch))
                : Optional.empty();
        if (moves.isPresent() && (asked.has("row") || asked.has("scalePpm"))) {
            throw asked.refuse("moves", "must be absent beside row or scalePpm: a scenario is a row or of one's own");
        }
        FundLevers levers = new FundLevers(
                moves.isPresent()
                        ? Optional.empty()
                        : Optional.of(number(asked, "row", 0, epoch.vaultTable().rowCount() - 1, worst(epoch, fund))),
                moves,
                number(asked, "scalePpm", 0, PriceMoves.SCALE_MAX, WHOLE),
                number(asked, "thresholdPpm", Levers.THRESHOLD_MIN, Levers.THRESHOLD_MAX, WHOLE),
                number(asked, "batches", 1, Levers.BATCHES_MAX, 1),
                pausedVenue(asked, epoch),
                number(asked, "topUpPpm", 0, Levers.TOP_UP_MAX, 0),
                asked.has("grid") ? Optional.of(Grid.read(asked.object("grid"), epoch)) : Optional.empty());
        if (levers.grid().isPresent() && moves.isEmpty()) {
            throw asked.refuse("grid", "must stand beside moves, which may be empty");
        }
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
