package io.bulwark.netting.risktable;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The published bound of an entry: the largest magnitude that one lot can add to any sum of the margin, u (margin formula,
 * section 1.1).
 */
public final class Bound {
    /** A move of volatility that crowding charges can reach, in volatility points. */
    private static final long VEGA_POINTS = 5;

    private Bound() {}

    /** Largest of |row|, |rowShort|, |es|, |V|, Σ|δ|, 5·Σ|vega|, spread + larger crowd side + Σ knot slopes. */
    public static long of(InstrumentRisk instrument) {
        return LongStream.of(
                        largest(instrument.row()),
                        instrument.rowShort().map(Bound::largest).orElse(0L),
                        largest(instrument.es()),
                        Math.abs(instrument.value()),
                        gross(instrument.delta()),
                        VEGA_POINTS * gross(instrument.vega()),
                        instrument.spread() + instrument.crowd().larger() + slopes(instrument.knots()))
                .max()
                .orElseThrow();
    }

    /** Largest of |row|, |debtRow|, |es|, |debtEs|, D, Σ|δ|, larger crowd side + Σ knot slopes. */
    public static long of(AssetRisk asset) {
        return LongStream.of(
                        largest(asset.row()),
                        largest(asset.debtRow()),
                        largest(asset.es()),
                        largest(asset.debtEs()),
                        asset.debtValue(),
                        gross(asset.delta()),
                        asset.crowd().larger() + slopes(asset.knots()))
                .max()
                .orElseThrow();
    }

    private static long largest(IntColumn column) {
        return IntStream.range(0, column.length())
                .mapToLong(row -> Math.abs((long) column.at(row)))
                .max()
                .orElse(0);
    }

    private static long gross(List<Sensitivity> sensitivities) {
        return sensitivities.stream().mapToLong(s -> Math.abs((long) s.amount())).sum();
    }

    private static long slopes(List<Knot> knots) {
        return knots.stream().mapToLong(Knot::slope).sum();
    }
}
