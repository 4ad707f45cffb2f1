package io.bulwark.netting.contagion;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Money that a scenario's cascade forces into the market, micro-USD: by group sales, then by group purchases. Never netted.
 *
 * @param amounts sales of every group, then purchases of every group
 */
public record ForcedFlows(List<Long> amounts) {
    /** Copies the amounts. */
    public ForcedFlows {
        amounts = List.copyOf(amounts);
    }

    static ForcedFlows of(long[] amounts) {
        return new ForcedFlows(LongStream.of(amounts).boxed().toList());
    }

    /** Number of groups. */
    public int groups() {
        return amounts.size() / 2;
    }

    /** Sold of a group. */
    public long sale(int group) {
        return amounts.get(group);
    }

    /** Bought of a group. */
    public long purchase(int group) {
        return amounts.get(groups() + group);
    }

    /** The larger in every component. */
    public ForcedFlows join(ForcedFlows other) {
        return largest(List.of(this, other));
    }

    /** With what somebody adds in the place of what he added. */
    public ForcedFlows changed(ForcedFlows less, ForcedFlows more) {
        long[] changed = new long[amounts.size()];
        for (int i = 0; i < changed.length; i++) {
            changed[i] = Math.addExact(amounts.get(i) - less.amounts.get(i), more.amounts.get(i));
        }
        return of(changed);
    }

    /** The largest of several, at least one, in every component. */
    public static ForcedFlows largest(List<ForcedFlows> flows) {
        long[] largest = new long[flows.getFirst().amounts.size()];
        Arrays.fill(largest, Long.MIN_VALUE);
        for (ForcedFlows one : flows) {
            for (int i = 0; i < largest.length; i++) {
                largest[i] = Math.max(largest[i], one.amounts.get(i));
            }
        }
        return of(largest);
    }
}
