package io.bulwark.netting.margin;

import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.margin.Candidate.Allocation;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Which split of paid-up lots counts, and the state of the account.
 *
 * <p>An account that is open as booked has one candidate. Otherwise the house looks at all candidates that change something and are admitted; the figures that count
 * are those with the largest E − IM, the first on ties. Where the house asks something beside the initial margin, read IM with it.
 *
 * @param candidates as booked first, then allPaid and returned where they exist
 * @param counting the candidate whose figures count
 * @param beside what its account must hold beside IM, u ≥ 0; 0 where the house asks for nothing else
 * @param state open, call or liquidation
 */
public record HouseAllocation(List<Candidate> candidates, Candidate counting, long beside, AccountState state) {
    /** Copies. */
    public HouseAllocation {
        candidates = List.copyOf(candidates);
    }

    /**
     * The allocation that counts for an admitted account.
     *
     * @throws IllegalArgumentException if the table does not list an entry
     */
    public static HouseAllocation of(RiskTable table, MarginAccount account) {
        return of(table, account, candidate -> 0);
    }

    /**
     * The same where the house asks something beside the initial margin.
     *
     * @param beside what a candidate must hold beside its IM, u ≥ 0
     */
    public static HouseAllocation of(RiskTable table, MarginAccount account, ToLongFunction<Candidate> beside) {
        return of(table, account, Requirement.of(table, account), beside);
    }

    /** E − IM of the candidate that counts, less what it must hold beside, u. */
    public long excess() {
        return Math.subtractExact(counting.requirement().excessInitial(), beside);
    }

    static HouseAllocation of(
            RiskTable table, MarginAccount account, Requirement given, ToLongFunction<Candidate> beside) {
        List<Candidate> candidates = new ArrayList<>();
        candidates.add(new Candidate(Allocation.GIVEN, account, given));
        HouseAllocation counting = counting(candidates, candidates.getFirst(), beside);
        if (counting.excess() < 0) {
            consider(table, Allocation.ALL_PAID, account, allPaid(table, account), candidates);
            consider(table, Allocation.RETURNED, account, returned(account), candidates);
            for (Candidate other : candidates.subList(1, candidates.size())) {
                HouseAllocation its = counting(candidates, other, beside);
                counting = its.excess() > counting.excess() ? its : counting;
            }
        }
        return new HouseAllocation(
                candidates, counting.counting, counting.beside, state(candidates, counting.excess()));
    }

    private static HouseAllocation counting(
            List<Candidate> candidates, Candidate candidate, ToLongFunction<Candidate> beside) {
        return new HouseAllocation(candidates, candidate, beside.applyAsLong(candidate), AccountState.OPEN);
    }

    private static AccountState state(List<Candidate> candidates, long excess) {
        if (excess >= 0) {
            return AccountState.OPEN;
        }
        boolean allFail = candidates.stream().allMatch(c -> c.requirement().fails());
        return allFail ? AccountState.LIQUIDATION : AccountState.CALL;
    }

    private static void consider(
            RiskTable table,
            Allocation allocation,
            MarginAccount booked,
            MarginAccount split,
            List<Candidate> candidates) {
        if (!split.equals(booked) && MarginAdmission.firstFault(table, split).isEmpty()) {
            candidates.add(new Candidate(allocation, split, Requirement.of(table, split)));
        }
    }

    /** The account with every margined long paid-up lot moved to the paid list. */
    static MarginAccount allPaid(RiskTable table, MarginAccount account) {
        List<Entry> moved = account.positions().stream()
                .filter(e -> e.lots() > 0)
                .filter(e ->
                        table.instrument(e.number()).map(InstrumentRisk::paidUp).orElse(false))
                .toList();
        List<Entry> kept =
                account.positions().stream().filter(e -> !moved.contains(e)).toList();
        return new MarginAccount(
                account.cash(),
                kept,
                LotList.sum(account.paid(), moved),
                account.collateral(),
                account.debt(),
                account.standings());
    }

    /** The account with all paid lots added to the positions. */
    static MarginAccount returned(MarginAccount account) {
        return new MarginAccount(
                account.cash(),
                LotList.sum(account.positions(), account.paid()),
                List.of(),
                account.collateral(),
                account.debt(),
                account.standings());
    }
}
