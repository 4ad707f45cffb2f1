package io.bulwark.api.advice;

import io.bulwark.api.account.NamedPortfolio;
import io.bulwark.api.account.Sleeve;
import io.bulwark.api.door.JsonFields;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.netting.margin.AccountChange;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The changes of a what-if as they are read: so many lots more or less in one list, or so much cash. Several changes of one entry add up. */
final class Changes {
    static final int CHANGES_MAX = 1_000;
    private static final String CASH = "cash";

    private final long lotsMax;
    private final Map<Sleeve, SortedMap<Integer, Change>> lots = new EnumMap<>(Sleeve.class);
    private long cash;

    private Changes(long lotsMax) {
        this.lotsMax = lotsMax;
        for (Sleeve sleeve : Sleeve.values()) {
            lots.put(sleeve, new TreeMap<>());
        }
    }

    /**
     * One entry's change.
     *
     * @param lots more or fewer, all changes of this entry together
     * @param last where it was asked last, for refusals
     */
    private record Change(long lots, JsonFields last) {}

    /**
     * Reads the array {@code changes}, as it is once venues count it, and checks what each would leave in the base account.
     *
     * @throws BadInput naming the change, for an unknown id, a number out of range, and a change after which a list would hold what it cannot
     */
    static AccountChange read(JsonFields fields, RiskTable table, MarginAccount base) {
        Changes changes = new Changes(table.parameters().lotsMax());
        for (JsonFields change : fields.objects("changes", CHANGES_MAX)) {
            changes.add(change, table, base);
            change.nothingElse();
        }
        changes.refuseWhatCannotBeHeld(base);
        return changes.together().counted(table);
    }

    private void add(JsonFields change, RiskTable table, MarginAccount base) {
        String where = change.text("in", 20);
        if (where.equals(CASH)) {
            addCash(change, base);
        } else {
            Sleeve sleeve = Sleeve.labelled(where)
                    .orElseThrow(() -> change.refuse("in", "must be cash, positions, paid, collateral or debt"));
            int number = NamedPortfolio.number(change, sleeve, table);
            long more = change.wholeNumber("lots", -lotsMax, lotsMax);
            byNumber(sleeve).merge(number, new Change(more, change), (a, b) -> new Change(a.lots + b.lots, b.last));
        }
    }

    private void addCash(JsonFields change, MarginAccount base) {
        try {
            cash = Math.addExact(cash, change.wholeNumber("amount", Long.MIN_VALUE, Long.MAX_VALUE));
            Math.addExact(base.cash(), cash);
        } catch (ArithmeticException e) {
            throw change.refuse("amount", "must leave cash within 64 bits; the account has " + base.cash());
        }
    }

    private void refuseWhatCannotBeHeld(MarginAccount base) {
        lots.forEach((sleeve, changes) -> {
            long least = sleeve == Sleeve.POSITIONS ? -lotsMax : 0;
            changes.forEach((number, change) -> {
                long held = held(sleeve, base, number);
                long left = held + change.lots;
                if (left < least || left > lotsMax) {
                    throw change.last.refuse(
                            "lots",
                            "must leave " + least + " to " + lotsMax + " lots in " + sleeve.label()
                                    + "; the account holds " + held);
                }
            });
        });
    }

    private static long held(Sleeve sleeve, MarginAccount base, int number) {
        return sleeve.of(base).stream()
                .filter(entry -> entry.number() == number)
                .mapToLong(Entry::lots)
                .sum();
    }

    private AccountChange together() {
        return new AccountChange(
                cash,
                entries(Sleeve.POSITIONS),
                entries(Sleeve.PAID),
                entries(Sleeve.COLLATERAL),
                entries(Sleeve.DEBT));
    }

    private List<Entry> entries(Sleeve sleeve) {
        List<Entry> entries = new ArrayList<>();
        byNumber(sleeve).forEach((number, change) -> entries.add(new Entry(number, change.lots)));
        return entries;
    }

    private SortedMap<Integer, Change> byNumber(Sleeve sleeve) {
        return lots.getOrDefault(sleeve, new TreeMap<>());
    }
}
