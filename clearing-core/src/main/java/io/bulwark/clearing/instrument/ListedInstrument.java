package io.bulwark.clearing.instrument;

import io.bulwark.clearing.money.Amount;

/**
 * An instrument that may be margined.
 *
 * @param number permanent
 * @param name unique, such as {@code hyperliquid:ETH}
 * @param venue number of the venue where it trades
 * @param symbol how the venue calls it
 * @param group number of the risk group of its underlying
 * @param contract what it is
 * @param lot quantity of the underlying in one lot, &gt; 0; chosen so that 2³¹ − 1 lots hold the largest position
 */
public record ListedInstrument(
        int number, String name, int venue, String symbol, int group, Instrument contract, Amount lot) {
    /** Checks the lot. */
    public ListedInstrument {
        if (lot.signum() <= 0) {
            throw new IllegalArgumentException("lot of " + name + " must be > 0; have " + lot);
        }
    }

    /** Whether a long lot, once paid, can never owe: true of options only. */
    public boolean paidUp() {
        return contract instanceof Instrument.Option;
    }
}
