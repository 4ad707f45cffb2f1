package io.bulwark.insurance.liquidation;

import io.bulwark.netting.risktable.IntColumn;
import java.util.List;

/**
 * Prices of every liquidity group, moment by moment, in ppm of the price at which the book was taken. Moments are one slice of a sale apart.
 *
 * @param moments at least one; by group, ≥ 0
 */
public record PricePath(List<IntColumn> moments) {
    /** The price at which the book was taken, ppm. */
    public static final int START = 1_000_000;

    private static final int PRICE_MAX = 100 * START;

    /** Copies the moments and checks them. */
    public PricePath {
        moments = List.copyOf(moments);
        if (moments.isEmpty()) {
            throw new IllegalArgumentException("moments of a price path must be at least one; have none");
        }
        int groups = moments.getFirst().length();
        for (int at = 0; at < moments.size(); at++) {
            int moment = at;
            if (moments.get(at).length() != groups) {
                throw new IllegalArgumentException("moment " + moment + " of a price path must have " + groups
                        + " prices; has " + moments.get(at).length());
            }
            moments.get(at).stream()
                    .filter(p -> p < 0 || p > PRICE_MAX)
                    .findFirst()
                    .ifPresent(p -> {
                        throw new IllegalArgumentException(
                                "a price of moment " + moment + " must be within 0 … " + PRICE_MAX + " ppm; have " + p);
                    });
        }
    }

    /** Number of groups. */
    public int groups() {
        return moments.getFirst().length();
    }
}
