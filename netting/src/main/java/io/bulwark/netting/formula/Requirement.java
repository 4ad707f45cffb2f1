package io.bulwark.netting.formula;

import io.bulwark.netting.formula.Stress.ComboLoss;
import io.bulwark.netting.formula.Stress.FamilyLoss;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskParameters;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.VenueRisk;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The requirement of one account in one allocation, with every component; all amounts in u.
 *
 * @param families worst loss per family, in table order
 * @param combos loss per combo, in table order
 * @param stress max(0, largest combo)
 * @param shortfall expected shortfall, at least 0
 * @param charges every charge of every add-on that is not zero
 * @param liability whether the account owes or could owe anything (bit a)
 * @param initialMargin IM
 * @param maintenanceMargin MM
 * @param equity E
 * @param prefunding what venues may do on their own
 * @param prefundingCharge what that adds to the core, u ≥ 0
 */
public record Requirement(
        List<FamilyLoss> families,
        List<ComboLoss> combos,
        long stress,
        long shortfall,
        List<Charge> charges,
        boolean liability,
        long initialMargin,
        long maintenanceMargin,
        long equity,
        Prefunding prefunding,
        long prefundingCharge) {
    /**
     * One charge of one add-on.
     *
     * @param addOn which add-on
     * @param subject what is charged: an entry, a group, or a group and expiry
     * @param amount u, at least 0
     * @param venue whose marks may part from others; 0 of any other charge
     */
    public record Charge(AddOn addOn, String subject, long amount, int venue) {}

    /** Copies. */
    public Requirement {
        families = List.copyOf(families);
        combos = List.copyOf(combos);
        charges = List.copyOf(charges);
    }

    /**
     * The requirement of an account as it is, without account check or house allocation: quantities may be any int64.
     *
     * @throws IllegalArgumentException if the table does not list an entry
     * @throws ArithmeticException if a sum leaves its width
     */
    public static Requirement of(RiskTable table, MarginAccount account) {
        return of(table, account, Precision.of(GrossBound.of(table, account)));
    }

    public static Requirement of(RiskTable table, MarginAccount account, Precision precision) {
        MarginBook book = MarginBook.of(table, account, precision);
        GroupLosses losses = GroupLosses.of(book);
        return of(
                book,
                losses,
                Stress.of(book, losses),
                ExpectedShortfall.of(book).loss());
    }

    public static Requirement of(MarginBook book, GroupLosses losses, Stress stress, long shortfall) {
        List<Charge> charges = AddOns.of(book, losses);
        RiskParameters parameters = book.table().parameters();
        long initial =
                charges.stream().mapToLong(Charge::amount).reduce(Math.max(stress.loss(), shortfall), Math::addExact);
        if (book.liability()) {
            initial = Math.max(initial, parameters.minimumMargin());
        }
        long maintenance = book.precision().ceilDiv(parameters.phi(), initial, RiskParameters.MILLION);
        return new Requirement(
                stress.families(),
                stress.combos(),
                stress.loss(),
                shortfall,
                charges,
                book.liability(),
                initial,
                maintenance,
                Equity.of(book),
                stress.prefunding(),
                Math.max(stress.loss(), shortfall) - Math.max(stress.lossOfRows(), shortfall));
    }

    /** The larger of stress and expected shortfall. */
    public long core() {
        return Math.max(stress, shortfall);
    }

    /** E − IM: at least 0 for an open account. */
    public long excessInitial() {
        return Math.subtractExact(equity, initialMargin);
    }

    /** E − MM. */
    public long excessMaintenance() {
        return Math.subtractExact(equity, maintenanceMargin);
    }

    /** Every add-on by name, zeros too, in the order of {@link AddOn}. */
    public Map<AddOn, Long> addOns() {
        Map<AddOn, Long> totals = new EnumMap<>(AddOn.class);
        for (AddOn addOn : AddOn.values()) {
            totals.put(addOn, 0L);
        }
        charges.forEach(charge -> totals.merge(charge.addOn(), charge.amount(), Math::addExact));
        return Collections.unmodifiableMap(totals);
    }

    /** What is charged because marks of one coin may part by venue, u; part of the basis. */
    public long dislocation() {
        return charges.stream()
                .filter(charge -> charge.venue() != VenueRisk.FREE)
                .mapToLong(Charge::amount)
                .reduce(0, Math::addExact);
    }

    /** Whether the account would be liquidated if it had no other allocation: it owes something and E &lt; MM. */
    public boolean fails() {
        return liability && excessMaintenance() < 0;
    }
}
