package io.bulwark.netting.portfolio;

import io.bulwark.clearing.instrument.Listing;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.risktable.RiskTable;

/**
 * What the holdings of an epoch are converted by.
 *
 * @param listing lots and settlement assets
 * @param market the prices of the table
 * @param table bounds of instruments and the minimum margin
 */
public record ConversionBasis(Listing listing, Market market, RiskTable table) {}
