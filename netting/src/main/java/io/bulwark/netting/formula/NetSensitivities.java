package io.bulwark.netting.formula;

import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.GroupCharges.Basis;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.Sensitivity;
import io.bulwark.netting.risktable.VenueRisk;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The net sensitivities of a book per underlying group.
 *
 * @param delta Δ by group: positions, collateral and debt (against), u
 * @param vega by group: positions only, u per volatility point
 * @param dated delta of dated positions, by group and expiry key, u
 * @param atVenue delta of positions, by group and venue, u
 */
record NetSensitivities(
        SortedMap<Integer, Long> delta,
        SortedMap<Integer, Long> vega,
        SortedMap<Integer, SortedMap<Integer, Long>> dated,
        SortedMap<Integer, SortedMap<Integer, Long>> atVenue) {

    static NetSensitivities of(MarginBook book) {
        NetSensitivities net = new NetSensitivities(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        for (MarginLine holding : book.holdings()) {
            add(net.delta, holding.delta(), holding.deltaLots());
            if (holding instanceof MarginLine.Position position) {
                add(net.vega, position.risk().vega(), position.lots());
                net.addAtVenue(position);
                position.risk().days().ifPresent(days -> net.addDated(book.table(), position, days));
            }
        }
        return net;
    }

    long delta(int group) {
        return delta.getOrDefault(group, 0L);
    }

    long vega(int group) {
        return vega.getOrDefault(group, 0L);
    }

    private void addAtVenue(MarginLine.Position position) {
        if (position.venue() != VenueRisk.FREE) {
            position.delta()
                    .forEach(leg -> add(
                            atVenue.computeIfAbsent(leg.group(), group -> new TreeMap<>()),
                            position.venue(),
                            product(leg, position.lots())));
        }
    }

    private void addDated(RiskTable table, MarginLine.Position position, int days) {
        for (Sensitivity sensitivity : position.risk().delta()) {
            SortedMap<Integer, Long> byDays = dated.computeIfAbsent(sensitivity.group(), group -> new TreeMap<>());
            add(byDays, key(table, sensitivity.group(), days), product(sensitivity, position.lots()));
        }
    }

    /** The nearest later key of the group, beyond the last the last; the days themselves where the group has no keys. */
    private static int key(RiskTable table, int group, int days) {
        List<Basis> keys = table.group(group)
                .flatMap(Group::charges)
                .map(charges -> charges.basis())
                .orElse(List.of());
        return keys.stream()
                .mapToInt(Basis::days)
                .filter(key -> key >= days)
                .findFirst()
                .orElse(keys.isEmpty() ? days : keys.getLast().days());
    }

    private static void add(SortedMap<Integer, Long> sums, List<Sensitivity> sensitivities, long lots) {
        sensitivities.forEach(s -> add(sums, s.group(), product(s, lots)));
    }

    private static void add(SortedMap<Integer, Long> sums, int key, long amount) {
        sums.merge(key, amount, Math::addExact);
    }

    private static long product(Sensitivity sensitivity, long lots) {
        return Math.multiplyExact(lots, sensitivity.amount());
    }
}
