package io.bulwark.insurance.monitor;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a need can be while some accounts are not seen: a venue's data is stale or missing.
 *
 * <p>Losses beyond margin only fall when an account holds more, so the ends of the interval are two solves: below, what was last seen there loses nothing beyond margin;
 * above, what was last seen as margin is gone. An account that was never seen has no end above.
 *
 * @param lower u = 10⁻⁴ USD
 * @param upper u; empty where there is no end
 * @param accounts numbers of the accounts that are not seen
 */
public record BlindSpots(long lower, Optional<Long> upper, List<Integer> accounts) {
    /** Copies the accounts. */
    public BlindSpots {
        accounts = List.copyOf(accounts);
    }

    /**
     * The interval of a book.
     *
     * @param stale accounts of the book whose data is old
     * @param unseen accounts that have no margin at all
     */
    public static BlindSpots of(ShockedBook book, Levers levers, Set<Integer> stale, Set<Integer> unseen) {
        long lower = need(
                book,
                levers,
                book.accounts().stream()
                        .map(a -> stale.contains(a.number()) ? with(a, a.initialMargin(), a.held(), 0) : a)
                        .toList());
        long upper = need(
                book,
                levers,
                book.accounts().stream()
                        .map(a -> stale.contains(a.number()) ? with(a, 0, 0, a.loss()) : a)
                        .toList());
        return new BlindSpots(
                lower,
                unseen.isEmpty() ? Optional.of(upper) : Optional.empty(),
                Stream.concat(stale.stream(), unseen.stream()).sorted().toList());
    }

    private static long need(ShockedBook book, Levers levers, List<ShockedAccount> accounts) {
        ShockedBook other = new ShockedBook(book.row(), book.scenario(), accounts, book.apart(), book.cascade());
        return Counterfactual.row(other, levers).need();
    }

    private static ShockedAccount with(ShockedAccount account, long margin, long held, long loss) {
        return new ShockedAccount(
                account.number(),
                account.member(),
                account.venues(),
                margin,
                held,
                account.equity(),
                loss,
                account.hedged());
    }
}
