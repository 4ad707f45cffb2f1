package io.bulwark.netting.backtest;

import io.bulwark.netting.backtest.VenueBacktest.Asked;
import io.bulwark.netting.backtest.VenueBacktest.Covered;
import io.bulwark.netting.backtest.VenueBacktest.Event;
import io.bulwark.netting.backtest.VenueBacktest.EventLoss;
import io.bulwark.netting.backtest.VenueBacktest.Judged;
import io.bulwark.netting.backtest.VenueBacktest.Verdict;
import io.bulwark.netting.backtest.VenueBacktest.Window;
import io.bulwark.netting.coverage.CoverageTest;
import io.bulwark.netting.coverage.Exceedances;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** From windows in u to what is said of a book, in shares of its notional. */
final class VenueVerdict {
    private VenueVerdict() {}

    static Verdict of(Judged judged, List<Event> events) {
        List<Window> windows = judged.windows();
        return new Verdict(
                judged.book().name(),
                windows.getFirst().endDay(),
                windows.getLast().endDay(),
                windows.size(),
                (int) windows.stream().filter(w -> !w.acts().isEmpty()).count(),
                covered(windows, Window::plain, Asked::plain),
                covered(windows, Window::loss, Asked::plain),
                covered(windows, Window::loss, Asked::governed),
                covered(windows, Window::loss, Asked::whole),
                events.stream()
                        .flatMap(event -> worst(judged, event).map(w -> loss(event, w)).stream())
                        .toList());
    }

    private static Covered covered(List<Window> windows, ToLongFunction<Window> loss, ToLongFunction<Asked> asked) {
        boolean[] hits = new boolean[windows.size()];
        long largest = 0;
        double sum = 0;
        for (int i = 0; i < hits.length; i++) {
            long margin = asked.applyAsLong(windows.get(i).asked());
            long beyond = loss.applyAsLong(windows.get(i)) - margin;
            hits[i] = beyond > 0;
            largest = Math.max(largest, beyond);
            sum += share(margin);
        }
        CoverageTest breaches = CoverageTest.of(Exceedances.of(hits), BookVerdict.MARGIN_RATE);
        return new Covered(breaches, sum / hits.length, share(largest));
    }

    private static EventLoss loss(Event event, Window w) {
        return new EventLoss(
                event.name(),
                w.endDay(),
                share(w.loss()),
                share(w.plain()),
                share(w.asked().plain()),
                share(w.asked().governed()),
                share(w.asked().whole()),
                w.acts());
    }

    private static double share(long u) {
        return (double) u / VenueBacktest.NOTIONAL;
    }

    /** The window of an event in which most was lost, the first on ties; empty if no window ends in its days. */
    static Optional<Window> worst(Judged judged, Event event) {
        return Stream.concat(judged.windows().stream(), judged.later().stream())
                .filter(w -> w.endDay() >= event.firstDay() && w.endDay() <= event.lastDay())
                .max(Comparator.comparingLong(Window::loss)
                        .thenComparing(Comparator.comparingInt(Window::endDay).reversed()));
    }
}
