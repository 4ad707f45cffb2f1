package io.bulwark.clearing.round;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.node.NodeList;
import io.bulwark.clearing.observation.Observations;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.round.Evidence.Absent;
import io.bulwark.clearing.round.Evidence.Copy;
import io.bulwark.clearing.round.Evidence.Equivocation;
import io.bulwark.clearing.round.Evidence.Mismatch;
import io.bulwark.clearing.round.Evidence.Outlier;
import io.bulwark.clearing.round.Evidence.Refuted;
import io.bulwark.clearing.round.RoundMessage.Signed;
import io.bulwark.clearing.round.RoundRecord.Opened;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Evidence from its bytes, in words, and weighed where that takes more than signatures. */
final class EvidenceReading {
    private EvidenceReading() {}

    /** What it says of the accused. */
    static String words(Evidence evidence) {
        return switch (evidence) {
            case Equivocation e ->
                "said two things of one kind (" + e.first().message().kind().word() + ", view "
                        + e.turn().view() + ")";
            case Mismatch ignored -> "what it revealed is not what it committed to";
            case Copy ignored -> "its commitment is another node's";
            case Absent e -> "showed nothing until " + e.waited().size() + " nodes had stopped waiting";
            case Outlier e -> "a price of " + e.account() + " lies beyond the bound from the median";
            case Refuted ignored -> "signed an epoch that does not follow from its inputs";
        };
    }

    static Evidence read(byte[] encoded) {
        CanonicalFields fields = CanonicalFields.document(CanonicalReader.read(encoded), "bulwark-evidence", 1);
        String word = fields.text("fault");
        CanonicalFields of = fields.fields("content");
        fields.end();
        Evidence evidence = switch (word) {
            case "equivocation" -> new Equivocation(signed(of, "first"), signed(of, "second"));
            case "mismatch" -> new Mismatch(opened(of));
            case "copied" -> new Copy(signed(of, "copy"), opened(of));
            case "absent" ->
                new Absent(
                        of.digest("accused"),
                        values(of.value("waited")).stream().map(Signed::of).toList());
            case "outlier" -> outlier(of);
            case "refuted" -> new Refuted(signed(of, "said"), RoundRecord.of(of.value("record")));
            default -> throw new CanonicalException("evidence.fault", "\"" + word + "\"", "must be a known fault");
        };
        of.end();
        if (!Arrays.equals(evidence.canonical().encode(), encoded)) {
            throw new CanonicalException("evidence", evidence.digest().hex(), "must be in its one form");
        }
        return evidence;
    }

    private static Signed signed(CanonicalFields fields, String field) {
        return Signed.of(fields.value(field));
    }

    private static Opened opened(CanonicalFields fields) {
        return new Opened(signed(fields, "commitment"), signed(fields, "reveal"));
    }

    private static Outlier outlier(CanonicalFields fields) {
        return new Outlier(
                fields.digest("accused"),
                new VenueAccount((int) fields.integer("venue", 0, Integer.MAX_VALUE), fields.text("address")),
                RoundRecord.of(fields.value("record")),
                values(fields.value("snapshots")).stream().map(RawSnapshot::of).toList());
    }

    private static List<CanonicalValue> values(CanonicalValue value) {
        if (value instanceof CanonicalValue.Array(List<CanonicalValue> values)) {
            return values;
        }
        throw new CanonicalException("evidence", "another value", "must be a list");
    }

    /** Why an outlier is none, in words: everything that was observed of the account must lie there, and what it says is recomputed. */
    static Optional<String> weakness(Outlier outlier, NodeList list, Evidence.Recomputation recomputation) {
        Optional<String> flaw = outlier.record().flaw(list, outlier.turn());
        if (flaw.isPresent()) {
            return flaw;
        }
        SortedMap<Digest, RawSnapshot> byId = new TreeMap<>();
        outlier.snapshots().forEach(raw -> byId.put(raw.id(), raw));
        SortedMap<Digest, RawSnapshot> contents = new TreeMap<>();
        for (Map.Entry<Digest, Digest> observer : outlier.record()
                .observed()
                .getOrDefault(outlier.account(), new TreeMap<>())
                .entrySet()) {
            RawSnapshot raw = byId.get(observer.getValue());
            if (raw == null || !raw.account().equals(outlier.account())) {
                return Optional.of(
                        "it must hold what " + list.name(observer.getKey()) + " observed of " + outlier.account());
            }
            if (!Observations.isSealed(raw)) {
                contents.put(observer.getKey(), raw);
            }
        }
        if (contents.size() < list.threshold()) {
            return Optional.of("at least " + list.threshold() + " nodes must have observed " + outlier.account());
        }
        boolean beyond = new Observations(list.threshold(), contents)
                .outliers(recomputation::meaning, list.terms().outlierPpm()).stream()
                        .anyMatch(deviation -> deviation.node().equals(outlier.accused()));
        return beyond
                ? Optional.empty()
                : Optional.of("a price of " + list.name(outlier.accused()) + " must lie further than "
                        + list.terms().outlierPpm() + " ppm from the median; none does");
    }
}
