package io.bulwark.netting.portfolio;

import io.bulwark.clearing.epoch.EpochInputs.PaidAllocation;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Lots added up by line and number, and the account that they make. */
final class Lines {
    private final TreeMap<Integer, Long> positions = new TreeMap<>();
    private final TreeMap<Integer, Long> collateral = new TreeMap<>();
    private final TreeMap<Integer, Long> debt = new TreeMap<>();
    private long cash;

    /** Adds what an origin says; a sum beyond 64 bits is an error. */
    void add(Origin origin) {
        switch (origin.line()) {
            case CASH -> cash = Math.addExact(cash, origin.lots());
            case POSITIONS -> positions.merge(origin.number(), origin.lots(), Math::addExact);
            case COLLATERAL -> collateral.merge(origin.number(), origin.lots(), Math::addExact);
            case DEBT -> debt.merge(origin.number(), origin.lots(), Math::addExact);
        }
    }

    /** The liability bit a: whether the account could owe anything. */
    boolean liable(RiskTable table) {
        return cash < 0
                || debt.values().stream().anyMatch(lots -> lots != 0)
                || positions.entrySet().stream().anyMatch(e -> liable(e.getKey(), e.getValue(), table));
    }

    private static boolean liable(int number, long lots, RiskTable table) {
        return lots < 0
                || (lots > 0
                        && !table.instrument(number).map(InstrumentRisk::paidUp).orElse(false));
    }

    /** The account, with the owner's allocation as far as there are long paid-up lots for it. */
    MarginAccount account(List<PaidAllocation> allocations, RiskTable table) {
        TreeMap<Integer, Long> margined = new TreeMap<>(positions);
        TreeMap<Integer, Long> paid = new TreeMap<>();
        for (PaidAllocation allocation : allocations) {
            int number = allocation.instrument();
            long held = Math.max(0, margined.getOrDefault(number, 0L));
            boolean paidUp =
                    table.instrument(number).map(InstrumentRisk::paidUp).orElse(false);
            long moved = paidUp ? Math.min(held, allocation.lots()) : 0;
            paid.merge(number, moved, Math::addExact);
            margined.merge(number, -moved, Math::addExact);
        }
        return new MarginAccount(cash, entries(margined), entries(paid), entries(collateral), entries(debt));
    }

    private static List<Entry> entries(Map<Integer, Long> lots) {
        List<Entry> entries = new ArrayList<>();
        lots.forEach((number, count) ->
                Optional.of(count).filter(c -> c != 0).ifPresent(c -> entries.add(new Entry(number, c))));
        return entries;
    }
}
