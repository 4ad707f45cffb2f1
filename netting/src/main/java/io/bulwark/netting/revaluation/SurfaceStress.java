package io.bulwark.netting.revaluation;

import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable.GroupMoves;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.scenario.GroupRange;
import io.bulwark.netting.scenario.PriceMoves;
import io.bulwark.netting.scenario.ScenarioRows;
import io.bulwark.netting.surface.RepairedSurface;
import io.bulwark.netting.surface.StaticArbitrage;
import io.bulwark.netting.surface.StaticArbitrage.ArbitrageViolation;
import io.bulwark.netting.surface.StaticArbitrage.ListedExpiry;
import io.bulwark.netting.surface.VolatilitySurface;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One row of the joint grid as a surface: what could be traded against it, and a surface near it that cannot be.
 *
 * @param shock the row in words
 * @param violations among the listed strikes and expiries
 * @param surface the shocked surface
 * @param expiries the listed expiries as they stand after the move of the forward
 */
public record SurfaceStress(
        String shock, List<ArbitrageViolation> violations, VolatilitySurface surface, List<ListedExpiry> expiries) {
    private static final double PPM = 1e6;

    /** Copies. */
    public SurfaceStress {
        violations = List.copyOf(violations);
        expiries = List.copyOf(expiries);
    }

    /**
     * Every row of the joint grid under the published rule.
     *
     * @param base the surface of the epoch
     * @param expiries what is listed
     * @param rangePpm X, the price range of the underlying
     */
    public static List<SurfaceStress> joint(VolatilitySurface base, List<ListedExpiry> expiries, int rangePpm) {
        List<ScenarioRow> rows = ScenarioRows.joint();
        GroupMoves moves = new PriceMoves(List.of(), List.of(), (int) PPM, true)
                .of(new GroupRange(0, "listed", rangePpm, 0), rows, IntColumn.zeros(1));
        Worlds worlds = Worlds.stress(rows, SurfaceRule.PUBLISHED);
        List<SurfaceStress> stresses = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            double logMove = StrictMath.log(1 + moves.shock().at(row) / PPM);
            StressedSurface surface = new StressedSurface(
                    base,
                    SurfaceRule.PUBLISHED,
                    logMove,
                    worlds.level[row],
                    worlds.twist[row],
                    worlds.skew[row],
                    worlds.wait[row]);
            List<ListedExpiry> moved = moved(expiries, logMove);
            stresses.add(new SurfaceStress(
                    words(rows.get(row), moves.shock().at(row)),
                    StaticArbitrage.listed(surface, moved),
                    surface,
                    moved));
        }
        return stresses;
    }

    /** The surface free of arbitrage near this one, at the listed expiries. */
    public RepairedSurface repaired() {
        return RepairedSurface.of(surface, expiries);
    }

    private static List<ListedExpiry> moved(List<ListedExpiry> expiries, double logMove) {
        return expiries.stream()
                .map(expiry -> new ListedExpiry(
                        expiry.years(),
                        Arrays.stream(expiry.logStrikes()).map(k -> k - logMove).toArray()))
                .toList();
    }

    private static String words(ScenarioRow row, int shock) {
        StringBuilder words = new StringBuilder(String.format(Locale.ROOT, "price %+.1f %%", shock / (PPM / 100)));
        int volatility = row.volatilityShock().signum();
        words.append(volatility > 0 ? ", volatility up" : volatility < 0 ? ", volatility down" : ", volatility flat");
        if (row.skewSlope().signum() != 0) {
            words.append(row.skewSlope().signum() > 0 ? ", steepened" : ", inverted");
        }
        if (row.twist() != 0) {
            words.append(row.twist() > 0 ? ", front up and back down" : ", front down and back up");
        }
        return words.toString();
    }
}
