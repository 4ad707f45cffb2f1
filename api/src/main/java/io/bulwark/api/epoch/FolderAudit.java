package io.bulwark.api.epoch;

import io.bulwark.adapter.Venues;
import io.bulwark.api.epoch.AuditFolder.Named;
import io.bulwark.api.house.HouseFile;
import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.attestation.HouseStatement.Subject;
import io.bulwark.clearing.attestation.KeyList;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.EpochInputs;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.node.NodeList;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.register.EpochRegister.EpochRecord;
import io.bulwark.clearing.round.Evidence;
import io.bulwark.house.epoch.EpochAudit;
import io.bulwark.house.epoch.EpochComputation;
import io.bulwark.house.epoch.FollowingEpoch;
import io.bulwark.house.epoch.Replay;
import io.bulwark.house.epoch.SealedMaterial;
import io.bulwark.house.founding.QuorumLists;
import io.bulwark.prover.binding.ProverLibrary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Audits a folder: every epoch computed again from its files, and every file held against what asks for it. */
final class FolderAudit implements SealedMaterial.Source {
    private final AuditFolder folder;
    private final ProverLibrary library;
    private final HouseFile house;
    private final AuditIndex index;
    private final Set<String> asked = new TreeSet<>(Set.of(AuditFolder.HOUSE, AuditFolder.INDEX));
    private final List<String> findings = new ArrayList<>();
    private final List<String> convicted = new ArrayList<>();

    /**
     * Opens a folder.
     *
     * @throws BadInput if there is no house file or no index
     * @throws Unreadable if one of them is none, or says what was not signed
     */
    FolderAudit(AuditFolder folder, ProverLibrary library) {
        this.folder = folder;
        this.library = library;
        byte[] kept = folder.require(AuditFolder.HOUSE);
        byte[] indexed = folder.require(AuditFolder.INDEX);
        this.house = naming(AuditFolder.HOUSE, () -> HouseFile.read(library, kept));
        this.index = naming(AuditFolder.INDEX, () -> AuditIndex.read(indexed));
        requireWritten(AuditFolder.HOUSE, kept, house.json());
        requireWritten(AuditFolder.INDEX, indexed, index.json());
    }

    private static <T> T naming(String file, Supplier<T> read) {
        try {
            return read.get();
        } catch (BadInput e) {
            throw new Unreadable(file + ": " + e.getMessage());
        }
    }

    /** A file without which nothing can be audited says something that its signers did not sign, or nothing. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreadable(String message) {
            super(message);
        }
    }

    private void requireWritten(String file, byte[] content, Object json) {
        if (!Arrays.equals(content, AuditFolder.written(json))) {
            findings.add(file + " must be written as 'bulwark epoch publish' writes it; other bytes say the same");
        }
    }

    /** The house that the folder is of. */
    HouseFile house() {
        return house;
    }

    /** The epochs that were sealed, by their number. */
    List<SealedEpoch> sealed() {
        return house.epochs().stream()
                .map(HouseFile.SignedEpoch::sealed)
                .sorted((left, right) ->
                        Long.compare(left.epoch().number(), right.epoch().number()))
                .toList();
    }

    /** What the folder holds, for people. */
    List<String> held() {
        long readers = index.answers().values().stream()
                .map(EpochSignature::signer)
                .distinct()
                .count();
        return List.of(
                "quorum " + house.founding().quorumKeys().size() + " keys, of which "
                        + house.founding().threshold() + " signed each of its "
                        + house.epochs().size() + " epochs"
                        + house.nodes()
                                .filter(nodes -> !nodes.acts().isEmpty())
                                .map(nodes -> ", until nodes signed others in their place: lists 1 to "
                                        + nodes.acts().size() + " follow one another")
                                .orElse(""),
                "snapshots " + index.answers().size() + ", answered for by " + readers + " readers; proofs "
                        + index.proofs().size());
    }

    /** Number of the first epoch that the folder holds: the one before the first that is computed again. */
    long oldest() {
        return Math.max(1, index.first() - 1);
    }

