package io.bulwark.netting.margin;

import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** Random admitted accounts over a table, from one seed. */
public final class RandomAccounts {
    private static final int LOTS = 5_000;

    private final RiskTable table;
    private final Random random;

    public RandomAccounts(RiskTable table, Random random) {
        this.table = table;
        this.random = random;
    }

    /** Some positions, and now and then paid lots, collateral and debt. */
    public MarginAccount any() {
        return account(random.nextLong(-2_000_000_000L, 2_000_000_000L), LOTS);
    }

    /** Fewer lots and negative cash: bit a is 1, whatever the rest. */
    public MarginAccount withLiability() {
        return account(-1 - random.nextLong(2_000L), 100);
    }

    /** Bought options, collateral and cash, nothing owed. */
    MarginAccount withoutLiability() {
        int assets = table.assets().size();
        return new MarginAccount(
                random.nextLong(1_000_000),
                list(table.instruments().size(), 1 + random.nextInt(6), this::paidUp, () -> unsigned(LOTS)),
                list(table.instruments().size(), random.nextInt(3), this::paidUp, () -> unsigned(LOTS)),
                list(assets, random.nextInt(3), number -> true, () -> unsigned(LOTS)),
                List.of());
    }

    /** Few lots and no cash, for scaling. */
    MarginAccount small() {
        return account(0, 4);
    }

    private MarginAccount account(long cash, int most) {
        int instruments = table.instruments().size();
        int assets = table.assets().size();
        List<Entry> positions = list(instruments, 1 + random.nextInt(8), number -> true, () -> signed(most));
        return new MarginAccount(
                cash,
                positions,
                list(instruments, random.nextInt(3), this::paidUp, () -> unsigned(most)),
                list(assets, random.nextInt(3), number -> true, () -> unsigned(most)),
                list(assets, random.nextInt(3), number -> true, () -> unsigned(most)));
    }

    private boolean paidUp(int number) {
        return table.instrument(number).map(InstrumentRisk::paidUp).orElse(false);
    }

    private List<Entry> list(int numbers, int count, IntPredicate fit, LongSupplier lots) {
        return IntStream.generate(() -> random.nextInt(numbers))
                .filter(fit)
                .limit(count)
                .distinct()
                .sorted()
                .mapToObj(number -> new Entry(number, lots.getAsLong()))
                .toList();
    }

    private long signed(int most) {
        return random.nextBoolean() ? unsigned(most) : -unsigned(most);
    }

    private long unsigned(int most) {
        return 1L + random.nextInt(most);
    }
}
