package io.bulwark.netting.placement;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.position.VenueStanding.Pocket;
import io.bulwark.netting.placement.PlacedAccount.Place;
import io.bulwark.netting.portfolio.Origin;
import io.bulwark.netting.portfolio.Portfolio.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where each lot of an account stands. What a venue liquidates by itself is a place of its own: a venue account, or a pocket of it; of two
 * addresses at one venue each is one. What lies in no pocket of an account that has some, and at venues that never close anything, stands
 * at a place that never acts.
 */
final class Places {
    private static final Comparator<VenueAccount> ORDER =
            Comparator.comparingInt(VenueAccount::venue).thenComparing(VenueAccount::address);

    private final List<Place> all = new ArrayList<>();
    private final Map<VenueAccount, List<Place>> bySource = new TreeMap<>(ORDER);

    private Places() {}

    /** The places of an account, in the order of venue, address and pocket; numbered from 1, since 0 is free money. */
    static Places of(Listing listing, List<Origin> origins, List<Standing> standings) {
        Places places = new Places();
        origins.stream()
                .map(Origin::source)
                .distinct()
                .sorted(ORDER)
                .forEach(source -> places.add(listing, source, standings));
        return places;
    }

    private void add(Listing listing, VenueAccount source, List<Standing> standings) {
        String venue = listing.venue(source.venue()).name();
        boolean another = bySource.keySet().stream().anyMatch(other -> other.venue() == source.venue());
        String name = another ? venue + " " + source.address() : venue;
        List<Place> own = new ArrayList<>();
        List<Standing> said =
                standings.stream().filter(s -> s.source().equals(source)).toList();
        for (Standing standing : said) {
            String pocket = standing.said().pocket().name();
            own.add(place(
                    source,
                    another || said.size() > 1,
                    pocket.isEmpty() ? name : name + " " + pocket,
                    Optional.of(standing)));
        }
        boolean whole = said.stream().anyMatch(s -> s.said().pocket().equals(Pocket.WHOLE));
        if (!whole) {
            own.add(place(
                    source, another || !said.isEmpty(), said.isEmpty() ? name : name + " beside", Optional.empty()));
        }
        bySource.put(source, own);
    }

    private Place place(VenueAccount source, boolean again, String name, Optional<Standing> standing) {
        Place place = new Place(all.size() + 1, source.venue(), name, again, standing);
        all.add(place);
        return place;
    }

    /** Every place by its number less 1. */
    List<Place> all() {
        return all;
    }

    /** The place of some lots; empty where two pockets of the venue hold the same. */
    Optional<Place> of(Origin origin) {
        List<Place> holding = bySource.getOrDefault(origin.source(), List.of()).stream()
                .filter(place -> place.standing()
                        .map(s -> origin.standsIn(s.said().pocket()))
                        .orElse(false))
                .toList();
        if (holding.isEmpty()) {
            return bySource.getOrDefault(origin.source(), List.of()).stream()
                    .filter(place -> place.standing().isEmpty())
                    .findFirst();
        }
        return holding.size() == 1 ? Optional.of(holding.getFirst()) : Optional.empty();
    }
}
