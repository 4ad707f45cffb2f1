package io.bulwark.research.backtest;

import io.bulwark.netting.backtest.VenueBacktest;
import java.util.List;

/**
 * A backtest of books over venues as JSON prints it. Margins and losses are shares of the notional.
 *
 * @param underlyings coins in the order of the files
 * @param prefunding χ that is governed, ppm
 * @param firstDay ISO date on which the first window ends
 * @param lastDay ISO date on which the last one of the series ends
 * @param notes what a reader must know
 * @param books verdicts over the whole series, and the worst window of each event
 */
record VenueAnswer(
        List<String> underlyings,
        long prefunding,
        String firstDay,
        String lastDay,
        List<String> notes,
        List<VenueBacktest.Verdict> books) {
    VenueAnswer {
        underlyings = List.copyOf(underlyings);
        notes = List.copyOf(notes);
        books = List.copyOf(books);
    }
}
