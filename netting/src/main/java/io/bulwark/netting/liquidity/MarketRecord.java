package io.bulwark.netting.liquidity;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.risktable.RiskTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.hipparchus.stat.StatUtils;

/**
 * What a house's epochs have observed, one figure a day for at most a year. Each epoch continues the record of the one before and seals its
 * digest with its table.
 *
 * <p>Of several epochs a day the figure that charges more stands for all of them: a house that seals every minute learns no calmer market
 * than one that seals once.
 *
 * @param series in their order, no key twice
 */
public record MarketRecord(List<Series> series) {
    /** A house that has observed nothing. */
    public static final MarketRecord NONE = new MarketRecord(List.of());

    private static final String SCHEMA = "bulwark-record";
    private static final long VERSION = 1;

    /** Name of the record's digest in the provenance of a table. */
    private static final String NAMED = "record";

    private static final long DAY_MILLIS = 86_400_000;
    private static final int YEAR = 365;
    private static final int QUARTER = 90;
    private static final int PERCENT = 100;

    /** Fewer days do not say what is usual. */
    private static final int SCORED_LEAST = 60;

    /** What is recorded. */
    public enum Kind {
        /** How far a venue's mark of a group stood from the median of all marks, ppm; the largest of a day. */
        PARTED(true),
        /** What bid and ask of an instrument were apart, ppm of their middle; the largest of a day. */
        SPREAD(true),
        /** What was quoted of an instrument within 2 % of the middle, lots; the least of a day. */
        DEPTH(false),
        /** Vega that all accounts of the house together held long in a group, u per volatility point; the least of a day. */
        LONG_VEGA(false),
        /**
         * What the 25-delta put of a group was dearer than the call, ppm of volatility, below 0 where calls are;
         * the largest of a day.
         */
        SKEW(true);

        private final boolean largest;

        Kind(boolean largest) {
            this.largest = largest;
        }

        private long least() {
            return this == SKEW ? -Long.MAX_VALUE : 0;
        }
    }

