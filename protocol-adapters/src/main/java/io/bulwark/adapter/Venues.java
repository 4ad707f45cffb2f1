package io.bulwark.adapter;

import io.bulwark.clearing.document.BadInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** The kinds of venue that a house can connect, by name. */
public final class Venues {
    private final SortedMap<String, Venue<?>> byKind = new TreeMap<>();

    private Venues(Iterable<Venue<?>> venues) {
        venues.forEach(this::add);
    }

    /**
     * These venues.
     *
     * @throws BadInput naming a kind that two of them bear
     */
    public static Venues of(Iterable<Venue<?>> venues) {
        return new Venues(venues);
    }

    /** The venues of the class path. */
    public static Venues ofClassPath() {
        List<Venue<?>> venues = new ArrayList<>();
        ServiceLoader.load(Venue.class, Venues.class.getClassLoader()).forEach(venues::add);
        return new Venues(venues);
    }

    /** The venue of a kind. */
    public Optional<Venue<?>> of(String kind) {
        return Optional.ofNullable(byKind.get(kind));
    }

    /** Every kind, in the order of names. */
    public List<String> kinds() {
        return List.copyOf(byKind.keySet());
    }

    private void add(Venue<?> venue) {
        Venue<?> other = byKind.putIfAbsent(venue.kind(), venue);
        if (other != null) {
            throw new BadInput(
                    "venues",
                    venue.kind(),
                    "must be the kind of one venue; both " + other.getClass().getName() + " and "
                            + venue.getClass().getName() + " bear it");
        }
    }
}
