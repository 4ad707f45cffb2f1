package io.bulwark.clearing.ledger;

import io.bulwark.clearing.database.DatabaseTransaction;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.ledger.JournalEntry.Kind;
import io.bulwark.clearing.ledger.JournalEntry.Posting;
import io.bulwark.clearing.money.Amount;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads entries with their postings in order, without holding them all. */
final class JournalScan {
    private final long from;
    private final long limit;

    /** From a sequence on, so many at most. */
    JournalScan(long from, long limit) {
        this.from = from;
        this.limit = limit;
    }

    /** An entry as it stands in the rows: nothing of it is checked yet. */
    record Scanned(long sequence, Kind kind, Digest source, Digest previous, Digest hash, List<Posting> postings) {
        JournalEntry entry() {
            return new JournalEntry(sequence, kind, source, previous, postings);
        }
    }

    private record PostingRow(Scanned head, Optional<Posting> posting) {}

    void each(DatabaseTransaction transaction, Consumer<Scanned> consumer) {
        List<Scanned> open = new ArrayList<>();
        transaction.each(
                "select e.sequence, e.kind, e.source, e.previous, e.hash, coalesce(a.name, ''), coalesce(l.amount, 0) from journal_entry e"
                        + " left join journal_leg l on l.entry = e.sequence left join ledger_account a on a.number = l.account"
                        + " where e.sequence >= ? and e.sequence < ? order by e.sequence, l.leg",
                JournalScan::row,
                row -> add(open, row, consumer),
                from,
                limit > Long.MAX_VALUE - from ? Long.MAX_VALUE : from + limit);
        open.forEach(consumer);
    }

    private static PostingRow row(DatabaseTransaction.Row row) throws SQLException {
        Scanned head = new Scanned(
                row.number(1),
                Kind.valueOf(row.text(2)),
                row.digest(3),
                row.digest(4),
                row.digest(5),
                new ArrayList<>());
        String account = row.text(6);
        Amount amount = row.amount(7);
        return new PostingRow(
                head,
                account.isEmpty() ? Optional.empty() : Optional.of(new Posting(LedgerAccount.of(account), amount)));
    }

    private static void add(List<Scanned> open, PostingRow row, Consumer<Scanned> consumer) {
        if (!open.isEmpty() && open.getFirst().sequence() != row.head().sequence()) {
            consumer.accept(open.removeFirst());
        }
        if (open.isEmpty()) {
            open.add(row.head());
        }
        row.posting().ifPresent(posting -> open.getFirst().postings().add(posting));
    }
}
