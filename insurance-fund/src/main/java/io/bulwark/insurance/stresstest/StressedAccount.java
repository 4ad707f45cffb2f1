package io.bulwark.insurance.stresstest;

import io.bulwark.netting.formula.Equity;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import java.util.List;
import java.util.Objects;

/**
 * An account as the stress test sees it.
 *
 * @param number of the clearing account
 * @param member who stands behind it; affiliates share one name
 * @param lots what it holds; the paid-up sleeve can lose nothing and is not read
 * @param held what it holds against losses by its margin as booked: min(E, IM + Buffer), at least 0; 0 where it has no margin; u = 10⁻⁴ USD
 */
public record StressedAccount(int number, String member, MarginAccount lots, long held) {
    /** Checks what is held. */
    public StressedAccount {
        Objects.requireNonNull(member, "member");
        Objects.requireNonNull(lots, "lots");
        if (held < 0) {
            throw new IllegalArgumentException("held by account " + number + " must be >= 0; have " + held);
        }
    }

    /**
     * What it loses in one row of a vault table, u; negative where it gains.
     *
     * @throws IllegalArgumentException if the table does not list what it holds
     */
    public long loss(RiskTable vaultTable, int row) {
        return losses(vaultTable)[row];
    }

    /**
     * The same in every row.
     *
     * @throws IllegalArgumentException if the table does not list what it holds
     */
    public long[] losses(RiskTable vaultTable) {
        return StressLoss.perRow(vaultTable, lots);
    }

    /**
     * What it loses in every row of expected shortfall of a risk table, u; negative where it gains.
     *
     * @throws IllegalArgumentException if the table does not list what it holds
     */
    public long[] shortfallLosses(RiskTable table) {
        return StressLoss.perShortfallRow(table, lots);
    }

    /**
     * What it pays of its losses before the fund does, u: what it holds, but no more than its equity by the values of the vault table.
     *
     * @throws IllegalArgumentException if the table does not list what it holds
     */
    public long credit(RiskTable vaultTable) {
        return Math.max(0, Math.min(held, Equity.of(vaultTable, lots)));
    }

    /** What a loss is beyond what the account pays itself, at least 0. */
    public MemberLoss beyond(long credit, long loss) {
        return new MemberLoss(member, Math.max(0, Math.subtractExact(loss, credit)), List.of(number));
    }
}
