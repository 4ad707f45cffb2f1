package io.bulwark.netting.backtest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.coverage.CoverageTest;
import io.bulwark.netting.coverage.Exceedances;
import io.bulwark.netting.coverage.OverlappingCoverage;
import io.bulwark.netting.coverage.Procyclicality;
import io.bulwark.netting.coverage.ShortfallCriticalValues;
import io.bulwark.netting.coverage.ShortfallTest;
import io.bulwark.netting.coverage.TrafficLight;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The statistics on series whose figures follow by hand or stand in the papers. */
final class BacktestStatisticsTest {
    private static final double RATE = 0.01;
    private static final double TINY = 1e-12;

    @Test
    void shouldCountPairsOfNeighbouringDays() {
        assertEquals(new Exceedances(6, 3, 1, 1, 2, 1), Exceedances.of(hits("100110")));
        assertEquals(new Exceedances(0, 0, 0, 0, 0, 0), Exceedances.of(new boolean[0]));
        assertEquals(new Exceedances(1, 1, 0, 0, 0, 0), Exceedances.of(hits("1")));
    }

    @Test
    void shouldNotCountALossThatEqualsTheMargin() {
        assertArrayEquals(
                new boolean[] {false, true, false},
                Exceedances.hits(new double[] {-2, -2.0000001, 5}, new double[] {2, 2, 2}));
        assertThrows(IllegalArgumentException.class, () -> Exceedances.hits(new double[2], new double[3]));
    }

    /** BACK-001. Kupiec's statistic in closed form: −2·ln of the ratio of binomial likelihoods. */
    @Test
    void shouldTestTheProportionOfFailuresAsKupiec() {
        double statistic = -2 * (245 * Math.log(0.99 / 0.98) + 5 * Math.log(0.01 / 0.02));
        CoverageTest test = CoverageTest.of(new Exceedances(250, 5, 239, 5, 5, 0), RATE);
        assertEquals(statistic, test.kupiec().statistic(), TINY);
        assertEquals(1.9568, test.kupiec().statistic(), 5e-5);
        assertEquals(0.1619, test.kupiec().probability(), 5e-5);
    }

    @Test
    void shouldHaveStatisticsWithoutAnyExceedance() {
        CoverageTest test = CoverageTest.of(Exceedances.of(new boolean[250]), RATE);
        assertEquals(-500 * Math.log(0.99), test.kupiec().statistic(), TINY);
        assertEquals(0, test.independence().statistic());
        assertEquals(1, test.independence().probability());
        assertEquals(Math.exp(250 * Math.log(0.99)), test.conditional().probability(), TINY);
    }

    @Test
    void shouldHaveStatisticsWhereEveryDayExceedsOrOnlyTheLastOrThereIsOneDay() {
        CoverageTest all = CoverageTest.of(Exceedances.of(hits("11111")), RATE);
        assertEquals(-10 * Math.log(0.01), all.kupiec().statistic(), TINY);
        assertEquals(0, all.independence().statistic());
        assertEquals(
                0,
                CoverageTest.of(Exceedances.of(hits("00001")), RATE)
                        .independence()
                        .statistic(),
                TINY);
        CoverageTest one = CoverageTest.of(Exceedances.of(hits("0")), RATE);
        assertEquals(-2 * Math.log(0.99), one.kupiec().statistic(), TINY);
        assertEquals(1, one.independence().probability());
    }

    /** Hits and quiet days in turn: the chain is certain, a fair coin is not; 4 pairs give 8·ln 2. */
    @Test
    void shouldTestIndependenceAsChristoffersen() {
        CoverageTest test = CoverageTest.of(Exceedances.of(hits("01010")), 0.4);
        assertEquals(0, test.kupiec().statistic(), TINY);
        assertEquals(8 * Math.log(2), test.independence().statistic(), TINY);
        assertEquals(0.018532, test.independence().probability(), 5e-7);
        assertEquals(1.0 / 16, test.conditional().probability(), TINY);
    }

    @Test
    void shouldRefuseARateThatIsNoProbability() {
        assertThrows(IllegalArgumentException.class, () -> CoverageTest.of(new Exceedances(1, 0, 0, 0, 0, 0), 0));
    }

    @Test
    void shouldCompareLossesBeyondWithTheShortfallAsAcerbiAndSzekely() {
        double[] two = {2, 2, 2, 2};
        double[] four = {4, 4, 4, 4};
        ShortfallTest test = ShortfallTest.of(new double[] {-3, -1, -6, 1}, two, four, 0.25);
        assertEquals(1 - 9.0 / 8, test.conditional().orElseThrow(), TINY);
        assertEquals(1 - 9.0 / 4, test.unconditional(), TINY);
        ShortfallTest quiet = ShortfallTest.of(new double[] {1, 1, 1, 1}, two, four, 0.25);
        assertEquals(OptionalDouble.empty(), quiet.conditional());
        assertEquals(1, quiet.unconditional());
        assertThrows(
                IllegalArgumentException.class,
                () -> ShortfallTest.of(new double[] {-3}, new double[] {2}, new double[] {0}, 0.25));
    }

