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
 * Accounts flattened for a scan: lines of one group stand together (a segment), segments of one account too. Over a table with venues the
 * same lines stand a second time in the order of the places at which they are.
 *
 * <p>Only admitted accounts are taken: their gross bound keeps every 64-bit sum exact.
 */
public final class ScanBook {
    private final int[] firstSegment;
    private final int[] firstLine;
    private final int[] segmentGroups;
    private final ScanLines lines;
    private final ScanVenues venues;

    private ScanBook(
            List<Integer> firstSegment,
            List<Integer> firstLine,
            List<Integer> groups,
            ScanLines lines,
            ScanVenues venues) {
        this.firstSegment = array(firstSegment);
        this.firstLine = array(firstLine);
        this.segmentGroups = array(groups);
        this.lines = lines;
        this.venues = venues;
    }

    static ScanBook of(ScanLayout layout, List<MarginAccount> accounts) {
        List<Integer> firstSegment = new ArrayList<>();
        List<Integer> firstLine = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        List<Integer> lots = new ArrayList<>();
        List<Integer> groups = new ArrayList<>();
        ScanVenues.Flattening venues = new ScanVenues.Flattening(layout);
        for (MarginAccount account : accounts) {
            MarginBook book = admitted(layout, account);
            firstSegment.add(firstLine.size());
            int group = -1;
            for (MarginLine holding : byGroup(book)) {
                if (holding.group() != group) {
                    firstLine.add(places.size());
                    group = holding.group();
                    groups.add(group);
                }
                places.add(layout.place(holding));
                lots.add(Math.toIntExact(holding.lossLots()));
            }
            venues.add(book);
        }
        firstSegment.add(firstLine.size());
        firstLine.add(places.size());
        return new ScanBook(
                firstSegment, firstLine, groups, new ScanLines(array(places), array(lots)), venues.flattened());
    }

    private static MarginBook admitted(ScanLayout layout, MarginAccount account) {
        MarginAdmission.firstFault(layout.table(), account).ifPresent(fault -> {
            throw new IllegalArgumentException(fault.text());
        });
        return MarginBook.of(layout.table(), account, Precision.INT128);
    }

    private static List<MarginLine> byGroup(MarginBook book) {
        return book.holdings().stream()
                .sorted(Comparator.comparingInt(MarginLine::group))
                .toList();
    }

    static int[] array(List<Integer> values) {
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

    /** The lines by account and group. */
    ScanLines lines() {
        return lines;
    }

    /** The same by the venues at which they stand; of no account over a table without venues. */
    ScanVenues venues() {
        return venues;
    }
}
