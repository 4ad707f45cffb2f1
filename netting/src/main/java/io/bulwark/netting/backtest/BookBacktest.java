package io.bulwark.netting.backtest;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.backtest.DayStates.DayState;
import io.bulwark.netting.coverage.SampleTail;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.pricing.Black76;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scan.MarginScan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Margins and profits of books over a history. Every window has its own risk table; every book is an account in lots, and its
 * margin is the integer that the house would ask.
 *
 * <p>Rebuilt a day: the estimates, the table with one risk array per contract (shared by all books), and the layout of the scan.
 * Not rebuilt: rows, families, residuals. A book costs a scan over its lines and one pass over the tail rows.
 */
final class BookBacktest {
    private static final double DAYS_PER_YEAR = 365;

    private final BookHistory history;
    private final List<Book> books;
    private final Windows windows;
    private final DayStates states;
    private final List<Contract> contracts;
    private final DayTables tables;
    private final Optional<SealedTables> sealed;
    private final int[] starts;

    private BookBacktest(
            BookHistory history,
            List<Book> books,
            Windows windows,
            DayStates.Estimation estimation,
            Optional<House> house) {
        this.history = history;
        this.books = List.copyOf(books);
        this.windows = windows;
        this.states = new DayStates(history, estimation);
        Set<Contract> all = new LinkedHashSet<>();
        for (Book book : books) {
            book.legs().forEach(leg -> all.add(leg.contract()));
            if (book.deltaHedged()) {
                book.legs()
                        .forEach(leg ->
                                all.add(new Contract.Perpetual(leg.contract().asset())));
            }
        }
        this.contracts = List.copyOf(all);
        this.tables = new DayTables(
                IntStream.range(0, history.assets()).mapToObj(history::name).toList(), contracts);
        this.starts = windows.starts(history);
        this.sealed = house.map(
                by -> new SealedTables(history, by.days(), contracts, by.parameters(), windows.horizonDays()));
        house.ifPresent(by -> by.days().prepare(starts));
    }

    /**
     * A house whose sealed tables are judged.
     *
     * @param days what it sealed on each
     * @param parameters its governed numbers
     */
    record House(SealedTables.SealedDays days, ParameterSet parameters) {}

    /**
     * Every book under the tables that a house would have sealed.
     *
     * @param estimation of tails and implied volatilities; its range is not read
     */
    static List<BookResult> sealed(
            BookHistory history,
            List<Book> books,
            Windows windows,
            DayStates.Estimation estimation,
            House house,
            boolean tails) {
        return new BookBacktest(history, books, windows, estimation, Optional.of(house)).house(new Scope(tails, true));
    }

    /**
     * The house's own margin of every book.
     *
     * @param history prices
     * @param books whose
     * @param windows where and how long
     * @param estimation of ranges and tails; its horizon must be that of the windows
     * @param scope what is computed
     */
    static List<BookResult> house(
            BookHistory history, List<Book> books, Windows windows, DayStates.Estimation estimation, Scope scope) {
        return new BookBacktest(history, books, windows, estimation, Optional.empty()).house(scope);
    }

    /**
     * What is computed.
     *
     * @param tails whether value at risk and expected shortfall are judged too
     * @param shortfall whether the margin is the larger of stress and expected shortfall, as published, or stress alone, for rules that know no other
     */
    record Scope(boolean tails, boolean shortfall) {}

    /** Margins of every book under rules that are read from its requirement: series by rule, then in the order of the books. */
    static Map<String, List<BookSeries>> rules(
            BookHistory history,
            List<Book> books,
            Windows windows,
            DayStates.Estimation estimation,
            Map<String, ? extends ToDoubleFunction<Requirement>> rules) {
        return new BookBacktest(history, books, windows, estimation, Optional.empty()).rules(rules);
    }

    private List<BookResult> house(Scope scope) {
        boolean tails = scope.tails();
        double[][] profits = new double[books.size()][starts.length];
        double[][] margins = new double[books.size()][starts.length];
        double[][] valueAtRisk = new double[books.size()][starts.length];
        double[][] shortfall = new double[books.size()][starts.length];
        for (int window = 0; window < starts.length; window++) {
            Day day = new Day(starts[window]);
            List<MarginAccount> accounts = books.stream().map(day::account).toList();
            long[] initial = day.initialMargins(accounts, scope.shortfall());
            List<IntColumn> worlds = tails ? tables.profits(day.state, states.tailNow(day.move)) : List.of();
            for (int book = 0; book < initial.length; book++) {
                double unit = unit(books.get(book));
                profits[book][window] = day.profit(books.get(book), accounts.get(book));
                margins[book][window] = initial[book] / unit;
                if (tails) {
                    SampleTail tail = tail(accounts.get(book), worlds, unit);
                    valueAtRisk[book][window] = tail.valueAtRisk();
                    shortfall[book][window] = tail.shortfall();
                }
            }
        }
        List<BookResult> results = new ArrayList<>();
        for (int book = 0; book < books.size(); book++) {
            BookSeries series = new BookSeries(books.get(book).name(), ends(), profits[book], margins[book]);
            results.add(new BookResult(
                    series,
                    tails
                            ? Optional.of(new TailSeries(profits[book], valueAtRisk[book], shortfall[book]))
                            : Optional.empty()));
        }
        return results;
    }