    /** BACK-002. Acerbi and Székely (2014), table 4 and text: the 5 % quantile of Z2 at 250 days and 2.5 % is −0.70, whatever the tail. */
    @Test
    void shouldFindThePublishedCriticalValueBySimulation() {
        ShortfallCriticalValues normal = ShortfallCriticalValues.simulate(250, 0.025, 1_000, 20_000, 1);
        ShortfallCriticalValues heavy = ShortfallCriticalValues.simulate(250, 0.025, 5, 20_000, 1);
        assertEquals(-0.70, normal.unconditional(0.05), 0.02);
        assertEquals(-0.74, heavy.unconditional(0.05), 0.04);
        assertEquals(0.05, normal.probabilityBelow(normal.unconditional(0.05)), 0.001);
        assertTrue(ShortfallCriticalValues.simulate(4_285, RATE, 5, 2_000, 1).unconditional(0.05) > -0.35);
    }

    @Test
    void shouldSimulateTheSameFromOneSeed() {
        assertEquals(
                ShortfallCriticalValues.simulate(500, RATE, 4, 500, 7).conditional(0.1),
                ShortfallCriticalValues.simulate(500, RATE, 4, 500, 7).conditional(0.1));
    }

    /** Basel Committee (1996), table 2: 4 is green, 5 to 9 yellow, 10 red; plus factors .40 to .85 and 1. */
    @Test
    void shouldShowTheLightOfTheLastYearAndOfTheWorstYear() {
        assertEquals(TrafficLight.GREEN, TrafficLight.of(4));
        assertEquals(TrafficLight.YELLOW, TrafficLight.of(5));
        assertEquals(TrafficLight.YELLOW, TrafficLight.of(9));
        assertEquals(TrafficLight.RED, TrafficLight.of(10));
        boolean[] hits = new boolean[600];
        for (int day = 100; day < 106; day++) {
            hits[day] = true;
        }
        hits[599] = true;
        hits[350] = true;
        hits[349] = true;
        assertEquals(2, TrafficLight.inLastYear(hits));
        assertEquals(7, TrafficLight.inWorstYear(hits));
    }

    @Test
    void shouldMultiplyByWhatGovernanceHasSetInTheRedZone() {
        ParameterSet founding = ParameterSet.founding();
        assertEquals(1_000_000, TrafficLight.multiplier(4, founding));
        assertEquals(1_133_334, TrafficLight.multiplier(5, founding));
        assertEquals(1_283_334, TrafficLight.multiplier(9, founding));
        assertEquals(1_333_333, TrafficLight.multiplier(25, founding));
        assertEquals(1_500_000, TrafficLight.multiplier(10, founding.with(TrafficLight.RED_MULTIPLIER, 1_500_000)));
    }

    @Test
    void shouldMeasureRisesSwingsAndChanges() {
        double[] margins = new double[400];
        java.util.Arrays.fill(margins, 10);
        margins[50] = 12;
        margins[54] = 15;
        margins[399] = 5;
        Procyclicality measured = Procyclicality.of(margins);
        assertEquals(0.5, measured.rise1(), TINY);
        assertEquals(0.5, measured.rise5(), TINY);
        assertEquals(0.5, measured.rise30(), TINY);
        assertEquals(3.0, measured.peakToTrough(), TINY);
        margins[45] = 6;
        assertEquals(1.0, Procyclicality.of(margins).rise5(), TINY);
        assertThrows(IllegalArgumentException.class, () -> Procyclicality.of(new double[] {1, 0}));
    }

    @Test
    void shouldMeasureTheDeviationOfLogarithmicChanges() {
        assertEquals(0, Procyclicality.of(new double[] {1, 2, 4, 8}).logChange(), TINY);
        assertEquals(
                Math.log(2) * Math.sqrt(4.0 / 3),
                Procyclicality.of(new double[] {1, 2, 1, 2, 1}).logChange(),
                TINY);
    }

    /** Two windows share a day: with hits in pairs the variance is n00-weighted: γ0 + 2·½·γ1. */
    @Test
    void shouldWidenTheErrorOfWindowsThatOverlap() {
        boolean[] hits = hits("0011001100");
        OverlappingCoverage alone = OverlappingCoverage.of(hits, 1, 0.4);
        OverlappingCoverage overlapping = OverlappingCoverage.of(hits, 2, 0.4);
        assertEquals(Math.sqrt(0.24 / 10), alone.standardError(), TINY);
        // γ1 = (two pairs hit-hit .36, four mixed −.24, three quiet .16) / 10.
        assertEquals(Math.sqrt((0.24 + (2 * 0.36 - 4 * 0.24 + 3 * 0.16) / 10) / 10), overlapping.standardError(), TINY);
        assertEquals(1, overlapping.probability(), TINY);
        assertTrue(OverlappingCoverage.of(hits, 2, 0.01).probability() < 0.02);
        // 0.01 from the promised rate in errors of √(.0099/50): 0.7107.
        assertEquals(0.4773, OverlappingCoverage.of(new boolean[50], 2, 0.01).probability(), 5e-5);
        assertEquals(1, OverlappingCoverage.of(new boolean[0], 2, 0.01).probability());
    }

    private static boolean[] hits(String text) {
        boolean[] hits = new boolean[text.length()];
        for (int i = 0; i < hits.length; i++) {
            hits[i] = text.charAt(i) == '1';
        }
        return hits;
    }
}
