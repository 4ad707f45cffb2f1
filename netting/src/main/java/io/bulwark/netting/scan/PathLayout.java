package io.bulwark.netting.scan;

import io.bulwark.netting.formula.MarginLine.Role;
import io.bulwark.netting.formula.Prefunding;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskEntry;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.VenueRisk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The paths of a table as a scan reads them: per risk array what an entry loses in the row where each path starts, by the count of whom
 * it stands with, and behind them what free entries lose in rows where paths end and none starts.
 */
final class PathLayout {
    private final List<VenueRisk.Path> paths;
    private final List<Integer> rows;
    private final RowBlock block;
    private final long[] counted;
    private final long share;
    private final Ends ends;

    /** A path and a row in which it ends, by what reads it. */
    private record End(int family, int path, int then, int total) {}

    /**
     * Every path with every row in which it ends, in columns, those of one family together.
     *
     * @param families index of the family whose worst loss it may be
     * @param paths number of the path, which is the column of its first row
     * @param thens column of the row in which it ends
     * @param totals position of that row among the sums over all lines
     */
    record Ends(int[] families, int[] paths, int[] thens, int[] totals) {
        /** How many. */
        int count() {
            return paths.length;
        }
    }

    /**
     * Paths over so many risk arrays, nothing read yet.
     *
     * @param total where a row stands among the sums over all lines
     */
    PathLayout(RiskTable table, int arrays, IntUnaryOperator total) {
        this.paths = table.venueRisk().paths();
        this.share = table.venueRisk().prefunding();
        this.rows = new ArrayList<>(paths.stream().map(VenueRisk.Path::first).toList());
        ends(paths).filter(row -> !rows.contains(row)).forEach(rows::add);
        int stride = Math.ceilDiv(rows.size(), ScanLayout.LANES) * ScanLayout.LANES;
        this.block = new RowBlock(new int[Math.multiplyExact(arrays, stride)], stride);
        this.counted = new long[arrays];
        List<End> byFamily = IntStream.range(0, paths.size())
                .boxed()
                .flatMap(p -> paths.get(p).then().stream().map(then -> end(table, p, then, total)))
                .sorted(Comparator.comparingInt(End::family))
                .toList();
        this.ends = new Ends(
                byFamily.stream().mapToInt(End::family).toArray(),
                byFamily.stream().mapToInt(End::path).toArray(),
                byFamily.stream().mapToInt(End::then).toArray(),
                byFamily.stream().mapToInt(End::total).toArray());
    }

    private PathLayout(PathLayout before, RiskTable next) {
        this.paths = before.paths;
        this.share = next.venueRisk().prefunding();
        this.rows = before.rows;
        this.block = new RowBlock(before.block.rows().clone(), before.block.stride());
        this.counted = before.counted.clone();
        this.ends = before.ends;
    }

    /** The rows in which paths end, each once. */
    static Stream<Integer> ends(List<VenueRisk.Path> paths) {
        return paths.stream().flatMap(path -> path.then().stream()).distinct();
    }

    private End end(RiskTable table, int p, int then, IntUnaryOperator total) {
        return new End(Prefunding.familyOf(table, paths.get(p).first()), p, rows.indexOf(then), total.applyAsInt(then));
    }

    /** The same paths over another table of the same entries, whose numbers are still those of this one. */
    PathLayout repriced(RiskTable next) {
        return new PathLayout(this, next);
    }

    /** Reads one risk array. */
    void write(VenueRisk risk, int place, Role role, RiskEntry entry, IntColumn row) {
        for (int c = 0; c < rows.size(); c++) {
            block.rows()[block.start(place) + c] = row.at(rows.get(c));
        }
        if (entry instanceof AssetRisk asset) {
            if (role == Role.COLLATERAL && risk.liquidates(asset.venue())) {
                for (int p = 0; p < paths.size(); p++) {
                    block.rows()[block.start(place) + p] = asset.at().row().at(p);
                }
            }
            counted[place] = role == Role.DEBT ? asset.debtValue() : asset.value();
        }
    }

    /** Entries by path, then those of rows in which paths only end. */
    RowBlock block() {
        return block;
    }

    /** What one lot of collateral counts for, or of debt; 0 of positions, whose mark is no money, u. */
    long counted(int place) {
        return counted[place];
    }

    /** χ, ppm. */
    long share() {
        return share;
    }

    /** Every path with every row in which it ends, by family. */
    Ends ends() {
        return ends;
    }
}
