package io.bulwark.netting.venuemargin;

/**
 * Prices that a portfolio of one underlying on Derive is margined at.
 *
 * @param spot of the underlying, USD, &gt; 0
 * @param spotConfidence of the spot feed, 0 to 1
 * @param stable price of the cash asset, USD, &gt; 0
 * @param perpetual mark of the perpetual, USD; 0 where there is none
 * @param perpetualConfidence of its feed, 0 to 1
 */
public record PmrmMarket(
        double spot, double spotConfidence, double stable, double perpetual, double perpetualConfidence) {
    /** Checks the ranges. */
    public PmrmMarket {
        Check.positive("spot", spot);
        Check.notNegative("spot confidence", spotConfidence);
        Check.positive("stable price", stable);
        Check.notNegative("perpetual price", perpetual);
        Check.notNegative("perpetual confidence", perpetualConfidence);
    }

    /** The lowest confidence that a portfolio with so many perpetuals depends on. */
    double confidence(double perpetuals) {
        return perpetuals == 0 ? spotConfidence : Math.min(spotConfidence, perpetualConfidence);
    }
}
