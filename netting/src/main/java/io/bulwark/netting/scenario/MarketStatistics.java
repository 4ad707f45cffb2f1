package io.bulwark.netting.scenario;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntFunction;

/**
 * The estimated inputs of a table. A group that is absent keeps its governed range and apartness.
 *
 * @param source what they were estimated from, for people: names and digests of series; in the table's provenance
 * @param groups by number, increasing
 */
public record MarketStatistics(String source, List<GroupStatistics> groups) {
    /** A house without price history: governed numbers hold. */
    public static final MarketStatistics NONE = new MarketStatistics("none", List.of());

    /** Copies and checks that numbers increase. */
    public MarketStatistics {
        groups = List.copyOf(groups);
        for (int i = 1; i < groups.size(); i++) {
            if (groups.get(i).group() <= groups.get(i - 1).group()) {
                throw new IllegalArgumentException("groups must have strictly increasing numbers; have "
                        + groups.get(i).group() + " after " + groups.get(i - 1).group());
            }
        }
    }

    /**
     * The same beside skews that were measured; a group that is absent here has none.
     *
     * @param scores by the group's number: its score or none
     */
    public MarketStatistics withSkewScores(IntFunction<OptionalLong> scores) {
        return new MarketStatistics(
                source,
                groups.stream()
                        .map(g -> g.withSkewScore(scores.apply(g.group())))
                        .toList());
    }

    /** What is known of a group. */
    public Optional<GroupStatistics> group(int number) {
        return groups.stream().filter(g -> g.group() == number).findFirst();
    }
}
