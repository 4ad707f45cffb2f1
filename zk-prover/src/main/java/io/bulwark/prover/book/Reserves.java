package io.bulwark.prover.book;

import io.bulwark.clearing.holding.Held;
import io.bulwark.clearing.holding.SignedHoldings;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a house holds against what it owes. Published with the book.
 *
 * @param cash u = 10⁻⁴ USD
 * @param lots lots of each asset of the risk table, in its order; assets beyond the list have none
 * @param instruments lots of each instrument of the risk table, in its order, against what accounts have paid for
 */
public record Reserves(long cash, List<Long> lots, List<Long> instruments) {
    /** Copies, and refuses a reserve below 0. */
    public Reserves {
        lots = List.copyOf(lots);
        instruments = List.copyOf(instruments);
        if (cash < 0 || Stream.concat(lots.stream(), instruments.stream()).anyMatch(held -> held < 0)) {
            throw new IllegalArgumentException("reserves must be at least 0; have cash " + cash + ", lots " + lots
                    + ", instruments " + instruments);
        }
    }

    /** Reserves of a house whose accounts have paid for no position. */
    public Reserves(long cash, List<Long> lots) {
        this(cash, lots, List.of());
    }

    /**
     * What signed holdings add up to, as a book publishes it.
     *
     * @param assets numbers of the risk table's assets, in its order
     * @param instruments those of its instruments
     */
    public static Reserves of(SignedHoldings held, List<Integer> assets, List<Integer> instruments) {
        return new Reserves(
                held.lots(Held.CASH),
                assets.stream().map(number -> held.lots(Held.asset(number))).toList(),
                instruments.stream()
                        .map(number -> held.lots(Held.instrument(number)))
                        .toList());
    }
}
