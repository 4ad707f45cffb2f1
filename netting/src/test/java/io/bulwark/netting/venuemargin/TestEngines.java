package io.bulwark.netting.venuemargin;

import io.bulwark.netting.venuemargin.Pmrm1Parameters.BasisContingency;
import io.bulwark.netting.venuemargin.SpanParameters.DeltaPoint;
import io.bulwark.netting.venuemargin.SpanParameters.InterCommodityCredit;
import io.bulwark.netting.venuemargin.SpanParameters.Ranges;
import io.bulwark.netting.venuemargin.SpanParameters.Scenario;
import io.bulwark.netting.venuemargin.SpanParameters.SpreadCharge;
import io.bulwark.netting.venuemargin.SpotVolatilityScenario.VolatilityMove;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Engines with the parameters that the published files hold. */
final class TestEngines {
    private static final double DAY = 86_400;

    static final DeribitParameters DERIBIT_ETH = new DeribitParameters(
            0.18,
            4,
            new VolatilityShock(0.4, 0.25, 0.3, 0.13, DAY),
            0.5,
            List.of(-0.66, -0.33, 0.5, 1.0, 2.0, 3.0, 4.0, 5.0),
            1,
            200_000,
            0.6,
            20_000_000,
            0.005,
            0.05,
            20_000_000,
            0.000004,
            0.1,
            0.8);

    static final Pmrm1Parameters PMRM1 = new Pmrm1Parameters(
            new BasisContingency(1.05, 0.95, 0.25, 0.01),
            0.98,
            2,
            0.6,
            0.5,
            0.02,
            0.02,
            0.01,
            1.3,
            0.95,
            4,
            0.05,
            new VolatilityShock(0.45, 0.3, 0.3, 0.13, DAY),
            grid(0.05, 3, false));

    static final Pmrm2Parameters PMRM2 = new Pmrm2Parameters(
            new BasisContingency(1.045, 0.955, 0.5, 2),
            new Pmrm2Parameters.Charges(0.98, 2, 0.55, 1, 0.015, 0.005, 0.003, 0.002),
            new Pmrm2Parameters.Factors(1, 0.8, 0.5, 1, 0.08, 0.08, 1.04, 0.95),
            new VolatilityShock(0.5, 0.275, 0.3, 0.13, DAY),
            0.45,
            new Pmrm2Parameters.SkewShock(0.15, -0.05, 0.15, -0.05, 0.01, 4, 0.6, -0.1),
            grid(0.045, 4, true));

    static final StandardParameters STANDARD = new StandardParameters(
            0.05,
            0.065,
            new StandardParameters.Options(0.15, 0.1, 0.075, 0.075, 0.075, 1.2, 1.1, 1.05),
            0.1,
            1,
            0.4,
            0.4,
            0.98,
            1.2);

    static final SpanParameters SPAN =
            span(List.of(new SpreadCharge(0, 2, 0.008)), List.of(new InterCommodityCredit("BTC", 1, "ETH", 18, 0.5)));

    static final SpanParameters SCAN_ALONE = span(List.of(), List.of());

    private TestEngines() {}

    private static List<SpotVolatilityScenario> grid(double step, int steps, boolean skew) {
        List<SpotVolatilityScenario> cells = new ArrayList<>();
        for (int i = -steps; i <= steps; i++) {
            for (VolatilityMove move : List.of(VolatilityMove.UP, VolatilityMove.NONE, VolatilityMove.DOWN)) {
                cells.add(new SpotVolatilityScenario(1 + i * step, move, 1));
            }
        }
        if (skew) {
            cells.add(new SpotVolatilityScenario(1, VolatilityMove.LINEAR, 1));
            cells.add(new SpotVolatilityScenario(1, VolatilityMove.ABSOLUTE, 1));
        }
        return cells;
    }

    private static SpanParameters span(List<SpreadCharge> spreads, List<InterCommodityCredit> credits) {
        List<Scenario> scenarios = new ArrayList<>();
        for (double price : new double[] {0, 1 / 3.0, -1 / 3.0, 2 / 3.0, -2 / 3.0, 1, -1}) {
            scenarios.add(new Scenario(price, 1, 1));
            scenarios.add(new Scenario(price, -1, 1));
        }
        scenarios.add(new Scenario(3, 0, 0.33));
        scenarios.add(new Scenario(-3, 0, 0.33));
        return new SpanParameters(
                scenarios,
                1,
                List.of(new DeltaPoint(0, 0.5), new DeltaPoint(1, 0.25), new DeltaPoint(-1, 0.25)),
                Map.of(
                        "BTC", new Ranges(0.16, 0.5, 0.01, List.of(7, 35, 100), spreads),
                        "ETH", new Ranges(0.18, 0.4, 0.01, List.of(7, 35, 100), spreads)),
                credits,
                1.1);
    }
}
