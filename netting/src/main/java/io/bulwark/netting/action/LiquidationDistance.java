package io.bulwark.netting.action;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.netting.margin.AccountState;
import io.bulwark.netting.margin.HouseAllocation;
import io.bulwark.netting.margin.MarginAdmission;
import io.bulwark.netting.placement.Placement.Place;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.Origin;
import io.bulwark.netting.portfolio.Portfolio;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.ScenarioRow;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * How far the market must move until an account is liquidated: the table is built again for the moved market, the account is
 * margined over it, and the edge is found by halving.
 *
 * <p>A venue acts by itself, on what stands there alone: {@link #atVenue}.
 *
 * <p>The first step at which the account is in liquidation is found on a grid; inside that step the edge is exact to one unit of the
 * move. An account that is liquidated and safe again within one grid step is taken as safe.
 */
public final class LiquidationDistance {
    private LiquidationDistance() {}

    /**
     * The smallest move that liquidates.
     *
     * @param worlds the table of the market moved by n units and the account in it, n from 0
     * @param step of the grid, units
     * @param most the farthest move that is looked at, units
     * @return 0 for an account in liquidation already; empty if no step of the grid liquidates
     */
    public static OptionalLong of(LongFunction<World> worlds, long step, long most) {
        if (worlds.apply(0).liquidates()) {
            return OptionalLong.of(0);
        }
        for (long n = step; n <= most; n += step) {
            if (worlds.apply(n).liquidates()) {
                return OptionalLong.of(edge(worlds, n - step, n));
            }
        }
        return OptionalLong.empty();
    }

    /** The least n in (safe, liquidated] that liquidates, if the state changes once between them. */
    private static long edge(LongFunction<World> worlds, long safe, long liquidated) {
        long low = safe;
        long high = liquidated;
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (worlds.apply(middle).liquidates()) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    /**
     * A market, and an account in it.
     *
     * @param table of the moved market
     * @param account as it is then
     */
    public record World(RiskTable table, MarginAccount account) {
        /**
         * After a move of volatilities or time, which settles nothing.
         *
         * @param before the table that the account is booked under
         */
        public static World moved(RiskTable before, RiskTable after, MarginAccount account) {
            return new World(after, MovedAccount.of(before, after, account));
        }

        /**
         * After the price of one group has moved: what perpetuals and futures have gained or lost is settled.
         *
         * @param before the table that the account is booked under
         * @param group that moved
         * @param ppm relative move
         */
        public static World priced(RiskTable before, RiskTable after, MarginAccount account, int group, long ppm) {
            return new World(after, MovedAccount.of(before, after, account, group, ppm));
        }

        private boolean liquidates() {
            return MarginAdmission.firstFault(table, account).isEmpty()
                    && HouseAllocation.of(table, account).state() == AccountState.LIQUIDATION;
        }
    }

    /**
     * The smallest move of one group, all else unmoved, at which what stands at a venue has lost what the venue counts between its
     * equity and its requirement. The loss
     * goes along the published rows in which prices move and nothing else does, linear between them, and beyond them where nothing there
     * bends with the price. That the
     * requirement grows with the price is left out.
     *
     * @param table the published rows
     * @param held the origins of what stands there, under the table's numbers
     * @param standing what the venue counts
     * @param group that moves
     * @param side −1 down, 1 up
     * @param most the farthest move that is looked at, ppm
     */
    public static VenueEdge atVenue(
            RiskTable table, List<Origin> held, Portfolio.Standing standing, int group, int side, int most) {
        BigInteger distance = BigInteger.valueOf(standing.units());
        if (distance.signum() <= 0) {
            return new VenueEdge(true, 0);
        }
        long from = 0;
        BigInteger before = BigInteger.ZERO;
        long to = 0;
        BigInteger loss = BigInteger.ZERO;
        for (Map.Entry<Long, Integer> row : priceRows(table, group, side).entrySet()) {
            from = to;
            before = loss;
            to = row.getKey();
            loss = lossAt(table, held, standing, group, row.getValue());
            if (loss.compareTo(distance) >= 0) {
                return new VenueEdge(true, (int) reached(distance, from, before, to, loss));
            }
        }
        // From where nothing has moved, so that what a row is rounded by does not grow with the way.
        if (isStraight(table, held, group) && loss.signum() > 0) {
            long edge = reached(distance, 0, BigInteger.ZERO, to, loss);
            return new VenueEdge(edge <= most, (int) Math.min(edge, most));
        }
        return new VenueEdge(false, isStraight(table, held, group) ? most : (int) to);
    }

    /**
     * Where a venue acts.
     *
     * @param acts whether it does within what is known
     * @param move ppm, ≥ 0: at which, rounded up; or the farthest that is known
     */
    public record VenueEdge(boolean acts, int move) {}

    /** Where the line through two points reaches a loss. */
    private static long reached(BigInteger wanted, long from, BigInteger before, long to, BigInteger loss) {
        BigInteger way = wanted.subtract(before).multiply(BigInteger.valueOf(to - from));
        return Rounding.exactLong(BigInteger.valueOf(from).add(Rounding.cdiv(way, loss.subtract(before))));
    }

    /** Perpetuals, futures, assets and debts move with the price in a straight line; options do not. */
    private static boolean isStraight(RiskTable table, List<Origin> held, int group) {
        return held.stream()
                .filter(origin -> origin.line() == Origin.Line.POSITIONS)
                .flatMap(origin -> table.instrument(origin.number()).stream())
                .noneMatch(risk -> risk.group() == group
                        && (risk.paidUp() || risk.rowShort().isPresent()));
    }

    /** Rows of the grid with volatility flat, by how far they move a group to one side. */
    private static SortedMap<Long, Integer> priceRows(RiskTable table, int group, int side) {
        SortedMap<Long, Integer> rows = new TreeMap<>();
        table.movesOf(group).ifPresent(moves -> {
            for (int r = 0; r < table.rowCount(); r++) {
                long shock = moves.shock().at(r);
                if (isPriceAlone(table.rows().get(r)) && Long.signum(shock) == side) {
                    rows.put(Math.abs(shock), r);
                }
            }
        });
        return rows;
    }

    private static boolean isPriceAlone(ScenarioRow row) {
        return row.move() instanceof ScenarioRow.PricePoint point
                && point.shift() == 0
                && row.volatilityShock().signum() == 0
                && row.skewSlope().signum() == 0
                && row.twist() == 0
                && row.pegs().isEmpty()
                && !row.cross();
    }

    /**
     * What a row takes from the entries of one group: of assets without the house's haircut, at the share of their price that the venue
     * counts.
     */
    private static BigInteger lossAt(
            RiskTable table, List<Origin> held, Portfolio.Standing standing, int group, int row) {
        BigInteger loss = BigInteger.ZERO;
        for (Origin origin : held) {
            loss = loss.add(
                    switch (origin.line()) {
                        case CASH -> BigInteger.ZERO;
                        case POSITIONS ->
                            table.instrument(origin.number())
                                    .filter(risk -> risk.group() == group)
                                    .map(risk -> gain(
                                                    origin,
                                                    risk.rowFor(origin.lots()).at(row))
                                            .negate())
                                    .orElse(BigInteger.ZERO);
                        case COLLATERAL ->
                            table.asset(origin.number())
                                    .filter(risk -> risk.group() == group)
                                    .map(risk -> gain(origin, counted(table, risk, standing, row))
                                            .negate())
                                    .orElse(BigInteger.ZERO);
                        case DEBT ->
                            table.asset(origin.number())
                                    .filter(risk -> risk.group() == group)
                                    .map(risk -> gain(origin, risk.debtRow().at(row)))
                                    .orElse(BigInteger.ZERO);
                    });
        }
        return loss;
    }

    private static BigInteger gain(Origin origin, long ofOneLot) {
        return BigInteger.valueOf(origin.lots()).multiply(BigInteger.valueOf(ofOneLot));
    }

    /** ⌊price · weight · shock⌋ of one lot, u. */
    private static long counted(RiskTable table, AssetRisk risk, Portfolio.Standing standing, int row) {
        long shock = table.movesOf(risk.group()).orElseThrow().shock().at(row);
        int weight = standing.said().weights().getOrDefault(Place.listed(risk.number()), Ppm.ONE);
        BigInteger moved = BigInteger.valueOf(risk.price()).multiply(BigInteger.valueOf(weight * shock));
        return Rounding.exactLong(Rounding.fdiv(moved, BigInteger.valueOf((long) Ppm.ONE * Ppm.ONE)));
    }
}
