package io.bulwark.netting.backtest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.backtest.DayStates.DayState;
import io.bulwark.netting.coverage.Exceedances;
import io.bulwark.netting.coverage.TrafficLight;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.scenario.GroupRange;
import io.bulwark.netting.scenario.PriceMoves;
import io.bulwark.tier.Heavy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Canonical books on the house's own tables. */
@Heavy
final class HouseBooksTest {
    private static final BookBacktest.Scope STRESS = new BookBacktest.Scope(false, false);

    /** Section 4.2 once more, by the engine: tables of one day each, margins in lots. Ranges are rounded up to a ppm. */
    @Test
    void shouldGiveTheFiguresOfTheFormulaForOneLinearPosition() {
        List<BookResult> results = BookBacktest.house(
                ReferenceSeries.bitcoin(),
                CanonicalBooks.linear(0, "BTC"),
                ReferenceSeries.apart(ReferenceSeries.FIRST_DAY, ReferenceSeries.LAST_DAY, 1),
                ReferenceSeries.estimation(1, 1),
                STRESS);
        assertEquals(1, count(results.get(0)));
        assertEquals(1, count(results.get(1)));
        assertEquals(18.6, 100 * results.get(0).series().averageMargin(), 0.05);
        assertEquals(42, 100 * results.get(0).series().largestMargin(), 0.5);
        // Held against its perpetual the underlying costs the haircut's share of the rise: .11 of it, and the residual
        // of a fall beyond.
        assertEquals(0, count(results.get(2)));
        assertEquals(
                0.11,
                results.get(2).series().averageMargin()
                        / results.get(1).series().averageMargin(),
                0.002);
    }

    @Test
    void shouldTakeTheIntegerOfTheWholeRequirementFromTheScan() {
        BookHistory history = ReferenceSeries.bitcoinAndEther();
        List<Book> books = new ArrayList<>(CanonicalBooks.twoAssets(0, "BTC", 1, "ETH"));
        books.addAll(CanonicalBooks.options(1, "ETH"));
        books.addAll(CanonicalBooks.linear(0, "BTC"));
        Windows days = days("2021-05-15", "2021-05-22");
        DayStates.Estimation estimation = ReferenceSeries.estimation(1, 200);
        List<BookResult> scanned =
                BookBacktest.house(history, books, days, estimation, new BookBacktest.Scope(false, true));
        List<BookSeries> whole = new RuleSeries(
                        BookBacktest.rules(history, books, days, estimation, Map.of("house", new BookRule.House())))
                .of("house");
        assertEquals(8, whole.getFirst().size());
        for (int book = 0; book < books.size(); book++) {
            assertArrayEquals(
                    whole.get(book).margins(),
                    scanned.get(book).series().margins(),
                    books.get(book).name());
            assertArrayEquals(
                    whole.get(book).profits(),
                    scanned.get(book).series().profits(),
                    books.get(book).name());
        }
    }

    @Test
    void shouldFallAndRiseByRangesOfTheirOwn() {
        DayTables tables = new DayTables(List.of("BTC"), List.of(new Contract.Perpetual(0)));
        RiskTable table = tables.table(new DayState(
                new int[] {163_217},
                new int[] {211_903},
                new int[] {271_828},
                new double[] {0.6},
                new int[][] {{3, -4}},
                new int[] {0, 0}));
        assertTrue(table.rowCount() > 80, "the full design has STAR and EXT");
        IntColumn shock = table.movesOf(1).orElseThrow().shock();
        assertEquals(-163_217, shock.stream().limit(53).min().orElseThrow());
        assertEquals(211_903, shock.stream().limit(53).max().orElseThrow());
        assertEquals(IntColumn.of(3, -4), table.movesOf(1).orElseThrow().es());
    }

    @Test
    void shouldRefuseATableThatKnowsTheDayItIsJudgedBy() {
        ScenarioRow replay = new ScenarioRow(
                new ScenarioRow.Replay("2020-03-12"),
                java.math.BigDecimal.ONE,
                java.math.BigDecimal.ZERO,
                0,
                List.of(),
                false);
        PriceMoves moves = new PriceMoves(List.of(), List.of(), 1_000_000, true);
        assertThrows(
                IllegalArgumentException.class,
                () -> moves.of(new GroupRange(1, "BTC", 1, 1, 0), List.of(replay), IntColumn.zeros(1)));
    }

    /** BACK-006. Section 4.2: every option book has at most one breach in 2014–2025, of 2020-03-12. Here the half year around it. */
    @Test
    void shouldBreachOptionBooksOnTheOneDayOnly() {
        BookHistory history = ReferenceSeries.bitcoin();
        List<BookResult> results = BookBacktest.house(
                history,
                CanonicalBooks.options(0, "BTC"),
                days("2020-01-01", "2020-06-30"),
                ReferenceSeries.estimation(1, 250),
                new BookBacktest.Scope(false, true));
        assertEquals(19, results.size());
        for (BookResult result : results) {
            boolean[] breaches = result.series().breaches();
            for (int day = 0; day < breaches.length; day++) {
                boolean crash = result.series().endDays()[day] == ReferenceSeries.day("2020-03-12");
                assertTrue(!breaches[day] || crash, result.series().name());
            }
        }
        assertEquals(1, count(results.get(1)), "the short straddle of a week");
        assertEquals(0, count(results.get(2)), "the long one");
    }

