package io.bulwark.bench;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.MarginAccount.Standing;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskEntry;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.VenueRisk;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The formula as it is written, cell by cell: for every point the sum over groups of the worst cell, for every cell the sum over lines;
 * for every path what each venue's lines lose, what free money carries of it, and the sums at the ends. Arrays, but no layout. It knows
 * no debt and no cash that is owed.
 */
final class NaiveScan {
    private static final int MILLION = Ppm.ONE;

    private final int[][] rows;
    private final int[][] atVenue;
    private final int[] groups;
    private final int[] venues;
    private final long[] free;
    private final int[][][] families;
    private final int[][] combos;
    private final List<VenueRisk.Path> paths;
    private final int[] familyOf;
    private final int venueCount;
    private final long share;
    private final int[][] numbers;
    private final long[][] lots;
    private final long[] cash;
    private final long[][] distances;
    private final int[][] tail;
    private final int[] weights;
    private final long k;

    NaiveScan(SeededBook data) {
        RiskTable table = data.table();
        List<RiskEntry> entries = Stream.<RiskEntry>concat(table.instruments().stream(), table.assets().stream())
                .toList();
        rows = entries.stream()
                .map(entry -> (entry instanceof AssetRisk a
                                ? a.row()
                                : table.instrument(entry.number()).orElseThrow().row())
                        .stream().toArray())
                .toArray(int[][]::new);
        paths = table.venueRisk().paths();
        atVenue = entries.stream().map(this::atVenue).toArray(int[][]::new);
        groups = entries.stream().mapToInt(RiskEntry::group).toArray();
        venues = entries.stream().mapToInt(RiskEntry::venue).toArray();
        free = entries.stream()
                .mapToLong(e -> e instanceof AssetRisk a && a.venue() == VenueRisk.FREE ? a.value() : 0)
                .toArray();
        families = table.families().stream()
                .map(family -> family.points().stream()
                        .map(IntColumn::stream)
                        .map(IntStream::toArray)
                        .toArray(int[][]::new))
                .toArray(int[][][]::new);
        combos = table.combos().stream()
                .map(combo -> combo.weights().stream().toArray())
                .toArray(int[][]::new);
        familyOf = paths.stream().mapToInt(path -> familyOf(path.first())).toArray();
        venueCount = table.venueRisk().venues().size();
        share = table.venueRisk().prefunding();
        numbers = data.accounts().stream()
                .map(account -> lines(table, account).mapToInt(Entry::number).toArray())
                .toArray(int[][]::new);
        lots = data.accounts().stream()
                .map(account -> lines(table, account).mapToLong(Entry::lots).toArray())
                .toArray(long[][]::new);
        cash = data.accounts().stream().mapToLong(MarginAccount::cash).toArray();
        distances = data.accounts().stream().map(this::distances).toArray(long[][]::new);
        tail = table.instruments().stream()
                .map(instrument -> instrument.es().stream().toArray())
                .toArray(int[][]::new);
        weights = table.esWeights().stream().toArray();
        k = table.parameters().tail();
    }

    /** Entries that count, numbered as instruments and behind them assets; those of one group together. */
    private Stream<Entry> lines(RiskTable table, MarginAccount account) {
        int instruments = table.instruments().size();
        return Stream.concat(
                        account.positions().stream(),
                        account.collateral().stream().map(e -> new Entry(instruments + e.number(), e.lots())))
                .sorted(Comparator.comparingInt(e -> groups[e.number()]));
    }

    private int[] atVenue(RiskEntry entry) {
        return entry instanceof AssetRisk a && a.venue() != VenueRisk.FREE
                ? a.at().row().stream().toArray()
                : new int[0];
    }

    private long[] distances(MarginAccount account) {
        long[] distances = new long[venueCount];
        for (Standing standing : account.standings()) {
            distances[standing.venue()] = standing.distance();
        }
        return distances;
    }

    private int familyOf(int row) {
        return IntStream.range(0, families.length)
                .filter(family ->
                        Arrays.stream(families[family]).anyMatch(cells -> Arrays.equals(cells, new int[] {row})))
                .findFirst()
                .orElseThrow();
    }

