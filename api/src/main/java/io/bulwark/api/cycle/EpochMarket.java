package io.bulwark.api.cycle;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.netting.scenario.Market;

/**
 * What the risk table of an epoch was built from, so that it can be built again for a market that has moved.
 *
 * @param listing what is listed
 * @param market prices and volatilities of the epoch
 * @param parameters the governed numbers
 */
public record EpochMarket(Listing listing, Market market, ParameterSet parameters) {}
