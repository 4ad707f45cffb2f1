package io.bulwark.clearing.holding;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.attestation.HoldingPurpose;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.position.EvidenceGrade;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Everything that a house holds for one purpose in one epoch, its reserves or its fund: the document that its quorum signs under the subject
 * {@code holdings}.
 *
 * @param house the house
 * @param epoch number of the epoch
 * @param purpose what all of it is held for
 * @param listed the grade that a holding of each asset must have, as the house lists it; what is not named needs the best
 * @param holdings sorted by what is held and where, each once
 */
public record HoldingList(
        Digest house,
        long epoch,
        HoldingPurpose purpose,
        SortedMap<Held, EvidenceGrade> listed,
        List<ReserveHolding> holdings) {
    /** Most holdings of a list. */
    public static final int HOLDINGS_MAX = 10_000;

    private static final String SCHEMA = "bulwark-holdings";
    private static final int VERSION = 1;

    /** Sorts and copies, and refuses what stands twice. */
    public HoldingList {
        listed = Collections.unmodifiableSortedMap(new TreeMap<>(listed));
        holdings = holdings.stream().sorted(Comparator.naturalOrder()).toList();
        if (epoch < 1) {
            throw new CanonicalException("holdings.epoch", String.valueOf(epoch), "must be at least 1");
        }
        if (holdings.size() > HOLDINGS_MAX) {
            throw new CanonicalException("holdings", holdings.size() + " holdings", "must be at most " + HOLDINGS_MAX);
        }
        for (int i = 1; i < holdings.size(); i++) {
            if (holdings.get(i).compareTo(holdings.get(i - 1)) == 0) {
                throw new CanonicalException(
                        "holdings[" + i + "]",
                        holdings.get(i).toString(),
                        "must stand once: its place holds it already");
            }
        }
    }

    /** The grade that a holding must have. */
    public EvidenceGrade least(Held held) {
        return listed.getOrDefault(held, EvidenceGrade.STORAGE_PROOF);
    }

    /** A place that backs another purpose in another list of the same house and epoch; empty where none backs both. */
    public Optional<String> sharedWith(HoldingList other) {
        if (!house.equals(other.house) || epoch != other.epoch || purpose == other.purpose) {
            return Optional.empty();
        }
        Set<String> others = other.holdings.stream().map(ReserveHolding::place).collect(Collectors.toSet());
        return holdings.stream()
                .map(ReserveHolding::place)
                .filter(others::contains)
                .findFirst();
    }

    /** ["bulwark-holdings", 1, house, epoch, for, listed, holdings]. */
    public CanonicalValue canonical() {
        return array(
                text(SCHEMA),
                integer(VERSION),
                bytes(house),
                integer(epoch),
                text(purpose.word()),
                array(listed.entrySet().stream()
                        .map(entry -> array(entry.getKey().canonical(), text(ReserveHolding.word(entry.getValue()))))
                        .toList()),
                array(holdings.stream().map(ReserveHolding::canonical).toList()));
    }

    /** The document's bytes, whose digest is signed. */
    public byte[] encode() {
        return canonical().encode();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws CanonicalException if it is anything else, also if it is out of order or something stands twice
     */
    public static HoldingList read(byte[] encoding) {
        CanonicalFields fields = CanonicalReader.document(encoding, SCHEMA, VERSION);
        Digest house = fields.digest("house");
        long epoch = fields.integer("epoch");
        HoldingPurpose purpose = HoldingPurpose.of(fields.text("for"));
        SortedMap<Held, EvidenceGrade> listed = new TreeMap<>();
        fields.list(
                        "listed",
                        entry -> Map.entry(Held.of(entry.fields("held")), ReserveHolding.grade(entry.text("grade"))))
                .forEach(entry -> listed.put(entry.getKey(), entry.getValue()));
        HoldingList list = new HoldingList(house, epoch, purpose, listed, fields.list("holdings", ReserveHolding::of));
        fields.end();
        if (!Arrays.equals(list.encode(), encoding)) {
            throw new CanonicalException(
                    "holdings", "another order", "must be sorted by what is held and where, each once");
        }
        return list;
    }
}
