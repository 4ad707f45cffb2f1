package io.bulwark.insurance.liquidation;

import org.hipparchus.fraction.BigFraction;

/**
 * A bid in a default auction.
 *
 * @param member who bids
 * @param price a unit, in the currency of the proceeds; may be negative where what is sold is a burden
 * @param quantity ≥ 0, in lots
 */
public record Bid(String member, BigFraction price, BigFraction quantity) {
    /** Checks the quantity. */
    public Bid {
        if (quantity.signum() < 0) {
            throw new IllegalArgumentException("qty of " + member + " must be >= 0; have " + quantity);
        }
    }
}
