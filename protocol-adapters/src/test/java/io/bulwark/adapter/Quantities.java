package io.bulwark.adapter;

import io.bulwark.clearing.position.Holding;
import java.util.List;

/** Holdings as far as numbers and quantities go: whose books they stand in is compared where a test is about that. */
public final class Quantities {
    private Quantities() {}

    /** Each without its claim. */
    public static List<Holding> of(List<Holding> holdings) {
        return holdings.stream()
                .map(holding -> holding instanceof Holding.Collateral held
                        ? new Holding.Collateral(held.asset(), held.quantity())
                        : holding)
                .toList();
    }
}
