package io.bulwark.netting.scan;

import io.bulwark.netting.formula.Precision;
import io.bulwark.netting.risktable.GroupCharges.Dislocation;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskParameters;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.Sensitivity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What marks of one coin may part by at the venues: per group and venue a rate on the net delta of the positions there, and the deltas
 * that count in it.
 *
 * <p>Memory layout only, like {@link ScanLayout}: no rate where the table charges none.
 */
final class MarkParting {
    private final Map<Key, Integer> keys;
    private final Map<Slot, Leg> slots;
    private final Map<Integer, List<Leg>> legs;
    private final long[] rates;
    private final long[] deltas;

    /** One charge. */
    private record Key(int group, int venue) {}

    /** One delta of an instrument. */
    private record Slot(int instrument, int group) {}

    /** Which charge a delta counts in, and where the delta stands. */
    record Leg(int key, int slot) {}

    MarkParting(RiskTable table) {
        this.keys = new HashMap<>();
        this.slots = new HashMap<>();
        this.legs = new HashMap<>();
        table.groups()
                .forEach(group -> group.charges()
                        .ifPresent(charges -> charges.dislocation()
                                .forEach(d -> keys.put(new Key(group.number(), d.venue()), keys.size()))));
        for (InstrumentRisk instrument : keys.isEmpty() ? List.<InstrumentRisk>of() : table.instruments()) {
            List<Leg> its = instrument.delta().stream()
                    .filter(delta -> keys.containsKey(new Key(delta.group(), instrument.venue())))
                    .map(delta -> slot(instrument, delta))
                    .toList();
            legs.put(instrument.number(), its);
        }
        this.rates = new long[keys.size()];
        this.deltas = new long[slots.size()];
        read(table);
    }

    private MarkParting(MarkParting before, RiskTable next) {
        this.keys = before.keys;
        this.slots = before.slots;
        this.legs = before.legs;
        this.rates = new long[before.rates.length];
        this.deltas = new long[before.deltas.length];
        read(next);
    }

    /**
     * The same charges and deltas at other numbers; a delta that is gone is 0.
     *
     * @throws IllegalArgumentException if the next table charges what this one does not
     */
    MarkParting repriced(RiskTable next) {
        return new MarkParting(this, next);
    }

    private Leg slot(InstrumentRisk instrument, Sensitivity delta) {
        Leg leg = new Leg(known(keys.get(new Key(delta.group(), instrument.venue()))), slots.size());
        slots.put(new Slot(instrument.number(), delta.group()), leg);
        return leg;
    }

    private void read(RiskTable table) {
        table.groups()
                .forEach(group -> group.charges()
                        .ifPresent(charges -> charges.dislocation().forEach(d -> read(group.number(), d))));
        for (InstrumentRisk instrument : keys.isEmpty() ? List.<InstrumentRisk>of() : table.instruments()) {
            for (Sensitivity delta : instrument.delta()) {
                if (keys.containsKey(new Key(delta.group(), instrument.venue()))) {
                    deltas[
                            known(slots.get(new Slot(instrument.number(), delta.group())))
                                    .slot()] = delta.amount();
                }
            }
        }
    }

    private void read(int group, Dislocation dislocation) {
        rates[known(keys.get(new Key(group, dislocation.venue())))] = dislocation.ppm();
    }

    private static <T> T known(@Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("next table must charge the marks of the table before, and no others");
        }
        return value;
    }

    /** The deltas of an instrument that are charged where it stands. */
    List<Leg> legs(int instrument) {
        return legs.getOrDefault(instrument, List.of());
    }

    /** ⌈b·|Σ lots·δ|⌉ over every charge of an account, u. */
    long of(ScanVenues book, int account) {
        long charge = 0;
        for (int at = book.firstKey(account); at < book.firstKey(account + 1); at++) {
            long delta = 0;
            for (int leg = book.firstLeg(at); leg < book.firstLeg(at + 1); leg++) {
                delta += book.legs().lossLots(leg) * deltas[book.legs().place(leg)];
            }
            charge = Math.addExact(charge, ceiled(rates[book.key(at)], Math.abs(delta)));
        }
        return charge;
    }

    private static long ceiled(long rate, long delta) {
        boolean narrow = Math.multiplyHigh(rate, delta) == 0 && rate * delta >= 0;
        return narrow
                ? Math.ceilDiv(rate * delta, RiskParameters.MILLION)
                : Precision.INT128.ceilDiv(rate, delta, RiskParameters.MILLION);
    }
}
