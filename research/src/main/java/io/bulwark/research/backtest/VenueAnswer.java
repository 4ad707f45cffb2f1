package io.bulwark.research.backtest;

import io.bulwark.netting.backtest.VenueBacktest;
import io.bulwark.netting.backtest.VenueVerdict;
import java.util.List;

/**
 * A backtest of books over venues as JSON prints it. Money is in u = 10⁻⁴ USD of the notional.
 *
 * @param underlyings coins in the order of the files
 * @param prefunding χ that is governed, ppm
 * @param notional of every book, u
 * @param firstDay ISO date on which the first window ends
 * @param lastDay ISO date on which the last one of the series ends
 * @param notes what a reader must know
 * @param books verdicts over the whole series
 * @param events the worst window of every book in the days of an event
 */
record VenueAnswer(
        List<String> underlyings,
        long prefunding,
        long notional,
        String firstDay,
        String lastDay,
        List<String> notes,
        List<VenueVerdict> books,
        List<EventLoss> events) {
    VenueAnswer {
        underlyings = List.copyOf(underlyings);
        notes = List.copyOf(notes);
        books = List.copyOf(books);
        events = List.copyOf(events);
    }

    /**
     * A book in an event.
     *
     * @param event which
     * @param book name
     * @param day ISO date on which the window ends in which most was lost
     * @param loss with what venues did, gains below 0
     * @param unmoved loss if no venue had acted
     * @param asked known when the window begins
     * @param beyond the loss beyond each of them
     * @param acts what venues did on the way
     */
    public record EventLoss(
            String event,
            String book,
            String day,
            long loss,
            long unmoved,
            VenueBacktest.Asked asked,
            VenueBacktest.Asked beyond,
            List<VenueBacktest.Act> acts) {
        public EventLoss {
            acts = List.copyOf(acts);
        }
    }
}
