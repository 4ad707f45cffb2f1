package io.bulwark.netting.venuemargin;

import java.util.List;

/**
 * What Derive's portfolio risk manager, version 2, says of a portfolio, in its cash asset. Margins are net: value less requirement, negative where value is missing.
 *
 * @param initial net of initial margin
 * @param maintenance net of maintenance margin
 * @param markToMarket value with cash
 * @param optionMarkToMarket discounted value of the options
 * @param collateralMarkToMarket value of the collateral
 * @param basisContingency forwards moving apart, ≤ 0
 * @param oracleContingency charge for feeds of low confidence, ≤ 0
 * @param maintenanceOptionContingency charge on naked shorts in both margins, ≤ 0
 * @param initialOptionContingency further charge on them in initial margin, ≤ 0
 * @param discounts factors on the shocked value of each expiry, in the portfolio's order
 * @param scenarioProfits profit or loss per scenario
 * @param worst which part of the matrix decides
 */
public record Pmrm2Margin(
        double initial,
        double maintenance,
        double markToMarket,
        double optionMarkToMarket,
        double collateralMarkToMarket,
        double basisContingency,
        double oracleContingency,
        double maintenanceOptionContingency,
        double initialOptionContingency,
        List<Discounts> discounts,
        List<Double> scenarioProfits,
        Worst worst) {
    /** Copies the lists. */
    public Pmrm2Margin {
        discounts = List.copyOf(discounts);
        scenarioProfits = List.copyOf(scenarioProfits);
    }

    /**
     * Factors on the shocked value of an expiry.
     *
     * @param positive on a value ≥ 0
     * @param negative on a value &lt; 0
     */
    public record Discounts(double positive, double negative) {}

    /** Which part of the matrix decides; on a tie the earlier one. */
    public enum Worst {
        /** A spot and volatility move. */
        REGULAR,
        /** A move beyond the range, dampened. */
        TAIL,
        /** A tilt of the surface. */
        SKEW,
        /** Forwards moving apart. */
        BASIS
    }
}
