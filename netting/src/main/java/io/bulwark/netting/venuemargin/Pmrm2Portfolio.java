package io.bulwark.netting.venuemargin;

import java.util.List;

/**
 * A portfolio of one underlying under the portfolio risk manager, version 2.
 *
 * @param cash in the cash asset, signed
 * @param perpetuals units, short below 0
 * @param perpetualValue gains and funding of the perpetuals not settled yet
 * @param collateral assets held
 * @param expiries one entry per expiry
 */
public record Pmrm2Portfolio(
        double cash,
        double perpetuals,
        double perpetualValue,
        List<HeldCollateral> collateral,
        List<HeldExpiry> expiries) {
    /** Copies the lists and checks the ranges. */
    public Pmrm2Portfolio {
        Check.finite("cash", cash);
        Check.finite("perpetuals", perpetuals);
        Check.finite("perpetual value", perpetualValue);
        collateral = List.copyOf(collateral);
        expiries = List.copyOf(expiries);
    }

    /**
     * An asset held as collateral.
     *
     * @param value in the cash asset, ≥ 0
     * @param confidence of its price feed, 0 to 1
     * @param riskCancelling whether it moves with the underlying and so hedges
     * @param initialHaircut further haircut in initial margin
     * @param maintenanceHaircut haircut in both margins
     */
    public record HeldCollateral(
            double value, double confidence, boolean riskCancelling, double initialHaircut, double maintenanceHaircut) {
        /** Checks the ranges. */
        public HeldCollateral {
            Check.notNegative("collateral value", value);
            Check.notNegative("collateral confidence", confidence);
            Check.notNegative("collateral initial haircut", initialHaircut);
            Check.notNegative("collateral maintenance haircut", maintenanceHaircut);
        }
    }
}
