package io.bulwark.netting.tail;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.copula.SeededDraws;
import io.bulwark.netting.risktable.IntColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.hipparchus.util.FastMath;

/**
 * Few weighted worlds for many equally likely ones: the outer a world, the more rows its stratum gets and the less each weighs
 * (margin formula, section 3.4).
 *
 * <p>Strata by Mahalanobis' radius, at the quantiles 0–.5–.9–.97–.99–.997–1, get 1, 3, 3, 4, 3 and 2 of 16 blocks: 4/16/20/25/20/15 %
 * of the rows in whole blocks. Inside a block all weights are the same integer. Weights beyond a radius are rounded up, so the tail
 * weighs never less than its probability. A block is cut along the common move of prices, each slice along the move of volatility, into
 * as many cells as it has rows, and a cell gives one world.
 */
public final class RadiusStrata {
    /** N of a table whose accounts are proved directly. */
    public static final int FEW = 256;

    /** N of a table whose accounts are proved by challenge. */
    public static final int MANY = 1_024;

    private static final int BLOCKS = 16;

    /** Probability outside the inner edge of each stratum, ppm. */
    private static final int[] OUTSIDE = {1_000_000, 500_000, 100_000, 30_000, 10_000, 3_000};

    /** Blocks of each stratum. */
    private static final int[] SHARE = {1, 3, 3, 4, 3, 2};

    private RadiusStrata() {}

    /** The weight of one row in each of the 16 blocks, the innermost first. Σ weight·N/16 = 10⁶. */
    static int[] blockWeights(int rows) {
        int perBlock = rows / BLOCKS;
        int[] weights = new int[BLOCKS];
        int block = 0;
        for (int stratum = 0; stratum < SHARE.length; stratum++) {
            int outer = stratum + 1 < OUTSIDE.length ? Math.ceilDiv(OUTSIDE[stratum + 1], perBlock) : 0;
            int units = Math.ceilDiv(OUTSIDE[stratum], perBlock) - outer;
            for (int i = 0; i < SHARE[stratum]; i++) {
                // What does not divide goes to the outer blocks of the stratum, one each.
                weights[block++] = units / SHARE[stratum] + (i >= SHARE[stratum] - units % SHARE[stratum] ? 1 : 0);
            }
        }
        return weights;
    }

    /**
     * N rows for a population of worlds.
     *
     * @param worlds the population
     * @param rows {@link #FEW} or {@link #MANY}
     * @param scalePpm what moves are raised by, for what so few rows miss
     * @param seed of the choice inside cells
     */
    public static ShortfallRows rows(JointWorlds worlds, int rows, int scalePpm, long seed) {
        if (rows != FEW && rows != MANY) {
            throw new IllegalArgumentException("rows must be " + FEW + " or " + MANY + "; have " + rows);
        }
        int[] blocks = blockWeights(rows);
        List<Integer> chosen = chosen(worlds, blocks, rows / BLOCKS, new SeededDraws(seed, -1));
        int[] weights = IntStream.range(0, rows)
                .map(row -> blocks[row / (rows / BLOCKS)])
                .toArray();
        return shortfallRows(worlds, chosen, 1 + scalePpm / (double) Ppm.ONE, IntColumn.of(weights));
    }

    /**
     * The first worlds as they were drawn, equally likely: for a monitor beside the margin.
     *
     * @param rows a divisor of 10⁶, such as 10 000
     * @param horizonDays moves grow with its root
     */
    public static ShortfallRows plain(JointWorlds worlds, int rows, int horizonDays) {
        if (rows < 1 || rows > worlds.count() || Ppm.ONE % rows != 0) {
            throw new IllegalArgumentException(
                    "rows must divide 10^6 and be at most " + worlds.count() + "; have " + rows);
        }
        if (horizonDays < 1) {
            throw new IllegalArgumentException("horizonDays must be >= 1; have " + horizonDays);
        }
        int[] weights = new int[rows];
        Arrays.fill(weights, Ppm.ONE / rows);
        return shortfallRows(
                worlds, IntStream.range(0, rows).boxed().toList(), FastMath.sqrt(horizonDays), IntColumn.of(weights));
    }

    private static List<Integer> chosen(JointWorlds worlds, int[] blocks, int perBlock, SeededDraws draws) {
        int[] byRadius = RankedWorlds.by(
                worlds::radius, IntStream.range(0, worlds.count()).toArray());
        List<Integer> chosen = new ArrayList<>(perBlock * blocks.length);
        long weight = 0;
        for (int block : blocks) {
            int from = (int) (weight * worlds.count() / Ppm.ONE);
            weight += (long) block * perBlock;
            int to = (int) (weight * worlds.count() / Ppm.ONE);
            chosen.addAll(cells(Arrays.copyOfRange(byRadius, from, to), worlds, perBlock, draws));
        }
        return chosen;
    }

    /** Slices along the common move, each cut again along the move of volatility: one world of every cell. */
    private static List<Integer> cells(int[] band, JointWorlds worlds, int cells, SeededDraws draws) {
        if (band.length < cells) {
            throw new IllegalArgumentException("worlds must be so many that each block has " + cells + "; of "
                    + worlds.count() + " one has " + band.length);
        }
        int slices = (int) FastMath.sqrt(cells);
        List<Integer> chosen = new ArrayList<>(cells);
        for (int[] slice : cut(band, worlds::common, slices)) {
            for (int[] cell : cut(slice, worlds::volatilityMove, cells / slices)) {
                chosen.add(cell[draws.below(cell.length)]);
            }
        }
        return chosen;
    }

    private static List<int[]> cut(int[] worlds, IntToDoubleFunction along, int parts) {
        int[] ordered = RankedWorlds.by(along, worlds);
        return IntStream.range(0, parts)
                .mapToObj(part -> Arrays.copyOfRange(ordered, (int) ((long) part * ordered.length / parts), (int)
                        ((part + 1L) * ordered.length / parts)))
                .toList();
    }

    private static ShortfallRows shortfallRows(
            JointWorlds worlds, List<Integer> chosen, double scale, IntColumn weights) {
        SortedMap<String, IntColumn> moves = new TreeMap<>();
        for (int g = 0; g < worlds.groups().size(); g++) {
            int group = g;
            moves.put(
                    worlds.groups().get(g), column(chosen, world -> FastMath.expm1(scale * worlds.move(group, world))));
        }
        return new ShortfallRows(
                moves, column(chosen, world -> FastMath.max(-1, scale * worlds.volatilityMove(world))), weights);
    }

    private static IntColumn column(List<Integer> chosen, IntToDoubleFunction move) {
        return IntColumn.of(chosen.stream()
                .mapToInt(world -> ShortfallRows.bounded(Ppm.ONE * move.applyAsDouble(world)))
                .toArray());
    }
}
