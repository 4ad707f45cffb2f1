package io.bulwark.netting.portfolio;

import java.util.Optional;
import org.hipparchus.fraction.BigFraction;

/**
 * A position made by borrowing against collateral, buying more of it and posting it again; per unit of own funds.
 *
 * @param collateral posted in all: 1 + ltv + … + ltvⁿ; also the leverage
 * @param debt collateral less own funds
 * @param leverageMax what endless looping would reach, 1/(1 − ltv)
 * @param dropToLiquidation fall of the collateral's price at which the pool may liquidate; empty without debt
 * @param dropToBadDebt fall at which the collateral no longer covers the debt; empty without debt
 */
public record LoopedPosition(
        BigFraction collateral,
        BigFraction debt,
        BigFraction leverageMax,
        Optional<BigFraction> dropToLiquidation,
        Optional<BigFraction> dropToBadDebt) {
    /** More loops than this are refused: exact arithmetic grows with each. */
    public static final int LOOPS_MAX = 1_000;

    /**
     * The position after some loops.
     *
     * @param loanToValue share of collateral borrowed in each loop, in [0, 1)
     * @param liquidationThreshold share of collateral above which debt may be liquidated, in (0, 1]
     * @param loops 0 … {@link #LOOPS_MAX}
     */
    public static LoopedPosition of(BigFraction loanToValue, BigFraction liquidationThreshold, int loops) {
        if (loanToValue.signum() < 0 || loanToValue.compareTo(BigFraction.ONE) >= 0) {
            throw new IllegalArgumentException("ltv must be in [0, 1); have " + loanToValue);
        }
        if (liquidationThreshold.signum() <= 0 || liquidationThreshold.compareTo(BigFraction.ONE) > 0) {
            throw new IllegalArgumentException("liquidationThreshold must be in (0, 1]; have " + liquidationThreshold);
        }
        if (loops < 0 || loops > LOOPS_MAX) {
            throw new IllegalArgumentException("loops must be 0 … " + LOOPS_MAX + "; have " + loops);
        }
        BigFraction step = BigFraction.ONE;
        BigFraction collateral = BigFraction.ONE;
        for (int k = 1; k <= loops; k++) {
            step = step.multiply(loanToValue);
            collateral = collateral.add(step);
        }
        BigFraction debt = collateral.subtract(BigFraction.ONE);
        BigFraction share = debt.divide(collateral);
        Optional<BigFraction> owed = debt.signum() == 0 ? Optional.empty() : Optional.of(share);
        return new LoopedPosition(
                collateral,
                debt,
                BigFraction.ONE.subtract(loanToValue).reciprocal(),
                owed.map(s -> BigFraction.ONE.subtract(s.divide(liquidationThreshold))),
                owed.map(BigFraction.ONE::subtract));
    }
}
