package io.bulwark.clearing.ledger;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.database.DatabaseTransaction;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.event.Event;
import io.bulwark.clearing.ledger.JournalEntry.Kind;
import io.bulwark.clearing.ledger.JournalEntry.Posting;
import io.bulwark.clearing.ledger.SupersededSnapshots.Superseding;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.clearing.register.Documents;
import io.bulwark.clearing.register.OutboxTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes superseded snapshots back: a new entry moves custody from what they left to what the last that stands says. Nothing is edited. Of
 * one that a later snapshot has followed already nothing moves.
 */
record Reversals(DatabaseTransaction transaction, Function<RawSnapshot, VenueSnapshot> meaning) {
    /**
     * Books whatever a list says and is not booked yet.
     *
     * @return how many entries this made
     * @throws IllegalStateException naming a snapshot that was never accepted, or of which nobody said that it is superseded
     */
    int book(SupersededSnapshots list) {
        requireNoOther(list);
        int made = 0;
        for (int i = 0; i < list.all().size(); i++) {
            Superseding one = list.all().get(i);
            if (!isBooked(one.snapshot())) {
                book(one, list.first(i + 1).digest());
                made++;
            }
        }
        return made;
    }

    private void requireNoOther(SupersededSnapshots list) {
        transaction.each("select snapshot from superseded_snapshot order by entry", row -> row.digest(1), snapshot -> {
            if (!list.contains(snapshot)) {
                throw new IllegalStateException("table superseded_snapshot: snapshot " + snapshot
                        + " must be one that the quorum superseded; nobody signed that");
            }
        });
    }

    private boolean isBooked(Digest snapshot) {
        return transaction.number("select count(*) from superseded_snapshot where snapshot = ?", snapshot) > 0;
    }

    private void book(Superseding one, Digest source) {
        if (transaction.number(
                        "select count(*) from accepted_snapshot where snapshot = ? and venue = ? and address = ?",
                        one.snapshot(),
                        one.account().venue(),
                        one.account().address())
                == 0) {
            throw new IllegalStateException("snapshot " + one.snapshot() + " must be an accepted one of "
                    + Event.key(one.account()) + " to be superseded");
        }
        List<Posting> postings = postings(
                one, Journal.balances(transaction, LedgerAccount.custodyPrefix(one.account())), Long.MAX_VALUE);
        JournalEntry entry = Journal.append(transaction, Kind.REVERSAL, source, postings);
        transaction.update(
                "insert into superseded_snapshot (snapshot, entry) values (?, ?)", one.snapshot(), entry.sequence());
        OutboxTable.tell(transaction, new Event.SnapshotReversed(one.account(), one.snapshot(), entry.sequence()));
    }

    /**
     * What takes a snapshot back.
     *
     * @param custody what the entries before have left, on the normal side
     * @param before the entry that does it: what came later is not looked at
     */
    List<Posting> postings(Superseding one, Map<LedgerAccount, Amount> custody, long before) {
        List<Holding> holdings = standing(one, before)
                .map(id -> meaning.apply(RawSnapshot.of(CanonicalReader.read(
                                Documents.find(transaction, id).orElseThrow())))
                        .holdings())
                .orElse(List.of());
        VenueAccount account = one.account();
        return SnapshotBooks.changes(account, holdings, custody, SnapshotBooks.owner(transaction, account));
    }

    /** The snapshot that stands once this one is superseded. */
    private Optional<Digest> standing(Superseding one, long before) {
        return transaction.first(
                "select a.snapshot from accepted_snapshot a where a.venue = ? and a.address = ? and a.snapshot <> ? and a.entry < ?"
                        + " and not exists (select from supersession p join accepted_snapshot s on s.snapshot = p.successor"
                        + " where p.orphaned = a.snapshot and s.entry < ?)"
                        + " and not exists (select from superseded_snapshot w where w.snapshot = a.snapshot and w.entry < ?)"
                        + " order by a.horizon_time desc, a.horizon_number desc limit 1",
                row -> row.digest(1),
                one.account().venue(),
                one.account().address(),
                one.snapshot(),
                before,
                before,
                before);
    }
}
