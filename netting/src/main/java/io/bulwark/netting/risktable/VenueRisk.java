package io.bulwark.netting.risktable;

import java.util.List;

/**
 * What the table says of the venues at which entries stand, and of the moves on which a venue may act on its own.
 * Source: venue risk, section 1.
 *
 * @param venues index = permanent number; the first is free money, which stands with the house or is pledged to it. Empty in format 2
 * @param paths the moves, in the order of their numbers
 * @param prefunding χ, ppm: how much of what does not reach a venue in time is charged
 */
public record VenueRisk(List<Terms> venues, List<Path> paths, int prefunding) {
    /** The number of what stands at no venue: with the house, or pledged to it. */
    public static final int FREE = 0;

    /** A table without venues: format 2. */
    public static final VenueRisk NONE = new VenueRisk(List.of(), List.of(), 0);

    private static final int PATHS_MAX = 11;
    private static final long PREFUNDING_MAX = 2 * RiskParameters.MILLION;

    /**
     * One venue.
     *
     * @param id such as hyperliquid
     * @param liquidates whether it closes what it holds by its own rule; a wallet does not
     * @param lossGivenDefault share of a claim that is lost where the venue fails, ppm
     * @param credit what a claim on the venue is worth less than the coin itself, ppm
     */
    public record Terms(String id, boolean liquidates, int lossGivenDefault, int credit) {
        /** Checks the ranges. */
        public Terms {
            Require.notBlank(id, "venue id");
            share(lossGivenDefault, "lgd of venue " + id);
            share(credit, "credit of venue " + id);
        }
    }

    /**
     * A move, and where the market goes once a venue has acted on it.
     *
     * @param first row in which the venues may act: by itself a point of a family
     * @param then rows of the joint family in which the market ends, one or two
     */
    public record Path(int first, List<Integer> then) {
        /** Copies. */
        public Path {
            then = List.copyOf(then);
            Require.that(
                    !then.isEmpty() && then.size() <= 2, "path from row " + first, "must end in 1 or 2 rows", then);
        }
    }

    /** Copies and checks what the arithmetic relies on. */
    public VenueRisk {
        venues = List.copyOf(venues);
        paths = List.copyOf(paths);
        Require.that(
                prefunding >= 0 && prefunding <= PREFUNDING_MAX,
                "parameter prefunding",
                "must be 0..2000000",
                prefunding);
        Require.that(paths.size() <= PATHS_MAX, "paths", "must be at most " + PATHS_MAX, paths.size());
        Require.that(
                venues.isEmpty() == paths.isEmpty(),
                "paths",
                "must be there where venues are, and only there",
                paths.size());
        if (!venues.isEmpty()) {
            Terms free = venues.get(FREE);
            Require.that(
                    !free.liquidates() && free.lossGivenDefault() == 0 && free.credit() == 0,
                    "venue 0",
                    "must be free money, which no venue closes and no default touches",
                    free);
        }
    }

    /** Whether a venue may close what it holds by its own rule; false of a number that the table does not list. */
    public boolean liquidates(int venue) {
        return known(venue) && venues.get(venue).liquidates();
    }

    /** Whether the table lists a venue. */
    public boolean known(int venue) {
        return venue >= 0 && venue < venues.size();
    }

    private static void share(long ppm, String where) {
        Require.that(ppm >= 0 && ppm <= RiskParameters.MILLION, where, "must be 0..1000000", ppm);
    }
}
