package io.bulwark.netting.formula;

import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.MarginAccount.Standing;
import io.bulwark.netting.risktable.RiskTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The margined part of one account beside its table: cash, holdings in the order positions, collateral, debt, and how
 * each venue says it stands.
 *
 * @param table the published table
 * @param cash signed, u
 * @param holdings every entry that counts
 * @param standings as in the account, by venue
 * @param precision width of weighted sums
 */
public record MarginBook(
        RiskTable table, long cash, List<MarginLine> holdings, List<Standing> standings, Precision precision) {
    public MarginBook {
        holdings = List.copyOf(holdings);
        standings = List.copyOf(standings);
    }

    /**
     * The book of an account. Quantities may be any int64: scale tests call below the account check.
     *
     * @throws IllegalArgumentException if the table does not list an entry
     */
    public static MarginBook of(RiskTable table, MarginAccount account, Precision precision) {
        List<MarginLine> holdings = new ArrayList<>();
        for (Entry e : account.positions()) {
            holdings.add(new MarginLine.Position(known(table.instrument(e.number()), e), e.lots()));
        }
        for (Entry e : account.collateral()) {
            holdings.add(new MarginLine.Collateral(known(table.asset(e.number()), e), e.lots()));
        }
        for (Entry e : account.debt()) {
            holdings.add(new MarginLine.Debt(known(table.asset(e.number()), e), e.lots()));
        }
        return new MarginBook(table, account.cash(), holdings, account.standings(), precision);
    }

    private static <T> T known(Optional<T> risk, Entry entry) {
        return risk.orElseThrow(
                () -> new IllegalArgumentException("number must be listed by the risk table; have " + entry.number()));
    }

    /** Only the margined positions. */
    public List<MarginLine.Position> positions() {
        return holdings.stream()
                .filter(MarginLine.Position.class::isInstance)
                .map(MarginLine.Position.class::cast)
                .toList();
    }

    /** Whether the account owes or could owe anything: a short, a position that is not paid up, a debt, or negative cash. */
    boolean liability() {
        return cash < 0 || holdings.stream().anyMatch(MarginBook::owes);
    }

    private static boolean owes(MarginLine holding) {
        return switch (holding) {
            case MarginLine.Position position ->
                position.lots() < 0 || !position.risk().paidUp();
            case MarginLine.Collateral collateral -> false;
            case MarginLine.Debt debt -> true;
        };
    }
}
