package io.bulwark.api.inquiry;

import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** One change of a what-if: so many lots more or less in one list, or so much cash. Changes apply in the order in which they are asked. */
sealed interface Change {
    /** The account after the change. */
    MarginAccount applyTo(MarginAccount account);

    /**
     * More or less cash.
     *
     * @param asked where it was asked, for refusals
     * @param amount u, more or less
     */
    record OfCash(JsonFields asked, long amount) implements Change {
        @Override
        public MarginAccount applyTo(MarginAccount a) {
            long cash = total(a.cash());
            return new MarginAccount(cash, a.positions(), a.paid(), a.collateral(), a.debt());
        }

        private long total(long held) {
            try {
                return Math.addExact(held, amount);
            } catch (ArithmeticException e) {
                throw asked.refuse("amount", "cash within 64 bits; the account has " + held);
            }
        }
    }

    /**
     * More or fewer lots in one list.
     *
     * @param asked where it was asked, for refusals
     * @param lots more or fewer; an entry that comes to 0 leaves the list
     * @param lotsMax the table's limit
     */
    record OfLots(JsonFields asked, Sleeve sleeve, int number, long lots, long lotsMax) implements Change {
        @Override
        public MarginAccount applyTo(MarginAccount a) {
            List<Entry> changed = changed(sleeve.of(a));
            return switch (sleeve) {
                case POSITIONS -> new MarginAccount(a.cash(), changed, a.paid(), a.collateral(), a.debt());
                case PAID -> new MarginAccount(a.cash(), a.positions(), changed, a.collateral(), a.debt());
                case COLLATERAL -> new MarginAccount(a.cash(), a.positions(), a.paid(), changed, a.debt());
                case DEBT -> new MarginAccount(a.cash(), a.positions(), a.paid(), a.collateral(), changed);
            };
        }

        private List<Entry> changed(List<Entry> entries) {
            SortedMap<Integer, Entry> changed = new TreeMap<>();
            entries.forEach(entry -> changed.put(entry.number(), entry));
            long held = changed.containsKey(number) ? changed.get(number).lots() : 0;
            long total = total(held);
            if (total == 0) {
                changed.remove(number);
            } else {
                changed.put(number, new Entry(number, total));
            }
            return List.copyOf(changed.values());
        }

        private long total(long held) {
            long total = held + lots;
            if (total > lotsMax || total < (sleeve == Sleeve.POSITIONS ? -lotsMax : 0)) {
                throw asked.refuse(
                        "lots",
                        (sleeve == Sleeve.POSITIONS
                                        ? "at most " + lotsMax + " lots on either side"
                                        : "0 to " + lotsMax + " lots")
                                + " in " + sleeve.label() + " afterwards; the account holds " + held);
            }
            return total;
        }
    }

    /** Reads one change against a table. */
    static Change read(JsonFields fields, RiskTable table) {
        String where = fields.text("in", 20);
        Change change = where.equals("cash")
                ? new OfCash(fields, fields.wholeNumber("amount", Long.MIN_VALUE, Long.MAX_VALUE))
                : readLots(fields, where, table);
        fields.nothingElse();
        return change;
    }

    private static Change readLots(JsonFields fields, String where, RiskTable table) {
        Sleeve sleeve = Sleeve.labelled(where)
                .orElseThrow(() -> fields.refuse("in", "one of cash, positions, paid, collateral, debt"));
        long most = table.parameters().lotsMax();
        int number = Portfolio.number(fields, sleeve, table);
        return new OfLots(fields, sleeve, number, fields.wholeNumber("lots", -most, most), most);
    }
}
