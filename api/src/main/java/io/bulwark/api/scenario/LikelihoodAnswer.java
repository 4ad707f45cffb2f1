package io.bulwark.api.scenario;

import io.bulwark.netting.calibration.Calibration;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How likely a joint move of prices is on one day; of volatility nothing is said.
 *
 * @param plausible whether the governed law passes it once in the governed number of years
 * @param distanceThousandths the least D² over the governed correlations, thousandths, rounded down
 * @param greatestThousandths the largest that is plausible, thousandths, rounded up
 * @param deviationsThousandths how many standard deviations of a stressed day each asset moves, thousandths, by asset
 * @param days of the sealed history on which every asset that moves has a price, and one the day before
 * @param asFar on how many of them each of those assets moved at least as far, in the same direction
 */
@Serdeable
record LikelihoodAnswer(
        boolean plausible,
        int distanceThousandths,
        int greatestThousandths,
        SortedMap<String, Integer> deviationsThousandths,
        int days,
        int asFar) {
    /** Copies. */
    public LikelihoodAnswer {
        deviationsThousandths = Collections.unmodifiableSortedMap(new TreeMap<>(deviationsThousandths));
    }

    static LikelihoodAnswer of(Calibration.Likelihood said) {
        return new LikelihoodAnswer(
                said.isPlausible(), said.distance(), said.greatest(), said.deviations(), said.days(), said.asFar());
    }
}
