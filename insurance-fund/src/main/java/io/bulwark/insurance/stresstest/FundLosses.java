package io.bulwark.insurance.stresstest;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.risktable.RiskTable;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What members ask of the fund, wherever it is sized: every list is of rows, each with the members that ask something in it. All amounts in u = 10⁻⁴ USD.
 *
 * @param direct losses beyond what accounts hold in every row of the vault table, nothing forced: what the proof of the fund is about; at least one row
 * @param held losses beyond what members really hold, forced sales inside, in every row of the vault table; at least one
 * @param tail losses beyond what members hold in the rows of expected shortfall of the sealed risk table
 * @param symbols every collateral symbol, worth nothing along its chain of claims
 * @param liquidity margin that must be sold before it pays, in every row of the vault table
 * @param venues what members are short by beyond the market's part where a venue fails, a row for each
 */
public record FundLosses(
        List<StressRow> direct,
        List<StressRow> held,
        Tail tail,
        List<Symbol> symbols,
        List<StressRow> liquidity,
        List<StressRow> venues) {
    /** Copies the lists. */
    public FundLosses {
        direct = List.copyOf(direct);
        held = List.copyOf(held);
        symbols = List.copyOf(symbols);
        liquidity = List.copyOf(liquidity);
        venues = List.copyOf(venues);
    }

    /**
     * Rows of expected shortfall.
     *
     * @param rows one at least
     * @param weightsPpm of each row, together 10⁶
     * @param tailPpm weight of the tail: 10,000 is 99 %
     */
    public record Tail(List<StressRow> rows, List<Integer> weightsPpm, int tailPpm) {

        /** Copies the lists and checks their shape. */
        public Tail {
            rows = List.copyOf(rows);
            weightsPpm = List.copyOf(weightsPpm);
            long sum = weightsPpm.stream().mapToLong(Integer::longValue).sum();
            if (rows.size() != weightsPpm.size() || sum != Ppm.ONE || tailPpm < 1 || tailPpm > Ppm.ONE) {
                throw new IllegalArgumentException(
                        "rows must have a weight each, together 1000000, and tailPpm be 1 … 1000000; have "
                                + rows.size() + " rows, " + weightsPpm.size() + " weights of " + sum + ", " + tailPpm);
            }
        }

        /**
         * Direct losses beyond what accounts hold, in the rows of expected shortfall that weigh something; a table without such rows has
         * one of zeros.
         *
         * @throws IllegalArgumentException if the table does not list what an account holds
         */
        public static Tail of(RiskTable table, List<StressedAccount> accounts) {
            List<long[]> losses = accounts.stream()
                    .map(account -> account.shortfallLosses(table))
                    .toList();
            List<Integer> weighing = IntStream.range(0, table.esWeights().length())
                    .filter(row -> table.esWeights().at(row) > 0)
                    .boxed()
                    .toList();
            return new Tail(
                    weighing.stream()
                            .map(row -> new StressRow(
                                    row,
                                    "row " + row + " of expected shortfall",
                                    MemberLoss.ofAccounts(IntStream.range(0, accounts.size())
                                            .mapToObj(i -> accounts.get(i)
                                                    .beyond(accounts.get(i).held(), losses.get(i)[row]))
                                            .toList())))
                            .toList(),
                    weighing.stream().map(row -> table.esWeights().at(row)).toList(),
                    table.parameters().tail());
        }
    }

    /**
     * One collateral symbol.
     *
     * @param losses what members lose beyond margin if it and every claim on it are worth nothing; its words are the symbol
     * @param cap the most that it puts into the fund, governed
     */
    public record Symbol(StressRow losses, long cap) {
        /** Checks the cap. */
        public Symbol {
            if (cap < 0) {
                throw new IllegalArgumentException("cap of " + losses.scenario() + " must be >= 0; have " + cap);
            }
        }

        /** What it asks of the fund. */
        public long asked() {
            return Math.min(cap, losses.total());
        }
    }

    /** The same losses of some members alone, as the whole book made them: forced sales stay those of everybody. */
    public FundLosses only(Predicate<String> members) {
        return new FundLosses(
                rows(direct, members),
                rows(held, members),
                new Tail(rows(tail.rows(), members), tail.weightsPpm(), tail.tailPpm()),
                symbols.stream()
                        .map(s -> new Symbol(row(s.losses(), members), s.cap()))
                        .toList(),
                rows(liquidity, members),
                rows(venues, members));
    }

    /** Everybody who asks something, by name. */
    public List<String> members() {
        return Stream.of(
                        direct,
                        held,
                        tail.rows(),
                        symbols.stream().map(Symbol::losses).toList(),
                        liquidity,
                        venues)
                .flatMap(List::stream)
                .flatMap(row -> row.members().stream())
                .map(MemberLoss::member)
                .distinct()
                .sorted()
                .toList();
    }

    private static List<StressRow> rows(List<StressRow> rows, Predicate<String> members) {
        return rows.stream().map(row -> row(row, members)).toList();
    }

    private static StressRow row(StressRow row, Predicate<String> members) {
        return new StressRow(
                row.row(),
                row.scenario(),
                row.members().stream().filter(m -> members.test(m.member())).toList());
    }
}
