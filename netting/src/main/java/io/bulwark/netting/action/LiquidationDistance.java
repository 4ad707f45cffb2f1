package io.bulwark.netting.action;

import io.bulwark.netting.margin.AccountState;
import io.bulwark.netting.margin.HouseAllocation;
import io.bulwark.netting.margin.MarginAdmission;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.Sensitivity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/**
 * How far the market must move until an account is liquidated: the table is built again for the moved market, the account is
 * margined over it, and the edge is found by halving.
 *
 * <p>The first step at which the account is in liquidation is found on a grid; inside that step the edge is exact to one unit of the
 * move. An account that is liquidated and safe again within one grid step is taken as safe.
 */
public final class LiquidationDistance {
    private static final int PPM_PLACES = 6;

    private LiquidationDistance() {}

    /**
     * The smallest move that liquidates.
     *
     * @param moved the table of the market moved by n units, n from 0
     * @param account as booked at n = 0
     * @param settled cash of settled contracts at n units, u, beside the booked cash
     * @param step of the grid, units
     * @param most the farthest move that is looked at, units
     * @return 0 for an account in liquidation already; empty if no step of the grid liquidates
     */
    public static OptionalLong of(
            LongFunction<RiskTable> moved, MarginAccount account, LongFunction<Long> settled, long step, long most) {
        Worlds worlds = new Worlds(moved, account, settled);
        if (worlds.liquidates(0)) {
            return OptionalLong.of(0);
        }
        for (long n = step; n <= most; n += step) {
            if (worlds.liquidates(n)) {
                return OptionalLong.of(worlds.edge(n - step, n));
            }
        }
        return OptionalLong.empty();
    }

    /**
     * What perpetuals and futures have paid when the price of one group has moved: their value is 0 in every table, so the gain of the
     * move is cash.
     *
     * @param table before the move
     * @param account whose positions
     * @param group that moves
     * @param ppm relative move
     * @return u, rounded down
     */
    public static long settlement(RiskTable table, MarginAccount account, int group, long ppm) {
        BigInteger perMillion = BigInteger.ZERO;
        for (Entry position : account.positions()) {
            InstrumentRisk risk = table.instrument(position.number()).orElseThrow();
            if (!risk.paidUp()) {
                BigInteger delta = BigInteger.valueOf(delta(risk.delta(), group));
                perMillion = perMillion.add(BigInteger.valueOf(position.lots()).multiply(delta));
            }
        }
        return new BigDecimal(perMillion.multiply(BigInteger.valueOf(ppm)), PPM_PLACES)
                .setScale(0, RoundingMode.FLOOR)
                .longValueExact();
    }

    private static long delta(List<Sensitivity> deltas, int group) {
        return deltas.stream()
                .filter(delta -> delta.group() == group)
                .mapToLong(Sensitivity::amount)
                .sum();
    }

    private record Worlds(LongFunction<RiskTable> moved, MarginAccount account, LongFunction<Long> settled) {
        boolean liquidates(long n) {
            RiskTable table = moved.apply(n);
            MarginAccount then = new MarginAccount(
                    Math.addExact(account.cash(), settled.apply(n)),
                    account.positions(),
                    account.paid(),
                    account.collateral(),
                    account.debt(),
                    account.standings());
            return MarginAdmission.firstFault(table, then).isEmpty()
                    && HouseAllocation.of(table, then).state() == AccountState.LIQUIDATION;
        }

        /** The least n in (safe, liquidated] that liquidates, if the state changes once between them. */
        long edge(long safe, long liquidated) {
            long low = safe;
            long high = liquidated;
            while (high - low > 1) {
                long middle = low + (high - low) / 2;
                if (liquidates(middle)) {
                    high = middle;
                } else {
                    low = middle;
                }
            }
            return high;
        }
    }
}