    /**
     * Holds every file against what names it, then computes every epoch again. Nothing is computed from files of which one is not what
     * it is named by.
     *
     * @param each is told of an epoch that was computed
     * @return what was found otherwise, for people; empty if nothing
     */
    List<String> findings(Venues venues, Consumer<Replay> each) {
        requireConsecutive();
        requireNamed();
        requireAnswers();
        sealed().forEach(epoch -> attempt("epoch " + epoch.epoch().number(), () -> requireFiles(epoch)));
        index.proofs().forEach(proof -> attempt("proof " + proof.file(), () -> judge(proof)));
        if (findings.isEmpty()) {
            compute(venues, each);
        }
        return findings.stream().distinct().toList();
    }

    private void compute(Venues venues, Consumer<Replay> each) {
        EpochAudit audit = new EpochAudit(
                this, new EpochComputation(library), venues, new EpochAudit.Answered(readers(), index.answers()));
        for (SealedEpoch epoch : sealed()) {
            long number = epoch.epoch().number();
            if (number >= index.first()) {
                attempt("epoch " + number, () -> audit(audit.epoch(number), each));
            }
        }
        folder.files().stream()
                .filter(file -> file.startsWith(Named.EVIDENCE.folder()))
                .forEach(file -> attempt(file, () -> judge(audit, file)));
        folder.files().stream()
                .filter(file -> !asked.contains(file))
                .forEach(file -> findings.add(file + " is asked for by nothing"));
    }

    /** Every file that is named by a digest has it. */
    private void requireNamed() {
        for (String file : folder.files()) {
            Stream.of(Named.values())
                    .filter(where -> file.startsWith(where.folder()))
                    .forEach(where -> attempt(file, () -> folder.requireNamed(where, file)));
        }
    }

    /** What an epoch and its inputs name is there. */
    private void requireFiles(SealedEpoch epoch) {
        EpochInputs inputs = epoch(epoch.epoch().number()).orElseThrow().inputs();
        named(Named.DOCUMENTS, epoch.epoch().tableSha256());
        house.nodes()
                .ifPresent(nodes ->
                        requireNodes(epoch, inputs, nodes.at(epoch.epoch().number())));
        inputs.snapshots().forEach(input -> named(Named.SNAPSHOTS, input.snapshot()));
        if (epoch.epoch().number() >= index.first()) {
            EpochTables.names(epoch.epoch().number()).forEach(file -> {
                if (folder.find(file).isEmpty()) {
                    findings.add(file + " is missing");
                }
            });
        }
    }

    /** The list by which an epoch was sealed is the one that was in force. */
    private void requireNodes(SealedEpoch epoch, EpochInputs inputs, NodeList inForce) {
        Digest named = inputs.documents().getOrDefault(FollowingEpoch.NODES, Digest.ZERO);
        if (!named.equals(inForce.digest())) {
            findings.add("epoch " + epoch.epoch().number() + " must name list " + inForce.number()
                    + " of nodes, which was in force, " + inForce.digest() + "; it names " + named);
        }
    }

    /** Who answers for a snapshot is a reader, and it is there. */
    private void requireAnswers() {
        Set<Digest> readers = readers();
        index.answers().forEach((snapshot, answer) -> {
            if (!readers.contains(answer.signer())) {
                findings.add(AuditFolder.INDEX + ": " + answer.signer() + ", who answers for snapshot " + snapshot
                        + ", must be a reader that the quorum listed");
            } else if (!answer.answersFor(snapshot)) {
                findings.add(AuditFolder.INDEX + ": the answer for snapshot " + snapshot + " must be its reader's");
            } else if (folder.find(Named.SNAPSHOTS.file(snapshot)).isEmpty()) {
                findings.add(Named.SNAPSHOTS.file(snapshot) + " is missing");
            }
        });
    }

    private Set<Digest> readers() {
        return house.statements().stream()
                .filter(signed -> signed.statement().subject() == Subject.READERS)
                .findFirst()
                .<Set<Digest>>map(QuorumLists::readers)
                .orElse(Set.of());
    }

    /** The first is number 1, or the one before it is there too; none is missing. */
    private void requireConsecutive() {
        List<Long> numbers =
                sealed().stream().map(epoch -> epoch.epoch().number()).toList();
        long oldest = oldest();
        for (int i = 0; i < numbers.size(); i++) {
            if (numbers.get(i) != oldest + i) {
                findings.add(
                        AuditFolder.HOUSE + " must hold epoch " + (oldest + i) + "; it goes on with " + numbers.get(i));
                return;
            }
        }
        if (numbers.isEmpty() || numbers.getLast() < index.first()) {
            findings.add(AuditFolder.HOUSE + " must hold epoch " + index.first() + ", from which the index starts");
        }
    }

