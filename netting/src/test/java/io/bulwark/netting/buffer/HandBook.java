package io.bulwark.netting.buffer;

import io.bulwark.netting.contagion.ContagionAccount;
import io.bulwark.netting.contagion.ContagionAccount.Leg;
import io.bulwark.netting.contagion.ContagionMap;
import io.bulwark.netting.contagion.ContagionRules;
import io.bulwark.netting.contagion.ContagionScenario;
import io.bulwark.netting.contagion.ContagionSymbol;
import io.bulwark.netting.contagion.ContagionSystem;
import io.bulwark.netting.contagion.ContagionVector;
import io.bulwark.netting.contagion.ImpactLadder;
import io.bulwark.netting.contagion.LiquidityGroup;
import io.bulwark.netting.risktable.IntColumn;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The book of three accounts that the method page works through, and the pieces from which variations of it are made. */
public final class HandBook {
    static final long USD = 1_000_000;
    public static final ContagionRules RULES = new ContagionRules(500_000, 250_000, 30_000);
    static final long BTC_PRICE = 100 * USD;
    static final long ETH_PRICE = 10 * USD;

    private HandBook() {}

    public static LiquidityGroup group(String name, long slope, int capPpm) {
        return new LiquidityGroup(
                name, new ImpactLadder(List.of(new ImpactLadder.Step(0, slope))), capPpm, 1_000 * USD, 0, List.of());
    }

    static final List<LiquidityGroup> GROUPS =
            List.of(group("BTC", 200_000, 500_000), group("ETH", 1_000_000, 500_000));
    public static final List<ContagionSymbol> SYMBOLS =
            List.of(new ContagionSymbol("BTC", 0, "BTC"), new ContagionSymbol("ETH", 1, "ETH"));

    public static ContagionScenario scenario(int... returns) {
        return new ContagionScenario(IntColumn.of(returns), IntColumn.zeros(returns.length));
    }

    static final List<ContagionScenario> SCENARIOS =
            List.of(scenario(-50_000, 0), scenario(-100_000, -200_000), scenario(80_000, 0));

    /** Lots of BTC at 100 USD and of ETH at 10 USD; equity and maintenance in USD. */
    public static ContagionAccount account(String name, long btc, long eth, long equity, long maintenance) {
        return account(name, Optional.empty(), btc, eth, equity, maintenance);
    }

    public static ContagionAccount account(
            String name, Optional<String> owner, long btc, long eth, long equity, long maintenance) {
        return ContagionAccount.linear(
                name,
                owner,
                List.of(new Leg.Linear(0, btc * BTC_PRICE), new Leg.Linear(1, eth * ETH_PRICE)),
                equity * USD,
                maintenance * USD);
    }

    public static final ContagionAccount A = account("A", 1_000, 0, 9_000, 5_000);
    static final ContagionAccount B = account("B", 2_000, 500, 30_000, 10_250);
    static final ContagionAccount C = account("C", -500, 0, 20_000, 2_500);

    public static ContagionSystem of(ContagionAccount... accounts) {
        return new ContagionSystem(GROUPS, SYMBOLS, List.of(accounts), SCENARIOS, RULES);
    }

    static ContagionSystem book() {
        return of(A, B, C);
    }

    static ContagionVector down(int btc, int eth) {
        return ContagionVector.of(new int[] {btc, eth}, new int[2]);
    }

    static List<ContagionVector> leastFixedPoints(ContagionSystem system) {
        return IntStream.range(0, system.scenarios().size())
                .mapToObj(s -> new ContagionMap(system, s).leastFixedPoint().point())
                .toList();
    }

    static long totalBuffer(ContagionSystem system) {
        ContagionBuffer buffer = ContagionBuffer.atFixedPoints(system);
        return IntStream.range(0, system.accounts().size())
                .mapToLong(a -> buffer.charge(a).buffer())
                .sum();
    }
}
