package io.bulwark.netting.liquidity;

import static io.bulwark.clearing.document.CanonicalValue.array;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.netting.liquidity.AddOnSlopes.SlopeBasis;
import io.bulwark.netting.risktable.RiskTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the size charges of a sealed table rest on, as its provenance says. Whatever is not named rests on governed numbers.
 *
 * @param instruments by permanent number: half the spread, then the crowd's slope on longs and on shorts
 * @param assets by permanent number: the crowd's slope on longs and on shorts
 * @param groups by permanent number: the impact of what is sold and of what is bought
 */
public record SlopeBases(
        SortedMap<Integer, List<SlopeBasis>> instruments,
        SortedMap<Integer, List<SlopeBasis>> assets,
        SortedMap<Integer, List<SlopeBasis>> groups) {
    /** Name of the entry of a provenance. */
    public static final String NAMED = "slopes";

    /** Copies. */
    public SlopeBases {
        instruments = Collections.unmodifiableSortedMap(new TreeMap<>(instruments));
        assets = Collections.unmodifiableSortedMap(new TreeMap<>(assets));
        groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
    }

    /** Of a table; empty of one whose epoch charged by governed numbers alone. */
    public static Optional<SlopeBases> of(RiskTable table) {
        return table.built(NAMED)
                .map(said -> read(CanonicalFields.of("provenance", array(said)).list(NAMED, SlopeBases::rows)));
    }

    /** How many slopes rest on something. */
    public long count(SlopeBasis basis) {
        return Stream.of(instruments, assets, groups)
                .flatMap(named -> named.values().stream())
                .flatMap(List::stream)
                .filter(basis::equals)
                .count();
    }

    private static SlopeBases read(List<SortedMap<Integer, List<SlopeBasis>>> kinds) {
        return new SlopeBases(kinds.get(0), kinds.get(1), kinds.get(2));
    }

    private static SortedMap<Integer, List<SlopeBasis>> rows(CanonicalFields kind) {
        SortedMap<Integer, List<SlopeBasis>> rows = new TreeMap<>();
        while (!kind.isAtEnd()) {
            CanonicalFields row = kind.fields("row");
            int number = Math.toIntExact(row.integer("number", 0, Integer.MAX_VALUE));
            CanonicalFields words = row.fields("bases");
            List<SlopeBasis> bases = new ArrayList<>();
            while (!words.isAtEnd()) {
                bases.add(SlopeBasis.valueOf(words.text("basis").toUpperCase(Locale.ROOT)));
            }
            rows.put(number, List.copyOf(bases));
        }
        return rows;
    }
}
