package io.bulwark.netting.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.netting.coverage.Exceedances;
import io.bulwark.tier.Heavy;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Margin formula, section 4.3. Its figures rest on a volatility rule that the page does not state: with the published one
 * (section 1.8) breaches and averages differ, and what the page concludes holds. The figures asserted here are those of a
 * second program of other construction (arrays in Python, no risk table) under the published rule.
 */
@Heavy
final class SeveralAssetsTest {
    private static final List<String> RULES =
            List.of("joint", "80/20", "50/50", "span sum", "star", "fhs es99", "largest");

    /** 1,413 days, the first 180 to estimate with. */
    private static final int FIRST_MOVE = 180;

    /** BACK-007. */
    @Test
    void shouldMarginTwoAssetsAsTheSecondProgram() {
        BookHistory history = ReferenceSeries.bitcoinAndEther();
        RuleSeries margins = rules(history, 350_000, 1_000);
        assertEquals(1_233, margins.of("joint").getFirst().size());
        assertFigures(margins.of("joint"), "53 6.6", "84 4.3", "60 3.7", "0 17.5");
        assertFigures(margins.of("80/20"), "3 13.3", "0 11.0", "0 9.0", "0 17.5");
        assertFigures(margins.of("50/50"), "0 23.4", "0 21.1", "0 17.0", "0 17.5");
        assertFigures(margins.of("span sum"), "0 40.2", "0 37.9", "0 30.3", "0 17.5");
        assertFigures(margins.of("star"), "0 18.4", "0 14.6", "0 11.8", "0 17.5");
        assertFigures(margins.of("fhs es99"), "2 17.5", "0 9.8", "0 10.7", "1 15.3");
        for (int book = 0; book < 3; book++) {
            double chosen = margins.of("largest").get(book).averageMargin();
            double sum = margins.of("span sum").get(book).averageMargin();
            assertEquals(0, count(margins.of("largest").get(book)), "the chosen maximum covers as the sum does");
            assertTrue(chosen < 0.5 * sum, "at less than half its margin");
        }
    }

    /** One fifth of the sum is about as good and as dear as a star of κ = .2: the page's finding. */
    @Test
    void shouldFindOneFifthOfTheSumCloseToAStarOfAFifth() {
        RuleSeries margins = rules(ReferenceSeries.bitcoinAndEther(), 200_000, 1);
        for (int book = 0; book < 3; book++) {
            BookSeries fifth = margins.of("80/20").get(book);
            BookSeries star = margins.of("star").get(book);
            assertTrue(Math.abs(count(fifth) - count(star)) <= 3, star.name());
            assertEquals(1, star.averageMargin() / fifth.averageMargin(), 0.2, star.name());
        }
    }

    /** The file ends at two thirds of the page's period, before the crashes of 2022: 273 of 529 days. */
    @Test
    void shouldKeepTheOrderOfTheRulesOnFourAssets() {
        BookHistory history = ReferenceSeries.fourAssets();
        int[] starts = IntStream.range(FIRST_MOVE - 1, history.moves()).toArray();
        List<Book> books = CanonicalBooks.random(4, 60, 1);
        RuleSeries margins = new RuleSeries(BookBacktest.rules(
                history,
                books,
                ReferenceSeries.apart(history.endDay(starts[0]), Integer.MAX_VALUE - 1, 1),
                ReferenceSeries.estimation(1, 250),
                BookRule.compared()));
        assertEquals(273, margins.of("joint").getFirst().size());
        double joint = rate(margins.of("joint"));
        double largest = rate(margins.of("largest"));
        assertTrue(joint > 0.01, "one direction for all misses: " + joint);
        assertTrue(rate(margins.of("80/20")) < joint / 5);
        assertTrue(largest < 0.002, "the chosen maximum: " + largest);
        assertTrue(largest <= rate(margins.of("star")));
        assertTrue(average(margins.of("largest")) < 0.75 * average(margins.of("span sum")));
    }

    private static RuleSeries rules(BookHistory history, int apart, int lookBack) {
        assertEquals(RULES.size(), BookRule.compared().size());
        return new RuleSeries(BookBacktest.rules(
                history,
                CanonicalBooks.twoAssets(0, "BTC", 1, "ETH"),
                ReferenceSeries.apart(history.endDay(FIRST_MOVE - 1), Integer.MAX_VALUE - 1, 1),
                ReferenceSeries.estimation(1, lookBack, OptionalInt.of(apart)),
                BookRule.compared()));
    }

    private static void assertFigures(List<BookSeries> series, String... expected) {
        for (int book = 0; book < expected.length; book++) {
            String[] figures = expected[book].split(" ", -1);
            assertEquals(
                    Integer.parseInt(figures[0]),
                    count(series.get(book)),
                    series.get(book).name());
            assertEquals(
                    Double.parseDouble(figures[1]),
                    100 * series.get(book).averageMargin(),
                    0.11,
                    series.get(book).name());
        }
    }

    private static double rate(List<BookSeries> series) {
        return series.stream().mapToInt(SeveralAssetsTest::count).sum()
                / (double) series.stream().mapToInt(BookSeries::size).sum();
    }

    private static double average(List<BookSeries> series) {
        return series.stream().mapToDouble(BookSeries::averageMargin).average().orElseThrow();
    }

    private static int count(BookSeries series) {
        return Exceedances.of(series.breaches()).count();
    }
}
