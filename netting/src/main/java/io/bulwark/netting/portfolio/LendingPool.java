package io.bulwark.netting.portfolio;

import org.hipparchus.fraction.BigFraction;

/**
 * A pool that lent against one collateral symbol, at today's price.
 *
 * @param collateral value posted, ≥ 0
 * @param debt lent against it, ≥ 0
 */
public record LendingPool(BigFraction collateral, BigFraction debt) {
    /** Checks signs. */
    public LendingPool {
        if (collateral.signum() < 0 || debt.signum() < 0) {
            throw new IllegalArgumentException("collateral and debt must be >= 0; have " + collateral + ", " + debt);
        }
    }

    /**
     * What lenders lose if the collateral falls.
     *
     * @param drop share of its price, in [0, 1]: 1 is the jump to zero
     */
    public BigFraction badDebt(BigFraction drop) {
        if (drop.signum() < 0 || drop.compareTo(BigFraction.ONE) > 0) {
            throw new IllegalArgumentException("drop must be in [0, 1]; have " + drop);
        }
        BigFraction loss = debt.subtract(collateral.multiply(BigFraction.ONE.subtract(drop)));
        return loss.signum() > 0 ? loss : BigFraction.ZERO;
    }

    /**
     * What one receipt of the pool is then worth: depositors bear the bad debt together.
     *
     * @param deposits > 0
     * @param drop share of the collateral's price
     */
    public BigFraction receiptRate(BigFraction deposits, BigFraction drop) {
        if (deposits.signum() <= 0) {
            throw new IllegalArgumentException("deposits must be > 0; have " + deposits);
        }
        BigFraction left = deposits.subtract(badDebt(drop));
        return left.signum() > 0 ? left.divide(deposits) : BigFraction.ZERO;
    }
}
