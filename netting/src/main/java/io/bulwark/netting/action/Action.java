package io.bulwark.netting.action;

import io.bulwark.netting.formula.MarginLine.Role;
import io.bulwark.netting.margin.AccountChange;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import java.util.ArrayList;
import java.util.List;

/**
 * What an owner wants to do with an account, in one step.
 *
 * @param transfers cash and collateral brought (above 0) or taken away, debt drawn (above 0) or repaid from outside, lots moved between positions and the paid list
 * @param fills trades
 */
public record Action(AccountChange transfers, List<Fill> fills) {
    private static final AccountChange NOTHING = new AccountChange(0, List.of(), List.of(), List.of(), List.of());

    /** Copies; positions and paid list may only exchange lots, all else is a trade. */
    public Action {
        fills = List.copyOf(fills);
        if (!moves(transfers.positions(), transfers.paid())) {
            throw new IllegalArgumentException(
                    "lots that leave positions must enter the paid list and the reverse; have " + transfers.positions()
                            + " and " + transfers.paid());
        }
    }

    /** Only trades. */
    public static Action trades(Fill... fills) {
        return new Action(NOTHING, List.of(fills));
    }

    /** Only transfers. */
    public static Action transfer(AccountChange transfers) {
        return new Action(transfers, List.of());
    }

    /** Whether it is nothing but bringing cash and collateral and repaying debt from outside. */
    public boolean onlyBrings() {
        return fills.isEmpty()
                && transfers.positions().isEmpty()
                && transfers.cash() >= 0
                && transfers.collateral().stream().allMatch(e -> e.lots() >= 0)
                && transfers.debt().stream().allMatch(e -> e.lots() <= 0);
    }

    /** Whether it trades and does nothing else. */
    public boolean onlyTrades() {
        return transfers.equals(NOTHING) && !fills.isEmpty();
    }

    /**
     * The account afterwards.
     *
     * @throws ArithmeticException if cash leaves 64 bits
     */
    public MarginAccount applyTo(MarginAccount account) {
        return traded().applyTo(transfers.applyTo(account));
    }

    private AccountChange traded() {
        long cash = fills.stream().mapToLong(Fill::cash).reduce(0, Math::addExact);
        return new AccountChange(cash, entries(Role.POSITION), List.of(), entries(Role.COLLATERAL), entries(Role.DEBT));
    }

    private List<Entry> entries(Role role) {
        List<Entry> entries = new ArrayList<>();
        fills.stream().filter(fill -> fill.role() == role).forEach(fill -> entries.add(fill.entry()));
        return entries;
    }

    private static boolean moves(List<Entry> positions, List<Entry> paid) {
        return positions.size() == paid.size()
                && positions.stream()
                        .allMatch(from -> paid.contains(new Entry(from.number(), Math.negateExact(from.lots()))));
    }
}
