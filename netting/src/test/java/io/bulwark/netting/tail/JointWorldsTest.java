package io.bulwark.netting.tail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.netting.copula.StudentCopula;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Worlds against the law that their history was drawn from. */
class JointWorldsTest {
    private static final int COUNT = 1 << 15;
    private static final WorldMix REPLAY = new WorldMix(3, 1_500, 0, 0, 1, 60_000, 550_000);

    @Test
    void shouldReplayTheDaysOfTheLookBackAtTodaysVolatility() {
        List<FilteredResiduals> groups = SyntheticHistory.groups(1_000);
        JointWorlds worlds = JointWorlds.draw(groups, SyntheticHistory.CORRELATION, REPLAY, COUNT);
        assertEquals(deviation(groups.getFirst()), deviation(worlds, 0), 0.03 * deviation(worlds, 0));
        assertEquals(deviation(groups.getLast()), deviation(worlds, 1), 0.03 * deviation(worlds, 1));
        assertEquals(0.8, correlation(worlds), 0.04);
    }

    /** Marginals and ν of the residuals, but the correlation that is published: 0.3, where the days of the look-back have 0.8. */
    @Test
    void shouldDrawFromTheCopulaWithThePublishedCorrelation() {
        WorldMix copula = new WorldMix(3, 1_500, 0, 1_000_000, 1, 60_000, 550_000);
        double[][] published = {{1, 0.3}, {0.3, 1}};
        JointWorlds worlds = JointWorlds.draw(SyntheticHistory.groups(1_000), published, copula, COUNT);
        assertEquals(0.3, correlation(worlds), 0.04);
        assertEquals(4, worlds.copula().degrees(), 1.2);
        assertEquals(deviation(SyntheticHistory.groups(1_000).getFirst()), deviation(worlds, 0), 0.002);
    }

    /** A group that is younger than the look-back moves with the older one on days that it did not see. */
    @Test
    void shouldDrawAYoungGroupFromWhatIsKnownOfTheDay() {
        JointWorlds worlds =
                JointWorlds.draw(SyntheticHistory.uneven(1_000, 800), SyntheticHistory.CORRELATION, REPLAY, COUNT);
        assertEquals(List.of("BTC", "ETH"), worlds.groups());
        assertEquals(0.8, correlation(worlds), 0.06);
    }

    /** The worst year counts at its own σ: half of these worlds come from days three times as wild as today. */
    @Test
    void shouldReplayTheWorstYearAtItsOwnVolatility() {
        FilteredResiduals calm = SyntheticHistory.groups(1_000).getFirst();
        double[] returns = IntStream.range(0, 1_000)
                .mapToDouble(t -> (t < 365 ? 3 : 1) * calm.returned(t))
                .toArray();
        double[] sigma = IntStream.range(0, 1_000)
                .mapToDouble(t -> t < 365 ? 0.09 : 0.03)
                .toArray();
        FilteredResiduals wild =
                new FilteredResiduals("BTC", IntStream.range(18_000, 19_000).toArray(), returns, sigma, 0.03);
        double[][] alone = {{1}};
        double plain = deviation(JointWorlds.draw(List.of(wild), alone, REPLAY, COUNT), 0);
        double half = deviation(
                JointWorlds.draw(List.of(wild), alone, new WorldMix(3, 1_500, 500_000, 0, 1, 60_000, 550_000), COUNT),
                0);
        assertEquals(StrictMath.sqrt((1 + 9) / 2.0), half / plain, 0.2);
    }

    /** The last 90 of 1,000 days were the best ones: in a stressed regime they make 180 of 1,090 draws instead of 90 of 1,000. */
    @Test
    void shouldDrawRecentDaysTwiceInAStressedRegime() {
        FilteredResiduals calm = SyntheticHistory.groups(1_000).getFirst();
        FilteredResiduals rising = new FilteredResiduals(
                "BTC",
                IntStream.range(18_000, 19_000).toArray(),
                IntStream.range(0, 1_000)
                        .mapToDouble(
                                t -> t < 910 ? -Math.abs(calm.returned(t)) - 1e-6 : Math.abs(calm.returned(t)) + 1e-6)
                        .toArray(),
                IntStream.range(0, 1_000).mapToDouble(t -> 0.03).toArray(),
                0.03);
        assertEquals(0.09, risen(rising, 1), 0.008);
        assertEquals(180 / 1_090.0, risen(rising, 2), 0.008);
    }

    private static double risen(FilteredResiduals group, int recentWeight) {
        JointWorlds worlds = JointWorlds.draw(
                List.of(group),
                new double[][] {{1}},
                new WorldMix(3, 1_500, 0, 0, recentWeight, 60_000, 550_000),
                COUNT);
        return IntStream.range(0, COUNT).filter(w -> worlds.move(0, w) > 0).count() / (double) COUNT;
    }

    @Test
    void shouldRaiseVolatilityWhenPricesFall() {
        JointWorlds worlds =
                JointWorlds.draw(SyntheticHistory.groups(1_000), SyntheticHistory.CORRELATION, REPLAY, COUNT);
        double product = 0;
        double square = 0;
        double common = 0;
        for (int w = 0; w < COUNT; w++) {
            double move = StrictMath.log1p(worlds.volatilityMove(w));
            product += move * worlds.common(w);
            square += move * move;
            common += worlds.common(w) * worlds.common(w);
        }
        assertEquals(-0.55, product / StrictMath.sqrt(square * common), 0.06);
        assertEquals(0.06, StrictMath.sqrt(square / COUNT), 0.008);
    }

    @Test
    void shouldRefuseAHistoryThatIsTooShort() {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> JointWorlds.draw(
                        SyntheticHistory.uneven(1_000, 950), SyntheticHistory.CORRELATION, REPLAY, COUNT));
        assertTrue(String.valueOf(refusal.getMessage()).contains("history of ETH"), refusal.toString());
    }

    @Test
    void shouldDrawAWorldWhateverItsNeighbours() {
        List<FilteredResiduals> groups = SyntheticHistory.groups(500);
        JointWorlds few = JointWorlds.draw(groups, SyntheticHistory.CORRELATION, REPLAY, 100);
        JointWorlds more = JointWorlds.draw(groups, SyntheticHistory.CORRELATION, REPLAY, 200);
        assertEquals(few.move(1, 99), more.move(1, 99));
        assertEquals(few.volatilityMove(99), more.volatilityMove(99));
    }

    private static double deviation(FilteredResiduals group) {
        return deviation(
                IntStream.range(0, group.size()).mapToDouble(group::returned).toArray());
    }

    private static double deviation(JointWorlds worlds, int group) {
        return deviation(IntStream.range(0, worlds.count())
                .mapToDouble(w -> worlds.move(group, w))
                .toArray());
    }

    private static double deviation(double[] values) {
        double mean = IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .average()
                .orElseThrow();
        double square = 0;
        for (double value : values) {
            square += (value - mean) * (value - mean);
        }
        return StrictMath.sqrt(square / values.length);
    }

    /** By ranks, which heavy tails do not disturb. */
    private static double correlation(JointWorlds worlds) {
        int count = 4_000;
        return StudentCopula.ellipticalCorrelation(
                IntStream.range(0, count).mapToDouble(w -> worlds.move(0, w)).toArray(),
                IntStream.range(0, count).mapToDouble(w -> worlds.move(1, w)).toArray());
    }
}
