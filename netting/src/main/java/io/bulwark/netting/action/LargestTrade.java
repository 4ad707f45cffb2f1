package io.bulwark.netting.action;

import io.bulwark.netting.margin.Admission;
import io.bulwark.netting.margin.HouseAllocation;
import io.bulwark.netting.margin.Role;
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
 * @param excess E − IM afterwards, u, at least 0
 */
public record LargestTrade(int instrument, long lots, long excess) {
    /**
     * The largest purchase or sale; empty if not one lot can be traded.
     *
     * @param table that lists the instrument
     * @param account admitted by the table
     * @param instrument permanent number
     * @param buy whether lots are bought
     * @throws IllegalArgumentException if the table does not list the instrument
     */
    public static Optional<LargestTrade> of(RiskTable table, MarginAccount account, int instrument, boolean buy) {
        InstrumentRisk risk = table.instrument(instrument)
                .orElseThrow(() -> new IllegalArgumentException("the table lists no instrument " + instrument));
        long held = account.positions().stream()
                .filter(entry -> entry.number() == instrument)
                .mapToLong(Entry::lots)
                .sum();
        long side = buy ? 1 : -1;
        long most = table.parameters().lotsMax() - side * held;
        OptionalLong largest = new ConcaveSearch(n -> excess(table, traded(account, risk, side * n)), most).largest();
        return largest.isEmpty() || largest.getAsLong() == 0
                ? Optional.empty()
                : Optional.of(after(table, account, risk, side * largest.getAsLong()));
    }

    private static LargestTrade after(RiskTable table, MarginAccount account, InstrumentRisk risk, long lots) {
        return new LargestTrade(risk.number(), lots, excess(table, traded(account, risk, lots)));
    }

    private static MarginAccount traded(MarginAccount account, InstrumentRisk risk, long lots) {
        if (lots == 0) {
            return account;
        }
        long cost = Math.addExact(
                Math.multiplyExact(lots, risk.value()), Math.multiplyExact(Math.absExact(lots), risk.spread()));
        Fill fill = new Fill(Role.POSITION, new Entry(risk.number(), lots), Math.negateExact(cost));
        return Action.trades(fill).applyTo(account);
    }

    /** E − IM of the candidate that counts, or the least number for an account that is not admitted. */
    static long excess(RiskTable table, MarginAccount account) {
        return Admission.firstFault(table, account).isPresent()
                ? Long.MIN_VALUE
                : HouseAllocation.of(table, account).excessInitial();
    }
}
