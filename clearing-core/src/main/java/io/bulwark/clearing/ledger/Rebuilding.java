package io.bulwark.clearing.ledger;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.database.DatabaseException;
import io.bulwark.clearing.database.DatabaseTransaction;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.ledger.JournalEntry.Posting;
import io.bulwark.clearing.ledger.SupersededSnapshots.Superseding;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.clearing.register.Documents;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Entries of the journal made again from the documents that they book. */
record Rebuilding(DatabaseTransaction transaction, Function<RawSnapshot, VenueSnapshot> meaning) {
    private record Accepted(String account, long time, long number) {}

    List<String> findings(long after, long upTo) {
        List<String> findings = new ArrayList<>();
        new JournalScan(after + 1, upTo - after)
                .each(transaction, scanned -> finding(scanned).ifPresent(findings::add));
        return findings;
    }

    private Optional<String> finding(JournalScan.Scanned scanned) {
        String entry = "entry " + scanned.sequence();
        Optional<byte[]> document = Documents.find(transaction, scanned.source());
        if (document.isEmpty()) {
            return Optional.of(entry + ": document " + scanned.source() + " that it books is gone");
        }
        try {
            return switch (scanned.kind()) {
                case SNAPSHOT -> snapshot(scanned, RawSnapshot.of(CanonicalReader.read(document.get())));
                case TRANSFER -> transfer(scanned, document.get());
                case REVERSAL -> reversal(scanned, SupersededSnapshots.of(CanonicalReader.read(document.get())));
            };
        } catch (DatabaseException e) {
            throw e;
        } catch (RuntimeException e) {
            // Bytes that are of another kind, or that nobody would book.
            return Optional.of(entry + ": document " + scanned.source() + " cannot be booked: " + e.getMessage());
        }
    }

    private Optional<String> snapshot(JournalScan.Scanned scanned, RawSnapshot raw) {
        long time = raw.horizon().timeMillis();
        Accepted must = new Accepted(raw.account().toString(), time, SnapshotBooks.number(raw.horizon()));
        Optional<Accepted> accepted = transaction.first(
                "select venue, address, horizon_time, horizon_number from accepted_snapshot where entry = ? and snapshot = ?",
                row -> new Accepted(
                        new VenueAccount(row.integer(1), row.text(2)).toString(), row.number(3), row.number(4)),
                scanned.sequence(),
                scanned.source());
        if (!accepted.equals(Optional.of(must))) {
            return Optional.of("entry " + scanned.sequence() + ": its accepted snapshot must be " + must
                    + ", as its bytes say; have "
                    + accepted.map(Accepted::toString).orElse("none"));
        }
        List<Posting> postings = SnapshotBooks.changes(
                raw.account(),
                meaning.apply(raw).holdings(),
                custodyBefore(raw.account(), scanned.sequence()),
                SnapshotBooks.owner(transaction, raw.account()));
        return compared(scanned, postings);
    }

    private Optional<String> reversal(JournalScan.Scanned scanned, SupersededSnapshots list) {
        Superseding last = list.all().getLast();
        long named = transaction.number(
                "select count(*) from superseded_snapshot where snapshot = ? and entry = ?",
                last.snapshot(),
                scanned.sequence());
        return named == 1
                ? compared(
                        scanned,
                        new Reversals(transaction, meaning)
                                .postings(last, custodyBefore(last.account(), scanned.sequence()), scanned.sequence()))
                : Optional.of("entry " + scanned.sequence() + ": table superseded_snapshot must have snapshot "
                        + last.snapshot() + ", as its document says; has another or none");
    }

    private Map<LedgerAccount, Amount> custodyBefore(VenueAccount account, long sequence) {
        Map<LedgerAccount, Amount> custody = new HashMap<>();
        transaction.each(
                "select a.name, sum(l.amount) from journal_leg l join ledger_account a on a.number = l.account"
                        + " where a.name ^@ ? and l.entry < ? group by a.name",
                row -> Map.entry(LedgerAccount.of(row.text(1)), row.amount(2)),
                sum -> custody.put(sum.getKey(), Journal.onNormalSide(sum.getKey(), sum.getValue())),
                LedgerAccount.custodyPrefix(account),
                sequence);
        return custody;
    }

    private Optional<String> transfer(JournalScan.Scanned scanned, byte[] document) {
        Transfer transfer = Transfer.of(CanonicalReader.read(document));
        long named = transaction.number(
                "select count(*) from transfer where id = ? and document = ? and entry = ?",
                transfer.id(),
                scanned.source(),
                scanned.sequence());
        return named == 1
                ? compared(scanned, transfer.postings())
                : Optional.of("entry " + scanned.sequence() + ": its transfer must be " + transfer.id()
                        + ", as its document says; have another or none");
    }

    /** The rows and their hash beside what they must be. */
    private static Optional<String> compared(JournalScan.Scanned scanned, List<Posting> postings) {
        JournalEntry again =
                new JournalEntry(scanned.sequence(), scanned.kind(), scanned.source(), scanned.previous(), postings);
        List<Posting> rows = scanned.postings().stream()
                .sorted(Comparator.comparing(posting -> posting.account().name()))
                .toList();
        return rows.equals(again.postings()) && again.hash().equals(scanned.hash())
                ? Optional.empty()
                : Optional.of("entry " + scanned.sequence() + ": its postings must be " + again.postings() + ", as "
                        + scanned.source() + " says; have " + rows);
    }
}