    /**
     * What is measured of whom.
     *
     * @param kind what
     * @param number permanent number of the group or instrument
     * @param venue number of the venue in the listing; 0 where the kind knows none
     */
    public record Key(Kind kind, int number, int venue) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::kind).thenComparingInt(Key::number).thenComparingInt(Key::venue);

        /** Of the skew of a group, which knows no venue. */
        public static Key skew(int group) {
            return new Key(Kind.SKEW, group, 0);
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * One figure a day.
     *
     * @param key of what
     * @param days increasing
     */
    public record Series(Key key, List<Day> days) {
        /** Copies and checks the order. */
        public Series {
            days = List.copyOf(days);
            for (int i = 1; i < days.size(); i++) {
                if (days.get(i).day() <= days.get(i - 1).day()) {
                    throw new IllegalArgumentException("days of " + key + " must increase; have "
                            + days.get(i).day() + " after " + days.get(i - 1).day());
                }
            }
        }

        private LongStream last(int most) {
            return days.stream().skip(Math.max(0, days.size() - most)).mapToLong(Day::value);
        }
    }

    /**
     * The figure of one day.
     *
     * @param day since 1 January 1970, UTC
     * @param value in the kind's unit; ≥ 0 but of a skew
     */
    public record Day(int day, long value) {}

    /** Copies and checks the order. */
    public MarketRecord {
        series = List.copyOf(series);
        for (int i = 1; i < series.size(); i++) {
            if (series.get(i).key().compareTo(series.get(i - 1).key()) <= 0) {
                throw new IllegalArgumentException("series must stand in their order, each once; have "
                        + series.get(i).key() + " after " + series.get(i - 1).key());
            }
        }
    }

    /** The record with what an epoch observes; what is older than a year is forgotten. */
    public MarketRecord with(long epochTimeMillis, SortedMap<Key, Long> observed) {
        int today = Math.toIntExact(Math.floorDiv(epochTimeMillis, DAY_MILLIS));
        SortedMap<Key, TreeMap<Integer, Long>> all = new TreeMap<>();
        for (Series one : series) {
            TreeMap<Integer, Long> days = new TreeMap<>();
            one.days().stream().filter(d -> d.day() > today - YEAR).forEach(d -> days.put(d.day(), d.value()));
            all.put(one.key(), days);
        }
        observed.forEach((key, value) -> all.computeIfAbsent(key, k -> new TreeMap<>())
                .merge(today, value, key.kind().largest ? Math::max : Math::min));
        List<Series> continued = new ArrayList<>();
        all.forEach((key, days) -> {
            if (!days.isEmpty()) {
                continued.add(new Series(
                        key,
                        days.entrySet().stream()
                                .map(d -> new Day(d.getKey(), d.getValue()))
                                .toList()));
            }
        });
        return new MarketRecord(continued);
    }

    /** The figure of the last day on which there was one. */
    public OptionalLong last(Key key) {
        return find(key).map(one -> one.last(1).findFirst()).orElse(OptionalLong.empty());
    }

    /** On how many days something was observed. */
    public int days(Key key) {
        return find(key).map(one -> one.days().size()).orElse(0);
    }

    /** The ⌈99 n/100⌉-th smallest of the n days: of fewer than a hundred the largest. Empty where nothing was observed. */
    public OptionalLong high(Key key) {
        return find(key)
                .map(one -> one.last(YEAR)
                        .sorted()
                        .skip(Math.ceilDiv((PERCENT - 1) * one.days().size(), PERCENT) - 1L)
                        .findFirst())
                .orElse(OptionalLong.empty());
    }

    /** The least that nineteen in twenty of the last 90 days had: of fewer than twenty the least. Empty where nothing was observed. */
    public OptionalLong low(Key key) {
        return find(key)
                .map(one -> OptionalLong.of(StressDepth.of(one.last(QUARTER).toArray())))
                .orElse(OptionalLong.empty());
    }

    /** The upper median of the last days. Empty where nothing was observed. */
    public OptionalLong median(Key key, int most) {
        return find(key)
                .map(one -> one.last(most)
                        .sorted()
                        .skip(Math.min(most, one.days().size()) / 2)
                        .findFirst())
                .orElse(OptionalLong.empty());
    }

    /**
     * How many deviations the figure of the last day stands above the mean of the year, 10⁻⁶, rounded up. Empty before 60 days are known,
     * or where they do not vary.
     */
    public OptionalLong score(Key key) {
        double[] year =
                find(key).map(one -> one.last(YEAR).asDoubleStream().toArray()).orElse(new double[0]);
        if (year.length < SCORED_LEAST) {
            return OptionalLong.empty();
        }
        double deviation = Math.sqrt(StatUtils.variance(year));
        return deviation < 1
                ? OptionalLong.empty()
                : OptionalLong.of(
                        (long) Math.ceil((year[year.length - 1] - StatUtils.mean(year)) / deviation * Ppm.ONE));
    }

    /** Whether a series is as long as the 90 days of which depth is a quantile. */
    public boolean isWhole(Key key) {
        return days(key) >= QUARTER;
    }

    private Optional<Series> find(Key key) {
        return series.stream().filter(one -> one.key().equals(key)).findFirst();
    }

    /** The tree of market-record.cddl. */
    public CanonicalValue canonical() {
        return array(
                text(SCHEMA),
                integer(VERSION),
                array(series.stream().map(MarketRecord::canonical).toList()));
    }

    private static CanonicalValue canonical(Series one) {
        return array(
                text(one.key().kind().name()),
                integer(one.key().number()),
                integer(one.key().venue()),
                array(one.days().stream()
                        .map(d -> array(integer(d.day()), integer(d.value())))
                        .toList()));
    }

    /**
     * Reads what {@link #canonical} wrote.
     *
     * @throws CanonicalException if the value is not a record in its one order
     */
    public static MarketRecord of(CanonicalValue value) {
        CanonicalFields fields = CanonicalFields.document(value, SCHEMA, VERSION);
        List<Series> series = fields.list("series", MarketRecord::series);
        fields.end();
        return new MarketRecord(series);
    }

    private static Series series(CanonicalFields fields) {
        Key key = new Key(
                Kind.valueOf(fields.text("kind")),
                Math.toIntExact(fields.integer("number", 0, Integer.MAX_VALUE)),
                Math.toIntExact(fields.integer("venue", 0, Integer.MAX_VALUE)));
        return new Series(
                key,
                fields.list(
                        "days",
                        day -> new Day(
                                Math.toIntExact(day.integer("day", 0, Integer.MAX_VALUE)),
                                day.integer("value", key.kind().least(), Long.MAX_VALUE))));
    }

    /** What a table's provenance says of the record that it rests on: its digest, or nothing. */
    public CanonicalValue provenance() {
        return CanonicalValue.bytes(canonical().sha256());
    }

    /** The digest of the record that a table rests on; empty of one that rests on none. */
    public static Optional<Digest> digest(RiskTable table) {
        return table.built(NAMED)
                .filter(CanonicalValue.Bytes.class::isInstance)
                .map(bytes -> Digest.of(((CanonicalValue.Bytes) bytes).value()));
    }
}
