package io.bulwark.netting.revaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.revaluation.Revaluation.InstrumentRows;
import io.bulwark.netting.risktable.CellPairs;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable.GroupMoves;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.scenario.GroupRange;
import io.bulwark.netting.scenario.PriceMoves;
import io.bulwark.netting.scenario.ScenarioRows;
import io.bulwark.netting.surface.EssviSurface;
import io.bulwark.netting.surface.ImpliedVolatility;
import io.bulwark.netting.surface.RepairedSurface;
import io.bulwark.netting.surface.SmileSlice;
import io.bulwark.netting.surface.StaticArbitrage;
import io.bulwark.netting.surface.StaticArbitrage.ArbitrageViolation;
import io.bulwark.netting.surface.StaticArbitrage.ArbitrageViolation.Kind;
import io.bulwark.netting.surface.StaticArbitrage.ListedExpiry;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** What the published shocks leave to be traded against. */
class SurfaceStressTest {
    private static final EssviSurface BASE = new EssviSurface(List.of(
            new SmileSlice(7 / 365.0, 0.0072, -0.2, 0.07),
            new SmileSlice(20 / 365.0, 0.0215, -0.12, 0.12),
            new SmileSlice(45 / 365.0, 0.05, -0.1, 0.2),
            new SmileSlice(180 / 365.0, 0.21, 0, 0.42)));
    private static final List<ListedExpiry> LISTED = listed(4, 0.25);

    @Test
    void shouldMoveVolatilityAsTheRowsOfTheTableDo() {
        List<ScenarioRow> rows = ScenarioRows.joint();
        List<SurfaceStress> stresses = SurfaceStress.joint(BASE, LISTED, 200_000);
        GroupMoves moves = new PriceMoves(List.of(), List.of(), 1_000_000, true)
                .of(new GroupRange(1, "ETH", 200_000, 0), rows, IntColumn.zeros(1));
        Revaluation revaluation = new Revaluation(
                rows,
                CellPairs.of(rows, List.of(new Family("J", List.of(IntColumn.of(0))))),
                List.of(moves),
                IntColumn.zeros(1),
                SurfaceRule.PUBLISHED);
        double years = 20 / 365.0;
        double strike = 2_700;
        Payoff.European option = new Payoff.European(
                1, OptionRight.PUT, 3_000, strike, years, BASE.volatility(Math.log(strike / 3_000), years), 1);
        InstrumentRows expected = revaluation.rows(option);
        for (int row = 0; row < rows.size(); row++) {
            double forward = 3_000 * (1 + moves.shock().at(row) / 1e6);
            double k = StrictMath.log(strike / forward);
            double price = forward
                    * ImpliedVolatility.price(
                            OptionRight.PUT,
                            k,
                            Math.sqrt(stresses.get(row).surface().totalVariance(k, years)));
            assertEquals(
                    (double) (expected.row().at(row) + expected.value()),
                    price * 1e4,
                    1,
                    stresses.get(row).shock());
        }
    }

    @Test
    void shouldFindThatATermTwistCanBeTradedAndALevelShockCannot() {
        List<SurfaceStress> stresses = SurfaceStress.joint(BASE, LISTED, 160_000);
        assertEquals(List.of(), named(stresses, "price +0.0 %, volatility up").violations());
        assertEquals(List.of(), named(stresses, "price +0.0 %, volatility down").violations());
        ArbitrageViolation fall = named(stresses, "price +0.0 %, volatility flat, front up and back down")
                .violations()
                .getFirst();
        assertEquals(Kind.CALENDAR, fall.kind());
        assertEquals(45 / 365.0, fall.years());
        assertTrue(fall.volatility() > 0.01);
    }

    /** The tilt stops at three deviations: there its slope breaks, and the option at the break is too dear. */
    @Test
    void shouldMeasureTheClipOfTheTilt() {
        List<ArbitrageViolation> found = named(
                        SurfaceStress.joint(BASE, listed(30, 0.1), 160_000), "price +0.0 %, volatility up, steepened")
                .violations();
        assertTrue(found.stream().anyMatch(v -> v.kind() == Kind.BUTTERFLY && v.volatility() > 0));
        for (ArbitrageViolation violation : found) {
            double years = violation.years();
            double level =
                    BASE.volatility(violation.logStrike(), years) * (1 + 0.6 * SurfaceRule.PUBLISHED.termFactor(years));
            assertEquals(-3, violation.logStrike() / (level * Math.sqrt(years)), 0.3, violation.toString());
        }
    }

    @Test
    void shouldRepairEveryShockedSurfaceAndTouchNothingElse() {
        for (SurfaceStress stress : SurfaceStress.joint(BASE, LISTED, 160_000)) {
            RepairedSurface repaired = stress.repaired();
            assertEquals(List.of(), StaticArbitrage.listed(repaired, stress.expiries()), stress.shock());
            double moved =
                    repaired.distance(stress.surface(), stress.expiries()).largest();
            assertEquals(stress.violations().isEmpty(), moved < 1e-6, stress.shock() + " moved " + moved);
        }
    }

    /** Strikes so many deviations either side of the money, so many apart. */
    private static List<ListedExpiry> listed(int deviations, double apart) {
        return BASE.slices().stream()
                .map(slice -> new ListedExpiry(
                        slice.years(),
                        DoubleStream.iterate(-deviations, z -> z + apart)
                                .limit(1 + Math.round(2 * deviations / apart))
                                .map(z -> z * Math.sqrt(slice.theta()))
                                .toArray()))
                .toList();
    }

    private static SurfaceStress named(List<SurfaceStress> stresses, String shock) {
        return stresses.stream()
                .filter(stress -> stress.shock().equals(shock))
                .findFirst()
                .orElseThrow();
    }
}
