package io.bulwark.netting.formula;

import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskParameters;
import io.bulwark.netting.risktable.RiskTable;

/** What the account is worth to the house: cash, marks, counted collateral less counted debt. */
public final class Equity {
    private Equity() {}

    /**
     * Equity of an account by the values of a table, u: the risk table's are those that its margin counts.
     *
     * @throws IllegalArgumentException if the table does not list an entry
     */
    public static long of(RiskTable table, MarginAccount account) {
        return of(MarginBook.of(table, account, Precision.INT128));
    }

    /** Equity of a book, u. Negative cash is a debt in USD and carries the residual of one; the product is rounded down. */
    public static long of(MarginBook book) {
        long equity = cash(book);
        for (MarginLine holding : book.holdings()) {
            equity = Math.addExact(equity, value(holding));
        }
        return equity;
    }

    /** What cash counts for, u. */
    static long cash(MarginBook book) {
        return cash(book.table().parameters(), book.cash());
    }

    /** What an amount of cash counts for, u: itself where it is not owed. */
    public static long cash(RiskParameters parameters, long cash) {
        if (cash >= 0) {
            return cash;
        }
        Precision precision = cash > -Precision.NARROW_LIMIT ? Precision.INT64 : Precision.INT128;
        long grown = precision
                .sum()
                .add(RiskParameters.MILLION + parameters.cashResidual(), cash)
                .floorDiv(RiskParameters.MILLION);
        return Math.min(cash, grown);
    }

    /** What an entry counts for, u; below 0 where it is owed. */
    public static long value(MarginLine holding) {
        return switch (holding) {
            case MarginLine.Position position ->
                Math.multiplyExact(position.lots(), position.risk().value());
            case MarginLine.Collateral collateral ->
                Math.multiplyExact(collateral.lots(), collateral.risk().value());
            case MarginLine.Debt debt ->
                Math.negateExact(Math.multiplyExact(debt.lots(), debt.risk().debtValue()));
        };
    }
}
