package io.bulwark.netting.risktable;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the table says of one lot of an instrument.
 *
 * @param number permanent number
 * @param id e.g. ETH-30D-1.0-C
 * @param group number of the group in whose rows it stands
 * @param paidUp true if a long lot can never owe anything (an option bought and paid)
 * @param days expiry key of a dated instrument, whole days
 * @param value mark of one lot, u; 0 for perpetuals and futures, which settle daily
 * @param row profit and loss of one long lot per scenario row, u
 * @param rowShort for a two-asset product: profit and loss taken for a lot held short, never below {@code row}
 * @param es profit and loss of one long lot per expected-shortfall row, u
 * @param delta per underlying group, sorted by group, u per lot
 * @param vega per underlying group, sorted by group, u per lot and volatility point
 * @param spread cost of crossing the spread, u per lot
 * @param crowd concentration slopes, u per lot
 * @param knots own-size increments of the liquidity charge, thresholds in lots
 * @param bound the largest magnitude that a lot can add to any sum, u
 * @param venue number of the venue at which it stands, 0 where that is none
 */
public record InstrumentRisk(
        int number,
        String id,
        int group,
        boolean paidUp,
        OptionalInt days,
        long value,
        IntColumn row,
        Optional<IntColumn> rowShort,
        IntColumn es,
        List<Sensitivity> delta,
        List<Sensitivity> vega,
        long spread,
        CrowdSlopes crowd,
        List<Knot> knots,
        long bound,
        int venue)
        implements RiskEntry {

    /** Copies and checks signs and order. */
    public InstrumentRisk {
        delta = List.copyOf(delta);
        vega = List.copyOf(vega);
        knots = List.copyOf(knots);
        String where = "instrument " + id;
        Require.notBlank(id, "instrument id");
        Require.notNegative(number, where + " number");
        Require.that(days.isEmpty() || days.getAsInt() >= 0, where + " days", "must be >= 0", days);
        Require.notNegative(bound, where + " bound");
        Entries.sorted(delta, where + " delta");
        Entries.sorted(vega, where + " vega");
    }

    /** The risk array that a signed quantity reads: the short row for a short lot of a two-asset product, else the row. */
    public IntColumn rowFor(long lots) {
        return lots > 0 ? row : rowShort.orElse(row);
    }

    /** The same entry with the bound that its other fields require. */
    public InstrumentRisk bounded() {
        return new InstrumentRisk(
                number,
                id,
                group,
                paidUp,
                days,
                value,
                row,
                rowShort,
                es,
                delta,
                vega,
                spread,
                crowd,
                knots,
                EntryBound.of(this),
                venue);
    }
}
