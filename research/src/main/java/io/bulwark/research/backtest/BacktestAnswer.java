package io.bulwark.research.backtest;

import io.bulwark.netting.backtest.BookVerdict;
import io.bulwark.netting.backtest.HouseBacktest;
import java.util.List;

/**
 * A backtest as JSON prints it.
 *
 * @param underlyings names in the order of the files
 * @param rule of the price range
 * @param notes what a reader must know: bad prints, proxies, gaps
 * @param parts whole, or fit and judged
 */
record BacktestAnswer(List<String> underlyings, String rule, List<String> notes, List<Part> parts) {
    public BacktestAnswer {
        underlyings = List.copyOf(underlyings);
        notes = List.copyOf(notes);
        parts = List.copyOf(parts);
    }

    /**
     * A part of the history.
     *
     * @param name whole, fit or judged
     * @param firstDay ISO date on which its first window ends
     * @param lastDay ISO date on which its last window ends
     * @param books verdicts
     * @param rules the tables of the house beside other rules, coin by coin, long and short
     */
    public record Part(
            String name, String firstDay, String lastDay, List<BookVerdict> books, List<HouseBacktest.RuleLine> rules) {
        public Part {
            books = List.copyOf(books);
            rules = List.copyOf(rules);
        }
    }
}
