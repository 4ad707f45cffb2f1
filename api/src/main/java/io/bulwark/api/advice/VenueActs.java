package io.bulwark.api.advice;

import io.bulwark.api.advice.OutlookAnswer.Act;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Usd;
import io.bulwark.clearing.position.VenueStanding;
import io.bulwark.clearing.position.VenueStanding.LiquidationPrice;
import io.bulwark.netting.action.LiquidationDistance;
import io.bulwark.netting.action.LiquidationDistance.VenueEdge;
import io.bulwark.netting.placement.Placement.Place;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.Origin;
import io.bulwark.netting.portfolio.Portfolio.Standing;
import io.bulwark.netting.risktable.RiskTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * At which price of one group, all else unmoved, each venue of a booked account would act by itself: by what it counts of the account,
 * and by
 * its own word where it tells the liquidation price of a leg.
 *
 * @param table the published rows
 * @param listing what is listed
 * @param account as booked: its paid lots can owe nothing
 * @param origins where its lots come from
 * @param standings what its venues count
 * @param numbers the table's number of what some lots are of
 */
record VenueActs(
        RiskTable table,
        Listing listing,
        MarginAccount account,
        List<Origin> origins,
        List<Standing> standings,
        ToIntFunction<Origin> numbers) {
    private static final int PPM_PLACES = 6;

    /** What would be done, and at which move, as a fraction. */
    record Placed(BigDecimal move, Act act) {}

    /** Everything that venues would do on one side of a group's price. */
    List<Placed> of(RiskGroup group, Optional<BigDecimal> now, int sign) {
        List<Placed> acts = new ArrayList<>();
        for (Standing standing : standings) {
            List<Origin> held = held(standing);
            String venue = venue(standing);
            for (LiquidationPrice limit : standing.said().limits()) {
                if (isOf(limit, standing, group) && limit.move().signum() == sign) {
                    acts.add(told(venue, group, limit));
                }
            }
            if (moves(held, group)) {
                acts.add(counted(standing, venue, group, now, sign));
            }
        }
        return acts;
    }

    private String venue(Standing standing) {
        String name = listing.venue(standing.source().venue()).name();
        String pocket = standing.said().pocket().name();
        return pocket.isEmpty() ? name : name + " (" + pocket + ")";
    }

    private static Placed told(String venue, RiskGroup group, LiquidationPrice limit) {
        String side = limit.size().signum() > 0 ? "long" : "short";
        BigDecimal price = limit.price().toDecimal();
        String place = Distances.place(group.name(), price, limit.move());
        return placed(
                venue,
                limit.move(),
                Optional.of(price),
                venue + " closes your " + side + " at " + place + ", as it says itself");
    }

    private static Placed placed(String venue, BigDecimal move, Optional<BigDecimal> level, String text) {
        return new Placed(move, new Act(venue, true, Distances.percent(move), level.map(Distances::usd), text));
    }

    private Placed counted(Standing standing, String venue, RiskGroup group, Optional<BigDecimal> now, int sign) {
        if (standing.said().count() instanceof VenueStanding.NotTold missing) {
            return placed(
                    venue,
                    BigDecimal.ZERO,
                    Optional.empty(),
                    venue + " does not tell how far it is from acting (" + missing.field() + "): counted as 0");
        }
        if (standing.units() < 0) {
            return placed(
                    venue,
                    BigDecimal.ZERO,
                    Optional.empty(),
                    venue + " may act now: it requires " + Usd.text(-standing.units()) + " USD more than it counts");
        }
        VenueEdge edge = LiquidationDistance.atVenue(
                table, held(standing), standing, group.number(), sign, Distances.farthest(sign));
        BigDecimal move = BigDecimal.valueOf((long) sign * edge.move(), PPM_PLACES);
        String counts = ", by the " + Usd.text(standing.units()) + " USD that it counts beyond what it requires";
        if (!edge.acts()) {
            String text = venue + " would not act within " + Distances.percent(move) + counts;
            return new Placed(move, new Act(venue, false, Distances.percent(move), Optional.empty(), text));
        }
        Optional<BigDecimal> level = now.map(price -> Distances.moved(price, move));
        String place =
                level.map(price -> Distances.place(group.name(), price, move)).orElse(Distances.percent(move));
        return placed(venue, move, level, venue + " may act at " + place + counts);
    }

    /** Lots of one venue account, without those that are kept fully paid: they owe nothing there. */
    private List<Origin> held(Standing standing) {
        return origins.stream()
                .filter(origin -> origin.source().equals(standing.source()))
                .filter(origin -> origin.standsIn(standing.said().pocket()))
                .filter(origin -> origin.lots() != 0)
                .map(this::unpaid)
                .map(origin -> held(origin, numbers.applyAsInt(origin), origin.lots()))
                .toList();
    }

    private Origin unpaid(Origin origin) {
        long paid = origin.line() == Origin.Line.POSITIONS
                ? account.paid().stream()
                        .filter(entry -> Place.listed(entry.number()) == origin.number())
                        .mapToLong(entry -> entry.lots())
                        .sum()
                : 0;
        return paid == 0 ? origin : held(origin, origin.number(), Math.max(0, origin.lots() - paid));
    }

    private static Origin held(Origin origin, int number, long lots) {
        return new Origin(
                origin.source(), origin.snapshot(), origin.line(), number, origin.rule(), origin.amount(), lots);
    }

    private boolean moves(List<Origin> held, RiskGroup group) {
        return held.stream().anyMatch(origin -> switch (origin.line()) {
            case CASH -> false;
            case POSITIONS ->
                table.instrument(origin.number())
                        .filter(risk -> risk.group() == group.number())
                        .isPresent();
            case COLLATERAL, DEBT ->
                table.asset(origin.number())
                        .filter(risk -> risk.group() == group.number())
                        .isPresent();
        });
    }

    private boolean isOf(LiquidationPrice limit, Standing standing, RiskGroup group) {
        return listing.instrumentAt(standing.source().venue(), limit.symbol())
                .map(ListedInstrument::group)
                .filter(number -> number == group.number())
                .isPresent();
    }
}
