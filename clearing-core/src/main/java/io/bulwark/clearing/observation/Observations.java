package io.bulwark.clearing.observation;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.MarketReport;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.Reading;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.clearing.position.VenueStanding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What several nodes observed of one venue account, each content once with all who observed it.
 *
 * @param least how many must have observed what is believed, t of the nodes
 * @param contents by the observer's key
 */
public record Observations(int least, SortedMap<Digest, RawSnapshot> contents) {
    private static final String LEAST = "bulwark.observations";
    private static final String OBSERVED = "bulwark.observed";
    private static final int OBSERVERS_MAX = 64;

    /** Copies, and checks that all are of one account, and bare. */
    public Observations {
        contents = new TreeMap<>(contents);
        if (least < 1 || contents.size() < least || contents.size() > OBSERVERS_MAX) {
            throw new CanonicalException(
                    "observations",
                    contents.size() + " of " + least,
                    "must be by enough nodes, and by at most " + OBSERVERS_MAX);
        }
        if (contents.values().stream().map(RawSnapshot::account).distinct().count() > 1) {
            throw new CanonicalException(
                    "observations.account", contents.keySet().toString(), "must be one");
        }
        if (contents.values().stream().anyMatch(Observations::isSealed)) {
            throw new CanonicalException("observations", "observations", "must be of a venue's own answers");
        }
    }

    /** Whether a snapshot holds what nodes observed, and not a venue's own answers. */
    public static boolean isSealed(RawSnapshot raw) {
        return !raw.readings().isEmpty() && raw.readings().getFirst().method().equals(LEAST);
    }

    /** As one snapshot, at the lower median of their horizons. */
    public RawSnapshot sealed() {
        TreeMap<Digest, List<Digest>> observers = new TreeMap<>();
        TreeMap<Digest, RawSnapshot> byId = new TreeMap<>();
        contents.forEach((node, raw) -> {
            Digest id = raw.id();
            byId.put(id, raw);
            observers.computeIfAbsent(id, ignored -> new ArrayList<>()).add(node);
        });
        List<Reading> readings = new ArrayList<>(List.of(new Reading(LEAST, Integer.toString(least), new byte[0])));
        observers.forEach((id, nodes) -> readings.add(new Reading(
                OBSERVED,
                String.join(",", nodes.stream().map(Digest::hex).toList()),
                Objects.requireNonNull(byId.get(id)).canonical().encode())));
        return new RawSnapshot(account(), horizon(contents.values()), readings);
    }

    private VenueAccount account() {
        return contents.firstEntry().getValue().account();
    }

    private static Horizon horizon(Collection<RawSnapshot> of) {
        return LowerMedian.of(
                        List.copyOf(of),
                        Comparator.comparingLong(
                                        (RawSnapshot raw) -> raw.horizon().timeMillis())
                                .thenComparing(raw -> raw.horizon().canonical().sha256()))
                .horizon();
    }

    /**
     * Reads what {@link #sealed} made.
     *
     * @throws CanonicalException if the snapshot is not observations in their one form
     */
    public static Observations of(RawSnapshot raw) {
        TreeMap<Digest, RawSnapshot> contents = new TreeMap<>();
        List<Reading> readings = raw.readings();
        for (Reading reading : readings.subList(1, readings.size())) {
            RawSnapshot content = RawSnapshot.of(CanonicalReader.read(reading.result()));
            for (String node : reading.parameters().split(",", OBSERVERS_MAX)) {
                contents.put(digest(node), content);
            }
        }
        Observations observations = new Observations(number(readings.getFirst().parameters()), contents);
        if (!observations.sealed().equals(raw)) {
            throw new CanonicalException(
                    "observations", raw.id().hex(), "must be in their one form, at their median horizon");
        }
        return observations;
    }

    private static Digest digest(String hex) {
        try {
            return Digest.parse(hex);
        } catch (IllegalArgumentException e) {
            throw new CanonicalException("observations.node", hex, "must be a node's key");
        }
    }

    private static int number(String text) {
        if (!text.matches("[1-9][0-9]?")) {
            throw new CanonicalException("observations.least", text, "must be 1 to 99");
        }
        return Integer.parseInt(text);
    }

    /**
     * What sealed observations mean together.
     *
     * @param raw as {@link #sealed} made it
     * @param meaning what one observer's bytes mean; empty where they mean nothing, which is that observer's own loss
     * @throws CanonicalException if too few mean something, or no holdings are said alike by enough
     */
    public static VenueSnapshot meaning(RawSnapshot raw, Function<RawSnapshot, Optional<VenueSnapshot>> meaning) {
        Observations observations = of(raw);
        SortedMap<Digest, VenueSnapshot> said = observations.said(meaning);
        int least = observations.least;
        if (said.size() < least) {
            throw new CanonicalException(
                    "observations", said.size() + " that can be understood", "must be at least " + least);
        }
        Held held = held(said, least);
        return new VenueSnapshot(
                raw,
                held.holdings(),
                medians(said, least, VenueSnapshot::reports, Price::of, Price::report),
                held.grade(),
                held.standings(),
                medians(said, least, VenueSnapshot::market, Shown::of, Shown::report));
    }

    /** What each observer says whose bytes mean something. */
    public SortedMap<Digest, VenueSnapshot> said(Function<RawSnapshot, Optional<VenueSnapshot>> meaning) {
        Map<RawSnapshot, Optional<VenueSnapshot>> once = new HashMap<>();
        TreeMap<Digest, VenueSnapshot> said = new TreeMap<>();
        contents.forEach((node, content) ->
                once.computeIfAbsent(content, meaning).ifPresent(snapshot -> said.put(node, snapshot)));
        return said;
    }

    /** What of an account is the same for all who read it at one horizon. */
    private record Held(List<Holding> holdings, List<VenueStanding> standings, EvidenceGrade grade) {}

