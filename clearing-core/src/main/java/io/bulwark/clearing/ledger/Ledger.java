package io.bulwark.clearing.ledger;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.DatabaseTransaction;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.event.Event;
import io.bulwark.clearing.ledger.JournalEntry.Kind;
import io.bulwark.clearing.ledger.LedgerAccount.ClearingHolding;
import io.bulwark.clearing.ledger.LedgerAccount.VenueCustody;
import io.bulwark.clearing.ledger.TransferResult.Reason;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.clearing.register.AccountRegister;
import io.bulwark.clearing.register.Documents;
import io.bulwark.clearing.register.OutboxTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The books: what is held, by whom, where, and how it came about. Every operation may be repeated; the second time changes nothing. */
public final class Ledger {
    private final Database database;
    private final Books books;

    /** The books of a database. */
    public Ledger(Database database) {
        this.database = database;
        this.books = new Books(database);
    }

    /** What epochs seal of the tables. */
    public Books books() {
        return books;
    }

    /** Books what changed since the last accepted snapshot of the venue account. Nobody answers for it: no epoch is sealed over it. */
    public BookingResult book(VenueSnapshot snapshot) {
        return database.write(transaction -> SnapshotBooks.book(transaction, snapshot, Optional.empty()));
    }

    /** Keeps a snapshot that nobody could read, with the reason; the last accepted one stands. */
    public BookingResult refuse(RawSnapshot raw, Refusal refusal) {
        return database.write(transaction -> SnapshotBooks.refuse(transaction, raw, refusal));
    }

    /** Who answers for having fetched snapshots, by their ids; those for which nobody does are left out. */
    public Map<Digest, EpochSignature> answers(Set<Digest> snapshots) {
        String[] ids = snapshots.stream().map(Digest::hex).toArray(String[]::new);
        Map<Digest, EpochSignature> answers = new HashMap<>();
        database.read(transaction -> {
            transaction.each(
                    "select digest, reader, signature from raw_snapshot where reader is not null"
                            + " and digest in (select decode(id, 'hex') from unnest(?) id)",
                    row -> Map.entry(row.digest(1), new EpochSignature(row.digest(2), row.bytes(3))),
                    answer -> answers.put(answer.getKey(), answer.getValue()),
                    (Object) ids);
            return ids.length;
        });
        return answers;
    }

    /**
     * Keeps an answer that did not even become a snapshot, with the reason.
     *
     * @param origin whence it came, for people, such as {@code venue/address}
     */
    public BookingResult refuse(String origin, byte[] payload, Refusal refusal) {
        return database.write(
                transaction -> SnapshotBooks.refuse(transaction, origin, "refused-answer", payload, refusal));
    }

    /** Posts a transfer, or says why not. */
    public TransferResult post(Transfer transfer) {
        return database.write(transaction -> post(transaction, transfer));
    }

    /** Whether the journal holds exactly this transfer. */
    public boolean holds(Transfer transfer) {
        Digest document = Digest.sha256(transfer.canonical().encode());
        return database.read(transaction -> posted(transaction, transfer.id()))
                .map(found -> found.document().equals(document))
                .orElse(false);
    }

    static TransferResult post(DatabaseTransaction transaction, Transfer transfer) {
        byte[] document = transfer.canonical().encode();
        Optional<Posted> posted = posted(transaction, transfer.id());
        if (posted.isPresent()) {
            return posted.get().document().equals(Digest.sha256(document))
                    ? new TransferResult.Duplicate(posted.get().entry())
                    : new TransferResult.Rejected(Reason.ID_USED_OTHERWISE);
        }
        Optional<Reason> reason = objection(transaction, transfer);
        if (reason.isPresent()) {
            return new TransferResult.Rejected(reason.get());
        }
        Digest source = Documents.store(transaction, "transfer", document);
        JournalEntry entry = Journal.append(transaction, Kind.TRANSFER, source, transfer.postings());
        transaction.update(
                "insert into transfer (id, document, entry) values (?, ?, ?)", transfer.id(), source, entry.sequence());
        OutboxTable.tell(transaction, new Event.TransferPosted(transfer.id(), entry.sequence()));
        return new TransferResult.Posted(entry.sequence());
    }

    private record Posted(Digest document, long entry) {}

    private static Optional<Posted> posted(DatabaseTransaction transaction, Digest id) {
        return transaction.first(
                "select document, entry from transfer where id = ?",
                row -> new Posted(row.digest(1), row.number(2)),
                id);
    }

    private static Optional<Reason> objection(DatabaseTransaction transaction, Transfer transfer) {
        if (transfer.debit().equals(transfer.credit())) {
            return Optional.of(Reason.SAME_ACCOUNT);
        }
        if (!transfer.debit().commodity().equals(transfer.credit().commodity())) {
            return Optional.of(Reason.DIFFERENT_COMMODITIES);
        }
        return objection(transaction, transfer.debit(), transfer.amount())
                .or(() -> objection(
                        transaction, transfer.credit(), transfer.amount().negate()));
    }

    /** Objections to moving one account by a signed amount, debit &gt; 0. */
    private static Optional<Reason> objection(DatabaseTransaction transaction, LedgerAccount account, Amount debit) {
        if (account instanceof VenueCustody) {
            return Optional.of(Reason.VENUE_CUSTODY);
        }
        if (account instanceof ClearingHolding(int number, Commodity _)
                && !AccountRegister.isOpen(transaction, number)) {
            return Optional.of(Reason.UNKNOWN_CLEARING_ACCOUNT);
        }
        Amount change = Journal.onNormalSide(account, debit);
        Amount balance = Journal.onNormalSide(account, Journal.debitBalance(transaction, account));
        boolean fallsBelowZero = change.signum() < 0 && balance.plus(change).signum() < 0;
        return fallsBelowZero ? Optional.of(Reason.INSUFFICIENT_FUNDS) : Optional.empty();
    }

