package io.bulwark.netting.action;

import io.bulwark.netting.formula.MarginLine.Role;
import io.bulwark.netting.portfolio.Entry;

/**
 * One trade: so many lots of an instrument, or of an asset held or owed, against cash.
 *
 * @param role position; collateral sold or bought for cash; debt bought back or sold
 * @param entry number, and signed lots by which the account's entry changes
 * @param cash what the account receives (above 0) or pays for all of it, fees included, u
 */
public record Fill(Role role, Entry entry, long cash) {
    /** Refuses a trade of nothing. */
    public Fill {
        if (entry.lots() == 0) {
            throw new IllegalArgumentException("lots of a fill must not be 0; have number " + entry.number());
        }
    }
}