    /** Section 4.2: the largest daily rise of the proxy is ×2.8. */
    @Test
    void shouldReproduceTheLargestRiseOfTheProxy() {
        double[] proxy = ProxyVolatility.of(ReferenceSeries.bitcoin().logReturns(0));
        double largest = 0;
        for (int move = 900; move < proxy.length; move++) {
            largest = Math.max(largest, proxy[move] / proxy[move - 1]);
        }
        assertEquals(2.8, largest, 0.05);
    }

    /** What is known when a window begins does not change with what follows. */
    @Test
    void shouldNotLookAhead() {
        BookHistory whole = ReferenceSeries.bitcoinAndEther();
        Windows days = days("2021-03-01", "2021-03-05");
        List<Book> books = CanonicalBooks.twoAssets(0, "BTC", 1, "ETH");
        DayStates.Estimation estimation = ReferenceSeries.estimation(1, 100);
        List<BookResult> long_ = BookBacktest.house(whole, books, days, estimation, new BookBacktest.Scope(true, true));
        List<BookResult> short_ = BookBacktest.house(
                ReferenceSeries.until(whole, "2021-03-05"),
                books,
                days,
                estimation,
                new BookBacktest.Scope(true, true));
        for (int book = 0; book < books.size(); book++) {
            assertArrayEquals(
                    long_.get(book).series().margins(),
                    short_.get(book).series().margins());
            assertArrayEquals(
                    long_.get(book).tail().orElseThrow().shortfall(),
                    short_.get(book).tail().orElseThrow().shortfall());
        }
    }

    @Test
    void shouldMakeTheSameRandomBooksFromOneSeed() {
        List<Book> books = CanonicalBooks.random(4, 40, 11);
        assertEquals(books, CanonicalBooks.random(4, 40, 11));
        assertTrue(!books.equals(CanonicalBooks.random(4, 40, 12)));
        for (int number = 0; number < books.size(); number++) {
            List<Book.Leg> legs = books.get(number).legs();
            assertEquals(
                    1, legs.stream().mapToDouble(leg -> Math.abs(leg.units())).sum(), 1e-12);
            double net = legs.stream().mapToDouble(Book.Leg::units).sum();
            assertEquals(
                    number % 4 == 0, Math.abs(net) < 1e-12, books.get(number).name());
        }
    }

    @Test
    void shouldFitTheMultiplierBeforeTheSplitAndJudgeWithItAfter() {
        HouseBacktest.Request request = new HouseBacktest.Request(
                ReferenceSeries.day("2023-06-01"),
                ReferenceSeries.day("2024-06-15"),
                OptionalInt.of(ReferenceSeries.day("2024-06-01")),
                MoveRule.STRESS_AND_FLOOR,
                500,
                true);
        List<HouseBacktest.Part> parts = HouseBacktest.run(
                ReferenceSeries.bitcoinAndEther(),
                CanonicalBooks.linear(1, "ETH"),
                request,
                ParameterSet.founding().with(TrafficLight.RED_MULTIPLIER, 2_000_000));
        assertEquals(
                List.of("fit", "judged"),
                parts.stream().map(HouseBacktest.Part::name).toList());
        HouseBacktest.Part whole = HouseBacktest.run(
                        ReferenceSeries.bitcoinAndEther(),
                        CanonicalBooks.linear(1, "ETH"),
                        new HouseBacktest.Request(
                                request.firstDay(), request.lastDay(), OptionalInt.empty(), request.rule(), 500, true),
                        ParameterSet.founding())
                .getFirst();
        BookVerdict.Tail shortTail =
                parts.get(0).books().get(1).verdict().tail().orElseThrow();
        assertEquals(TrafficLight.YELLOW, shortTail.light(), "the rises of 2024 against a short position");
        assertTrue(shortTail.multiplier() > 1_000_000);
        for (int book = 0; book < 3; book++) {
            BookVerdict fit = parts.get(0).books().get(book).verdict();
            double multiplier = fit.tail().orElseThrow().multiplier() / 1e6;
            BookSeries judged = parts.get(1).books().get(book).day();
            double[] margins = whole.books().get(book).day().margins();
            assertEquals(366, fit.day().breaches().exceedances().days());
            assertEquals(15, judged.size());
            assertEquals(multiplier * margins[margins.length - 1], judged.margins()[judged.size() - 1], 1e-12);
        }
    }

    private static Windows days(String first, String last) {
        return ReferenceSeries.apart(ReferenceSeries.day(first), ReferenceSeries.day(last), 1);
    }

    private static int count(BookResult result) {
        return Exceedances.of(result.series().breaches()).count();
    }
}