    /** The balance on the account's normal side; zero for one that nothing has touched. */
    public Amount balance(LedgerAccount account) {
        return database.read(transaction -> Journal.onNormalSide(account, Journal.debitBalance(transaction, account)));
    }

    /** What the house owes to a clearing account, by commodity, without zeros. */
    public SortedMap<Commodity, Amount> holdings(int clearingAccount) {
        SortedMap<Commodity, Amount> holdings = new TreeMap<>();
        database.read(transaction -> Journal.balances(transaction, LedgerAccount.holdingPrefix(clearingAccount)))
                .forEach((account, balance) -> holdings.put(account.commodity(), balance));
        return holdings;
    }

    /** Of each venue account (and each venue's market data) the last accepted snapshot whose horizon is not after the epoch time; by venue, then address. */
    public List<AcceptedSnapshot> acceptedAt(long epochTimeMillis) {
        return database.read(transaction -> transaction.query(
                "select distinct on (venue, address) venue, address, snapshot, horizon_time, entry from accepted_snapshot a where horizon_time <= ?"
                        + SnapshotBooks.STANDS
                        + " order by venue, address, horizon_time desc, horizon_number desc",
                row -> new AcceptedSnapshot(
                        new VenueAccount(row.integer(1), row.text(2)), row.digest(3), row.number(4), row.number(5)),
                epochTimeMillis));
    }

    /**
     * Takes back whatever the quorum superseded and is not taken back yet, each by an entry of its own.
     *
     * @param list everything that the quorum superseded
     * @param meaning what bytes say
     * @return how many entries this made
     * @throws IllegalStateException naming a snapshot that was never accepted, or that is taken back and not on the list
     */
    public int supersede(SupersededSnapshots list, Function<RawSnapshot, VenueSnapshot> meaning) {
        return database.write(transaction -> new Reversals(transaction, meaning).book(list));
    }

    /** The venue account of a snapshot that was accepted, whether it stands or not. */
    public Optional<VenueAccount> accepted(Digest snapshot) {
        return database.read(transaction -> transaction.first(
                "select venue, address from accepted_snapshot where snapshot = ?",
                row -> new VenueAccount(row.integer(1), row.text(2)),
                snapshot));
    }

    /** Accepted snapshots that were taken back, each with the entry that did it, in order. */
    public SortedMap<Long, Digest> reversed() {
        SortedMap<Long, Digest> reversed = new TreeMap<>();
        database.read(transaction -> {
            transaction.each(
                    "select entry, snapshot from superseded_snapshot",
                    row -> Map.entry(row.number(1), row.digest(2)),
                    one -> reversed.put(one.getKey(), one.getValue()));
            return reversed.size();
        });
        return reversed;
    }

    /** The bytes of a snapshot by its id, whether it was booked, contradicted or refused. */
    public Optional<RawSnapshot> snapshot(Digest id) {
        return database.read(transaction -> Documents.find(transaction, id))
                .map(bytes -> RawSnapshot.of(CanonicalReader.read(bytes)));
    }

    /** How many payloads were ever refused. */
    public long quarantined() {
        return database.read(transaction -> transaction
                .first("select count(*) from quarantine", row -> row.number(1))
                .orElse(0L));
    }

    /** Refused payloads in their order, from a place on. */
    public List<QuarantinedPayload> quarantine(long fromSequence, int limit) {
        return database.read(transaction -> transaction.query(
                "select sequence, origin, document, field, value, rule, (extract(epoch from received_at) * 1000)::bigint from quarantine where sequence >= ? order by sequence limit ?",
                row -> new QuarantinedPayload(
                        row.number(1),
                        row.text(2),
                        row.digest(3),
                        new Refusal(row.text(4), row.text(5), row.text(6)),
                        row.number(7)),
                fromSequence,
                limit));
    }

    /** What became of a snapshot, by its id: booked, contradicting or refused, in this order; empty of one that never came. */
    public Optional<BookingResult> outcome(Digest snapshot) {
        return database.read(transaction -> SnapshotBooks.outcome(transaction, snapshot));
    }

    /** Contradicting snapshots, those of a block that left its chain included: the first and the second of each incident, in order of arrival. */
    public List<BookingResult.Incident> incidents() {
        return database.read(transaction -> transaction.query(
                "select i.first, i.second from incident i join raw_snapshot s on s.digest = i.second order by s.arrival",
                row -> new BookingResult.Incident(row.digest(1), row.digest(2))));
    }

    /** Journal entries in their order, from a sequence on. */
    public List<JournalEntry> entries(long fromSequence, int limit) {
        return database.read(transaction -> {
            List<JournalEntry> entries = new ArrayList<>();
            new JournalScan(fromSequence, limit).each(transaction, scanned -> entries.add(scanned.entry()));
            return entries;
        });
    }

    /**
     * Makes entries again from what they book: a snapshot's from its bytes and what the accepted one before left, a transfer's from its
     * document.
     *
     * @param after sequence of the last entry that is not made again
     * @param upTo sequence of the last one that is
     * @param meaning what bytes say
     * @return what the rows have otherwise, for people; empty if nothing
     */
    public List<String> rebuilt(long after, long upTo, Function<RawSnapshot, VenueSnapshot> meaning) {
        return database.read(transaction -> new Rebuilding(transaction, meaning).findings(after, upTo));
    }

    /** Recomputes the whole chain and every balance from the rows. Call it on load; a broken ledger is not served from. */
    public LedgerVerification verify() {
        return database.read(LedgerVerification::of);
    }
}
