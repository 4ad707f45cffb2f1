package io.bulwark.netting.margin;

import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import java.util.List;

/**
 * Signed changes to an account: what a trade, a deposit, a withdrawal or a move to the paid list would do. How venues
 * stand changes by a snapshot only.
 *
 * @param cash change of cash, u
 * @param positions changes in lots, any order
 * @param paid changes in lots, any order
 * @param collateral changes in lots, any order
 * @param debt changes in lots, any order
 */
public record AccountChange(
        long cash, List<Entry> positions, List<Entry> paid, List<Entry> collateral, List<Entry> debt) {
    /** Copies the lists. */
    public AccountChange {
        positions = List.copyOf(positions);
        paid = List.copyOf(paid);
        collateral = List.copyOf(collateral);
        debt = List.copyOf(debt);
    }

    /** A trade in one instrument. */
    public static AccountChange trade(int number, long lots) {
        return new AccountChange(0, List.of(new Entry(number, lots)), List.of(), List.of(), List.of());
    }

    /**
     * The account after the change, entries that cancel dropped.
     *
     * @throws ArithmeticException if cash leaves 64 bits
     */
    public MarginAccount applyTo(MarginAccount base) {
        return new MarginAccount(
                Math.addExact(base.cash(), cash),
                LotList.sum(base.positions(), positions),
                LotList.sum(base.paid(), paid),
                LotList.sum(base.collateral(), collateral),
                LotList.sum(base.debt(), debt),
                base.standings());
    }
}
