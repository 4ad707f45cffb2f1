package io.bulwark.api.advice;

import io.bulwark.api.account.EpochView;
import io.bulwark.api.door.Money;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.netting.formula.Prefunding.VenueNeed;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.margin.StandingCurve;
import io.bulwark.netting.placement.Placement.PlacedAccount;
import io.bulwark.netting.portfolio.MarginAccount;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The margin of an account as one venue's distance from acting goes from nothing to all that the account may lose there.
 *
 * @param venue as its owner knows it
 * @param distance how the account stands there: the venue's own equity less its own requirement
 * @param stress the most that the account loses there on any path, as the venue counts it: standing so far, the venue acts on none
 * @param points in equal steps of a twentieth of the stress
 */
@Serdeable
record StandingCurveAnswer(String venue, Money distance, Money stress, List<Point> points) {
    private static final int STEPS = 20;

    /** Copies. */
    StandingCurveAnswer {
        points = List.copyOf(points);
    }

    /**
     * The margin at one distance.
     *
     * @param percent of the stress
     * @param distance of the venue
     * @param given with every other venue as it stands
     * @param alone with every other venue so far from acting that it acts on no path
     */
    @Serdeable
    record Point(int percent, Money distance, Charge given, Charge alone) {}

    /**
     * What is charged.
     *
     * @param prefunding of what venues may close on the way, beyond what rows ask
     * @param core the larger of stress and expected shortfall
     * @param initialMargin all of it
     */
    @Serdeable
    record Charge(Money prefunding, Money core, Money initialMargin) {
        static Charge of(Requirement charged) {
            return new Charge(
                    Money.of(charged.prefundingCharge()), Money.of(charged.core()), Money.of(charged.initialMargin()));
        }
    }

    /**
     * Of an account at a venue.
     *
     * @param venue by its name, as {@code account margin} says it
     * @throws BadInput if the account has no such venue, or the venue acts on nothing of it
     */
    static StandingCurveAnswer of(MarginAccount account, EpochView view, String venue) {
        view.requireAdmitted(account);
        PlacedAccount placed = new PlacedAccount(view.table(), account, view.places());
        List<Integer> acting = IntStream.range(
                        1, view.table().venueRisk().venues().size())
                .filter(place -> view.table().venueRisk().liquidates(place))
                .filter(place -> account.standings().stream().anyMatch(standing -> standing.venue() == place))
                .boxed()
                .toList();
        int place = acting.stream()
                .filter(number -> placed.name(number).equals(venue))
                .findFirst()
                .orElseThrow(() -> new BadInput("--venue", venue, names(placed, acting)));
        return StandingCurve.of(view.table(), account, place, STEPS)
                .map(curve -> of(curve, venue))
                .orElseThrow(() -> new BadInput("--venue", venue, "must be one where the account loses on some path"));
    }

    private static String names(PlacedAccount placed, List<Integer> acting) {
        return acting.isEmpty()
                ? "must be a venue that may act on the account; there is none"
                : "must be one of " + acting.stream().map(placed::name).collect(Collectors.joining(", "));
    }

    private static StandingCurveAnswer of(StandingCurve curve, String venue) {
        return new StandingCurveAnswer(
                venue,
                Money.of(curve.booked().distance()),
                Money.of(curve.stress()),
                IntStream.rangeClosed(0, STEPS)
                        .mapToObj(step -> point(step, curve))
                        .toList());
    }

    private static Point point(int step, StandingCurve curve) {
        StandingCurve.Point point = curve.points().get(step);
        long distance = point.given().prefunding().venues().stream()
                .filter(need -> need.venue() == curve.booked().venue())
                .mapToLong(VenueNeed::distance)
                .sum();
        return new Point(step * (100 / STEPS), Money.of(distance), Charge.of(point.given()), Charge.of(point.alone()));
    }
}
