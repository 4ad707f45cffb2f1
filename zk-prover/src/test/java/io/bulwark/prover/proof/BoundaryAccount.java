package io.bulwark.prover.proof;

import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.Stream;

/**
 * An account that stands on a boundary: another one whose cash was changed until it does. Positive cash counts at par and in no charge, so
 * the margin stays as it is.
 */
record BoundaryAccount(MarginAccount account, Boundary boundary) {
    enum Boundary {
        /** E = IM: still open. */
        AT_INITIAL("equity exactly at IM"),
        /** E = IM − 1: no longer. */
        BELOW_INITIAL("equity one unit below IM"),
        /** E = MM: not yet liquidated. */
        AT_MAINTENANCE("equity exactly at MM"),
        /** E = MM − 1. */
        BELOW_MAINTENANCE("equity one unit below MM"),
        /** B is the largest even or odd number below 2⁶⁰: the largest account. */
        LARGEST("the largest account that the guard admits"),
        /** B = 2⁶⁰ or 2⁶⁰ + 1: one unit of cash more. */
        TOO_LARGE("one unit of cash too large");

        final String words;

        Boundary(String words) {
            this.words = words;
        }
    }

    private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(60);

    /** The neighbours of an account on every boundary that cash can bring it to. */
    static List<BoundaryAccount> around(RiskTable table, MarginAccount account) {
        List<BoundaryAccount> neighbours = new ArrayList<>();
        if (account.cash() < 0) {
            return neighbours;
        }
        Requirement given = Requirement.of(table, account);
        add(neighbours, account, given.excessInitial(), Boundary.AT_INITIAL, Boundary.BELOW_INITIAL);
        add(neighbours, account, given.excessMaintenance(), Boundary.AT_MAINTENANCE, Boundary.BELOW_MAINTENANCE);
        BigInteger left = LIMIT.subtract(BigInteger.ONE).subtract(lots(table, account));
        if (left.signum() > 0) {
            long cash = left.shiftRight(1).longValueExact();
            neighbours.add(new BoundaryAccount(withCash(account, cash), Boundary.LARGEST));
            neighbours.add(new BoundaryAccount(withCash(account, cash + 1), Boundary.TOO_LARGE));
        }
        return neighbours;
    }

    private static void add(
            List<BoundaryAccount> neighbours, MarginAccount account, long excess, Boundary at, Boundary below) {
        long cash = Math.subtractExact(account.cash(), excess);
        if (cash > 0) {
            neighbours.add(new BoundaryAccount(withCash(account, cash), at));
            neighbours.add(new BoundaryAccount(withCash(account, cash - 1), below));
        }
    }

    private static MarginAccount withCash(MarginAccount account, long cash) {
        return new MarginAccount(cash, account.positions(), account.paid(), account.collateral(), account.debt());
    }

    /** Σ |lots|·bound over all four lists. */
    private static BigInteger lots(RiskTable table, MarginAccount account) {
        return sum(account.positions(), number -> instrument(table, number))
                .add(sum(account.paid(), number -> instrument(table, number)))
                .add(sum(account.collateral(), number -> asset(table, number)))
                .add(sum(account.debt(), number -> asset(table, number)));
    }

    private static long instrument(RiskTable table, int number) {
        return table.instrument(number).map(InstrumentRisk::bound).orElseThrow();
    }

    private static long asset(RiskTable table, int number) {
        return table.asset(number).map(AssetRisk::bound).orElseThrow();
    }

    private static BigInteger sum(List<Entry> entries, IntToLongFunction bound) {
        return Stream.concat(
                        Stream.of(BigInteger.ZERO),
                        entries.stream()
                                .map(entry -> BigInteger.valueOf(Math.abs(entry.lots()))
                                        .multiply(BigInteger.valueOf(bound.applyAsLong(entry.number())))))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }
}
