package io.bulwark.netting.formula;

import io.bulwark.netting.formula.Requirement.Charge;
import io.bulwark.netting.risktable.CrowdSlopes;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.GroupCharges;
import io.bulwark.netting.risktable.Knot;
import io.bulwark.netting.risktable.RiskParameters;
import io.bulwark.netting.risktable.SizeCharge;
import io.bulwark.netting.risktable.VenueRisk;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every charge beside the core, each at least 0, convex and piecewise linear in the quantities. */
final class AddOns {
    private final MarginBook book;
    private final GroupLosses losses;
    private final NetSensitivities net;
    private final List<Charge> charges = new ArrayList<>();

    private AddOns(MarginBook book, GroupLosses losses) {
        this.book = book;
        this.losses = losses;
        this.net = NetSensitivities.of(book);
    }

    /** All charges that are not zero, by entry in book order, then by group number. */
    static List<Charge> of(MarginBook book, GroupLosses losses) {
        AddOns addOns = new AddOns(book, losses);
        book.holdings().forEach(addOns::chargeEntry);
        book.table().groups().forEach(group -> group.charges().ifPresent(c -> addOns.chargeGroup(group, c)));
        addOns.chargeQuantisation();
        return List.copyOf(addOns.charges);
    }

    private void chargeEntry(MarginLine holding) {
        long lots = Math.absExact(holding.lots());
        switch (holding) {
            case MarginLine.Position position -> {
                liquidity(holding, lots, position.risk().spread());
                concentration(holding, lots, position.lots() > 0);
            }
            case MarginLine.Collateral ignored -> {
                liquidity(holding, lots, 0);
                concentration(holding, lots, true);
            }
            case MarginLine.Debt ignored -> {
                liquidity(holding, lots, 0);
                concentration(holding, lots, false);
            }
        }
    }

    private void liquidity(MarginLine holding, long lots, long spread) {
        charge(
                AddOn.LIQUIDITY,
                holding.id(),
                size(lots, spread, holding.risk().knots()).floorDiv(1));
    }

    private void concentration(MarginLine holding, long lots, boolean longSide) {
        CrowdSlopes crowd = holding.risk().crowd();
        long slope = longSide ? crowd.longSide() : crowd.shortSide();
        charge(AddOn.CONCENTRATION, holding.id(), Math.multiplyExact(slope, lots));
    }

    private void chargeGroup(Group group, GroupCharges rules) {
        int number = group.number();
        netDelta(AddOn.LIQUIDITY, group, rules.impact());
        netDelta(AddOn.CONTAGION, group, rules.contagion());
        long shortVega = Math.max(0, Math.negateExact(net.vega(number)));
        GroupCharges.Crowding crowding = rules.crowding();
        charge(AddOn.CROWDING, group.id(), ppm(size(shortVega, crowding.chi(), crowding.knots())));
        GroupCharges.Skew skew = rules.skew();
        long steepening =
                Math.max(0, Math.subtractExact(losses.loss(number, skew.steep()), losses.loss(number, skew.flat())));
        charge(AddOn.SKEW, group.id(), ppm(book.precision().sum().add(skew.psi(), steepening)));
        SortedMap<Integer, Long> dated = net.dated().getOrDefault(number, new TreeMap<>());
        for (GroupCharges.Basis basis : rules.basis()) {
            long delta = Math.absExact(dated.getOrDefault(basis.days(), 0L));
            charge(
                    AddOn.BASIS,
                    group.id() + " " + basis.days() + "d",
                    ppm(book.precision().sum().add(basis.ppm(), delta)));
        }
        SortedMap<Integer, Long> venues = net.atVenue().getOrDefault(number, new TreeMap<>());
        for (GroupCharges.Dislocation dislocation : rules.dislocation()) {
            long delta = Math.absExact(venues.getOrDefault(dislocation.venue(), 0L));
            String venue =
                    book.table().venueRisk().venues().get(dislocation.venue()).id();
            charge(
                    AddOn.BASIS,
                    group.id() + " at " + venue,
                    ppm(book.precision().sum().add(dislocation.ppm(), delta)),
                    dislocation.venue());
        }
    }

    private void netDelta(AddOn addOn, Group group, SizeCharge rule) {
        long delta = net.delta(group.number());
        charge(addOn, group.id(), ppm(size(Math.absExact(delta), rule.slope(delta), rule.knots())));
    }

    private void chargeQuantisation() {
        long lots = book.positions().stream()
                .mapToLong(position -> Math.absExact(position.lots()))
                .reduce(0, Math::addExact);
        charge(AddOn.QUANTISATION, "positions", Math.ceilDiv(lots, 2L));
    }

    /** slope·x + Σ increment·(x − threshold)⁺ for x ≥ 0. */
    private WeightedSum size(long x, long slope, List<Knot> knots) {
        WeightedSum sum = book.precision().sum().add(slope, x);
        knots.forEach(knot -> sum.add(knot.slope(), Math.max(0, x - knot.threshold())));
        return sum;
    }

    private static long ppm(WeightedSum sum) {
        return sum.ceilDiv(RiskParameters.MILLION);
    }

    private void charge(AddOn addOn, String subject, long amount) {
        charge(addOn, subject, amount, VenueRisk.FREE);
    }

    private void charge(AddOn addOn, String subject, long amount, int venue) {
        if (amount != 0) {
            charges.add(new Charge(addOn, subject, amount, venue));
        }
    }
}
