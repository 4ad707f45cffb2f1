package io.bulwark.api.holding;

import io.bulwark.api.door.JsonFields;
import io.bulwark.api.door.StorageFields;
import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.attestation.HoldingPurpose;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.holding.Held;
import io.bulwark.clearing.holding.HoldingEvidence;
import io.bulwark.clearing.holding.HoldingList;
import io.bulwark.clearing.holding.ReserveHolding;
import io.bulwark.clearing.position.EvidenceGrade;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a house holds, as people and programs write it down: JSON with a list of holdings, each with what shows it. {@code docs/holdings.md} has an
 * example.
 *
 * @param purpose what all of it is held for
 * @param listed the grade that each asset's holdings must have
 * @param holdings the holdings
 * @param evidence what they name by digest
 */
record HoldingsFile(
        HoldingPurpose purpose,
        SortedMap<Held, EvidenceGrade> listed,
        List<ReserveHolding> holdings,
        List<HoldingEvidence> evidence) {
    /** Longest file, bytes. */
    public static final int BYTES_MAX = 16 << 20;

    private static final String FORMAT = "bulwark-holdings";
    private static final int VERSION = 1;
    private static final int TEXT_MAX = 256;
    private static final int PIECE_MAX = 1 << 20;
    private static final int LISTED_MAX = 4_096;
    private static final int CONTROL_MAX = 256;

    public HoldingsFile {
        listed = new TreeMap<>(listed);
        holdings = List.copyOf(holdings);
        evidence = List.copyOf(evidence);
    }

    /** The list of one epoch. */
    public HoldingList list(Digest house, long epoch) {
        return new HoldingList(house, epoch, purpose, listed, holdings);
    }

    /**
     * Reads it.
     *
     * @throws BadInput naming field and rule
     */
    public static HoldingsFile read(byte[] json) {
        JsonFields fields = JsonFields.read(json, BYTES_MAX);
        if (!fields.text("format", TEXT_MAX).equals(FORMAT)) {
            throw fields.refuse("format", "must be \"" + FORMAT + "\"");
        }
        fields.wholeNumber("version", VERSION, VERSION);
        HoldingPurpose purpose = purpose(fields);
        SortedMap<Held, EvidenceGrade> listed = new TreeMap<>();
        for (JsonFields entry : fields.objects("listed", LISTED_MAX)) {
            listed.put(held(entry), grade(entry));
            entry.nothingElse();
        }
        List<ReserveHolding> holdings = new ArrayList<>();
        List<HoldingEvidence> evidence = new ArrayList<>();
        for (JsonFields entry : fields.objects("holdings", HoldingList.HOLDINGS_MAX)) {
            HoldingEvidence piece = evidence(entry.object("evidence"));
            evidence.add(piece);
            holdings.add(holding(entry, piece));
        }
        fields.nothingElse();
        return new HoldingsFile(purpose, listed, holdings, evidence);
    }

    private static HoldingPurpose purpose(JsonFields fields) {
        try {
            return HoldingPurpose.of(fields.text("for", TEXT_MAX));
        } catch (CanonicalException e) {
            throw fields.refuse("for", e.rule());
        }
    }

    private static ReserveHolding holding(JsonFields entry, HoldingEvidence piece) {
        try {
            ReserveHolding holding = new ReserveHolding(
                    held(entry),
                    entry.wholeNumber("lots", 0, Long.MAX_VALUE),
                    entry.text("place", TEXT_MAX),
                    grade(entry),
                    piece.digest(),
                    entry.has("control") ? entry.bytes("control", 1, CONTROL_MAX) : new byte[0],
                    entry.wholeNumber("at", 0, Long.MAX_VALUE));
            entry.nothingElse();
            return holding;
        } catch (CanonicalException e) {
            throw new BadInput(entry.at(e.field()), "", e.rule());
        }
    }

    private static Held held(JsonFields entry) {
        String text = entry.text("held", TEXT_MAX);
        if (text.equals("cash")) {
            return Held.CASH;
        }
        String[] words = text.split(" ", -1);
        if (words.length != 2 || !words[1].matches("\\d{1,9}")) {
            throw entry.refuse("held", "must be cash, asset NUMBER or instrument NUMBER");
        }
        return switch (words[0]) {
            case "asset" -> Held.asset(Long.parseLong(words[1]));
            case "instrument" -> Held.instrument(Long.parseLong(words[1]));
            default -> throw entry.refuse("held", "must be cash, asset NUMBER or instrument NUMBER");
        };
    }

    private static EvidenceGrade grade(JsonFields entry) {
        String text = entry.text("grade", TEXT_MAX);
        return Arrays.stream(EvidenceGrade.values())
                .filter(grade -> ReserveHolding.word(grade).equals(text))
                .findFirst()
                .orElseThrow(() -> entry.refuse(
                        "grade", "must be storage-proof, venue-signature, quorum-observation or unsigned"));
    }

    private static HoldingEvidence evidence(JsonFields fields) {
        String kind = fields.text("kind", TEXT_MAX);
        HoldingEvidence evidence = switch (kind) {
            case "storage" -> StorageFields.storage(fields);
            case "signed" ->
                new HoldingEvidence.Signed(
                        StorageFields.digest(fields, "signer"), fields.bytes("signature", 64, EpochSignature.LENGTH));
            case "observed" ->
                new HoldingEvidence.Observed(fields.objects("signatures", TEXT_MAX).stream()
                        .map(HoldingsFile::signature)
                        .toList());
            case "unsigned" -> new HoldingEvidence.Unsigned(fields.bytes("content", 0, PIECE_MAX));
            default -> throw fields.refuse("kind", "must be storage, signed, observed or unsigned");
        };
        fields.nothingElse();
        return evidence;
    }

    private static EpochSignature signature(JsonFields fields) {
        EpochSignature signature = new EpochSignature(
                StorageFields.digest(fields, "signer"),
                fields.bytes("signature", EpochSignature.LENGTH, EpochSignature.LENGTH));
        fields.nothingElse();
        return signature;
    }
}
