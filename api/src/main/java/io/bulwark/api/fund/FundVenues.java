package io.bulwark.api.fund;

import io.bulwark.api.door.Money;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.epoch.EpochMarket;
import io.bulwark.insurance.stresstest.VenueDefault;
import io.bulwark.insurance.stresstest.VenueDefault.Exposure;
import io.bulwark.netting.formula.MarginBook;
import io.bulwark.netting.formula.Precision;
import io.bulwark.netting.placement.PlacedAccount;
import io.bulwark.netting.placement.PlacedAccount.Place;
import io.bulwark.netting.risktable.RiskTable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What if a venue is gone tomorrow: by venue what it would cost the fund beyond what the market costs it already, and
 * who loses what claim. What stands there is gone at
 * its mark. It stands beside the layers of the sealed epoch, which do not hold it yet.
 *
 * @param epoch its number
 * @param venues the costliest first
 * @param left accounts that are not counted: it is not known where their lots stand
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
     * @param claims what is lost of claims on it, by account; who owes it on balance loses none
     */
    @Serdeable
    public record Venue(String venue, Money layer, String scenario, List<Claim> claims) {
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
        return of(epoch.number(), epoch.table(), epoch.market(), epoch.accounts());
    }

    static FundVenues of(long epoch, RiskTable table, EpochMarket market, List<AccountLine> accounts) {
        Map<AccountLine, PlacedAccount> placed = new LinkedHashMap<>();
        List<String> left = new ArrayList<>();
        for (AccountLine line : accounts) {
            Optional<PlacedAccount> account = line.margin().stated().flatMap(ignored -> placed(line, table, market));
            account.ifPresentOrElse(a -> placed.put(line, a), () -> left.add(line.name()));
        }
        return new FundVenues(
                epoch,
                market.listing().venues().stream()
                        .map(venue -> venue(venue, placed))
                        .sorted(Comparator.comparingLong(
                                        (Venue venue) -> venue.layer().u())
                                .reversed())
                        .toList(),
                left);
    }

    private static Optional<PlacedAccount> placed(AccountLine line, RiskTable table, EpochMarket market) {
        return PlacedAccount.of(
                table, market.listing(), market.parameters(), line.lots(), line.origins(), line.standings());
    }

    private static Venue venue(ListedVenue venue, Map<AccountLine, PlacedAccount> placed) {
        List<Exposure> accounts = placed.values().stream()
                .map(account -> exposure(venue, account))
                .toList();
        VenueDefault failed = VenueDefault.of(venue.number(), accounts);
        List<Claim> claims = new ArrayList<>();
        int i = 0;
        for (AccountLine line : placed.keySet()) {
            long lost = failed.lost().get(i++);
            if (lost > 0) {
                claims.add(new Claim(line.name(), Money.of(lost)));
            }
        }
        return new Venue(
                venue.name(),
                Money.of(failed.layer()),
                failed.row().isPresent()
                        ? words(accounts.getFirst().book().table(), failed.row().getAsInt())
                        : "nothing moves",
                claims);
    }

    private static Exposure exposure(ListedVenue venue, PlacedAccount account) {
        List<Place> there = account.places().stream()
                .filter(place -> place.venue() == venue.number())
                .toList();
        int lost = there.stream()
                .mapToInt(place ->
                        account.table().venueRisk().venues().get(place.number()).lossGivenDefault())
                .max()
                .orElse(0);
        Set<Integer> numbers = there.stream().map(Place::number).collect(Collectors.toUnmodifiableSet());
        return new Exposure(MarginBook.of(account.table(), account.account(), Precision.INT128), numbers, lost);
    }

    private static String words(RiskTable table, int row) {
        return table.moves().stream()
                .filter(moves -> moves.shock().at(row) != 0)
                .map(moves -> table.group(moves.group()).orElseThrow().id() + " "
                        + (moves.shock().at(row) > 0 ? "+" : "\u2212")
                        + Math.abs(moves.shock().at(row)) / 10_000 + " %")
                .collect(Collectors.joining(", "));
    }
}
