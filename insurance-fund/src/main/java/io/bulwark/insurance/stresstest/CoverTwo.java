package io.bulwark.insurance.stresstest;

import io.bulwark.clearing.money.Usd;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.ScenarioRow;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The Cover-2 standard: the fund must survive the default of the two members who together lose most beyond what they really hold, in the same row:
 * the least of IM + Buffer, of the equity of their margin, and of their equity by the values of the vault table.
 *
 * @param worst the row that asks most of the fund, the first of equals
 * @param rows every row of the vault table, in its order
 */
public record CoverTwo(StressRow worst, List<StressRow> rows) {
    private static final int COVERED = 2;
    private static final String STILL = "a day on which nothing moves";

    /** Copies the rows. */
    public CoverTwo {
        rows = List.copyOf(rows);
    }

    /**
     * The need of one epoch. The order of accounts does not matter.
     *
     * @param vaultTable replays at full weight
     * @param accounts every account of the epoch, each once; one without a margin holds nothing against its losses
     * @throws IllegalArgumentException if the vault table does not list what an account holds, or an account stands twice
     */
    public static CoverTwo of(RiskTable vaultTable, List<StressedAccount> accounts) {
        requireOnce(accounts);
        List<StressedAccount> sorted = accounts.stream()
                .sorted(Comparator.comparingInt(StressedAccount::number))
                .toList();
        List<long[]> losses = sorted.stream()
                .map(account -> StressLoss.perRow(vaultTable, account.lots()))
                .toList();
        List<Long> credits =
                sorted.stream().map(account -> account.credit(vaultTable)).toList();
        List<StressRow> rows = IntStream.range(0, vaultTable.rowCount())
                .mapToObj(row ->
                        new StressRow(row, words(vaultTable.rows().get(row)), members(row, sorted, credits, losses)))
                .toList();
        return ofRows(rows);
    }

    /**
     * The need over rows whose losses are known.
     *
     * @param rows at least one
     */
    public static CoverTwo ofRows(List<StressRow> rows) {
        return new CoverTwo(worst(rows, COVERED), rows);
    }

    /** The scenarios that the rows hold, each once: a row that only fills a place of the table is none. */
    public List<StressRow> scenarios() {
        Map<String, StressRow> byName = new LinkedHashMap<>();
        rows.stream()
                .filter(row -> !row.scenario().equals(STILL))
                .forEach(row -> byName.putIfAbsent(row.scenario(), row));
        return List.copyOf(byName.values());
    }

    /** The row in which the n who lose most lose most together, the first of equals. */
    public StressRow worst(int n) {
        return worst(rows, n);
    }

    private static StressRow worst(List<StressRow> rows, int n) {
        return rows.stream()
                .reduce((first, next) -> next.largest(n) > first.largest(n) ? next : first)
                .orElseThrow(() -> new IllegalArgumentException("rows must not be empty"));
    }

    /**
     * How many of those who lose most the resources cover in every row.
     *
     * @param prefunded resources, u
     * @param groups how many groups of affiliates there are: the largest answer
     */
    public int covered(long prefunded, int groups) {
        return IntStream.rangeClosed(1, groups)
                .takeWhile(n -> worst(n).largest(n) <= prefunded)
                .max()
                .orElse(0);
    }

    /** The largest total of a row, all members together, u. */
    public long totalUncovered() {
        return rows.stream().mapToLong(StressRow::total).max().orElse(0);
    }

    /** What the fund must hold, u = 10⁻⁴ USD. */
    public long need() {
        return worst.need();
    }

    /** One sentence for people: the row, the pair and what they lose beyond what they hold. */
    public String explanation() {
        if (worst.members().isEmpty()) {
            return "Nobody loses more than he holds in any of the "
                    + scenarios().size() + " vault scenarios.";
        }
        String pair = worst.pair().stream()
                .map(m -> m.member() + " " + Usd.text(m.beyondMargin()) + " USD")
                .collect(Collectors.joining(" and "));
        return "In " + worst.scenario() + " the largest losses beyond what is held are " + pair
                + ": the fund must hold " + Usd.text(need()) + " USD.";
    }

    private static List<MemberLoss> members(
            int row, List<StressedAccount> accounts, List<Long> credits, List<long[]> losses) {
        return MemberLoss.ofAccounts(IntStream.range(0, accounts.size())
                .mapToObj(i -> accounts.get(i).beyond(credits.get(i), losses.get(i)[row]))
                .toList());
    }

    /** A row of a vault table in words. */
    public static String words(ScenarioRow row) {
        return switch (row.move()) {
            case ScenarioRow.Replay replay -> "the replay of " + replay.day();
            case ScenarioRow.Submission submission -> "the submitted scenario " + submission.name();
            case ScenarioRow.Absolute absolute -> "a move of " + percent(absolute.ppm());
            case ScenarioRow.PricePoint point -> "the grid point " + point.point() + " ppm of X";
            case ScenarioRow.Counter counter -> "coins moving apart by " + counter.point() + " ppm of X";
            case ScenarioRow.Pad ignored -> STILL;
        };
    }

    private static String percent(int ppm) {
        return (ppm < 0 ? "\u2212" : "+")
                + BigDecimal.valueOf(Math.abs((long) ppm), 4)
                        .stripTrailingZeros()
                        .toPlainString() + " %";
    }

    private static void requireOnce(List<StressedAccount> accounts) {
        long distinct =
                accounts.stream().mapToInt(StressedAccount::number).distinct().count();
        if (distinct != accounts.size()) {
            throw new IllegalArgumentException(
                    "accounts must stand once each; have " + accounts.size() + " with " + distinct + " numbers");
        }
    }
}
