package io.bulwark.netting.backtest;

import java.util.List;

/**
 * A book in one coin over venues, in millionths of its notional at the coin's price when a window begins.
 *
 * @param name in reports
 * @param asset index of the coin in the history
 * @param parts what stands where; a venue once
 */
record CrossVenueBook(String name, int asset, List<Part> parts) {
    /** Millionths of the notional that are one lot, so that a book is met exactly. */
    static final int STEP = 100;

    /** What a venue is: what a claim on it is worth follows from it. */
    public enum Kind {
        /** A lending contract whose books are proved by storage proofs. */
        LENDING_MARKET,
        /** A chain made for one application, public by address. */
        APPLICATION_CHAIN,
        /** An exchange that shows its books to their owners. */
        EXCHANGE
    }

    /**
     * A venue and the rule by which it acts: where its own count, equity less requirement, is not above 0.
     *
     * @param name unique among the venues of a backtest
     * @param kind what it is
     * @param weight share of its price at which it counts a coin, ppm
     * @param maintenance share of a perpetual's notional that it requires, ppm
     * @param penalty what it takes of what it closes, ppm
     */
    public record Venue(String name, Kind kind, int weight, int maintenance, int penalty) {
        /** Checks the ranges. */
        public Venue {
            require(weight, "weight", name);
            require(maintenance, "maintenance", name);
            require(penalty, "penalty", name);
        }

        private static void require(int ppm, String field, String name) {
            if (ppm < 0 || ppm > 1_000_000) {
                throw new IllegalArgumentException(field + " of " + name + " must be 0 to 1000000 ppm; have " + ppm);
            }
        }
    }

    /**
     * What stands at one venue, in millionths of the notional.
     *
     * @param venue where
     * @param coins held, ≥ 0
     * @param perpetual signed, long above 0
     * @param dollars held, or owed below 0
     */
    public record Part(Venue venue, int coins, int perpetual, int dollars) {
        /** Checks that the book is whole lots. */
        public Part {
            if (coins < 0 || coins % STEP != 0 || perpetual % STEP != 0 || dollars % STEP != 0) {
                throw new IllegalArgumentException("what stands at " + venue.name() + " must be multiples of " + STEP
                        + " ppm, coins >= 0; have " + coins + ", " + perpetual + " and " + dollars);
            }
        }
    }

    /** Copies and checks that a venue is named once. */
    public CrossVenueBook {
        parts = List.copyOf(parts);
        long distinct = parts.stream().map(Part::venue).distinct().count();
        if (parts.isEmpty() || distinct != parts.size()) {
            throw new IllegalArgumentException("book " + name + " must stand at venues, each named once; have "
                    + parts.stream().map(part -> part.venue().name()).toList());
        }
    }
}
