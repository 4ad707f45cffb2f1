package io.bulwark.netting.buffer;

import io.bulwark.netting.contagion.ContagionSystem;
import io.bulwark.netting.contagion.ForcedFlows;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Exit quantities and rates of every group and side.
 *
 * @param exits of the long side of every group, then of the short side
 */
public record ExitRates(List<Exit> exits) {
    /** Copies the exits. */
    public ExitRates {
        exits = List.copyOf(exits);
    }

    /**
     * The rates that follow from the totals of the sides.
     *
     * @param sides what is long of every group, then what is short, micro-USD, all accounts together
     * @param crowd the largest forced flows
     */
    static ExitRates of(ContagionSystem system, long[] sides, ForcedFlows crowd) {
        int groups = system.groups().size();
        return new ExitRates(IntStream.range(0, 2 * groups)
                .mapToObj(i -> Exit.of(
                        system.groups().get(i % groups),
                        system.rules(),
                        sides[i],
                        crowd.amounts().get(i)))
                .toList());
    }

    /** The exit of the long side of a group. */
    public Exit longSide(int group) {
        return exits.get(group);
    }

    /** The exit of the short side of a group. */
    public Exit shortSide(int group) {
        return exits.get(exits.size() / 2 + group);
    }
}
