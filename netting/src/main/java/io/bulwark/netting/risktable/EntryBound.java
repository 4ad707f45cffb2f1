package io.bulwark.netting.risktable;

import java.util.List;
import java.util.stream.LongStream;

/** The largest magnitude that one lot of an entry can add to any sum of the margin, u. A table builder publishes it; admission of accounts rests on it. */
public final class EntryBound {
    private EntryBound() {}

    /** Bound of an instrument: rows, shortfall rows, value, Σ|δ|, 5·Σ|vega|, spread + larger crowd side + knot slopes. */
    public static long of(InstrumentRisk instrument) {
        return LongStream.of(
                        largest(instrument.row()),
                        instrument.rowShort().map(EntryBound::largest).orElse(0L),
                        largest(instrument.es()),
                        Math.abs(instrument.value()),
                        sum(instrument.delta()),
                        5 * sum(instrument.vega()),
                        instrument.spread() + instrument.crowd().larger() + slopes(instrument.knots()))
                .max()
                .orElseThrow();
    }

    /** Bound of an asset: rows, debt rows, shortfall rows of both, what its venue counts, D, Σ|δ|, larger crowd side + knot slopes. */
    public static long of(AssetRisk asset) {
        return LongStream.of(
                        largest(asset.row()),
                        largest(asset.debtRow()),
                        largest(asset.es()),
                        largest(asset.debtEs()),
                        largest(asset.at().row()),
                        asset.debtValue(),
                        sum(asset.delta()),
                        asset.crowd().larger() + slopes(asset.knots()))
                .max()
                .orElseThrow();
    }

    private static long largest(IntColumn column) {
        return column.stream().mapToLong(entry -> Math.abs((long) entry)).max().orElse(0);
    }

    private static long sum(List<Sensitivity> sensitivities) {
        return sensitivities.stream()
                .mapToLong(s -> Math.abs((long) s.amount()))
                .sum();
    }

    private static long slopes(List<Knot> knots) {
        return knots.stream().mapToLong(Knot::slope).sum();
    }
}
