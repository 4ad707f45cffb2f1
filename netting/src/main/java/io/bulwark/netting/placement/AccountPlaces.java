package io.bulwark.netting.placement;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.portfolio.Origin;
import io.bulwark.netting.portfolio.Portfolio.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where each lot of one account stands. What a venue liquidates by itself is a place of its own: a venue account, or a pocket of it; of two
 * addresses at one venue each is one. What lies in no pocket of an account that has some stands beside them, where no venue acts.
 *
 * <p>Where two pockets of an account hold the same entry, it is not known which lots are whose: they are one place
 * then, at which the venue is
 * as far from acting as the pockets that are short of it say, and no further.
 */
final class AccountPlaces {
    /** A share of the whole, ppm. */
    static final int FULL = Ppm.ONE;

    private static final int BESIDE = 1;
    private static final Comparator<VenueAccount> ORDER =
            Comparator.comparingInt(VenueAccount::venue).thenComparing(VenueAccount::address);

    private final SortedSet<Integer> acting;
    private final Map<VenueAccount, List<Spot>> bySource = new TreeMap<>(ORDER);
    private final Map<Integer, Integer> held = new HashMap<>();

    /**
     * One of the account's places.
     *
     * @param source the venue account
     * @param sort of place: 0 the venue, 1 beside pockets, 2 and above further places that the venue acts on
     * @param label what tells it from others of the account at the venue; empty where there is no other
     * @param standings what the venue says of it
     * @param distance how far the venue is from acting, u
     */
    record Spot(VenueAccount source, int sort, String label, List<Standing> standings, long distance) {
        int venue() {
            return source.venue();
        }

        String name(Listing listing) {
            String venue = listing.venue(venue()).name();
            return label.isEmpty() ? venue : venue + " " + label;
        }

        int weight(int asset) {
            return standings.stream()
                    .mapToInt(s -> s.said().weights().getOrDefault(asset, FULL))
                    .max()
                    .orElse(FULL);
        }

        private boolean holds(Origin origin) {
            return sort != BESIDE
                    && (standings.isEmpty()
                            || standings.stream()
                                    .anyMatch(s -> origin.standsIn(s.said().pocket())));
        }
    }

    /**
     * The places.
     *
     * @param acting venues that close what stands there by their own rule
     */
    AccountPlaces(SortedSet<Integer> acting, List<Origin> origins, List<Standing> standings) {
        this.acting = acting;
        Map<VenueAccount, List<Origin>> lots = new TreeMap<>(ORDER);
        Stream.concat(origins.stream().map(Origin::source), standings.stream().map(Standing::source))
                .forEach(source -> lots.put(source, new ArrayList<>()));
        origins.stream()
                .filter(origin -> origin.line() != Origin.Line.CASH)
                .forEach(origin -> lots.getOrDefault(origin.source(), List.of()).add(origin));
        lots.forEach((source, own) -> add(
                source,
                own,
                standings.stream().filter(s -> s.source().equals(source)).toList(),
                lots.keySet().stream()
                                .filter(other -> other.venue() == source.venue())
                                .count()
                        > 1));
    }

    private void add(VenueAccount source, List<Origin> lots, List<Standing> said, boolean another) {
        String address = another ? source.address() : "";
        List<Spot> spots = new ArrayList<>();
        if (said.isEmpty() || isUnclear(lots, said)) {
            long least = said.stream().mapToLong(s -> Math.min(0, s.units())).reduce(0, Math::addExact);
            spots.add(new Spot(source, next(source), address, said, least));
        } else {
            for (Standing standing : said) {
                String pocket = standing.said().pocket().name();
                String label = Stream.of(address, pocket)
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(" "));
                spots.add(new Spot(source, next(source), label, List.of(standing), standing.units()));
            }
        }
        if (lots.stream().anyMatch(lot -> spots.stream().noneMatch(spot -> spot.holds(lot)))) {
            spots.add(new Spot(source, BESIDE, another ? address + " beside" : "beside", List.of(), 0));
        }
        bySource.put(source, spots);
    }

    private static boolean isUnclear(List<Origin> lots, List<Standing> said) {
        return lots.stream()
                .anyMatch(origin -> said.stream()
                                .filter(s -> origin.standsIn(s.said().pocket()))
                                .count()
                        > 1);
    }

    /** The first place of a venue is the venue's own; where the venue never acts there is no other. */
    private int next(VenueAccount source) {
        if (!acting.contains(source.venue())) {
            return 0;
        }
        int count = held.merge(source.venue(), 1, Math::addExact);
        return count == 1 ? 0 : count;
    }

    /** Every place, by venue, address and pocket. */
    List<Spot> spots() {
        return bySource.values().stream().flatMap(List::stream).toList();
    }

    /** The last sort of place that the account has. */
    int lastSort() {
        return spots().stream().mapToInt(Spot::sort).max().orElse(0);
    }

    /** The place of some lots. */
    Spot of(Origin origin) {
        List<Spot> own = bySource.getOrDefault(origin.source(), List.of());
        return own.stream().filter(spot -> spot.holds(origin)).findFirst().orElseGet(own::getLast);
    }
}
