package io.bulwark.netting.margin;

import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import java.util.ArrayList;
import java.util.List;

/**
 * Which split of paid-up lots counts, and the state of the account.
 *
 * <p>An account that is open as booked has one candidate. Otherwise the house looks at all candidates that change something and are admitted; the figures that count
 * are those with the largest E − IM, the first on ties.
 *
 * @param candidates as booked first, then allPaid and returned where they exist
 * @param counting the candidate whose figures count
 * @param state open, call or liquidation
 */
public record HouseAllocation(List<Candidate> candidates, Candidate counting, AccountState state) {
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
        return of(table, account, Requirement.of(table, account));
    }

    /** E − IM of the candidate that counts, u. */
    public long excessInitial() {
        return counting.requirement().excessInitial();
    }

    static HouseAllocation of(RiskTable table, MarginAccount account, Requirement given) {
        List<Candidate> candidates = new ArrayList<>();
        candidates.add(new Candidate(Allocation.GIVEN, account, given));
        if (given.excessInitial() < 0) {
            consider(table, Allocation.ALL_PAID, account, allPaid(table, account), candidates);
            consider(table, Allocation.RETURNED, account, returned(account), candidates);
        }
        Candidate counting = candidates.getFirst();
        for (Candidate candidate : candidates) {
            if (candidate.requirement().excessInitial() > counting.requirement().excessInitial()) {
                counting = candidate;
            }
        }
        return new HouseAllocation(candidates, counting, state(candidates, counting));
    }

    private static AccountState state(List<Candidate> candidates, Candidate counting) {
        if (counting.requirement().excessInitial() >= 0) {
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
        if (!split.equals(booked) && Admission.firstFault(table, split).isEmpty()) {
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
                account.cash(), kept, LotList.sum(account.paid(), moved), account.collateral(), account.debt());
    }

    /** The account with all paid lots added to the positions. */
    static MarginAccount returned(MarginAccount account) {
        return new MarginAccount(
                account.cash(),
                LotList.sum(account.positions(), account.paid()),
                List.of(),
                account.collateral(),
                account.debt());
    }
}
