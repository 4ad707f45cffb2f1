package io.bulwark.netting.margin;

import io.bulwark.netting.formula.Prefunding.VenueNeed;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.MarginAccount.Standing;
import io.bulwark.netting.risktable.RiskTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The margin of an account as one venue's distance from acting goes from nothing to all that the account may lose there. Source: venue
 * risk, section 3.
 *
 * @param booked what the venue asks of the account as it is
 * @param points in equal steps of the distance, from 0 to the stress
 */
public record StandingCurve(VenueNeed booked, List<Point> points) {
    /** Copies. */
    public StandingCurve {
        points = List.copyOf(points);
    }

    /**
     * The requirement at one distance of the venue.
     *
     * @param given with every other venue as it stands
     * @param alone with every other venue so far from acting that it acts on no path
     */
    public record Point(Requirement given, Requirement alone) {}

    /**
     * The curve of an account; empty where the venue does not act by its own rule, or nothing of the account can lose there.
     *
     * @param venue number of the place
     * @param steps at least 1; distances are rounded down
     */
    public static Optional<StandingCurve> of(RiskTable table, MarginAccount account, int venue, int steps) {
        List<VenueNeed> needs = Requirement.of(table, account).prefunding().venues();
        return needs.stream()
                .filter(need -> need.venue() == venue && stress(need) > 0)
                .findFirst()
                .map(booked -> new StandingCurve(booked, points(table, account, booked, needs, steps)));
    }

    /** The most that the account loses at the venue on any path, as the venue counts it, u: standing so far it acts on none. */
    public long stress() {
        return stress(booked);
    }

    private static List<Point> points(
            RiskTable table, MarginAccount account, VenueNeed booked, List<VenueNeed> needs, int steps) {
        TreeMap<Integer, Long> given = new TreeMap<>();
        TreeMap<Integer, Long> carried = new TreeMap<>();
        for (VenueNeed need : needs) {
            given.put(need.venue(), need.distance());
            carried.put(need.venue(), Math.max(need.distance(), stress(need)));
        }
        long stress = stress(booked);
        List<Point> points = new ArrayList<>();
        for (int step = 0; step <= steps; step++) {
            long distance = stress / steps * step + stress % steps * step / steps;
            given.put(booked.venue(), distance);
            carried.put(booked.venue(), distance);
            points.add(new Point(
                    Requirement.of(table, standing(account, given)),
                    Requirement.of(table, standing(account, carried))));
        }
        return points;
    }

    private static long stress(VenueNeed need) {
        return need.losses().stream().reduce(0L, Math::max);
    }

    private static MarginAccount standing(MarginAccount account, TreeMap<Integer, Long> distances) {
        return account.with(distances.entrySet().stream()
                .map(e -> new Standing(e.getKey(), e.getValue()))
                .toList());
    }
}
