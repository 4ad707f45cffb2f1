package io.bulwark.netting.venuemargin;

/**
 * Published parameters of Derive's standard manager, one set for every market. Ratios are fractions.
 *
 * @param maintenancePerpetual charge on the perpetuals' notional
 * @param initialPerpetual the same in initial margin
 * @param options charges on options
 * @param baseFactor share of the underlying held that counts
 * @param baseInitialScale further share in initial margin
 * @param oracleThreshold confidence below which initial margin is charged; 0 for never
 * @param oracleFactor charge on the notional per unit of missing confidence
 * @param depegThreshold price of the cash asset below which initial margin is charged
 * @param depegFactor charge on shorts and perpetuals per unit of the missing price
 */
public record StandardParameters(
        double maintenancePerpetual,
        double initialPerpetual,
        Options options,
        double baseFactor,
        double baseInitialScale,
        double oracleThreshold,
        double oracleFactor,
        double depegThreshold,
        double depegFactor) {
    /**
     * Charges on options, in shares of the spot.
     *
     * @param most charge on a short option at the money in initial margin
     * @param least charge far out of the money in initial margin
     * @param maintenanceCall charge on a short call in maintenance margin
     * @param maintenancePut charge on a short put in maintenance margin
     * @param maintenancePutMark share of a short put's mark that is charged if that is more
     * @param unpairedInitial charge on net short calls, in shares of the forward, in initial margin
     * @param unpairedMaintenance the same in maintenance margin
     * @param putScale initial over maintenance margin of a short put, at least
     */
    public record Options(
            double most,
            double least,
            double maintenanceCall,
            double maintenancePut,
            double maintenancePutMark,
            double unpairedInitial,
            double unpairedMaintenance,
            double putScale) {}

    /** Charge for feeds of a confidence on a notional, ≥ 0. */
    double oracle(double confidence, double notional) {
        return oracleThreshold != 0 && confidence < oracleThreshold ? (1 - confidence) * oracleFactor * notional : 0;
    }
}
