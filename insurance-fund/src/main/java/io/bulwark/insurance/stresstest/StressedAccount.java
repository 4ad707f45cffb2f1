package io.bulwark.insurance.stresstest;

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
 * @param initialMargin IM of the account as booked, u = 10⁻⁴ USD
 */
public record StressedAccount(int number, String member, MarginAccount lots, long initialMargin) {
    /** Checks the margin. */
    public StressedAccount {
        Objects.requireNonNull(member, "member");
        Objects.requireNonNull(lots, "lots");
        if (initialMargin < 0) {
            throw new IllegalArgumentException(
                    "initialMargin of account " + number + " must be >= 0; have " + initialMargin);
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

    /** What a loss is beyond the account's margin, at least 0. */
    public MemberLoss beyondMargin(long loss) {
        return new MemberLoss(member, Math.max(0, Math.subtractExact(loss, initialMargin)), List.of(number));
    }
}
