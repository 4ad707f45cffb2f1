package io.bulwark.netting.portfolio;

import java.util.List;

/**
 * An account in lots: what the margin is computed from.
 *
 * <p>A well-formed account names every entry once, in increasing order of its permanent number. This record holds faulty accounts too: the evaluator refuses them
 * with the first fault, in the written order.
 *
 * @param cash signed, u = 10⁻⁴ USD
 * @param positions margined positions, signed lots, long above 0
 * @param paid the paid-up sleeve: long lots of paid-up instruments, outside the margined book
 * @param collateral lots of assets held
 * @param debt lots of assets owed
 * @param standings how far each venue is from acting on the account; a venue that is not named stands at 0
 */
public record MarginAccount(
        long cash,
        List<Entry> positions,
        List<Entry> paid,
        List<Entry> collateral,
        List<Entry> debt,
        List<Standing> standings) {
    /**
     * How far an account is from being acted on by one venue, as that venue itself counts: its own equity less its own requirement.
     *
     * @param venue number of the venue, ≥ 1
     * @param distance d, u, signed; below 0 the venue may act now
     */
    public record Standing(int venue, long distance) {}

    /** The account that holds and owes nothing. */
    public static final MarginAccount EMPTY = new MarginAccount(0, List.of(), List.of(), List.of(), List.of());

    /** An account of which no venue has said how it stands. */
    public MarginAccount(long cash, List<Entry> positions, List<Entry> paid, List<Entry> collateral, List<Entry> debt) {
        this(cash, positions, paid, collateral, debt, List.of());
    }

    /** Copies the lists. */
    public MarginAccount {
        positions = List.copyOf(positions);
        paid = List.copyOf(paid);
        collateral = List.copyOf(collateral);
        debt = List.copyOf(debt);
        standings = List.copyOf(standings);
    }

    /** The same lots where venues stand otherwise. */
    public MarginAccount with(List<Standing> standings) {
        return new MarginAccount(cash, positions, paid, collateral, debt, standings);
    }
}
