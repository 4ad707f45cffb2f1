package io.bulwark.netting.backtest;

import io.bulwark.netting.backtest.VenueBacktest.Asked;
import io.bulwark.netting.backtest.VenueBacktest.Judged;
import io.bulwark.netting.backtest.VenueBacktest.Window;
import io.bulwark.netting.coverage.CoverageTest;
import io.bulwark.netting.coverage.Exceedances;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What a backtest over venues says of one book.
 *
 * @param book its name
 * @param windows of a day
 * @param acted windows on whose way some venue closed something
 * @param unmoved format 2 against losses as if no venue had ever acted: what a backtest without venues sees
 * @param plain format 2, with what venues did
 * @param governed format 3 at the governed χ, the same losses
 * @param whole format 3 at twice the whole, the same losses
 */
public record VenueVerdict(
        String book, int windows, int acted, Coverage unmoved, Coverage plain, Coverage governed, Coverage whole) {
    /**
     * A margin against losses.
     *
     * @param breaches counts and tests at {@link BookVerdict#MARGIN_RATE}
     * @param averageMargin share of the notional
     * @param largestShortfall largest loss beyond the margin, u
     */
    public record Coverage(CoverageTest breaches, double averageMargin, long largestShortfall) {
        private static Coverage of(List<Window> windows, ToLongFunction<Window> loss, ToLongFunction<Asked> asked) {
            boolean[] hits = new boolean[windows.size()];
            long largest = 0;
            double sum = 0;
            for (int i = 0; i < hits.length; i++) {
                Window window = windows.get(i);
                long margin = asked.applyAsLong(window.asked());
                long beyond = loss.applyAsLong(window) - margin;
                hits[i] = beyond > 0;
                largest = Math.max(largest, beyond);
                sum += (double) margin / VenueBacktest.NOTIONAL;
            }
            return new Coverage(
                    CoverageTest.of(Exceedances.of(hits), BookVerdict.MARGIN_RATE), sum / hits.length, largest);
        }
    }

    /** The verdict over the windows of the series; days after it are none of them. */
    public static VenueVerdict of(Judged judged) {
        List<Window> windows = judged.windows();
        return new VenueVerdict(
                judged.book().name(),
                windows.size(),
                (int) windows.stream().filter(w -> !w.acts().isEmpty()).count(),
                Coverage.of(windows, Window::plain, Asked::plain),
                Coverage.of(windows, Window::loss, Asked::plain),
                Coverage.of(windows, Window::loss, Asked::governed),
                Coverage.of(windows, Window::loss, Asked::whole));
    }

    /** The window of some days in which most was lost, the first on ties; empty if no window ends in them. */
    public static Optional<Window> worst(Judged judged, int firstDay, int lastDay) {
        return Stream.concat(judged.windows().stream(), judged.later().stream())
                .filter(w -> w.endDay() >= firstDay && w.endDay() <= lastDay)
                .max(Comparator.comparingLong(Window::loss)
                        .thenComparing(Comparator.comparingInt(Window::endDay).reversed()));
    }
}
