package io.bulwark.netting.scan;

import io.bulwark.netting.formula.MarginBook;
import io.bulwark.netting.formula.MarginLine;
import io.bulwark.netting.portfolio.MarginAccount.Standing;
import io.bulwark.netting.risktable.VenueRisk;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Accounts flattened by where their lines stand: of each account first the lines that are free, then those at every venue that acts on
 * its own or has a standing. What stands at a venue that never acts is in no segment: the paths ask nothing of it.
 */
final class ScanVenues {
    private final long[] cash;
    private final int[] firstSegment;
    private final int[] firstLine;
    private final long[] distances;
    private final ScanLines lines;
    private final int[] firstKey;
    private final int[] keys;
    private final int[] firstLeg;
    private final ScanLines legs;

    private ScanVenues(Flattening all) {
        this.cash = all.cash.stream().mapToLong(Long::longValue).toArray();
        this.firstSegment = ScanBook.array(all.firstSegment);
        this.firstLine = ScanBook.array(all.firstLine);
        this.distances = all.distances.stream().mapToLong(Long::longValue).toArray();
        this.lines = all.lines.columns();
        this.firstKey = ScanBook.array(all.firstKey);
        this.keys = ScanBook.array(all.keys);
        this.firstLeg = ScanBook.array(all.firstLeg);
        this.legs = all.legs.columns();
    }

    /** Cash of an account, u, signed. */
    long cash(int account) {
        return cash[account];
    }

    /** The segment of an account's free lines; the venues' follow. */
    int firstSegment(int account) {
        return firstSegment[account];
    }

    int firstLine(int segment) {
        return firstLine[segment];
    }

    /** d of the venue of a segment, u. */
    long distance(int segment) {
        return distances[segment];
    }

    ScanLines lines() {
        return lines;
    }

    int firstKey(int account) {
        return firstKey[account];
    }

    /** Which charge on parting marks, of a group at a venue. */
    int key(int at) {
        return keys[at];
    }

    int firstLeg(int at) {
        return firstLeg[at];
    }

    /** Legs of positions by account and key: which delta, and lots with their sign. */
    ScanLines legs() {
        return legs;
    }

    /** Accounts on their way into columns. */
    static final class Flattening {
        private final ScanLayout layout;
        private final List<Long> cash = new ArrayList<>();
        private final List<Integer> firstSegment = new ArrayList<>();
        private final List<Integer> firstLine = new ArrayList<>();
        private final List<Long> distances = new ArrayList<>();
        private final Growing lines = new Growing();
        private final List<Integer> firstKey = new ArrayList<>();
        private final List<Integer> keys = new ArrayList<>();
        private final List<Integer> firstLeg = new ArrayList<>();
        private final Growing legs = new Growing();

        Flattening(ScanLayout layout) {
            this.layout = layout;
        }

        void add(MarginBook book) {
            if (layout.paths().isPresent()) {
                cash.add(book.cash());
                addSegments(book);
                addLegs(book);
            }
        }

        ScanVenues flattened() {
            firstSegment.add(firstLine.size());
            firstLine.add(lines.size());
            firstKey.add(keys.size());
            firstLeg.add(legs.size());
            return new ScanVenues(this);
        }

        private void addSegments(MarginBook book) {
            VenueRisk risk = book.table().venueRisk();
            SortedMap<Integer, List<MarginLine>> byVenue = new TreeMap<>();
            byVenue.put(VenueRisk.FREE, new ArrayList<>());
            for (MarginLine holding : book.holdings()) {
                if (holding.venue() == VenueRisk.FREE || risk.liquidates(holding.venue())) {
                    byVenue.computeIfAbsent(holding.venue(), venue -> new ArrayList<>())
                            .add(holding);
                }
            }
            SortedMap<Integer, Long> standings = new TreeMap<>();
            for (Standing standing : book.standings()) {
                byVenue.computeIfAbsent(standing.venue(), venue -> new ArrayList<>());
                standings.put(standing.venue(), standing.distance());
            }
            firstSegment.add(firstLine.size());
            byVenue.forEach((venue, holdings) -> {
                firstLine.add(lines.size());
                distances.add(standings.getOrDefault(venue, 0L));
                holdings.forEach(holding -> lines.add(layout.place(holding), Math.toIntExact(holding.lossLots())));
            });
        }

        private void addLegs(MarginBook book) {
            MarkParting parting = layout.parting();
            SortedMap<Integer, List<Held>> byKey = new TreeMap<>();
            book.positions()
                    .forEach(position -> parting.legs(position.number())
                            .forEach(leg -> byKey.computeIfAbsent(leg.key(), key -> new ArrayList<>())
                                    .add(new Held(leg.slot(), position.lots()))));
            firstKey.add(keys.size());
            byKey.forEach((key, held) -> {
                keys.add(key);
                firstLeg.add(legs.size());
                held.forEach(leg -> legs.add(leg.slot(), Math.toIntExact(leg.lots())));
            });
        }
    }

    /** Signed lots of a delta. */
    private record Held(int slot, long lots) {}

    /** Two columns that grow. */
    private static final class Growing {
        private final List<Integer> places = new ArrayList<>();
        private final List<Integer> lots = new ArrayList<>();

        void add(int place, int count) {
            places.add(place);
            lots.add(count);
        }

        int size() {
            return places.size();
        }

        ScanLines columns() {
            return new ScanLines(ScanBook.array(places), ScanBook.array(lots));
        }
    }
}
