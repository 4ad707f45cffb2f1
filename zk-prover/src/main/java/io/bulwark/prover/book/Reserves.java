package io.bulwark.prover.book;

import java.util.List;

/**
 * What a house holds against what it owes. Published with the book.
 *
 * @param cash u = 10⁻⁴ USD
 * @param lots lots of each asset of the risk table, in its order; assets beyond the list have none
 */
public record Reserves(long cash, List<Long> lots) {
    /** Copies, and refuses a reserve below 0. */
    public Reserves {
        lots = List.copyOf(lots);
        if (cash < 0 || lots.stream().anyMatch(held -> held < 0)) {
            throw new IllegalArgumentException("reserves must be at least 0; have cash " + cash + ", lots " + lots);
        }
    }
}
