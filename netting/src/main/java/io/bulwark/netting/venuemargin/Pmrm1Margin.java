package io.bulwark.netting.venuemargin;

/**
 * What Derive's portfolio risk manager, version 1, says of a portfolio, in its cash asset. Margins are net: value less requirement, negative where value is missing.
 *
 * @param initial net of initial margin
 * @param maintenance net of maintenance margin
 * @param markToMarket value with cash
 * @param worstScenario smallest profit or loss of the scenarios; the basis contingency counts where it is smaller
 * @param optionContingency static charge on naked shorts, ≤ 0
 * @param basisContingency forwards moving apart, ≤ 0
 * @param oracleContingency charge for feeds of low confidence, ≤ 0, initial margin only
 * @param initialFactor factor on the requirement for initial margin
 */
public record Pmrm1Margin(
        double initial,
        double maintenance,
        double markToMarket,
        double worstScenario,
        double optionContingency,
        double basisContingency,
        double oracleContingency,
        double initialFactor) {}
