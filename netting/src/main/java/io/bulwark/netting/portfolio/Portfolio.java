package io.bulwark.netting.portfolio;

import java.util.List;

/**
 * An account across venues, with the origin of every lot.
 *
 * @param account in lots: what margin is computed from
 * @param origins by venue, address and the order of the snapshot; they add up to the account before the paid allocation
 * @param stale snapshots past their age limit
 */
public record Portfolio(MarginAccount account, List<Origin> origins, List<StaleSnapshot> stale)
        implements PortfolioResult {
    /** Copies the lists. */
    public Portfolio {
        origins = List.copyOf(origins);
        stale = List.copyOf(stale);
    }

    /** Whether the account may open, increase, withdraw and borrow as far as its inputs go: none is stale. */
    public boolean fresh() {
        return stale.isEmpty();
    }
}
