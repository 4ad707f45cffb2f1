package io.bulwark.api.inquiry;

import io.bulwark.api.cycle.ComputedEpoch;
import io.bulwark.insurance.stresstest.StressRow;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * What the fund must hold after an epoch (Cover-2).
 *
 * @param epoch number of the epoch
 * @param need what the two members who lose most beyond margin lose together, in the worst row
 * @param explanation the row, the pair and what they lose, as a sentence
 * @param rows every row of the vault table with the members who lose beyond margin
 */
@Serdeable
public record FundAnswer(long epoch, Money need, String explanation, List<StressRow> rows) {
    /** The answer of a computed epoch. */
    public static FundAnswer of(ComputedEpoch epoch) {
        return new FundAnswer(
                epoch.number(),
                Money.of(epoch.cover().need()),
                epoch.cover().explanation(),
                epoch.cover().rows());
    }
}
