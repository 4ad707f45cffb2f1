package io.bulwark.netting.venuemargin;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What Deribit's portfolio margin says of the positions in one settlement coin, in coins.
 *
 * @param worstCase largest loss of the standard and the extended table, ≥ 0
 * @param rollShock charge on every delta for the roll
 * @param deltaShock charge on a large net delta
 * @param correlationContingency charge on profits of one index that cover another's losses: 0 where there is one index
 * @param riskMatrixMargin the four together
 * @param initial with the venue's own charges on spot, orders and quoting
 * @param maintenance share of the risk-matrix margin
 * @param standardPerBucket per instrument, price buckets from low to high: the smallest profit over the volatility scenarios
 * @param aggregatedPerBucket the same for the positions together, profits offset only in part
 */
public record DeribitMargin(
        double worstCase,
        double rollShock,
        double deltaShock,
        double correlationContingency,
        double riskMatrixMargin,
        double initial,
        double maintenance,
        SequencedMap<String, List<Double>> standardPerBucket,
        List<Double> aggregatedPerBucket) {
    /** Copies. */
    public DeribitMargin {
        standardPerBucket = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(standardPerBucket));
        aggregatedPerBucket = List.copyOf(aggregatedPerBucket);
    }
}
