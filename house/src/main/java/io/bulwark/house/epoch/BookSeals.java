package io.bulwark.house.epoch;

import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.attestation.EpochStatement;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.EpochInputs;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.ledger.AcceptedSnapshot;
import io.bulwark.clearing.ledger.Books;
import io.bulwark.clearing.ledger.Ledger;
import io.bulwark.clearing.ledger.LedgerVerification;
import io.bulwark.clearing.register.Documents;
import io.bulwark.clearing.register.EpochRegister;
import io.bulwark.clearing.register.EpochRegister.EpochRecord;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.founding.QuorumLists;
import io.bulwark.house.survey.Meanings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What epochs sealed of the books, and whether the books still hold it. */
final class BookSeals {
    /** Name of the record of the books among an epoch's documents; absent in epochs that were sealed before houses made one. */
    static final String BOOKS = "books";

    /** Kind of the documents that are records of the books. */
    static final String BOOKS_KIND = "books-record";

    private final Ledger ledger;
    private final Documents documents;
    private final EpochRegister epochs;
    private final QuorumLists listed;
    private final Function<EpochInputs, FoundingFile> founding;

    BookSeals(
            Ledger ledger,
            Documents documents,
            EpochRegister epochs,
            QuorumLists listed,
            Function<EpochInputs, FoundingFile> founding) {
        this.ledger = ledger;
        this.documents = documents;
        this.epochs = epochs;
        this.listed = listed;
        this.founding = founding;
    }

    /** What the epoch that follows the last sealed one seals. */
    Books.Seal next() {
        long last =
                epochs.latest().map(record -> record.sealed().epoch().number()).orElse(0L);
        return ledger.books().next(last, this::sealed);
    }

    private Optional<Books.Seal> sealed(long epoch) {
        return epochs.epoch(epoch).flatMap(this::sealed);
    }

    private Optional<Books.Seal> sealed(EpochRecord record) {
        return Optional.ofNullable(record.inputs().documents().get(BOOKS))
                .map(digest -> Books.Seal.of(CanonicalReader.read(documents.require(digest))));
    }

    /**
     * What the books say otherwise than an epoch sealed: its own rows and signatures, the rows that came until it was sealed, and the
     * entries that they make when they are booked again.
     */
    List<String> findings(EpochRecord record) {
        long number = record.sealed().epoch().number();
        List<String> findings = ownFindings(record);
        sealed(record)
                .ifPresent(books -> findings.addAll(
                        ledger.books().findings(sealed(number - 1), new TreeMap<>(Map.of(number, books)))));
        return findings;
    }

    /** What the books say otherwise than any epoch sealed, and what does not hold of the journal. */
    List<String> findings() {
        List<String> findings = new ArrayList<>();
        if (ledger.verify() instanceof LedgerVerification.Broken(List<String> broken)) {
            findings.addAll(broken);
        }
        for (SealedEpoch epoch : epochs.epochs(1, Integer.MAX_VALUE)) {
            findings.addAll(ownFindings(epochs.epoch(epoch.epoch().number()).orElseThrow()));
        }
        findings.addAll(changedRows());
        findings.addAll(listed.findings());
        epochs.latest().map(this::sinceFindings).ifPresent(findings::addAll);
        return findings.stream().distinct().toList();
    }

    /** Of what came after the last epoch, which the next one seals: entries that are not what they book, and what nobody answers for. */
    private List<String> sinceFindings(EpochRecord last) {
        Optional<Books.Seal> books = sealed(last);
        if (books.isEmpty()) {
            return List.of();
        }
        Meanings meanings = new Meanings(founding.apply(last.inputs()));
        List<String> findings =
                new ArrayList<>(ledger.rebuilt(books.get().entries(), Long.MAX_VALUE, meanings::normalise));
        Set<Digest> come = ledger.acceptedAt(Long.MAX_VALUE).stream()
                .filter(accepted -> accepted.entry() > books.get().entries())
                .map(AcceptedSnapshot::id)
                .collect(Collectors.toCollection(TreeSet::new));
        findings.addAll(unanswered(come));
        return findings;
    }

    /** Which tables hold something else than an epoch sealed of them. */
    List<String> changedRows() {
        SortedMap<Long, Books.Seal> records = new TreeMap<>();
        for (SealedEpoch epoch : epochs.epochs(1, Integer.MAX_VALUE)) {
            sealed(epoch.epoch().number())
                    .ifPresent(books -> records.put(epoch.epoch().number(), books));
        }
        return ledger.books().findings(Optional.empty(), records);
    }

    /** Of its own rows, its signatures, who answers for its snapshots, and the entries that came until it was sealed. */
    private List<String> ownFindings(EpochRecord record) {
        SealedEpoch sealed = record.sealed();
        long number = sealed.epoch().number();
        List<String> findings = new ArrayList<>(epochs.findings(record));
        listed.unsigned(EpochStatement.of(sealed, record.inputs().epochTimeMillis()), epochs.signatures(number))
                .ifPresent(findings::add);
        Optional<Books.Seal> books = sealed(record);
        Optional<Books.Seal> before = sealed(number - 1);
        if (books.isPresent() && (number == 1 || before.isPresent())) {
            findings.addAll(unanswered(record));
            Meanings meanings = new Meanings(founding.apply(record.inputs()));
            findings.addAll(ledger.rebuilt(
                    before.map(Books.Seal::entries).orElse(0L), books.get().entries(), meanings::normalise));
        }
        return findings;
    }

    /** Snapshots that the epoch was sealed over, and the one before was not, for which no reader answers that the quorum listed. */
    private List<String> unanswered(EpochRecord record) {
        return unanswered(come(record, epochs.epoch(record.sealed().epoch().number() - 1)));
    }

    private List<String> unanswered(Set<Digest> come) {
        Set<Digest> readers;
        try {
            readers = listed.listedReaders();
        } catch (CanonicalException | IllegalStateException e) {
            return List.of("table house_statement: " + e.getMessage());
        }
        return unanswered(come, readers, ledger.answers(come)).stream()
                .map(id -> "table raw_snapshot: no reader that the quorum listed answers for snapshot " + id)
                .toList();
    }

    /** The snapshots that an epoch was sealed over, and the one before was not. */
    static SortedSet<Digest> come(EpochRecord record, Optional<EpochRecord> last) {
        Set<Digest> before = last.stream()
                .flatMap(epoch -> epoch.inputs().snapshots().stream())
                .map(EpochInputs.SnapshotInput::snapshot)
                .collect(Collectors.toSet());
        return record.inputs().snapshots().stream()
                .map(EpochInputs.SnapshotInput::snapshot)
                .filter(id -> !before.contains(id))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those of some snapshots for which none of the readers answers. */
    static List<Digest> unanswered(Set<Digest> snapshots, Set<Digest> readers, Map<Digest, EpochSignature> answers) {
        return snapshots.stream()
                .filter(id -> {
                    EpochSignature answer = answers.get(id);
                    return answer == null || !readers.contains(answer.signer()) || !answer.answersFor(id);
                })
                .toList();
    }
}
