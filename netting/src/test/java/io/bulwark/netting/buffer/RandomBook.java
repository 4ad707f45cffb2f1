package io.bulwark.netting.buffer;

import static io.bulwark.netting.buffer.HandBook.USD;

import io.bulwark.netting.contagion.ContagionAccount;
import io.bulwark.netting.contagion.ContagionAccount.Leg;
import io.bulwark.netting.contagion.ContagionRules;
import io.bulwark.netting.contagion.ContagionScenario;
import io.bulwark.netting.contagion.ContagionSymbol;
import io.bulwark.netting.contagion.ContagionSystem;
import io.bulwark.netting.contagion.ContagionVector;
import io.bulwark.netting.contagion.ImpactLadder;
import io.bulwark.netting.contagion.LiquidityGroup;
import io.bulwark.netting.risktable.IntColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Seeded systems: one to three groups, wrappers with a basis, unwind sets, hedgers, known owners, ladders with knots, odd amounts. */
public final class RandomBook {
    private final Random random;

    private RandomBook(long seed) {
        this.random = new Random(seed);
    }

    public static ContagionSystem of(long seed) {
        return new RandomBook(seed).system();
    }

    private ContagionSystem system() {
        int groups = 1 + random.nextInt(3);
        List<LiquidityGroup> drawn =
                IntStream.range(0, groups).mapToObj(this::group).toList();
        List<ContagionSymbol> symbols = new ArrayList<>();
        for (int k = 0; k < groups; k++) {
            for (int i = 0; i <= random.nextInt(3); i++) {
                symbols.add(new ContagionSymbol("S" + k + i, k, "set" + random.nextInt(2)));
            }
        }
        List<ContagionScenario> scenarios = IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(s -> new ContagionScenario(
                        IntColumn.of(random.ints(groups, -300_001, 200_001).toArray()),
                        IntColumn.of(symbols.stream()
                                .mapToInt(x -> random.nextInt(3) == 0 ? -random.nextInt(50_000) : 0)
                                .toArray())))
                .toList();
        List<ContagionAccount> accounts = IntStream.range(0, 1 + random.nextInt(12))
                .mapToObj(a -> account("a" + a, symbols.size()))
                .toList();
        return new ContagionSystem(
                drawn,
                symbols,
                accounts,
                scenarios,
                new ContagionRules(
                        1 + random.nextInt(1_000_000), random.nextInt(1_000_001), random.nextInt(3) * 30_000));
    }

    private LiquidityGroup group(int k) {
        List<ImpactLadder.Step> steps = IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(j ->
                        new ImpactLadder.Step(j == 0 ? 0 : random.nextInt(400_000) * USD + 7, random.nextInt(300_000)))
                .toList();
        return new LiquidityGroup(
                "G" + k,
                new ImpactLadder(steps),
                random.nextInt(600_001),
                random.nextInt(2_000) * USD,
                random.nextInt(4) == 0 ? random.nextInt(200_000) * USD + 3 : 0,
                List.of());
    }

    private ContagionAccount account(String name, int symbols) {
        List<Leg> legs = new ArrayList<>();
        long gross = 0;
        for (int i = 0; i < symbols; i++) {
            if (random.nextInt(3) > 0) {
                long value = (random.nextInt(200_001) - 90_000) * USD + random.nextInt(1_000_000);
                legs.add(new Leg.Linear(i, value));
                gross += Math.abs(value);
            }
        }
        long maintenance = gross / (8 + random.nextInt(20));
        return ContagionAccount.linear(
                name,
                random.nextInt(3) == 0 ? Optional.of("owner" + random.nextInt(2)) : Optional.empty(),
                legs,
                maintenance + (long) (random.nextDouble() * gross / 4) + 1,
                maintenance);
    }

    static ContagionSystem withAccount(ContagionSystem system, int place, UnaryOperator<ContagionAccount> change) {
        List<ContagionAccount> accounts = new ArrayList<>(system.accounts());
        accounts.set(place, change.apply(accounts.get(place)));
        return system.withAccounts(accounts);
    }

    static ContagionAccount with(ContagionAccount account, long equity, long maintenance) {
        return ContagionAccount.linear(account.name(), account.owner(), account.legs(), equity, maintenance);
    }

    /** The account with every leg's value times a share of one. */
    static ContagionAccount scaled(ContagionAccount account, String name, int numerator, int denominator) {
        return ContagionAccount.linear(
                name,
                account.owner(),
                account.legs().stream()
                        .map(leg -> (Leg)
                                new Leg.Linear(leg.symbol(), ((Leg.Linear) leg).valueMicro() * numerator / denominator))
                        .toList(),
                account.equityMicro() * numerator / denominator,
                account.maintenanceMicro() * numerator / denominator);
    }

    static ContagionVector vector(Random random, int groups, int end) {
        return ContagionVector.of(
                random.ints(groups, 0, end).toArray(),
                random.ints(groups, 0, end).toArray());
    }
}
