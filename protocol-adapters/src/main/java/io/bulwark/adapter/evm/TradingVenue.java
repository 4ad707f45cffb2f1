package io.bulwark.adapter.evm;

/**
 * A kind of venue on a chain at which one may trade for the account of another who approved it on the chain: an order of the house is
 * sent there. At any other venue it is proposed.
 *
 * @param <F> what a founding file says of such a venue
 */
public interface TradingVenue<F extends ChainVenue.OnChain> extends ChainVenue<F> {
    /** Who knows the calls. */
    VenueTrader trader(F founding);
}
