package io.bulwark.api.epoch;

import io.bulwark.api.door.JsonFields;
import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What of an audit folder no epoch names: who answers for its snapshots, and which proofs were made over its epochs.
 *
 * @param first the first epoch that is computed again
 * @param answers of readers, by the snapshot
 * @param proofs SHA-256 of proof files with the epoch that they speak of, in the order in which they were kept
 * @param keys SHA-256 of the files of the verifying keys that these name
 */
record AuditIndex(long first, SortedMap<Digest, EpochSignature> answers, List<ProofOf> proofs, List<Digest> keys) {
    /** Longest file form, bytes. */
    static final int BYTES_MAX = 64 << 20;

    private static final String FORMAT = "bulwark-audit";
    private static final int VERSION = 1;
    private static final int TEXT_MAX = 64;
    private static final int ENTRIES_MAX = 1 << 20;
    private static final HexFormat HEX = HexFormat.of();

    /** A proof file of an epoch. */
    record ProofOf(long epoch, Digest file) {}

    AuditIndex {
        answers = Collections.unmodifiableSortedMap(new TreeMap<>(answers));
        proofs = List.copyOf(proofs);
        keys = List.copyOf(keys);
    }

    /** The file form. */
    Map<String, Object> json() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("format", FORMAT);
        document.put("version", VERSION);
        document.put("first", first);
        List<Map<String, Object>> answered = new ArrayList<>();
        answers.forEach((snapshot, answer) -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("snapshot", snapshot.hex());
            entry.put("reader", answer.signer().hex());
            entry.put("signature", HEX.formatHex(answer.signature()));
            answered.add(entry);
        });
        document.put("answers", answered);
        document.put(
                "proofs",
                proofs.stream()
                        .map(proof -> {
                            Map<String, Object> entry = new LinkedHashMap<>();
                            entry.put("epoch", proof.epoch());
                            entry.put("file", proof.file().hex());
                            return entry;
                        })
                        .toList());
        document.put("keys", keys.stream().map(Digest::hex).toList());
        return document;
    }

    /**
     * Reads the file form.
     *
     * @throws BadInput naming field and rule
     */
    static AuditIndex read(byte[] json) {
        JsonFields fields = JsonFields.read(json, BYTES_MAX);
        if (!fields.text("format", TEXT_MAX).equals(FORMAT)) {
            throw fields.refuse("format", "must be \"" + FORMAT + "\"");
        }
        fields.wholeNumber("version", VERSION, VERSION);
        long first = fields.wholeNumber("first", 1, Long.MAX_VALUE);
        SortedMap<Digest, EpochSignature> answers = new TreeMap<>();
        for (JsonFields entry : fields.objects("answers", ENTRIES_MAX)) {
            EpochSignature answer = new EpochSignature(
                    digest(entry, "reader"), entry.bytes("signature", EpochSignature.LENGTH, EpochSignature.LENGTH));
            answers.put(digest(entry, "snapshot"), answer);
            entry.nothingElse();
        }
        List<ProofOf> proofs = fields.objects("proofs", ENTRIES_MAX).stream()
                .map(entry -> {
                    ProofOf proof = new ProofOf(entry.wholeNumber("epoch", 1, Long.MAX_VALUE), digest(entry, "file"));
                    entry.nothingElse();
                    return proof;
                })
                .toList();
        List<Digest> keys = fields.byteArrays("keys", ENTRIES_MAX, Digest.LENGTH).stream()
                .map(Digest::of)
                .toList();
        fields.nothingElse();
        return new AuditIndex(first, answers, proofs, keys);
    }

    private static Digest digest(JsonFields fields, String name) {
        return Digest.of(fields.bytes(name, Digest.LENGTH, Digest.LENGTH));
    }
}
