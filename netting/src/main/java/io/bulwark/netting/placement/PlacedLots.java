package io.bulwark.netting.placement;

import io.bulwark.netting.placement.Placement.Place;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.Origin;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The lots of an account by the numbers that they have where they stand. */
final class PlacedLots {
    private final NavigableMap<Integer, Long> positions = new TreeMap<>();
    private final NavigableMap<Integer, Long> paid = new TreeMap<>();
    private final NavigableMap<Integer, Long> collateral = new TreeMap<>();
    private final NavigableMap<Integer, Long> debt = new TreeMap<>();
    private long cash;

    void add(Origin origin, int number) {
        switch (origin.line()) {
            case CASH -> cash = Math.addExact(cash, origin.lots());
            case POSITIONS -> positions.merge(number, origin.lots(), Math::addExact);
            case COLLATERAL -> collateral.merge(number, origin.lots(), Math::addExact);
            case DEBT -> debt.merge(number, origin.lots(), Math::addExact);
        }
    }

    /** Moves paid lots out of the positions that are long, lowest numbers first; whether there are as many. */
    boolean pay(List<Entry> entries) {
        boolean all = true;
        for (Entry entry : entries) {
            long left = entry.lots();
            for (Map.Entry<Integer, Long> held : positions.entrySet()) {
                long moved = Place.listed(held.getKey()) == entry.number()
                        ? Math.max(0, Math.min(left, held.getValue()))
                        : 0;
                if (moved > 0) {
                    held.setValue(held.getValue() - moved);
                    paid.merge(held.getKey(), moved, Math::addExact);
                    left -= moved;
                }
            }
            all &= left == 0;
        }
        return all;
    }

    /** Whether they are the account's, to the lot. */
    boolean addUpTo(MarginAccount account) {
        return cash == account.cash()
                && sum(positions).equals(map(account.positions()))
                && sum(paid).equals(map(account.paid()))
                && sum(collateral).equals(map(account.collateral()))
                && sum(debt).equals(map(account.debt()));
    }

    /** Whether anything stands at a place, paid lots too. */
    boolean isAt(Place place, IntFunction<Place> own) {
        return Stream.of(positions, paid).anyMatch(list -> holds(list, place, own))
                || Stream.of(collateral, debt).anyMatch(list -> holds(list, place, number -> null));
    }

    private static boolean holds(Map<Integer, Long> list, Place place, IntFunction<Place> own) {
        return list.entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .map(Map.Entry::getKey)
                .anyMatch(number -> number == place.numbered(Place.listed(number))
                        || (number == Place.listed(number) && place.equals(own.apply(number))));
    }

    MarginAccount account(List<MarginAccount.Standing> standings) {
        return new MarginAccount(
                cash, entries(positions), entries(paid), entries(collateral), entries(debt), standings);
    }

    private static List<Entry> entries(Map<Integer, Long> list) {
        return list.entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Map<Integer, Long> sum(Map<Integer, Long> list) {
        Map<Integer, Long> sum = new TreeMap<>();
        list.forEach((number, lots) -> sum.merge(Place.listed(number), lots, Math::addExact));
        sum.values().removeIf(lots -> lots == 0);
        return sum;
    }

    private static Map<Integer, Long> map(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.lots() != 0)
                .collect(Collectors.toMap(Entry::number, Entry::lots, Math::addExact, TreeMap::new));
    }
}
