package io.bulwark.netting.scan;

import io.bulwark.netting.formula.MarginBook;
import io.bulwark.netting.formula.MarginLine;
import io.bulwark.netting.formula.Precision;
import io.bulwark.netting.margin.MarginAdmission;
import io.bulwark.netting.portfolio.MarginAccount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Accounts flattened for a scan: lines of one group stand together (a segment), segments of one account too.
 *
 * <p>Lots fit 32 bits because only admitted accounts are taken, and their gross bound keeps every 64-bit sum exact.
 */
public final class ScanBook {
    private final int[] firstSegment;
    private final int[] firstLine;
    private final int[] places;
    private final int[] lossLots;
    private final int[] segmentGroups;

    private ScanBook(
            List<Integer> firstSegment,
            List<Integer> firstLine,
            List<Integer> places,
            List<Integer> lots,
            List<Integer> groups) {
        this.firstSegment = array(firstSegment);
        this.firstLine = array(firstLine);
        this.places = array(places);
        this.lossLots = array(lots);
        this.segmentGroups = array(groups);
    }

    static ScanBook of(ScanLayout layout, List<MarginAccount> accounts) {
        List<Integer> firstSegment = new ArrayList<>();
        List<Integer> firstLine = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        List<Integer> lots = new ArrayList<>();
        List<Integer> groups = new ArrayList<>();
        for (MarginAccount account : accounts) {
            firstSegment.add(firstLine.size());
            int group = -1;
            for (MarginLine holding : byGroup(layout, account)) {
                if (holding.group() != group) {
                    firstLine.add(places.size());
                    group = holding.group();
                    groups.add(group);
                }
                places.add(layout.place(holding));
                lots.add(Math.toIntExact(holding.lossLots()));
            }
        }
        firstSegment.add(firstLine.size());
        firstLine.add(places.size());
        return new ScanBook(firstSegment, firstLine, places, lots, groups);
    }

    private static List<MarginLine> byGroup(ScanLayout layout, MarginAccount account) {
        MarginAdmission.firstFault(layout.table(), account).ifPresent(fault -> {
            throw new IllegalArgumentException(fault.text());
        });
        return MarginBook.of(layout.table(), account, Precision.INT128).holdings().stream()
                .sorted(Comparator.comparingInt(MarginLine::group))
                .toList();
    }

    private static int[] array(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Number of accounts. */
    public int accounts() {
        return firstSegment.length - 1;
    }

    /** The accounts with a line in one of some groups, in order: those that a price tick of these groups touches. */
    public int[] accountsIn(Set<Integer> groups) {
        return IntStream.range(0, accounts())
                .filter(account -> IntStream.range(firstSegment[account], firstSegment[account + 1])
                        .anyMatch(segment -> groups.contains(segmentGroups[segment])))
                .toArray();
    }

    int firstSegment(int account) {
        return firstSegment[account];
    }

    int firstLine(int segment) {
        return firstLine[segment];
    }

    /** Which risk array a line reads. */
    int place(int line) {
        return places[line];
    }

    int lossLots(int line) {
        return lossLots[line];
    }
}
