package io.bulwark.insurance.monitor;

import io.bulwark.netting.contagion.ContagionAccount;
import io.bulwark.netting.contagion.ContagionAccount.Leg;
import io.bulwark.netting.contagion.ContagionRules;
import io.bulwark.netting.contagion.ContagionScenario;
import io.bulwark.netting.contagion.ContagionSymbol;
import io.bulwark.netting.contagion.ContagionSystem;
import io.bulwark.netting.contagion.ImpactLadder;
import io.bulwark.netting.contagion.LiquidityGroup;
import io.bulwark.netting.contagion.VegaHolding;
import io.bulwark.netting.risktable.IntColumn;
import java.util.List;
import java.util.Optional;

/**
 * The three accounts of {@code docs/methodology/contagion.md} at BTC −5 %: A long 100,000 USD of BTC, B long 200,000, C short 50,000. A is sold whole and takes the price
 * down by 20,000 ppm more.
 */
final class HandBook {
    static final long USD = 10_000;
    private static final long MICRO = 1_000_000;

    private HandBook() {}

    public static ShockedAccount account(
            int number, String member, String venue, long initialMargin, long equity, long loss) {
        return new ShockedAccount(
                number,
                member,
                List.of(venue),
                initialMargin * USD,
                Math.min(initialMargin, equity) * USD,
                equity * USD,
                loss * USD,
                false);
    }

    static final List<ShockedAccount> ACCOUNTS = List.of(
            account(1, "A", "east", 6_000, 9_000, 5_000),
            account(2, "B", "west", 11_000, 30_000, 10_000),
            account(3, "C", "west", 3_000, 20_000, -2_500));

    private static ContagionAccount buffered(int number, long value, long equity, long maintenance, long loss) {
        return new ContagionAccount(
                Integer.toString(number),
                Optional.empty(),
                List.of(new Leg.Linear(0, value * MICRO)),
                equity * MICRO,
                maintenance * MICRO,
                List.of(),
                List.of(-loss * MICRO),
                VegaHolding.NONE);
    }

    static ContagionSystem system() {
        return new ContagionSystem(
                List.of(new LiquidityGroup(
                        "BTC",
                        new ImpactLadder(List.of(new ImpactLadder.Step(0, 200_000))),
                        500_000,
                        1_000 * MICRO,
                        0,
                        List.of())),
                List.of(new ContagionSymbol("BTC", 0, "BTC")),
                List.of(
                        buffered(1, 100_000, 9_000, 5_000, 5_000),
                        buffered(2, 200_000, 30_000, 10_250, 10_000),
                        buffered(3, -50_000, 20_000, 2_500, -2_500)),
                List.of(new ContagionScenario(IntColumn.of(-50_000), IntColumn.zeros(1))),
                new ContagionRules(500_000, 250_000, 30_000));
    }

    static ShockedBook book() {
        return new ShockedBook(0, "BTC −5 %", ACCOUNTS, Optional.of(system()));
    }

    static ShockedBook withoutBuffer() {
        return new ShockedBook(0, "BTC −5 %", ACCOUNTS, Optional.empty());
    }
}
