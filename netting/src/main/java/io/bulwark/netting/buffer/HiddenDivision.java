package io.bulwark.netting.buffer;

import io.bulwark.netting.contagion.ContagionAccount;
import io.bulwark.netting.contagion.ContagionAccount.Leg;
import io.bulwark.netting.contagion.ContagionSystem;
import io.bulwark.netting.contagion.ContagionVector;
import io.bulwark.netting.contagion.VegaHolding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What an owner whom nobody knows could do to the contagion vectors by dividing one account in two, with the equity where it keeps the larger part alive: the division whose
 * parts both hold their initial margin and buffer and that lowers a rate most. Reported, for no formula on accounts can see it.
 *
 * <p>Page: {@code docs/methodology/contagion.md}, "The charge", limit.
 *
 * @param account its name
 * @param positionPercent share of positions, maintenance and initial margin in the larger part, 50 … 95; 0 where no admitted division lowers any rate
 * @param equityPercent share of the equity in that part, 5 … 95; 0 likewise
 * @param fallPpm largest fall of a rate of c*, over scenarios and groups, ppm
 */
public record HiddenDivision(String account, int positionPercent, int equityPercent, int fallPpm) {
    private static final int STEP = 5;
    private static final int HALF = 50;
    private static final int WHOLE = 100;

    /**
     * For each of the accounts with the largest maintenance margins, largest first.
     *
     * @param vega what short volatility pays: a division leaves the crowd as it is
     * @param initialMarginMicro of every account by name, micro-USD ≥ 0
     * @param accounts how many are looked at, at most
     */
    public static List<HiddenDivision> of(
            ContagionSystem system, VegaTariff vega, Map<String, Long> initialMarginMicro, int accounts) {
        List<ContagionVector> whole = ContagionBuffer.leastFixedPoints(system);
        return system.accounts().stream()
                .sorted(Comparator.comparingLong(ContagionAccount::maintenanceMicro)
                        .reversed()
                        .thenComparing(ContagionAccount::name))
                .limit(accounts)
                .map(account -> largest(
                        system, vega, whole, account, Objects.requireNonNull(initialMarginMicro.get(account.name()))))
                .toList();
    }

    private static HiddenDivision largest(
            ContagionSystem system,
            VegaTariff vega,
            List<ContagionVector> whole,
            ContagionAccount account,
            long margin) {
        HiddenDivision largest = new HiddenDivision(account.name(), 0, 0, 0);
        for (int positions = HALF; positions < WHOLE; positions += STEP) {
            for (int equity = STEP; equity < WHOLE; equity += STEP) {
                Optional<List<ContagionVector>> divided =
                        new Division(account, margin, positions, equity).vectors(system, vega);
                int fall = divided.map(vectors -> fall(whole, vectors)).orElse(0);
                if (fall > largest.fallPpm) {
                    largest = new HiddenDivision(account.name(), positions, equity, fall);
                }
            }
        }
        return largest;
    }

    private static int fall(List<ContagionVector> whole, List<ContagionVector> divided) {
        return IntStream.range(0, whole.size())
                .flatMap(s -> IntStream.range(0, whole.get(s).rates().length())
                        .map(i -> whole.get(s).rates().at(i)
                                - divided.get(s).rates().at(i)))
                .max()
                .orElse(0);
    }

    /** One division. Shares are rounded down in the larger part, and the smaller one has the rest. */
    private record Division(ContagionAccount account, long marginMicro, int positions, int equity) {
        /** c* of the divided book; empty unless both parts hold initial margin and buffer. */
        Optional<List<ContagionVector>> vectors(ContagionSystem system, VegaTariff vega) {
            ContagionAccount large = part(true);
            ContagionAccount small = part(false);
            long largeMargin = share(marginMicro, positions, true);
            long smallMargin = share(marginMicro, positions, false);
            if (large.equityMicro() < largeMargin || small.equityMicro() < smallMargin) {
                return Optional.empty();
            }
            List<ContagionAccount> accounts = new ArrayList<>(system.accounts());
            accounts.remove(account);
            accounts.add(large);
            accounts.add(small);
            ContagionBuffer buffer = ContagionBuffer.atFixedPoints(system.withAccounts(accounts), vega);
            int last = accounts.size() - 1;
            boolean admitted = large.equityMicro()
                            >= largeMargin + buffer.charge(last - 1).buffer()
                    && small.equityMicro() >= smallMargin + buffer.charge(last).buffer();
            return admitted ? Optional.of(buffer.tariff().certified()) : Optional.empty();
        }

        private ContagionAccount part(boolean large) {
            return new ContagionAccount(
                    account.name() + (large ? ", larger part" : ", smaller part"),
                    large ? account.owner() : Optional.empty(),
                    account.legs().stream().map(leg -> leg(leg, large)).toList(),
                    share(account.equityMicro(), equity, large),
                    share(account.maintenanceMicro(), positions, large),
                    shares(account.quietExitMicro(), large),
                    shares(account.gainsMicro(), large),
                    new VegaHolding(
                            shares(account.vega().vegaMicro(), large),
                            shares(account.vega().paidMicro(), large)));
        }

        private Leg leg(Leg leg, boolean large) {
            return switch (leg) {
                case Leg.Linear linear -> new Leg.Linear(linear.symbol(), share(linear.valueMicro(), positions, large));
                case Leg.Option option ->
                    new Leg.Option(
                            option.symbol(),
                            option.deltaMicro().stream()
                                    .map(row -> shares(row, large))
                                    .toList());
            };
        }

        private List<Long> shares(List<Long> amounts, boolean large) {
            return amounts.stream().map(a -> share(a, positions, large)).toList();
        }

        /** Amounts stay below 2⁵⁶, so a hundred times one fits. */
        private static long share(long amount, int percent, boolean large) {
            long part = Math.floorDiv(amount * percent, (long) WHOLE);
            return large ? part : amount - part;
        }
    }
}
