package io.bulwark.netting.comparison;

import io.bulwark.clearing.instrument.ListedVenue.ConnectionMode;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.placement.Placement;
import io.bulwark.netting.placement.Placement.Place;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.Origin;
import io.bulwark.netting.portfolio.Origin.Line;
import io.bulwark.netting.portfolio.Origin.Rule;
import io.bulwark.netting.portfolio.Portfolio;
import io.bulwark.netting.risktable.RiskTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * What an account's venues would need one by one under the same formula, against the account: what holding them together saves.
 *
 * @param parts one per venue, by its number
 * @param apart Σ of their initial margins, u
 * @param together initial margin of the account, u
 */
public record VenueByVenue(List<Part> parts, long apart, long together) {
    /**
     * What stands at one venue.
     *
     * @param venue its number
     * @param account what came from it; its paid-up options stay paid up
     * @param initialMargin of that alone, u
     */
    public record Part(int venue, MarginAccount account, long initialMargin) {}

    /** Copies. */
    public VenueByVenue {
        parts = List.copyOf(parts);
    }

    /** apart − together, u. */
    public long saved() {
        return Math.subtractExact(apart, together);
    }

    /**
     * The parts of an admitted account; empty where its origins are not known, or are another account's.
     *
     * @param origins where its lots come from
     * @param standings what its venues count
     * @param placement where the house's entries stand, if its table says so
     */
    public static Optional<VenueByVenue> of(
            RiskTable table,
            MarginAccount account,
            List<Origin> origins,
            List<Portfolio.Standing> standings,
            Optional<Placement> placement) {
        Booking booking =
                new Booking(account.paid().stream().map(VenueByVenue::listed).toList(), standings, placement);
        if (!booking.of(origins).equals(account)) {
            return Optional.empty();
        }
        Map<Integer, List<Origin>> byVenue = new TreeMap<>();
        origins.forEach(origin -> byVenue.computeIfAbsent(origin.source().venue(), v -> new ArrayList<>())
                .add(origin));
        List<Part> parts = byVenue.entrySet().stream()
                .map(venue -> part(table, venue.getKey(), booking.of(venue.getValue())))
                .toList();
        return Optional.of(new VenueByVenue(
                parts,
                parts.stream().mapToLong(Part::initialMargin).reduce(0, Math::addExact),
                Requirement.of(table, account).initialMargin()));
    }

    private static Part part(RiskTable table, int venue, MarginAccount account) {
        return new Part(venue, account, Requirement.of(table, account).initialMargin());
    }

    private static Entry listed(Entry entry) {
        return new Entry(Place.listed(entry.number()), entry.lots());
    }

    /**
     * From origins to an account in the table's numbers.
     *
     * @param paid lots that are fully paid, under listed numbers
     */
    private record Booking(List<Entry> paid, List<Portfolio.Standing> standings, Optional<Placement> placement) {
        MarginAccount of(List<Origin> origins) {
            MarginAccount plain = held(origins, paid);
            return placement
                    .flatMap(p -> p.placed(new Portfolio(
                            plain,
                            origins,
                            List.of(),
                            standings.stream()
                                    .filter(s -> origins.stream()
                                            .anyMatch(o -> o.source().equals(s.source())))
                                    .toList())))
                    .orElse(plain);
        }
    }

    /** The account that some origins add up to: of an instrument among them the paid lots stand in the paid-up sleeve. */
    private static MarginAccount held(List<Origin> origins, List<Entry> paid) {
        Map<Integer, Long> positions = lots(origins, Line.POSITIONS);
        List<Entry> sleeve =
                paid.stream().filter(e -> positions.containsKey(e.number())).toList();
        sleeve.forEach(e -> positions.merge(e.number(), -e.lots(), Math::addExact));
        return new MarginAccount(
                origins.stream()
                        .filter(o -> o.line() == Line.CASH)
                        .mapToLong(Origin::lots)
                        .reduce(0, Math::addExact),
                entries(positions),
                sleeve,
                entries(lots(origins, Line.COLLATERAL)),
                entries(lots(origins, Line.DEBT)));
    }

    private static Map<Integer, Long> lots(List<Origin> origins, Line line) {
        Map<Integer, Long> lots = new TreeMap<>();
        origins.stream().filter(o -> o.line() == line).forEach(o -> lots.merge(o.number(), o.lots(), Math::addExact));
        return lots;
    }

    private static List<Entry> entries(Map<Integer, Long> lots) {
        return lots.entrySet().stream()
                .filter(e -> e.getValue() != 0)
                .map(e -> new Entry(e.getKey(), e.getValue()))
                .toList();
    }

    /**
     * How much of an account's equity stands behind a connection of each mode, u: what is owed at a venue counts against its mode. Together
     * it is E but for what the house charges on cash that is owed on balance, which stands at no venue.
     *
     * @param modes every mode once
     */
    public record EquityByMode(Map<ConnectionMode, Long> modes) {
        /** Of an account of which nothing is known to stand anywhere. */
        public static final EquityByMode NONE = new EquityByMode(Map.of());