    private Map<String, List<BookSeries>> rules(Map<String, ? extends ToDoubleFunction<Requirement>> rules) {
        List<String> names = List.copyOf(rules.keySet());
        List<? extends ToDoubleFunction<Requirement>> each =
                names.stream().map(rules::get).toList();
        double[][] profits = new double[books.size()][starts.length];
        double[][][] margins = new double[each.size()][books.size()][starts.length];
        for (int window = 0; window < starts.length; window++) {
            Day day = new Day(starts[window]);
            for (int book = 0; book < books.size(); book++) {
                MarginAccount account = day.account(books.get(book));
                Requirement requirement = Requirement.of(day.table, account);
                profits[book][window] = day.profit(books.get(book), account);
                for (int rule = 0; rule < each.size(); rule++) {
                    margins[rule][book][window] = each.get(rule).applyAsDouble(requirement) / unit(books.get(book));
                }
            }
        }
        Map<String, List<BookSeries>> series = new LinkedHashMap<>();
        for (int rule = 0; rule < each.size(); rule++) {
            series.put(names.get(rule), series(profits, margins[rule]));
        }
        return series;
    }

    private List<BookSeries> series(double[][] profits, double[][] margins) {
        return IntStream.range(0, books.size())
                .mapToObj(book -> new BookSeries(books.get(book).name(), ends(), profits[book], margins[book]))
                .toList();
    }

    private int[] ends() {
        return IntStream.of(starts)
                .map(move -> history.endDay(move + windows.horizonDays() - 1))
                .toArray();
    }

    /** Money of a book's notional, u. */
    private static double unit(Book book) {
        return (double) DayTables.LOT_UNITS * DayTables.LOTS * book.notional();
    }

    private static SampleTail tail(MarginAccount account, List<IntColumn> worlds, double unit) {
        double[] profits = new double[worlds.getFirst().length()];
        for (List<Entry> entries : List.of(account.positions(), account.collateral())) {
            for (Entry entry : entries) {
                IntColumn earned = worlds.get(entry.number());
                double share = entry.lots() / unit;
                for (int world = 0; world < profits.length; world++) {
                    profits[world] += share * earned.at(world);
                }
            }
        }
        return SampleTail.of(profits, TailSeries.RATE);
    }

    /** One window: its table and what books do over it. */
    private final class Day {
        private final int move;
        private final DayState state;
        private final RiskTable table;

        Day(int move) {
            this.move = move;
            this.state = states.at(move);
            this.table =
                    sealed.map(days -> days.table(move, state.volatility())).orElseGet(() -> tables.table(state));
        }

        /** A book in lots. */
        MarginAccount account(Book book) {
            TreeMap<Integer, Double> units = new TreeMap<>();
            TreeMap<Integer, Double> held = new TreeMap<>();
            for (Book.Leg leg : book.legs()) {
                int number = contracts.indexOf(leg.contract());
                (leg.contract() instanceof Contract.Collateral ? held : units).merge(number, leg.units(), Double::sum);
                if (book.deltaHedged()) {
                    units.merge(
                            contracts.indexOf(
                                    new Contract.Perpetual(leg.contract().asset())),
                            -leg.units() * delta(number),
                            Double::sum);
                }
            }
            return new MarginAccount(0, entries(units), List.of(), entries(held), List.of());
        }

        private double delta(int number) {
            InstrumentRisk risk = table.instrument(number).orElseThrow();
            return (double) risk.delta().getFirst().amount() / DayTables.LOT_UNITS;
        }

        private List<Entry> entries(Map<Integer, Double> units) {
            return units.entrySet().stream()
                    .map(e -> new Entry(e.getKey(), Math.round(e.getValue() * DayTables.LOTS)))
                    .filter(e -> e.lots() != 0)
                    .toList();
        }

        /** Initial margins by the scan over whole books, u: the integers of {@link Requirement}. */
        long[] initialMargins(List<MarginAccount> accounts, boolean shortfall) {
            MarginScan scan = new MarginScan(table);
            long[] margins = shortfall ? scan.core(scan.book(accounts)) : scan.stress(scan.book(accounts));
            for (int account = 0; account < margins.length; account++) {
                margins[account] += quantisation(accounts.get(account));
            }
            return margins;
        }

        private static long quantisation(MarginAccount account) {
            long lots = account.positions().stream()
                    .mapToLong(e -> Math.abs(e.lots()))
                    .sum();
            return Math.ceilDiv(lots, 2L);
        }

        /** Profit over the window, a share of the notional. */
        double profit(Book book, MarginAccount account) {
            double profit = 0;
            for (List<Entry> entries : List.of(account.positions(), account.collateral())) {
                for (Entry entry : entries) {
                    profit += (double) entry.lots() / DayTables.LOTS * earned(contracts.get(entry.number()));
                }
            }
            return profit / book.notional();
        }

        private double earned(Contract contract) {
            return switch (contract) {
                case Contract.Perpetual perpetual -> change(perpetual);
                case Contract.Collateral held -> change(held);
                case Contract.Dollars ignored -> 0;
                case Contract.Option option ->
                    price(option, 1 + change(option), windows.horizonDays()) - price(option, 1, 0);
            };
        }

        private double change(Contract contract) {
            return history.change(contract.asset(), move, windows.horizonDays());
        }

        private double price(Contract.Option option, double spot, int daysPassed) {
            double years = Math.max(0, option.days() - daysPassed) / DAYS_PER_YEAR;
            double deviation = states.volatility(option.asset(), move + daysPassed) * Math.sqrt(years);
            return Black76.price(
                    option.right(), spot, option.strike(), StrictMath.log(spot / option.strike()), deviation);
        }
    }
}
