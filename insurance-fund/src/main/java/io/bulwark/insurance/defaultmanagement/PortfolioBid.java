package io.bulwark.insurance.defaultmanagement;

/**
 * A bid for a part of a failed account's portfolio, on top of its value at the marks of the declared row.
 *
 * @param account number of the failed account
 * @param bidder member who bids
 * @param price u a lot on top of the marked value; negative for a discount
 * @param lots of one per cent of the portfolio, 1 … 100
 */
public record PortfolioBid(int account, String bidder, long price, int lots) {
    /** How many lots a portfolio has. */
    public static final int LOTS = 100;

    /** Checks the lots. */
    public PortfolioBid {
        if (lots < 1 || lots > LOTS) {
            throw new IllegalArgumentException("lots of " + bidder + "'s bid must be 1 … " + LOTS + "; have " + lots);
        }
    }
}
