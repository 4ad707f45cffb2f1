package io.bulwark.api.crif;

import java.math.BigDecimal;

/**
 * One sensitivity of one trade.
 *
 * @param line where it stands in its file, from 1; 0 for a row that was computed
 * @param trade names the trade
 * @param portfolio names the portfolio
 * @param productClass Commodity
 * @param riskType {@link #DELTA} or {@link #VEGA} where the house maps it
 * @param qualifier name of the risk group, such as BTC
 * @param bucket {@link #OTHER}
 * @param label tenor of a vega, empty for a delta
 * @param amount USD: change of value for +1 % of the price (delta), for +1 volatility point (vega)
 */
record CrifRow(
        int line,
        String trade,
        String portfolio,
        String productClass,
        String riskType,
        String qualifier,
        String bucket,
        String label,
        BigDecimal amount) {
    /** The product class of commodities. */
    static final String COMMODITY = "Commodity";

    /** Risk type of a delta. */
    static final String DELTA = "Risk_Commodity";

    /** Risk type of a vega. */
    static final String VEGA = "Risk_CommodityVol";

    /** The bucket of commodities that have none of their own. */
    static final String OTHER = "16";
}
