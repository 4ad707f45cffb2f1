package io.bulwark.netting.action;

import io.bulwark.netting.formula.MarginLine.Role;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The largest trade in one instrument that leaves an account open: at the table's mark and at the cost of the spread, paid in
 * cash.
 *
 * @param instrument permanent number
 * @param lots signed: above 0 bought, below 0 sold; never 0
 * @param excess E − IM afterwards, less the contagion buffer where the house publishes one, u, at least 0
 */
public record LargestTrade(int instrument, long lots, long excess) {
    /**
     * The largest purchase or sale; empty if not one lot can be traded.
     *
     * @param rules the action table, whose risk table lists the instrument; stale tables and open interest are not looked at
     * @param account admitted by the table
     * @param instrument permanent number
     * @param buy whether lots are bought
     * @throws IllegalArgumentException if the table does not list the instrument
     */
    public static Optional<LargestTrade> of(ActionTable rules, MarginAccount account, int instrument, boolean buy) {
        RiskTable table = rules.table();
        InstrumentRisk risk = table.instrument(instrument)
                .orElseThrow(() -> new IllegalArgumentException("the table lists no instrument " + instrument));
        long held = account.positions().stream()
                .filter(entry -> entry.number() == instrument)
                .mapToLong(Entry::lots)
                .sum();
        long side = buy ? 1 : -1;
        long most = table.parameters().lotsMax() - side * held;
        OptionalLong largest = new ConcaveSearch(n -> excess(rules, account, risk, side * n), most).largest();
        return largest.isEmpty() || largest.getAsLong() == 0
                ? Optional.empty()
                : Optional.of(new LargestTrade(
                        instrument,
                        side * largest.getAsLong(),
                        excess(rules, account, risk, side * largest.getAsLong())));
    }

    /** Excess after the trade; the least number where it is not admitted, or must wait. */
    private static long excess(ActionTable rules, MarginAccount account, InstrumentRisk risk, long lots) {
        if (lots == 0) {
            return rules.excess(account);
        }
        Action trade = trade(risk, lots);
        long excess = rules.excess(trade.applyTo(account));
        return excess >= 0 && rules.waits(account, trade) ? Long.MIN_VALUE : excess;
    }

    private static Action trade(InstrumentRisk risk, long lots) {
        long cost = Math.addExact(
                Math.multiplyExact(lots, risk.value()), Math.multiplyExact(Math.absExact(lots), risk.spread()));
        return Action.trades(new Fill(Role.POSITION, new Entry(risk.number(), lots), Math.negateExact(cost)));
    }
}
