package io.bulwark.house.survey;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.OracleParameters;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.MarketReport;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.house.founding.FoundingFile;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The snapshots of an epoch: the venues' bytes, and what they say, understood once.
 *
 * @param raw the bytes
 * @param said what each says, in the same order
 */
public record SnapshotSet(List<RawSnapshot> raw, List<VenueSnapshot> said) {
    private static final long PER_CENT = 100;
    private static final long MILLIS = 1000;

    /** Copies the lists. */
    public SnapshotSet {
        raw = List.copyOf(raw);
        said = List.copyOf(said);
        if (raw.size() != said.size()) {
            throw new IllegalArgumentException(
                    "every snapshot must say something; have " + raw.size() + " and " + said.size());
        }
    }

    /** What raw snapshots say by a founding file's venue connections. */
    public static SnapshotSet of(List<RawSnapshot> raw, FoundingFile founding) {
        Meanings meanings = new Meanings(founding);
        return new SnapshotSet(raw, raw.stream().map(meanings::normalise).toList());
    }

    /** The snapshots' ids, in order. */
    public List<Digest> ids() {
        return raw.stream().map(RawSnapshot::id).toList();
    }

    /**
     * The time of an epoch over these snapshots: of each venue's newest time the governed quantile, so that no single venue sets it; at
     * most the clock's skew before the newest, so that venues that fell silent do not hold it; never before the epoch before. Governed
     * numbers
     * that do not name the quantile are of before it was asked: the newest time of all.
     *
     * @param before time of the epoch before; empty in the first
     * @return UTC epoch milliseconds; 0 without a snapshot
     */
    public long timeMillis(ParameterSet parameters, OptionalLong before) {
        List<Long> newest = raw.stream()
                .collect(Collectors.toMap(
                        snapshot -> snapshot.account().venue(),
                        snapshot -> snapshot.horizon().timeMillis(),
                        Math::max))
                .values()
                .stream()
                .sorted()
                .toList();
        if (newest.isEmpty()) {
            return 0;
        }
        if (!parameters.values().containsKey(OracleParameters.TIME_QUANTILE.name())) {
            return newest.getLast();
        }
        long share = parameters.value(OracleParameters.TIME_QUANTILE);
        int place = Math.toIntExact(Math.ceilDiv(Math.multiplyExact(share, newest.size()), PER_CENT));
        int robust = Math.min(place, Math.max(1, newest.size() - 1));
        long skew = Math.multiplyExact(MILLIS, parameters.value(OracleParameters.CLOCK_SKEW));
        long held = Math.max(newest.get(robust - 1), Math.subtractExact(newest.getLast(), skew));
        return Math.max(held, before.orElse(held));
    }

    /** The price reports that they carry, by id, each once. */
    public List<PriceReport> reports() {
        return said.stream()
                .flatMap(s -> s.reports().stream())
                .distinct()
                .sorted(Comparator.comparing(PriceReport::id))
                .toList();
    }

    /** What they show of markets, each once: marks of all but options among the price reports, and whatever else venues show. */
    public List<MarketReport> market(Listing listing) {
        Set<String> marked = listing.instruments().stream()
                .filter(instrument -> !instrument.paidUp())
                .map(ListedInstrument::name)
                .collect(Collectors.toSet());
        return MarketReport.ordered(said.stream()
                .flatMap(s -> Stream.concat(
                        s.reports().stream()
                                .filter(r -> r.measure() == Measure.MARK_PRICE && marked.contains(r.subject()))
                                .map(r -> new MarketReport(
                                        r.venue(),
                                        MarketReport.Kind.MARK,
                                        r.subject(),
                                        r.value(),
                                        s.grade(),
                                        r.timeMillis())),
                        s.market().stream()))
                .toList());
    }
}
