package io.bulwark.netting.liquidity;

import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.clearing.position.MarketReport;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far each venue's mark of a coin stands from the median of all venues' marks of it (venue risk, section 1).
 *
 * <p>A venue has one voice in the median, however many contracts it lists; its own deviation is that of the contract that is furthest away.
 * Dated contracts are compared with those of the same expiry, for what they differ by otherwise is the price of time, which the basis
 * charge has. A coin that a single venue marks has no deviation: there is nothing to part from.
 */
final class MarkDispersion {
    /** More than the whole is not recorded: what it means is a wrong number, and the whole charges all there is. */
    private static final BigInteger MOST = BigInteger.valueOf(Rounding.PPM);

    private static final long UNDATED = 0;

    private final Map<Integer, Map<Long, SortedMap<Integer, List<Amount>>>> marks = new TreeMap<>();

    private MarkDispersion() {}

    /**
     * Deviations in ppm, rounded up, by group and venue.
     *
     * @param reports of the epoch; marks that are older than the window are not compared
     * @param epochTimeMillis the epoch's time
     * @param windowMillis how far apart in time marks are still comparable
     */
    static SortedMap<MarketRecord.Key, Long> of(
            Listing listing, List<MarketReport> reports, long epochTimeMillis, long windowMillis) {
        MarkDispersion dispersion = new MarkDispersion();
        for (ListedInstrument instrument : listing.instruments()) {
            reports.stream()
                    .filter(r -> r.kind() == MarketReport.Kind.MARK
                            && r.subject().equals(instrument.name())
                            && r.venue() == instrument.venue()
                            && Math.abs(Math.subtractExact(epochTimeMillis, r.timeMillis())) <= windowMillis)
                    .forEach(r -> dispersion.add(instrument, r.value()));
        }
        return dispersion.parted();
    }

    private void add(ListedInstrument instrument, Amount mark) {
        long date = switch (instrument.contract()) {
            case Instrument.Future future -> future.expiryMillis();
            default -> UNDATED;
        };
        if (!instrument.paidUp()) {
            marks.computeIfAbsent(instrument.group(), g -> new TreeMap<>())
                    .computeIfAbsent(date, d -> new TreeMap<>())
                    .computeIfAbsent(instrument.venue(), v -> new ArrayList<>())
                    .add(mark);
        }
    }

    private SortedMap<MarketRecord.Key, Long> parted() {
        SortedMap<MarketRecord.Key, Long> parted = new TreeMap<>();
        marks.forEach((group, dates) -> dates.values().stream()
                .filter(venues -> venues.size() > 1)
                .forEach(venues -> {
                    Amount twice = twiceMedian(venues.values().stream()
                            .map(own -> half(twiceMedian(own)))
                            .toList());
                    venues.forEach((venue, own) -> own.forEach(mark -> parted.merge(
                            new MarketRecord.Key(MarketRecord.Kind.PARTED, group, venue),
                            apart(mark, twice),
                            Math::max)));
                }));
        return parted;
    }

    private static Amount half(Amount twice) {
        return twice.times(new Amount(BigInteger.valueOf(5), 1));
    }

    /** Twice the median, so that the middle of two needs no division. */
    private static Amount twiceMedian(List<Amount> values) {
        List<Amount> sorted = values.stream().sorted().toList();
        return sorted.get((sorted.size() - 1) / 2).plus(sorted.get(sorted.size() / 2));
    }

    private static long apart(Amount mark, Amount twice) {
        Amount off = mark.plus(mark).minus(twice).abs();
        BigInteger over = off.unscaled().multiply(MOST).multiply(BigInteger.TEN.pow(twice.scale()));
        BigInteger under = twice.unscaled().multiply(BigInteger.TEN.pow(off.scale()));
        return Rounding.cdiv(over, under).min(MOST).longValueExact();
    }
}
