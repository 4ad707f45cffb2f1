package io.bulwark.api.cycle;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.Market;
import io.bulwark.netting.scenario.MarketMove;
import io.bulwark.netting.scenario.RiskTableBuilder;

/**
 * What the risk table of an epoch was built from, so that it can be built again for a market that has moved.
 *
 * @param listing what is listed
 * @param market prices and volatilities of the epoch
 * @param parameters the governed numbers
 */
public record EpochMarket(Listing listing, Market market, ParameterSet parameters) {
    /** The margin table of the market after a move; never sealed, only looked at. */
    public RiskTable tableAfter(MarketMove move) {
        return RiskTableBuilder.marginTable(listing, market.moved(listing, move), parameters)
                .table();
    }
}
