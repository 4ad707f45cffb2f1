package io.bulwark.netting.placement;

import io.bulwark.clearing.position.VenueStanding;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An account over a table of format 3, with every lot where it stands: what venues may do on their own has a price there.
 *
 * @param table whose entries stand at places
 * @param account in the table's numbers, and how each place stands
 * @param places as far as they are known, by number
 */
public record PlacedAccount(RiskTable table, MarginAccount account, NavigableMap<Integer, Placement.Own> places) {
    /** What the owner calls a place. */
    public String name(int place) {
        return Optional.ofNullable(places.get(place))
                .map(Placement.Own::name)
                .orElseGet(() -> table.venueRisk().venues().get(place).id());
    }

    /** Whether the venue says what it counts there; silence counts as nothing. */
    public boolean isTold(int place) {
        return Optional.ofNullable(places.get(place)).stream()
                .flatMap(own -> own.standings().stream())
                .anyMatch(standing -> standing.said().count() instanceof VenueStanding.Told);
    }

    /**
     * The least that a place must stand further from acting so that nothing is charged of what venues may close, u;
     * empty where no sum does it
     * there alone.
     *
     * @param place number of one that acts by itself
     */
    public OptionalLong cure(int place) {
        long most = Requirement.of(table, account).prefunding().venues().stream()
                .filter(need -> need.venue() == place)
                .flatMap(need -> need.needs().stream())
                .reduce(0L, Math::max);
        if (isCharged(place, most)) {
            return OptionalLong.empty();
        }
        long charged = -1;
        while (most - charged > 1) {
            long middle = charged + (most - charged) / 2;
            if (isCharged(place, middle)) {
                charged = middle;
            } else {
                most = middle;
            }
        }
        return OptionalLong.of(most);
    }

    private boolean isCharged(int place, long more) {
        List<MarginAccount.Standing> standings = account.standings().stream()
                .map(s -> s.venue() == place
                        ? new MarginAccount.Standing(s.venue(), Math.addExact(s.distance(), more))
                        : s)
                .toList();
        MarginAccount better = new MarginAccount(
                account.cash(), account.positions(), account.paid(), account.collateral(), account.debt(), standings);
        return Requirement.of(table, better).prefundingCharge() > 0;
    }
}
