package io.bulwark.insurance.stresstest;

import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
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
        return StressLoss.perRow(vaultTable, lots)[row];
    }
}
