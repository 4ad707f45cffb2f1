package io.bulwark.netting.contagion;

import java.util.List;
import java.util.Optional;

/**
 * An account as the buffer sees it.
 *
 * @param name of the account
 * @param owner who is known to stand behind it; accounts of one owner are also looked at as one
 * @param legs what it holds and owes, in any order
 * @param equityMicro equity of the margin page, micro-USD
 * @param maintenanceMicro maintenance margin without the buffer, micro-USD ≥ 0
 * @param quietExitMicro by group: impact line of the margin page on the net delta, micro-USD ≥ 0; empty = none
 * @param gainsMicro by scenario: first-order gain as the risk table has it; empty = value times return, for linear legs
 * @param vega of its options
 */
public record ContagionAccount(
        String name,
        Optional<String> owner,
        List<Leg> legs,
        long equityMicro,
        long maintenanceMicro,
        List<Long> quietExitMicro,
        List<Long> gainsMicro,
        VegaHolding vega) {
    /** Something held: its delta in micro-USD, long > 0. */
    public sealed interface Leg {
        /** The symbol, by place in the list. */
        int symbol();

        /** How large it can be, micro-USD. */
        long sizeMicro();

        /**
         * A leg whose delta does not move with the price.
         *
         * @param valueMicro micro-USD, long > 0
         */
        record Linear(int symbol, long valueMicro) implements Leg {
            @Override
            public long sizeMicro() {
                return Math.absExact(valueMicro);
            }
        }

        /**
         * An option: its delta in each cell of its group, at the volatility of each scenario.
         *
         * @param deltaMicro by scenario, then cell; micro-USD
         */
        record Option(int symbol, List<List<Long>> deltaMicro) implements Leg {
            /** Copies the deltas. */
            public Option {
                deltaMicro = deltaMicro.stream().map(List::copyOf).toList();
            }

            @Override
            public long sizeMicro() {
                return deltaMicro.stream()
                        .mapToLong(ContagionAccount::largest)
                        .max()
                        .orElse(0);
            }
        }
    }

    /** Copies the lists. */
    public ContagionAccount {
        legs = List.copyOf(legs);
        quietExitMicro = List.copyOf(quietExitMicro);
        gainsMicro = List.copyOf(gainsMicro);
    }

    /** The largest of some amounts, by size. */
    static long largest(List<Long> amounts) {
        long largest = 0;
        for (long amount : amounts) {
            largest = Math.max(largest, Math.absExact(amount));
        }
        return largest;
    }

    /** The same account with other amounts of money. */
    public ContagionAccount with(long equity, long maintenance, List<Long> gains) {
        return new ContagionAccount(name, owner, legs, equity, maintenance, quietExitMicro, gains, vega);
    }

    /** An account of linear legs. */
    public static ContagionAccount linear(
            String name, Optional<String> owner, List<Leg> legs, long equityMicro, long maintenanceMicro) {
        return new ContagionAccount(
                name, owner, legs, equityMicro, maintenanceMicro, List.of(), List.of(), VegaHolding.NONE);
    }
}