        /** Copies; a mode that is not named has nothing. */
        public EquityByMode {
            Map<ConnectionMode, Long> every = new EnumMap<>(ConnectionMode.class);
            for (ConnectionMode mode : ConnectionMode.values()) {
                every.put(mode, modes.getOrDefault(mode, 0L));
            }
            modes = Collections.unmodifiableMap(every);
        }

        /**
         * Of an account.
         *
         * @param account the one that its origins add up to
         * @param origins where its lots come from, paid ones with the others; of an instrument at several venues the first that has them
         *     is taken to have paid
         * @param numbers the table's number of what some lots are of
         */
        public static EquityByMode of(
                RiskTable table,
                Listing listing,
                MarginAccount account,
                List<Origin> origins,
                ToIntFunction<Origin> numbers) {
            Counting counting =
                    new Counting(table, listing, alsoRead(listing, origins), new EnumMap<>(ConnectionMode.class));
            origins.forEach(origin -> counting.add(origin, value(table, origin, numbers)));
            account.paid().forEach(entry -> counting.pay(entry, origins));
            return new EquityByMode(counting.modes());
        }

        /** What stands behind connections of a mode, u. */
        public long of(ConnectionMode mode) {
            return modes.getOrDefault(mode, 0L);
        }

        /** Whether more is owed than held behind connections that could give something up on the house's word. */
        public boolean isOwing() {
            return Math.addExact(of(ConnectionMode.PLEDGED), of(ConnectionMode.CUSTODIED)) < 0;
        }

        /**
         * What could be given up on the house's word, u, at least 0: pledged and custodied together, for what is owed at one of them is met
         * from the other first. What is only read is no part of it: its owner can withdraw it.
         */
        public long binding() {
            return Math.max(0, Math.addExact(of(ConnectionMode.PLEDGED), of(ConnectionMode.CUSTODIED)));
        }

        /** All modes together, u. */
        public long total() {
            return modes.values().stream().reduce(0L, Math::addExact);
        }

        /**
         * How what an account holds against losses is shared among the modes: what could be given up first, and of it what is in custody;
         * the parts add up to it.
         *
         * @param held u ≥ 0
         */
        public Map<ConnectionMode, Long> behind(long held) {
            long bound = Math.min(held, binding());
            long custodied = Math.min(bound, Math.max(0, of(ConnectionMode.CUSTODIED)));
            return Map.of(
                    ConnectionMode.CUSTODIED,
                    custodied,
                    ConnectionMode.PLEDGED,
                    bound - custodied,
                    ConnectionMode.ADVISORY,
                    held - bound);
        }

        /**
         * Assets, by number, of which a claim of the account is read by a further connection and credited at another: with the weakest
         * mode of
         * those that only read along. What one connection calls pledged and another merely reads is not pledged.
         */
        private static Map<Integer, ConnectionMode> alsoRead(Listing listing, List<Origin> origins) {
            Map<Integer, ConnectionMode> weakest = new HashMap<>();
            origins.stream()
                    .filter(origin -> origin.rule() == Rule.COUNTED_ELSEWHERE)
                    .forEach(origin -> weakest.merge(
                            origin.number(),
                            listing.venue(origin.source().venue()).mode(),
                            EquityByMode::weaker));
            return weakest;
        }

        private static ConnectionMode weaker(ConnectionMode one, ConnectionMode other) {
            return one.compareTo(other) <= 0 ? one : other;
        }

        private static long value(RiskTable table, Origin origin, ToIntFunction<Origin> numbers) {
            if (origin.lots() == 0) {
                // What is dropped or not counted may not even be listed by the table.
                return 0;
            }
            int number = numbers.applyAsInt(origin);
            return switch (origin.line()) {
                case CASH -> origin.lots();
                case POSITIONS ->
                    Math.multiplyExact(
                            origin.lots(),
                            table.instrument(number).orElseThrow().value());
                case COLLATERAL ->
                    Math.multiplyExact(
                            origin.lots(), table.asset(number).orElseThrow().value());
                case DEBT ->
                    Math.negateExact(Math.multiplyExact(
                            origin.lots(), table.asset(number).orElseThrow().debtValue()));
            };
        }

        private record Counting(
                RiskTable table,
                Listing listing,
                Map<Integer, ConnectionMode> alsoRead,
                Map<ConnectionMode, Long> modes) {
            void add(Origin origin, long value) {
                modes.merge(mode(origin), value, Math::addExact);
            }

            private ConnectionMode mode(Origin origin) {
                ConnectionMode own = listing.venue(origin.source().venue()).mode();
                return origin.line() == Line.COLLATERAL
                        ? weaker(own, alsoRead.getOrDefault(origin.number(), own))
                        : own;
            }

            /** Paid lots are outside the margined book, and so outside of E. */
            void pay(Entry paid, List<Origin> origins) {
                long left = paid.lots();
                for (Origin origin : origins) {
                    if (origin.line() == Line.POSITIONS
                            && origin.number() == Place.listed(paid.number())
                            && origin.lots() > 0) {
                        long lots = Math.min(left, origin.lots());
                        long value =
                                table.instrument(paid.number()).orElseThrow().value();
                        add(origin, -Math.multiplyExact(lots, value));
                        left -= lots;
                    }
                }
            }
        }
    }
}
