package io.bulwark.netting.contagion;

import java.util.List;
import java.util.stream.IntStream;
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
        return new ForcedFlows(IntStream.range(0, amounts.size())
                .mapToObj(i -> Math.max(amounts.get(i), other.amounts.get(i)))
                .toList());
    }

    /** With what somebody adds in the place of what he added. */
    public ForcedFlows changed(ForcedFlows less, ForcedFlows more) {
        return of(IntStream.range(0, amounts.size())
                .mapToLong(i -> Math.addExact(amounts.get(i) - less.amounts.get(i), more.amounts.get(i)))
                .toArray());
    }

    /** The largest of several in every component. */
    public static ForcedFlows largest(List<ForcedFlows> flows) {
        return flows.stream().reduce(ForcedFlows::join).orElseThrow();
    }
}
