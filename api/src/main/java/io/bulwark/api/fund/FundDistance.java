package io.bulwark.api.fund;

import io.bulwark.api.door.Money;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundBook;
import io.bulwark.house.fund.FundBook.Reliance;
import io.bulwark.insurance.stresstest.ReverseStress;
import io.bulwark.netting.scenario.PriceMoves;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;

/**
 * How far the worst row is from exhausting what is paid into the fund, forced sales inside.
 *
 * @param epoch its number
 * @param scenario the row in words
 * @param multiplePpm the smallest multiple of its price moves that exhausts it, ppm; absent where none up to {@code mostPpm} does
 * @param mostPpm the largest multiple that was looked at, ppm
 * @param beyond what no paid-in layer pays at that multiple
 */
@Serdeable
record FundDistance(
        long epoch,
        String scenario,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<Integer> multiplePpm,

        int mostPpm,
        Money beyond) {
    /** The distance of a computed epoch. */
    public static FundDistance of(ComputedEpoch epoch, FundBook fund) {
        ReverseStress distance = fund.distance(epoch);
        return new FundDistance(
                epoch.number(),
                Reliance.cover(epoch, fund.members()).worst().scenario(),
                distance.multiplePpm().stream().boxed().findFirst(),
                PriceMoves.SCALE_MAX,
                Money.of(distance.loss()));
    }
}