    long[] stress() {
        long[] stress = new long[numbers.length];
        long[] worst = new long[families.length];
        for (int account = 0; account < stress.length; account++) {
            for (int family = 0; family < worst.length; family++) {
                worst[family] = Long.MIN_VALUE;
                for (int[] cells : families[family]) {
                    worst[family] = Math.max(worst[family], loss(numbers[account], lots[account], cells));
                }
            }
            for (int path = 0; path < paths.size(); path++) {
                worst[familyOf[path]] = Math.max(worst[familyOf[path]], path(account, path));
            }
            for (int[] combo : combos) {
                long sum = 0;
                for (int family = 0; family < worst.length; family++) {
                    sum += combo[family] * worst[family];
                }
                stress[account] = Math.max(stress[account], Math.ceilDiv(sum, MILLION));
            }
        }
        return stress;
    }

    private long path(int account, int path) {
        int first = paths.get(path).first();
        long needs = -cash[account];
        for (int line = 0; line < numbers[account].length; line++) {
            needs -= lots[account][line] * free[numbers[account][line]];
        }
        for (int venue = 1; venue < venueCount; venue++) {
            needs += Math.max(0, lossAt(account, venue, path, first) - distances[account][venue]);
        }
        long worst = Long.MIN_VALUE;
        for (int then : paths.get(path).then()) {
            long residual = Math.max(0, freeLoss(account, first) - freeLoss(account, then));
            long missing = Math.max(0, needs + residual);
            worst = Math.max(worst, lossIn(account, then) + Math.ceilDiv(share * missing, MILLION));
        }
        return worst;
    }

    private long lossAt(int account, int venue, int path, int first) {
        long loss = 0;
        for (int line = 0; line < numbers[account].length; line++) {
            int entry = numbers[account][line];
            if (venues[entry] == venue) {
                loss -= lots[account][line] * (atVenue[entry].length > 0 ? atVenue[entry][path] : rows[entry][first]);
            }
        }
        return loss;
    }

    private long freeLoss(int account, int row) {
        long loss = 0;
        for (int line = 0; line < numbers[account].length; line++) {
            int entry = numbers[account][line];
            loss -= venues[entry] == VenueRisk.FREE ? lots[account][line] * rows[entry][row] : 0;
        }
        return loss;
    }

    private long lossIn(int account, int row) {
        long loss = 0;
        for (int line = 0; line < numbers[account].length; line++) {
            loss -= lots[account][line] * rows[numbers[account][line]][row];
        }
        return loss;
    }

    /** Σ over groups of the worst cell. */
    private long loss(int[] account, long[] held, int[] cells) {
        long sum = 0;
        int end = 0;
        for (int line = 0; line < account.length; line = end) {
            end = line;
            while (end < account.length && groups[account[end]] == groups[account[line]]) {
                end++;
            }
            sum += worstCell(account, held, line, end, cells);
        }
        return sum;
    }

    private long worstCell(int[] account, long[] held, int line, int end, int[] cells) {
        long worst = Long.MIN_VALUE;
        for (int cell : cells) {
            long loss = 0;
            for (int i = line; i < end; i++) {
                loss -= held[i] * rows[account[i]][cell];
            }
            worst = Math.max(worst, loss);
        }
        return worst;
    }

    /** Expected shortfall of the first accounts, whose book is of positions alone: sums over lines, a full sort, the worst k of weight. */
    long[] shortfall(int accounts) {
        long[] shortfall = new long[accounts];
        for (int account = 0; account < accounts; account++) {
            long[] losses = new long[weights.length];
            for (int i = 0; i < numbers[account].length; i++) {
                for (int j = 0; j < losses.length; j++) {
                    losses[j] -= lots[account][i] * tail[numbers[account][i]][j];
                }
            }
            shortfall[account] = worst(losses);
        }
        return shortfall;
    }

    private long worst(long[] losses) {
        Integer[] order = new Integer[losses.length];
        Arrays.setAll(order, j -> j);
        Arrays.sort(order, Comparator.comparingLong((Integer j) -> -losses[j]));
        long left = k;
        long sum = 0;
        for (int j : order) {
            long weight = Math.min(left, weights[j]);
            sum += weight * losses[j];
            left -= weight;
        }
        return Math.max(0, Math.ceilDiv(sum, k));
    }
}
