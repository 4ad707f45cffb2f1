package io.bulwark.api.epoch;

import io.bulwark.api.epoch.AuditFolder.Named;
import io.bulwark.api.house.HouseFile;
import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.attestation.HouseStatement.Subject;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.register.EpochRegister.EpochRecord;
import io.bulwark.clearing.round.Evidence;
import io.bulwark.house.epoch.EpochAudit;
import io.bulwark.house.epoch.EpochComputation;
import io.bulwark.house.epoch.SealedMaterial;
import io.bulwark.prover.proof.ProofBundle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes a house's epochs as the files of an audit folder. Each epoch is computed again on the way, from the books: what the computation
 * asks for is what is written, no less and no more.
 */
final class AuditWriting implements SealedMaterial.Source {
    private final AuditBooks house;
    private final AuditFolder folder;
    private final SealedMaterial.Source books;
    private final SortedSet<Digest> snapshots = new TreeSet<>();

    AuditWriting(AuditBooks house, AuditFolder folder) {
        this.house = house;
        this.folder = folder;
        this.books = house.source();
    }

    /**
     * Writes the newest epochs.
     *
     * @param newest how many, 1 to {@value HouseFile#EPOCHS_MAX}; where the first of them is not number 1, the one before lies there too
     * @return numbers of those that were written
     * @throws IllegalStateException if an epoch does not follow from the books
     */
    List<Long> write(int newest) {
        HouseFile file = house.file(Math.min(newest + 1, HouseFile.EPOCHS_MAX));
        List<Long> numbers = file.epochs().stream()
                .map(epoch -> epoch.sealed().epoch().number())
                .sorted()
                .toList();
        List<Long> written =
                numbers.size() > newest || numbers.getFirst() > 1 ? numbers.subList(1, numbers.size()) : numbers;
        EpochAudit audit = new EpochAudit(
                this,
                new EpochComputation(house.library()),
                house.venues(),
                new EpochAudit.Answered(house.readers(), answers(written)));
        for (long number : written) {
            EpochAudit.Audited audited = audit.epoch(number);
            if (!audited.replay().equal()) {
                throw new IllegalStateException("epoch " + number
                        + " must follow from the books before it is written: epoch replay --epoch " + number
                        + " says what differs");
            }
            epoch(number).orElseThrow().inputs().documents().values().forEach(this::document);
            EpochTables.of(audited.again()).forEach(folder::put);
        }
        for (Evidence evidence : house.evidence()) {
            if (written.contains(evidence.turn().epoch())) {
                audit.judge(evidence);
                folder.put(Named.EVIDENCE, evidence.canonical().encode());
            }
        }
        folder.put(AuditFolder.INDEX, AuditFolder.written(index(written).json()));
        folder.put(AuditFolder.HOUSE, AuditFolder.written(file.json()));
        return written;
    }

    private SortedMap<Digest, EpochSignature> answers(List<Long> written) {
        SortedSet<Digest> all = new TreeSet<>();
        written.forEach(number ->
                books.epoch(number).orElseThrow().inputs().snapshots().forEach(input -> all.add(input.snapshot())));
        return new TreeMap<>(house.answers(all));
    }

    private AuditIndex index(List<Long> written) {
        List<AuditIndex.ProofOf> proofs = new ArrayList<>();
        SortedSet<Digest> named = new TreeSet<>();
        for (long number : written) {
            for (ProofBundle proof : house.proofs(number)) {
                byte[] content = proof.toJson().getBytes(StandardCharsets.UTF_8);
                proofs.add(new AuditIndex.ProofOf(number, folder.put(Named.PROOFS, content)));
                house.key(proof).ifPresent(key -> named.add(folder.put(Named.KEYS, key)));
            }
        }
        SortedMap<Digest, EpochSignature> answers = new TreeMap<>(house.answers(Set.copyOf(snapshots)));
        return new AuditIndex(written.getFirst(), answers, proofs, List.copyOf(named));
    }

    @Override
    public Optional<EpochRecord> epoch(long number) {
        Optional<EpochRecord> record = books.epoch(number);
        record.ifPresent(r -> folder.put(Named.DOCUMENTS, r.inputs().canonical().encode()));
        return record;
    }

    @Override
    public Optional<byte[]> document(Digest digest) {
        Optional<byte[]> document = books.document(digest);
        document.ifPresent(bytes -> folder.put(Named.DOCUMENTS, bytes));
        return document;
    }

    @Override
    public Optional<RawSnapshot> snapshot(Digest id) {
        Optional<RawSnapshot> snapshot = books.snapshot(id);
        snapshot.ifPresent(raw -> folder.put(Named.SNAPSHOTS, raw.canonical().encode()));
        snapshots.add(id);
        return snapshot;
    }

    @Override
    public void requireSigned(Subject subject, Digest document) {
        books.requireSigned(subject, document);
    }
}
