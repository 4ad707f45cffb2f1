package io.bulwark.netting.margin;

import io.bulwark.netting.risktable.RiskParameters;

/** What the account is worth to the house: cash, marks, counted collateral less counted debt. */
final class Equity {
    private Equity() {}

    /** Equity of a book, u. Negative cash is a debt in USD and carries the residual of one; the product is rounded down. */
    static long of(Book book) {
        long residual = book.table().parameters().cashResidual();
        long grown = book.precision()
                .sum()
                .add(RiskParameters.MILLION + residual, book.cash())
                .floorDiv(RiskParameters.MILLION);
        long equity = Math.min(book.cash(), grown);
        for (Holding holding : book.holdings()) {
            equity = Math.addExact(equity, value(holding));
        }
        return equity;
    }

    private static long value(Holding holding) {
        return switch (holding) {
            case Holding.Position position ->
                Math.multiplyExact(position.lots(), position.risk().value());
            case Holding.Collateral collateral ->
                Math.multiplyExact(collateral.lots(), collateral.risk().value());
            case Holding.Debt debt ->
                Math.negateExact(Math.multiplyExact(debt.lots(), debt.risk().debtValue()));
        };
    }
}
