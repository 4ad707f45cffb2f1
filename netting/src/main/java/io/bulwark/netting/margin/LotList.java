package io.bulwark.netting.margin;

import io.bulwark.netting.portfolio.Entry;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Lists of lots added by number; entries that cancel are dropped. */
final class LotList {
    private LotList() {}

    /** The sum of two lists, sorted by number. A sum beyond 64 bits saturates: it is far out of range either way. */
    static List<Entry> sum(List<Entry> first, List<Entry> second) {
        SortedMap<Integer, Long> lots = new TreeMap<>();
        first.forEach(entry -> lots.merge(entry.number(), entry.lots(), LotList::saturatingSum));
        second.forEach(entry -> lots.merge(entry.number(), entry.lots(), LotList::saturatingSum));
        return lots.entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .map((Map.Entry<Integer, Long> entry) -> new Entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static long saturatingSum(long a, long b) {
        long sum = a + b;
        boolean overflow = ((a ^ sum) & (b ^ sum)) < 0;
        return overflow ? (a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
    }
}
