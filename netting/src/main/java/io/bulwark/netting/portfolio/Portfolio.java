package io.bulwark.netting.portfolio;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.money.Usd;
import io.bulwark.clearing.position.VenueStanding;
import java.util.List;

/**
 * An account across venues, with the origin of every lot.
 *
 * @param account in lots: what margin is computed from
 * @param origins by venue, address and the order of the snapshot; they add up to the account before the paid allocation
 * @param stale snapshots past their age limit
 * @param standings what each venue counts of its part, in the order of the origins
 */
public record Portfolio(
        MarginAccount account, List<Origin> origins, List<StaleSnapshot> stale, List<Standing> standings)
        implements PortfolioResult {
    /**
     * What a venue counts of an account, and what of it the house counts.
     *
     * @param source the venue account
     * @param snapshot identity of the snapshot in which the venue says so
     * @param said by the venue
     * @param distance how far the venue is from acting, USD in whole u, rounded down: 0 where it does not tell; what an ageing snapshot has
     *     above 0 fades as its collateral does
     */
    public record Standing(VenueAccount source, Digest snapshot, VenueStanding said, Amount distance) {
        /** The distance in u. */
        public long units() {
            return Usd.floor(distance);
        }
    }

    /** Copies the lists. */
    public Portfolio {
        origins = List.copyOf(origins);
        stale = List.copyOf(stale);
        standings = List.copyOf(standings);
    }

    /** Whether the account may open, increase, withdraw and borrow as far as its inputs go: none is stale. */
    public boolean fresh() {
        return stale.isEmpty();
    }
}
