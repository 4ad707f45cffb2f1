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
 */
public record MarginAccount(
        long cash, List<Entry> positions, List<Entry> paid, List<Entry> collateral, List<Entry> debt) {
    /** The account that holds and owes nothing. */
    public static final MarginAccount EMPTY = new MarginAccount(0, List.of(), List.of(), List.of(), List.of());

    /** Copies the lists. */
    public MarginAccount {
        positions = List.copyOf(positions);
        paid = List.copyOf(paid);
        collateral = List.copyOf(collateral);
        debt = List.copyOf(debt);
    }
}