    private void audit(EpochAudit.Audited audited, Consumer<Replay> each) {
        Replay replay = audited.replay();
        each.accept(replay);
        String epoch = "epoch " + replay.number();
        replay.comparisons().stream()
                .filter(comparison -> !comparison.equal())
                .forEach(comparison -> findings.add(epoch + ": " + comparison.name() + " was sealed as "
                        + comparison.sealed() + " and follows as " + comparison.recomputed()));
        findings.addAll(replay.findings());
        EpochTables.of(audited.again()).forEach(this::requireTable);
    }

    /** Evidence must convict; who is convicted is no finding about the epochs. */
    private void judge(EpochAudit audit, String file) {
        asked.add(file);
        Evidence evidence = Evidence.read(folder.find(file).orElseThrow());
        EpochAudit.Judged judged = audit.judge(evidence);
        judged.flaw()
                .ifPresentOrElse(
                        why -> findings.add(file + " convicts nobody: " + why),
                        () -> convicted.add(evidence.fault().word() + ": " + judged.words()));
    }

    /** Who is convicted by evidence of the folder, in words. */
    List<String> convicted() {
        return List.copyOf(convicted);
    }

    private void requireTable(String file, byte[] follows) {
        asked.add(file);
        if (!Arrays.equals(folder.find(file).orElseThrow(), follows)) {
            findings.add(file + " must say what follows in its epoch, to the byte");
        }
    }

    /** A proof must hold for this house; what its reader alone knows of it is not asked. */
    private void judge(AuditIndex.ProofOf proof) {
        String text = new String(named(Named.PROOFS, proof.file()), StandardCharsets.UTF_8);
        List<byte[]> keys =
                index.keys().stream().map(key -> named(Named.KEYS, key)).toList();
        new ProofCheck(library, house)
                .finding(text, keys, proof.epoch())
                .ifPresent(finding -> findings.add("proof " + proof.file() + " " + finding));
    }

    /** What a file of somebody else makes of a computation is a finding, whatever it is. */
    private void attempt(String what, Runnable attempt) {
        try {
            attempt.run();
        } catch (IllegalArgumentException | IllegalStateException | ArithmeticException e) {
            findings.add(what + " cannot be found again: " + e.getMessage());
        }
    }

    private byte[] named(Named where, Digest digest) {
        asked.add(where.file(digest));
        return folder.find(where, digest)
                .orElseThrow(() -> new IllegalStateException(where.file(digest) + " is missing"));
    }

    @Override
    public Optional<EpochRecord> epoch(long number) {
        return house.epochs().stream()
                .filter(epoch -> epoch.sealed().epoch().number() == number)
                .findFirst()
                .map(this::record);
    }

    private EpochRecord record(HouseFile.SignedEpoch signed) {
        EpochInputs inputs = EpochInputs.of(CanonicalReader.read(
                named(Named.DOCUMENTS, signed.sealed().epoch().inputsSha256())));
        if (inputs.epochTimeMillis() != signed.timeMillis()) {
            throw new IllegalStateException("the quorum signed epoch "
                    + signed.sealed().epoch().number() + " with the time " + signed.timeMillis()
                    + "; its inputs have " + inputs.epochTimeMillis());
        }
        if (signed.sealed().epoch().number() >= index.first()) {
            inputs.documents().values().forEach(digest -> named(Named.DOCUMENTS, digest));
        }
        return new EpochRecord(signed.sealed(), inputs);
    }

    @Override
    public Optional<byte[]> document(Digest digest) {
        return Optional.of(named(Named.DOCUMENTS, digest));
    }

    @Override
    public Optional<RawSnapshot> snapshot(Digest id) {
        return Optional.of(RawSnapshot.of(CanonicalReader.read(named(Named.SNAPSHOTS, id))));
    }

    /** The quorum signed the epoch that names the list; that a list of keys is this house's is seen here. */
    @Override
    public void requireSigned(Subject subject, Digest keyList) {
        if (subject != Subject.KEYS) {
            return;
        }
        KeyList list = KeyList.of(CanonicalReader.read(named(Named.DOCUMENTS, keyList)));
        if (!list.house().equals(house.house())) {
            throw new IllegalStateException(
                    "list of keys " + keyList + " must be of house " + house.house() + "; it is of " + list.house());
        }
    }
}
