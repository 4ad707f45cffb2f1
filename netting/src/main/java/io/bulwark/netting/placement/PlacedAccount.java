package io.bulwark.netting.placement;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.Origin;
import io.bulwark.netting.portfolio.Portfolio;
import io.bulwark.netting.risktable.RiskTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A booked account over a table of format 3, with every lot where it stands: what venues may do on their own has a price there.
 *
 * @param table with what the account holds, each entry at its place
 * @param account the same lots, and how each place stands
 * @param places by number less 1
 */
public record PlacedAccount(RiskTable table, MarginAccount account, List<Place> places) {
    /** Numbers of entries at a place: the entry's own, and above it the place's. Permanent numbers are below. */
    private static final int SPACE = 1 << 20;

    /** Copies. */
    public PlacedAccount {
        places = List.copyOf(places);
    }

    /**
     * What acts by itself, or a place that never does.
     *
     * @param number of the venue in the table, ≥ 1
     * @param venue its number in the listing
     * @param name as the table has it
     * @param again whether another place is of the same venue, so that an instrument may stand at both
     * @param standing what the venue counts; empty where it never closes anything
     */
    public record Place(int number, int venue, String name, boolean again, Optional<Portfolio.Standing> standing) {
        /** The number that the table gives an entry here. */
        int numbered(int entry) {
            return Math.addExact(Math.multiplyExact(number, SPACE), entry);
        }
    }

    /**
     * An account at its places; empty where it is not known where its lots come from, where two pockets of a venue
     * hold the same entry, or where
     * the table has no joint grid to walk.
     *
     * @param plain the published table of format 2
     * @param lots the account as booked
     * @param origins where its lots come from
     * @param standings what its venues count
     * @throws ArithmeticException if an entry's number leaves its space
     */
    public static Optional<PlacedAccount> of(
            RiskTable plain,
            Listing listing,
            ParameterSet parameters,
            MarginAccount lots,
            List<Origin> origins,
            List<Portfolio.Standing> standings) {
        Places places = Places.of(listing, origins, standings);
        PlacedLots placed = new PlacedLots(places);
        boolean known = origins.stream().allMatch(placed::add) && placed.pay(lots.paid()) && placed.addUpTo(lots);
        return known
                ? PlacedTable.of(plain, listing, parameters, placed, places.all())
                        .map(table -> new PlacedAccount(table, placed.account(), places.all()))
                : Optional.empty();
    }

    /**
     * The least that a place must stand further from acting so that nothing is charged of what venues may close, u;
     * empty where no sum does it
     * there alone.
     *
     * @param place one that acts by itself
     */
    public OptionalLong cure(Place place) {
        long most = Requirement.of(table, account).prefunding().venues().stream()
                .filter(need -> need.venue() == place.number())
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

    private boolean isCharged(Place place, long more) {
        List<MarginAccount.Standing> standings = account.standings().stream()
                .map(s -> s.venue() == place.number()
                        ? new MarginAccount.Standing(s.venue(), Math.addExact(s.distance(), more))
                        : s)
                .toList();
        MarginAccount better = new MarginAccount(
                account.cash(), account.positions(), account.paid(), account.collateral(), account.debt(), standings);
        return Requirement.of(table, better).prefundingCharge() > 0;
    }

    /** Lots by place, list and entry. */
    static final class PlacedLots {
        private final Places places;
        private final Map<Integer, Map<Integer, Long>> positions = new TreeMap<>();
        private final Map<Integer, Map<Integer, Long>> collateral = new TreeMap<>();
        private final Map<Integer, Map<Integer, Long>> debt = new TreeMap<>();
        private final Map<Integer, Map<Integer, Long>> paid = new TreeMap<>();
        private long cash;

        PlacedLots(Places places) {
            this.places = places;
        }

        boolean add(Origin origin) {
            return switch (origin.line()) {
                case CASH -> {
                    cash = Math.addExact(cash, origin.lots());
                    yield true;
                }
                case POSITIONS -> add(positions, origin);
                case COLLATERAL -> add(collateral, origin);
                case DEBT -> add(debt, origin);
            };
        }

        private boolean add(Map<Integer, Map<Integer, Long>> list, Origin origin) {
            Optional<Place> place = places.of(origin);
            place.ifPresent(p -> at(list, p).merge(origin.number(), origin.lots(), Math::addExact));
            return place.isPresent();
        }

        /** Moves paid lots out of the positions of a place that has as many. */
        boolean pay(List<Entry> entries) {
            return entries.stream().allMatch(this::pay);
        }

        private boolean pay(Entry entry) {
            for (Place place : places.all()) {
                Map<Integer, Long> held = at(positions, place);
                if (held.getOrDefault(entry.number(), 0L) >= entry.lots()) {
                    held.merge(entry.number(), -entry.lots(), Math::addExact);
                    at(paid, place).merge(entry.number(), entry.lots(), Math::addExact);
                    return true;
                }
            }
            return false;
        }

        /** Whether they are the account's, to the lot. */
        boolean addUpTo(MarginAccount account) {
            return cash == account.cash()
                    && sum(positions).equals(map(account.positions()))
                    && sum(paid).equals(map(account.paid()))
                    && sum(collateral).equals(map(account.collateral()))
                    && sum(debt).equals(map(account.debt()));
        }

        /** The entries of a list at one place that are not nothing, positions with the paid ones. */
        List<Integer> instruments(Place place) {
            return Stream.of(positions, paid)
                    .flatMap(list -> at(list, place).keySet().stream())
                    .distinct()
                    .sorted()
                    .toList();
        }

        /** Assets held or owed at one place. */
        List<Integer> assets(Place place) {
            return Stream.of(collateral, debt)
                    .flatMap(list -> at(list, place).keySet().stream())
                    .distinct()
                    .sorted()
                    .toList();
        }

        MarginAccount account() {
            return new MarginAccount(
                    cash,
                    entries(positions),
                    entries(paid),
                    entries(collateral),
                    entries(debt),
                    places.all().stream()
                            .flatMap(place -> place.standing().stream()
                                    .map(s -> new MarginAccount.Standing(place.number(), s.units())))
                            .toList());
        }

        private List<Entry> entries(Map<Integer, Map<Integer, Long>> list) {
            return places.all().stream()
                    .flatMap(place -> at(list, place).entrySet().stream()
                            .filter(e -> e.getValue() != 0)
                            .map(e -> new Entry(place.numbered(e.getKey()), e.getValue())))
                    .toList();
        }

        private static Map<Integer, Long> at(Map<Integer, Map<Integer, Long>> list, Place place) {
            return list.computeIfAbsent(place.number(), number -> new TreeMap<>());
        }

        private static Map<Integer, Long> sum(Map<Integer, Map<Integer, Long>> list) {
            Map<Integer, Long> sum = new TreeMap<>();
            list.values().forEach(place -> place.forEach((number, count) -> sum.merge(number, count, Math::addExact)));
            sum.values().removeIf(count -> count == 0);
            return sum;
        }

        private static Map<Integer, Long> map(List<Entry> entries) {
            return entries.stream().collect(Collectors.toMap(Entry::number, Entry::lots, Math::addExact, TreeMap::new));
        }
    }
}
