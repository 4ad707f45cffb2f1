package io.bulwark.netting.placement;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.position.VenueStanding;
import io.bulwark.netting.formula.GroupLosses;
import io.bulwark.netting.formula.MarginBook;
import io.bulwark.netting.formula.Precision;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.formula.Stress;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.Origin;
import io.bulwark.netting.portfolio.Origin.Line;
import io.bulwark.netting.portfolio.Portfolio;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.TableInputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * Where the entries of a house stand: its places, and the numbers that instruments and assets have there.
 *
 * <p>Every listed venue is a place; a further address or pocket of the same account at it, which the venue liquidates
 * by itself, is another,
 * and so is what lies beside an account's pockets. Numbers follow from the listing alone: of the s-th sort of place of the v-th of V
 * venues 1 + s·V + v, so that an account's entries keep theirs while nobody is listed.
 *
 * <p>An instrument keeps its listed number at its own venue. Anything else at a place is an entry of its own: its
 * number has the place's above
 * the listed one. An asset under its listed number is free: with the house, or pledged to it.
 */
public final class Placement {
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
            Requirement given = Requirement.of(table, account);
            MarginBook book = MarginBook.of(table, account, Precision.INT128);
            GroupLosses losses = GroupLosses.of(book);
            // Only the standing changes: what rows take from the account is computed once.
            LongPredicate isCharged = more -> {
                Stress stress = Stress.of(standing(book, place, more), losses);
                return Math.max(stress.loss(), given.shortfall()) > Math.max(stress.lossOfRows(), given.shortfall());
            };
            long most = given.prefunding().venues().stream()
                    .filter(need -> need.venue() == place)
                    .flatMap(need -> need.needs().stream())
                    .reduce(0L, Math::max);
            if (isCharged.test(most)) {
                return OptionalLong.empty();
            }
            long charged = -1;
            while (most - charged > 1) {
                long middle = charged + (most - charged) / 2;
                if (isCharged.test(middle)) {
                    charged = middle;
                } else {
                    most = middle;
                }
            }
            return OptionalLong.of(most);
        }

        private static MarginBook standing(MarginBook book, int place, long more) {
            return new MarginBook(
                    book.table(),
                    book.cash(),
                    book.holdings(),
                    book.standings().stream()
                            .map(s -> s.venue() == place
                                    ? new MarginAccount.Standing(s.venue(), Math.addExact(s.distance(), more))
                                    : s)
                            .toList(),
                    book.precision());
        }
    }

    private static final int FIRST = 0;
    private static final int BESIDE = 1;

    private final Listing listing;
    private final List<Place> places;
    private final NavigableMap<Integer, SortedSet<Integer>> instruments = new TreeMap<>();
    private final NavigableMap<Integer, SortedSet<Integer>> assets = new TreeMap<>();
    private final Map<Integer, Integer> weights = new TreeMap<>();

    /**
     * Where entries of a house stand: what one venue liquidates by itself, or what stands at it and is never acted on.
     *
     * @param number of the place in tables, ≥ 1
     * @param venue its venue's number in the listing
     * @param name as tables have it, such as hyperliquid, hyperliquid 2 or lyra beside
     * @param acts whether its venue closes what stands here by its own rule
     */
    public record Place(int number, int venue, String name, boolean acts) {
        /** Numbers of entries: the listing's own, and above it the place's. */
        private static final int SPACE = 1 << 20;

        /**
         * The number that tables give an entry here.
         *
         * @param listed its number in the listing
         * @throws ArithmeticException if the number leaves its space
         */
        int numbered(int listed) {
            if (listed >= SPACE) {
                throw new ArithmeticException(
                        "a listed number must be below " + SPACE + " where entries stand at venues");
            }
            return Math.addExact(Math.multiplyExact(number, SPACE), listed);
        }

        /** The listing's number of an instrument or asset that a table has under another, wherever it stands. */
        public static int listed(int number) {
            return number % SPACE;
        }
    }

    private Placement(Listing listing, SortedSet<Integer> acting, int sorts) {
        this.listing = listing;
        this.places = new ArrayList<>();
        for (int sort = 0; sort < sorts; sort++) {
            for (ListedVenue venue : listing.venues()) {
                String more = sort == FIRST ? "" : sort == BESIDE ? " beside" : " " + sort;
                places.add(new Place(
                        places.size() + 1,
                        venue.number(),
                        venue.name() + more,
                        sort != BESIDE && acting.contains(venue.number())));
            }
        }
    }

    /**
     * The places of a house.
     *
     * @param portfolios of all its accounts
     */
    public static Placement of(Listing listing, List<Portfolio> portfolios) {
        SortedSet<Integer> acting = portfolios.stream()
                .flatMap(portfolio -> portfolio.standings().stream())
                .map(standing -> standing.source().venue())
                .collect(Collectors.toCollection(TreeSet::new));
        List<AccountPlaces> accounts = portfolios.stream()
                .map(p -> new AccountPlaces(acting, p.origins(), p.standings()))
                .toList();
        int sorts =
                1 + accounts.stream().mapToInt(AccountPlaces::lastSort).max().orElse(FIRST);
        Placement placement = new Placement(listing, acting, sorts);
        placement.settle();
        for (int i = 0; i < accounts.size(); i++) {
            placement.fill(accounts.get(i), portfolios.get(i));
        }
        return placement;
    }

    /** What a derivative is settled in may come to stand at its venue. */
    private void settle() {
        for (ListedInstrument instrument : listing.instruments()) {
            settlement(instrument.contract())
                    .flatMap(listing::assetNamed)
                    .ifPresent(asset -> of(assets, own(instrument.number())).add(asset.number()));
        }
    }

    private static Optional<String> settlement(Instrument contract) {
        return switch (contract) {
            case Instrument.Perpetual perpetual -> Optional.of(perpetual.settlement());
            case Instrument.Future future -> Optional.of(future.settlement());
            case Instrument.Option option -> Optional.of(option.settlement());
            default -> Optional.empty();
        };
    }

    private void fill(AccountPlaces account, Portfolio portfolio) {
        for (Origin origin : portfolio.origins()) {
            if (origin.line() != Line.CASH) {
                AccountPlaces.Spot spot = account.of(origin);
                Place place = place(spot);
                if (origin.line() != Line.POSITIONS) {
                    of(assets, place).add(origin.number());
                    weights.merge(place.numbered(origin.number()), spot.weight(origin.number()), Math::max);
                } else if (number(place, origin) != origin.number()) {
                    of(instruments, place).add(origin.number());
                }
            }
        }
    }

    private static SortedSet<Integer> of(Map<Integer, SortedSet<Integer>> entries, Place place) {
        return entries.computeIfAbsent(place.number(), number -> new TreeSet<>());
    }

    private Place place(AccountPlaces.Spot spot) {
        int venue = 0;
        while (listing.venues().get(venue).number() != spot.venue()) {
            venue++;
        }
        return places.get(spot.sort() * listing.venues().size() + venue);
    }

    /** The number of what some lots are of, where they stand. */
    private int number(Place place, Origin origin) {
        return origin.line() == Line.POSITIONS && isOwn(place, origin.number())
                ? origin.number()
                : place.numbered(origin.number());
    }

    private boolean isOwn(Place place, int instrument) {
        return place.number() <= listing.venues().size()
                && place.venue() == listing.instrument(instrument).venue();
    }

    /** Every place; that of number n is the one at n − 1. */
    public List<Place> places() {
        return List.copyOf(places);
    }

    /** Every listed venue. */
    public List<ListedVenue> venues() {
        return listing.venues();
    }

    /** The places of one listed venue. */
    public List<Place> placesOf(int venue) {
        return places.stream().filter(place -> place.venue() == venue).toList();
    }

    /** The place of an instrument under its listed number. */
    Place own(int instrument) {
        return placesOf(listing.instrument(instrument).venue()).getFirst();
    }

    /** Listed numbers of the instruments that stand at a place under another number. */
    SortedSet<Integer> instruments(Place place) {
        return instruments.getOrDefault(place.number(), new TreeSet<>());
    }

    /** Listed numbers of the assets that are held or owed at a place. */
    SortedSet<Integer> assets(Place place) {
        return assets.getOrDefault(place.number(), new TreeSet<>());
    }

    /** The share of its price at which the venue counts an asset there, ppm: the largest of those that accounts are told. */
    int weight(Place place, int asset) {
        return weights.getOrDefault(place.numbered(asset), AccountPlaces.FULL);
    }

    ListedVenue venue(Place place) {
        return listing.venue(place.venue());
    }

    /**
     * A table of format 2 with every entry at its place: format 3.
     *
     * @param plain the same listing's
     * @param parameters the governed numbers of what venues may do
     * @param inputs what the epoch and those before it observed
     * @throws IllegalArgumentException if the table has no joint grid to walk
     */
    public RiskTable table(RiskTable plain, ParameterSet parameters, TableInputs inputs) {
        return new PlacedTable(this, plain, parameters, inputs).table();
    }

    /** The same from governed numbers alone. */
    public RiskTable table(RiskTable plain, ParameterSet parameters) {
        return table(plain, parameters, TableInputs.NONE);
    }

    /** The same entries under a table that charges nothing of venues: the one that sizes the fund. It stays of format 2. */
    public RiskTable vault(RiskTable plain, ParameterSet parameters) {
        return new PlacedTable(this, plain, parameters, TableInputs.NONE).vault();
    }

    /**
     * An account with every lot where it stands, and how far each venue is from acting on it. Paid lots are taken from the lowest numbers
     * first.
     *
     * @throws IllegalArgumentException if its origins do not add up to it
     */
    public MarginAccount account(Portfolio portfolio) {
        return placed(portfolio).orElseThrow(() -> new IllegalArgumentException("origins must add up to the account"));
    }

    /** The same; empty where the origins do not add up to it. */
    public Optional<MarginAccount> placed(Portfolio portfolio) {
        AccountPlaces account = accountOf(portfolio.origins(), portfolio.standings());
        ToIntFunction<Origin> numbers = numbers(account);
        PlacedLots lots = new PlacedLots();
        portfolio.origins().forEach(origin -> lots.add(origin, numbers.applyAsInt(origin)));
        boolean adds = lots.pay(portfolio.account().paid()) && lots.addUpTo(portfolio.account());
        return adds ? Optional.of(lots.account(standings(account, lots))) : Optional.empty();
    }

    /** By place, of those that count: somebody stands there, or the venue says how. */
    private List<MarginAccount.Standing> standings(AccountPlaces account, PlacedLots lots) {
        TreeMap<Integer, Long> standings = new TreeMap<>();
        for (AccountPlaces.Spot spot : account.spots()) {
            Place place = place(spot);
            if (place.acts() && (spot.distance() != 0 || lots.isAt(place, this::own))) {
                standings.put(place.number(), spot.distance());
            }
        }
        return standings.entrySet().stream()
                .map(e -> new MarginAccount.Standing(e.getKey(), e.getValue()))
                .toList();
    }

    /** The table's numbers of an account's lots; cash has the one that it has. */
    public ToIntFunction<Origin> numbers(List<Origin> origins, List<Portfolio.Standing> standings) {
        return numbers(accountOf(origins, standings));
    }

    private ToIntFunction<Origin> numbers(AccountPlaces account) {
        return origin -> origin.line() == Line.CASH ? origin.number() : number(place(account.of(origin)), origin);
    }

    /** What an account's places are to its owner, by the place's number. */
    public NavigableMap<Integer, Own> of(List<Origin> origins, List<Portfolio.Standing> standings) {
        NavigableMap<Integer, Own> own = new TreeMap<>();
        for (AccountPlaces.Spot spot : accountOf(origins, standings).spots()) {
            own.put(place(spot).number(), new Own(place(spot), spot.name(listing), spot.standings()));
        }
        return own;
    }

    private AccountPlaces accountOf(List<Origin> origins, List<Portfolio.Standing> standings) {
        SortedSet<Integer> acting =
                places.stream().filter(Place::acts).map(Place::venue).collect(Collectors.toCollection(TreeSet::new));
        return new AccountPlaces(acting, origins, standings);
    }

    /**
     * A place of an account as its owner knows it.
     *
     * @param place in the house
     * @param name of the venue, with the address or pocket where the account has several there
     * @param standings what the venue says of it; none where it says nothing
     */
    public record Own(Place place, String name, List<Portfolio.Standing> standings) {
        /** Copies. */
        public Own {
            standings = List.copyOf(standings);
        }
    }
}