    /**
     * What most say alike, and more than may lie: one of them is honest. The first in order of who says it where two are said by as
     * many.
     */
    private static Held held(SortedMap<Digest, VenueSnapshot> said, int least) {
        Map<Held, Integer> counts = new LinkedHashMap<>();
        said.values().forEach(s -> counts.merge(new Held(s.holdings(), s.standings(), s.grade()), 1, Integer::sum));
        Map.Entry<Held, Integer> most = counts.entrySet().stream()
                .reduce((one, other) -> other.getValue() > one.getValue() ? other : one)
                .orElseThrow();
        if (2 * most.getValue() <= least) {
            throw new CanonicalException(
                    "observations.holdings",
                    most.getValue() + " alike of " + said.size(),
                    "must be said alike by more than half of " + least + " nodes");
        }
        return most.getKey();
    }

    /** What is priced. */
    private record Price(int venue, Measure measure, String subject) implements Comparable<Price> {
        private static final Comparator<Price> ORDER = Comparator.comparingInt(Price::venue)
                .thenComparing(Price::measure)
                .thenComparing(Price::subject);

        static Numbered<Price> of(PriceReport report) {
            return new Numbered<>(
                    new Price(report.venue(), report.measure(), report.subject()), report.value(), report.timeMillis());
        }

        PriceReport report(Numbered<Price> median) {
            return new PriceReport(venue, measure, subject, median.value(), median.timeMillis());
        }

        @Override
        public int compareTo(Price other) {
            return ORDER.compare(this, other);
        }
    }

    /** What a market shows; at the weakest grade of those who say it. */
    private record Shown(int venue, MarketReport.Kind kind, String subject, EvidenceGrade grade)
            implements Comparable<Shown> {
        private static final Comparator<Shown> ORDER = Comparator.comparingInt(Shown::venue)
                .thenComparing(Shown::kind)
                .thenComparing(Shown::subject)
                .thenComparing(Shown::grade);

        static Numbered<Shown> of(MarketReport report) {
            return new Numbered<>(
                    new Shown(report.venue(), report.kind(), report.subject(), report.grade()),
                    report.value(),
                    report.timeMillis());
        }

        MarketReport report(Numbered<Shown> median) {
            return new MarketReport(venue, kind, subject, median.value(), grade, median.timeMillis());
        }

        @Override
        public int compareTo(Shown other) {
            return ORDER.compare(this, other);
        }
    }

    /** A number of something, of a time. */
    private record Numbered<K>(K of, Amount value, long timeMillis) {}

    /**
     * Of whatever at least that many say: the lower median of the numbers, and that of the times. A node counts once for each, with
     * its newest.
     */
    private static <R, K extends Comparable<K>> List<R> medians(
            SortedMap<Digest, VenueSnapshot> said,
            int least,
            Function<VenueSnapshot, List<R>> reports,
            Function<R, Numbered<K>> numbered,
            BiFunction<K, Numbered<K>, R> report) {
        TreeMap<K, List<Numbered<K>>> all = new TreeMap<>();
        for (VenueSnapshot snapshot : said.values()) {
            TreeMap<K, Numbered<K>> own = new TreeMap<>();
            reports.apply(snapshot).stream()
                    .map(numbered)
                    .forEach(one -> own.merge(one.of(), one, Observations::newer));
            own.forEach((of, one) ->
                    all.computeIfAbsent(of, ignored -> new ArrayList<>()).add(one));
        }
        List<R> medians = new ArrayList<>();
        all.forEach((of, numbers) -> {
            if (numbers.size() >= least) {
                Amount value =
                        LowerMedian.of(numbers.stream().map(Numbered::value).toList(), Comparator.naturalOrder());
                long time = LowerMedian.of(
                        numbers.stream().map(Numbered::timeMillis).toList(), Comparator.naturalOrder());
                medians.add(report.apply(of, new Numbered<>(of, value, time)));
            }
        });
        return medians;
    }

    private static <K> Numbered<K> newer(Numbered<K> one, Numbered<K> other) {
        int times = Long.compare(one.timeMillis(), other.timeMillis());
        return times > 0 || (times == 0 && one.value().compareTo(other.value()) >= 0) ? one : other;
    }

    /** A node's own price beside that of all. */
    public record Deviation(Digest node, String subject, Amount own, Amount median) {
        /** Whether it lies further from the median than so many millionths of it. */
        public boolean beyond(int ppm) {
            return own.minus(median).abs().times(Amount.of(Ppm.ONE)).compareTo(median.times(Amount.of(ppm))) > 0;
        }
    }

    /** Every price of every node that lies beyond the terms, by node, then subject. */
    public List<Deviation> outliers(Function<RawSnapshot, Optional<VenueSnapshot>> meaning, int ppm) {
        SortedMap<Digest, VenueSnapshot> said = said(meaning);
        TreeMap<Price, Amount> medians = new TreeMap<>();
        medians(said, least, VenueSnapshot::reports, Price::of, Price::report)
                .forEach(r -> medians.put(new Price(r.venue(), r.measure(), r.subject()), r.value()));
        Set<String> seen = new HashSet<>();
        return said.entrySet().stream()
                .flatMap(node -> node.getValue().reports().stream().flatMap(report -> {
                    Amount median = medians.get(new Price(report.venue(), report.measure(), report.subject()));
                    String subject = report.measure() + " of " + report.subject();
                    return median == null
                            ? Stream.<Deviation>empty()
                            : Stream.of(new Deviation(node.getKey(), subject, report.value(), median));
                }))
                .filter(deviation -> deviation.beyond(ppm))
                .filter(deviation -> seen.add(deviation.node() + deviation.subject()))
                .toList();
    }
}
