package io.bulwark.netting.backtest;

import java.util.List;

/**
 * A book with quantities relative to the prices at the beginning of a window.
 *
 * @param name in reports
 * @param legs what it holds
 * @param notional what margins and profits are shares of, in units of one underlying at its price
 * @param deltaHedged whether the delta of its options is taken away with perpetuals of the same underlying
 */
public record Book(String name, List<Leg> legs, double notional, boolean deltaHedged) {
    /**
     * A quantity of a contract.
     *
     * @param contract what
     * @param units signed, long above 0; 1 is one underlying at its price
     */
    public record Leg(Contract contract, double units) {}

    /** Copies and checks. */
    public Book {
        legs = List.copyOf(legs);
        if (legs.isEmpty() || !(notional > 0)) {
            throw new IllegalArgumentException(
                    "book " + name + " must have a leg and notional > 0; have " + legs.size() + " and " + notional);
        }
    }

    public static Book of(String name, double notional, Leg... legs) {
        return new Book(name, List.of(legs), notional, false);
    }
}
