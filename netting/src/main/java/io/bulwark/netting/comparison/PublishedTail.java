package io.bulwark.netting.comparison;

import io.bulwark.netting.formula.ExpectedShortfall;
import io.bulwark.netting.formula.GrossBound;
import io.bulwark.netting.formula.MarginBook;
import io.bulwark.netting.formula.Precision;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;

/**
 * The tail of an account over the published weighted rows.
 *
 * @param valueAtRisk loss of the boundary row of the tail, floored at 0, u: no more than the tail's weight of rows lose more
 * @param expectedShortfall weighted mean of the tail, floored at 0, u: the integer that the margin uses
 */
record PublishedTail(long valueAtRisk, long expectedShortfall) {
    /**
     * The tail of an account.
     *
     * @throws IllegalArgumentException if the table does not list an entry
     */
    public static PublishedTail of(RiskTable table, MarginAccount account) {
        MarginBook book = MarginBook.of(table, account, Precision.of(GrossBound.of(table, account)));
        long[] losses = ExpectedShortfall.losses(book);
        ExpectedShortfall shortfall = ExpectedShortfall.of(book);
        long boundary = shortfall.tail().stream()
                .mapToLong(row -> losses[row.row()])
                .min()
                .orElse(0);
        return new PublishedTail(Math.max(0, boundary), shortfall.loss());
    }
}
