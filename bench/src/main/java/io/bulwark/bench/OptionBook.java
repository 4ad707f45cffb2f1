package io.bulwark.bench;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.revaluation.Payoff;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A seeded chain of European options on one underlying, near and far, in and out of the money. */
final class OptionBook {
    /** Options of the chain. */
    static final int SIZE = 5_000;

    private static final long SEED = 20_240_523;
    private static final int GROUP = 1;
    private static final double SPOT = 68_777.9;
    private static final double DAYS_PER_YEAR = 365;

    private OptionBook() {}

    static List<Payoff.European> draw() {
        Random random = new Random(SEED);
        return IntStream.range(0, SIZE).mapToObj(i -> option(random)).toList();
    }

    private static Payoff.European option(Random random) {
        return new Payoff.European(
                GROUP,
                random.nextBoolean() ? OptionRight.CALL : OptionRight.PUT,
                SPOT,
                SPOT * (0.5 + random.nextDouble()),
                (1 + random.nextInt(360)) / DAYS_PER_YEAR,
                0.3 + random.nextDouble(),
                BigDecimal.ONE.movePointLeft(1).doubleValue());
    }
}
