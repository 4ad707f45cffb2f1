package io.bulwark.netting.surface;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import java.util.OptionalDouble;

/**
 * What is quoted for one option. Prices are undiscounted and in units of the forward of its expiry: what a venue that settles in
 * the coin quotes in coins.
 *
 * @param right call or put
 * @param strike K &gt; 0, in the unit of the forward
 * @param bid best bid, if somebody bids
 * @param ask best offer, if somebody offers
 * @param mark the venue's mark, if it gives one
 * @param volatility the venue's own implied volatility, a fraction a year, if it gives one
 */
public record OptionQuote(
        OptionRight right,
        double strike,
        OptionalDouble bid,
        OptionalDouble ask,
        OptionalDouble mark,
        OptionalDouble volatility) {

    /** Checks the strike. */
    public OptionQuote {
        if (!(strike > 0)) {
            throw new IllegalArgumentException("strike must be > 0; have " + strike);
        }
    }
}
