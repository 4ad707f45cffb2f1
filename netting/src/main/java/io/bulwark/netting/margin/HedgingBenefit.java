package io.bulwark.netting.margin;

import io.bulwark.netting.formula.MarginBook;
import io.bulwark.netting.formula.MarginLine;
import io.bulwark.netting.formula.MarginLine.Role;
import io.bulwark.netting.formula.Precision;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import java.util.ArrayList;
import java.util.List;

/**
 * What holding the entries together saves: each entry margined alone, against the account.
 *
 * @param lines one per margined entry, in the order positions, collateral, debt
 * @param standalone Σ of the initial margins of the entries alone, u
 * @param initialMargin of the account, u
 */
public record HedgingBenefit(List<Line> lines, long standalone, long initialMargin) {
    /** Copies. */
    public HedgingBenefit {
        lines = List.copyOf(lines);
    }

    /**
     * One entry.
     *
     * @param id instrument or asset
     * @param role which list it stands in
     * @param lots signed lots
     * @param standalone initial margin of the entry alone, without cash, u
     * @param marginal IM of the account − IM of the account without the entry, u; negative for a hedge
     */
    public record Line(String id, Role role, long lots, long standalone, long marginal) {}

    /** Σ standalone − IM, u. */
    public long benefit() {
        return Math.subtractExact(standalone, initialMargin);
    }

    /** The hedging benefit of an admitted account. */
    public static HedgingBenefit of(RiskTable table, MarginAccount account) {
        return of(table, account, Requirement.of(table, account).initialMargin());
    }

    /** The same where its initial margin is known. */
    public static HedgingBenefit of(RiskTable table, MarginStatement statement) {
        return of(table, statement.account(), statement.initialMargin());
    }

    private static HedgingBenefit of(RiskTable table, MarginAccount account, long whole) {
        List<Line> lines = new ArrayList<>();
        for (MarginLine holding :
                MarginBook.of(table, account, Precision.INT128).holdings()) {
            Entry entry = new Entry(holding.number(), holding.lots());
            long alone = Requirement.of(table, only(holding.role(), entry)).initialMargin();
            long without =
                    Requirement.of(table, less(account, holding.role(), entry)).initialMargin();
            lines.add(
                    new Line(holding.id(), holding.role(), holding.lots(), alone, Math.subtractExact(whole, without)));
        }
        long standalone = lines.stream().mapToLong(Line::standalone).reduce(0, Math::addExact);
        return new HedgingBenefit(lines, standalone, whole);
    }

    private static MarginAccount only(Role role, Entry entry) {
        return change(role, entry).applyTo(MarginAccount.EMPTY);
    }

    private static MarginAccount less(MarginAccount account, Role role, Entry entry) {
        return change(role, new Entry(entry.number(), Math.negateExact(entry.lots())))
                .applyTo(account);
    }

    private static AccountChange change(Role role, Entry entry) {
        List<Entry> one = List.of(entry);
        List<Entry> none = List.of();
        return switch (role) {
            case POSITION -> new AccountChange(0, one, none, none, none);
            case COLLATERAL -> new AccountChange(0, none, none, one, none);
            case DEBT -> new AccountChange(0, none, none, none, one);
        };
    }
}
