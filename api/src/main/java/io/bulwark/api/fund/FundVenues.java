package io.bulwark.api.fund;

import io.bulwark.api.door.Money;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundStress.VenueFailures;
import io.bulwark.house.fund.FundStress.VenueFailures.Failure;
import io.bulwark.netting.risktable.RiskTable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What if a venue is gone tomorrow: by venue what it would cost the fund beyond what the market costs it already, and
 * who loses what claim. What stands there is gone at
 * its mark. The costliest, as it is counted, is a layer of the fund.
 *
 * @param epoch its number
 * @param venues the costliest first
 * @param left accounts that are not counted: they have no margin, or it is not known where their lots stand
 */
@Serdeable
record FundVenues(long epoch, List<Venue> venues, List<String> left) {
    /** Copies. */
    public FundVenues {
        venues = List.copyOf(venues);
        left = List.copyOf(left);
    }

    /**
     * One venue.
     *
     * @param venue its name
     * @param layer what accounts would be short by beyond the market's part, all of them at once
     * @param scenario in which it is largest: the price moves of the groups; "nothing moves" where that is the worst
     * @param replayed the same on the days that the vault replays, at full weight
     * @param replay the costliest of those days
     * @param counted what the fund counts of it: the larger of the two, or as governance says the layer alone (vault.venueReplays)
     * @param claims what is lost of claims on it, by account; who owes it on balance loses none
     */
    @Serdeable
    public record Venue(
            String venue,
            Money layer,
            String scenario,
            Money replayed,
            String replay,
            Money counted,
            List<Claim> claims) {
        /** Copies. */
        public Venue {
            claims = List.copyOf(claims);
        }
    }

    /**
     * The claim of one account.
     *
     * @param account its name
     * @param lost of its claim
     */
    @Serdeable
    public record Claim(String account, Money lost) {}

    /** The venues of a computed epoch. */
    static FundVenues of(ComputedEpoch epoch) {
        return of(epoch.number(), epoch.table(), epoch.parameters(), epoch.accounts(), VenueFailures.of(epoch));
    }

    static FundVenues of(
            long epoch, RiskTable table, ParameterSet parameters, List<AccountLine> accounts, List<Failure> failures) {
        return new FundVenues(
                epoch,
                failures.stream()
                        .map(failure -> venue(table, parameters, failure))
                        .sorted(Comparator.comparingLong(
                                        (Venue venue) -> venue.counted().u())
                                .reversed())
                        .toList(),
                accounts.stream()
                        .filter(line ->
                                failures.isEmpty() || line.margin().stated().isEmpty())
                        .map(AccountLine::name)
                        .toList());
    }

    private static Venue venue(RiskTable table, ParameterSet parameters, Failure failure) {
        List<Claim> claims = IntStream.range(0, failure.accounts().size())
                .filter(i -> failure.cost().lost().get(i) > 0)
                .mapToObj(i -> new Claim(
                        failure.accounts().get(i).name(),
                        Money.of(failure.cost().lost().get(i))))
                .toList();
        return new Venue(
                failure.venue().name(),
                Money.of(failure.cost().layer()),
                VenueFailures.words(table, failure.cost()),
                Money.of(failure.replayed().layer()),
                failure.replay(),
                Money.of(failure.counted(parameters).layer()),
                claims);
    }
}
