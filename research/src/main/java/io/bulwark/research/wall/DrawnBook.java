package io.bulwark.research.wall;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.insurance.defaultmanagement.DefaultParameters;
import io.bulwark.insurance.stresstest.WorthlessSymbol;
import io.bulwark.netting.buffer.BufferParameters;
import io.bulwark.netting.contagion.ImpactLadder;
import io.bulwark.netting.contagion.LiquidityGroup;
import io.bulwark.netting.scenario.CrashDay;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A large book of perpetuals from a seed: sizes are heavy-tailed, leverage is 2 to 20 at the opening, three quarters are long, as crowds are before a crash. Scaled to a gross
 * size; margin as a venue asks it, IM 5 % and MM 2.5 % of gross.
 *
 * @param seed of the draw
 * @param accounts of the book
 * @param resources the house's own capital as governed, and a fund of one per cent of gross
 */
record DrawnBook(long seed, List<LiquidityGroup> groups, List<Account> accounts, Resources resources)
        implements WallBook {
    private static final List<String> COINS = List.of("BTC", "ETH", "SOL");
    private static final long MICRO = 1_000_000;
    private static final int ACCOUNTS_MAX = 200_000;
    private static final int MAINTENANCE_PER_MILLE = 25;
    private static final int INITIAL_PER_MILLE = 50;
    private static final int PER_MILLE = 1_000;
    private static final int FUND_SHARE = 100;
    private static final long MICRO_PER_U = 100;
    private static final int GROSS_MAX = 50_000;

    /**
     * Draws a book.
     *
     * @param seed of the draw
     * @param size number of accounts
     * @param grossMillions size of the book, million USD
     */
    static DrawnBook of(long seed, int size, long grossMillions, ParameterSet parameters) {
        if (size < 1 || size > ACCOUNTS_MAX) {
            throw new BadInput("--accounts", String.valueOf(size), "must be 1 to " + ACCOUNTS_MAX);
        }
        if (grossMillions < 1 || grossMillions > GROSS_MAX) {
            throw new BadInput("--gross", String.valueOf(grossMillions), "must be 1 to " + GROSS_MAX + " million USD");
        }
        Random random = new Random(seed);
        double[] weights = new double[size];
        double total = 0;
        for (int a = 0; a < size; a++) {
            weights[a] = Math.pow(1 - random.nextDouble(), -0.7);
            total += weights[a];
        }
        List<Account> accounts = new ArrayList<>();
        for (int a = 0; a < size; a++) {
            accounts.add(account(random, a, (long) (weights[a] / total * grossMillions * MICRO * MICRO)));
        }
        return new DrawnBook(
                seed,
                COINS.stream().map(coin -> group(coin, parameters)).toList(),
                accounts,
                new Resources(
                        parameters.value(DefaultParameters.HOUSE_CAPITAL) * MICRO_PER_U,
                        new TreeMap<>(Map.of("the fund", grossMillions * MICRO * MICRO / FUND_SHARE)),
                        parameters.value(DefaultParameters.ASSESSMENT_SHARE)));
    }

    private static Account account(Random random, int number, long gross) {
        long[] values = new long[COINS.size()];
        int first = coin(random);
        int second = coin(random);
        long most = gross / 10 * (5 + random.nextInt(6));
        values[first] += random.nextInt(4) > 0 ? most : -most;
        values[second] += random.nextInt(4) > 0 ? gross - most : most - gross;
        long size = IntStream.range(0, values.length)
                .mapToLong(k -> Math.abs(values[k]))
                .sum();
        long equity = size / (2 + random.nextInt(19));
        return new Account(
                "member " + number,
                IntStream.range(0, values.length).mapToObj(k -> values[k]).toList(),
                equity,
                Math.ceilDiv(size * MAINTENANCE_PER_MILLE, (long) PER_MILLE));
    }

    private static int coin(Random random) {
        int draw = random.nextInt(20);
        return draw < 10 ? 0 : draw < 17 ? 1 : 2;
    }

    /** A group with the governed ladder. */
    static LiquidityGroup group(String name, ParameterSet parameters) {
        return new LiquidityGroup(
                name,
                new ImpactLadder(List.of(new ImpactLadder.Step(0, parameters.value(BufferParameters.slope(name))))),
                (int) parameters.value(BufferParameters.CAP),
                0,
                0,
                List.of());
    }

    @Override
    public String name() {
        return accounts.size() + " accounts drawn from seed " + seed;
    }

    @Override
    public List<FirstLoss> losses(CrashDay day) {
        return accounts.stream()
                .map(account -> {
                    long gross = 0;
                    long loss = 0;
                    for (int k = 0; k < groups.size(); k++) {
                        long value = account.values().get(k);
                        gross += Math.abs(value);
                        loss -= Math.floorDiv(
                                Math.multiplyExact(value / PER_MILLE, (long)
                                        day.move(groups.get(k).name())),
                                MICRO / PER_MILLE);
                    }
                    long initial = gross / PER_MILLE * INITIAL_PER_MILLE;
                    return new FirstLoss(account.member(), loss, Math.max(0, Math.min(account.equity(), initial)));
                })
                .toList();
    }

    @Override
    public List<WorthlessSymbol> chains(int dropPpm) {
        return List.of();
    }
}
