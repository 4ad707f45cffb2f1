package io.bulwark.clearing.ledger;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.database.DatabaseTransaction;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.event.Event;
import io.bulwark.clearing.ledger.JournalEntry.Kind;
import io.bulwark.clearing.ledger.JournalEntry.Posting;
import io.bulwark.clearing.ledger.LedgerAccount.ClearingHolding;
import io.bulwark.clearing.ledger.LedgerAccount.VenueCustody;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.clearing.register.Documents;
import io.bulwark.clearing.register.LinkRegister;
import io.bulwark.clearing.register.OutboxTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Books snapshots inside a write transaction: the change since the last accepted one of the venue account, custody against the clearing account's holding. */
final class SnapshotBooks {
    private static final String DOCUMENT_KIND = "raw-snapshot";

    /** Market data has no owner: its snapshots are accepted with an entry that moves nothing. */
    private static final int NOBODY = -1;

    /** Of accepted snapshots {@code a} those whose block the chain still knows, and that the quorum did not supersede. */
    static final String STANDS = " and not exists (select from supersession p where p.orphaned = a.snapshot)"
            + " and not exists (select from superseded_snapshot w where w.snapshot = a.snapshot)";

    private SnapshotBooks() {}

    /**
     * Books a snapshot.
     *
     * @param answer of who fetched it; empty where nobody answers for it
     */
    static BookingResult book(
            DatabaseTransaction transaction, VenueSnapshot snapshot, Optional<EpochSignature> answer) {
        RawSnapshot raw = snapshot.raw();
        byte[] bytes = raw.canonical().encode();
        Digest id = Documents.store(transaction, DOCUMENT_KIND, bytes);
        if (isKnown(transaction, id)) {
            return new BookingResult.Duplicate(id);
        }
        Optional<Digest> contradicted = firstOfHorizon(transaction, raw);
        if (contradicted.isPresent()) {
            return contradict(transaction, raw, contradicted.get(), id, answer);
        }
        Optional<Digest> orphaned = orphaned(transaction, raw);
        Optional<Refusal> refusal = refusal(transaction, snapshot, orphaned.isPresent());
        if (refusal.isPresent()) {
            quarantine(transaction, id, Event.key(raw.account()), refusal.get());
            return new BookingResult.Refused(id, refusal.get());
        }
        BookingResult.Booked booked = accept(transaction, snapshot, id, answer);
        return orphaned.isPresent() ? supersede(transaction, raw.account(), orphaned.get(), booked) : booked;
    }

    static BookingResult.Refused refuse(
            DatabaseTransaction transaction, String origin, String kind, byte[] payload, Refusal refusal) {
        Digest document = Documents.store(transaction, kind, payload);
        quarantine(transaction, document, origin, refusal);
        return new BookingResult.Refused(document, refusal);
    }

    static BookingResult refuse(DatabaseTransaction transaction, RawSnapshot raw, Refusal refusal) {
        byte[] bytes = raw.canonical().encode();
        Digest id = Digest.sha256(bytes);
        return isKnown(transaction, id)
                ? new BookingResult.Duplicate(id)
                : refuse(transaction, Event.key(raw.account()), DOCUMENT_KIND, bytes, refusal);
    }

    /** What became of a snapshot: what was refused may have been booked since, so the books come first. */
    static Optional<BookingResult> outcome(DatabaseTransaction transaction, Digest id) {
        return transaction
                .<BookingResult>first(
                        "select entry from accepted_snapshot where snapshot = ?",
                        row -> new BookingResult.Booked(id, row.number(1)),
                        id)
                .or(() -> transaction.first(
                        "select first from incident where second = ?",
                        row -> new BookingResult.Incident(row.digest(1), id),
                        id))
                .or(() -> transaction.first(
                        "select field, value, rule from quarantine where document = ?",
                        row -> new BookingResult.Refused(id, new Refusal(row.text(1), row.text(2), row.text(3))),
                        id));
    }

    private static boolean isKnown(DatabaseTransaction transaction, Digest id) {
        return transaction.number("select count(*) from raw_snapshot where digest = ?", id) > 0;
    }

    /** What a venue says again of a moment whose snapshot was superseded contradicts nothing. */
    private static Optional<Digest> firstOfHorizon(DatabaseTransaction transaction, RawSnapshot raw) {
        return transaction.first(
                "select digest from raw_snapshot r where venue = ? and address = ? and horizon = ?"
                        + " and not exists (select from superseded_snapshot w where w.snapshot = r.digest) order by arrival limit 1",
                row -> row.digest(1),
                raw.account().venue(),
                raw.account().address(),
                raw.horizon().canonical().encode());
    }

    private static BookingResult contradict(
            DatabaseTransaction transaction,
            RawSnapshot raw,
            Digest first,
            Digest second,
            Optional<EpochSignature> answer) {
        keep(transaction, raw, second, answer);
        transaction.update("insert into incident (first, second) values (?, ?)", first, second);
        OutboxTable.tell(transaction, new Event.SnapshotContradicted(raw.account(), first, second));
        return new BookingResult.Incident(first, second);
    }

    /** The last accepted snapshot, where it speaks of another block of the same number on the same chain: the chain has forgotten that block. */
    private static Optional<Digest> orphaned(DatabaseTransaction transaction, RawSnapshot raw) {
        if (!(raw.horizon() instanceof Horizon.Block now) || !now.sealable()) {
            return Optional.empty();
        }
        return transaction
                .first(
                        "select a.snapshot, r.horizon from accepted_snapshot a join raw_snapshot r on r.digest = a.snapshot where a.venue = ? and a.address = ?"
                                + STANDS
                                + " order by a.horizon_time desc, a.horizon_number desc limit 1",
                        row -> new Accepted(row.digest(1), Horizon.decode(row.bytes(2))),
                        raw.account().venue(),
                        raw.account().address())
                .filter(last -> last.horizon() instanceof Horizon.Block block
                        && block.chainId() == now.chainId()
                        && block.number() == now.number()
                        && !block.hash().equals(now.hash()))
                .map(Accepted::snapshot);
    }

    private record Accepted(Digest snapshot, Horizon horizon) {}

    private static BookingResult supersede(
            DatabaseTransaction transaction, VenueAccount account, Digest orphaned, BookingResult.Booked booked) {
        transaction.update("insert into incident (first, second) values (?, ?)", orphaned, booked.snapshot());
        transaction.update("insert into supersession (orphaned, successor) values (?, ?)", orphaned, booked.snapshot());
        OutboxTable.tell(transaction, new Event.SnapshotContradicted(account, orphaned, booked.snapshot()));
        return new BookingResult.Superseded(orphaned, booked.snapshot(), booked.entry());
    }

    private static void keep(
            DatabaseTransaction transaction, RawSnapshot raw, Digest id, Optional<EpochSignature> answer) {
        transaction.update(
                "insert into raw_snapshot (digest, arrival, venue, address, horizon, reader, signature)"
                        + " select ?, coalesce(max(arrival), 0) + 1, ?, ?, ?, cast(? as bytea), cast(? as bytea) from raw_snapshot",
                id,
                raw.account().venue(),
                raw.account().address(),
                raw.horizon().canonical().encode(),
                answer.map(given -> given.signer().bytes()),
                answer.map(EpochSignature::signature));
    }

    /** The same document is kept once, with the first reason. */
    private static void quarantine(DatabaseTransaction transaction, Digest document, String origin, Refusal refusal) {
        int rows = transaction.update(
                "insert into quarantine (sequence, document, origin, field, value, rule) select coalesce(max(sequence), 0) + 1, ?, ?, ?, ?, ? from quarantine"
                        + " on conflict (document) do nothing",
                document,
                origin,
                refusal.field(),
                refusal.value(),
                refusal.rule());
        if (rows > 0) {
            OutboxTable.tell(transaction, new Event.SnapshotRefused(document, refusal.field(), refusal.rule()));
        }
    }

    private static Optional<Refusal> refusal(
            DatabaseTransaction transaction, VenueSnapshot snapshot, boolean supersedes) {
        RawSnapshot raw = snapshot.raw();
        if (!raw.horizon().sealable()) {
            return Optional.of(new Refusal("horizon", raw.horizon().toString(), "must be final to be booked"));
        }
        if (isMarket(raw.account())) {
            return snapshot.holdings().isEmpty()
                    ? laterThanAccepted(transaction, raw, supersedes)
                    : Optional.of(new Refusal(
                            "holdings", snapshot.holdings().size() + " holdings", "must be empty in market data"));
        }
        if (owner(transaction, raw.account()) == NOBODY) {
            return Optional.of(
                    new Refusal("account", Event.key(raw.account()), "must be linked to a clearing account"));
        }
        if (LinkRegister.isRevoked(transaction, raw.account())) {
            return Optional.of(
                    new Refusal("account", Event.key(raw.account()), "must not be revoked by its owner to be read"));
        }
        return laterThanAccepted(transaction, raw, supersedes);
    }

    /** A snapshot that comes late would turn the books back in time. */
    private static Optional<Refusal> laterThanAccepted(
            DatabaseTransaction transaction, RawSnapshot raw, boolean supersedes) {
        Horizon horizon = raw.horizon();
        if (supersedes) {
            return Optional.empty();
        }
        return transaction
                .first(
                        "select horizon_time, horizon_number from accepted_snapshot a where venue = ? and address = ?"
                                + STANDS
                                + " and (horizon_time, horizon_number) >= (?, ?) order by horizon_time desc, horizon_number desc limit 1",
                        row -> row.number(1) + " number " + row.number(2),
                        raw.account().venue(),
                        raw.account().address(),
                        horizon.timeMillis(),
                        number(horizon))
                .map(last -> new Refusal(
                        "horizon",
                        horizon.timeMillis() + " number " + number(horizon),
                        "must be later than the last accepted, " + last));
    }

    private static BookingResult.Booked accept(
            DatabaseTransaction transaction, VenueSnapshot snapshot, Digest id, Optional<EpochSignature> answer) {
        RawSnapshot raw = snapshot.raw();
        keep(transaction, raw, id, answer);
        JournalEntry entry = Journal.append(transaction, Kind.SNAPSHOT, id, changes(transaction, snapshot));
        transaction.update(
                "insert into accepted_snapshot (snapshot, venue, address, horizon_time, horizon_number, entry) values (?, ?, ?, ?, ?, ?)",
                id,
                raw.account().venue(),
                raw.account().address(),
                raw.horizon().timeMillis(),
                number(raw.horizon()),
                entry.sequence());
        OutboxTable.tell(transaction, new Event.SnapshotBooked(raw.account(), id, entry.sequence()));
        return new BookingResult.Booked(id, entry.sequence());
    }

    private static List<Posting> changes(DatabaseTransaction transaction, VenueSnapshot snapshot) {
        VenueAccount account = snapshot.raw().account();
        Map<LedgerAccount, Amount> custody = Journal.balances(transaction, LedgerAccount.custodyPrefix(account));
        return changes(account, snapshot.holdings(), custody, owner(transaction, account));
    }

    /**
     * Custody moves from what the last accepted snapshot left there to what this one says; the clearing account's holding moves with it.
     *
     * @param holdings that it has from now on
     * @param custody what was left, on the normal side
     * @param owner the clearing account that it is of
     */
    static List<Posting> changes(
            VenueAccount account, List<Holding> holdings, Map<LedgerAccount, Amount> custody, int owner) {
        Map<Commodity, Amount> changes = quantities(holdings);
        custody.forEach((place, balance) -> {
            if (place instanceof VenueCustody(VenueAccount whose, Commodity commodity) && whose.equals(account)) {
                changes.merge(commodity, balance.negate(), Amount::plus);
            }
        });
        List<Posting> postings = new ArrayList<>();
        changes.forEach((commodity, change) -> {
            if (change.signum() != 0) {
                postings.add(new Posting(new VenueCustody(account, commodity), change));
                postings.add(new Posting(new ClearingHolding(owner, commodity), change.negate()));
            }
        });
        return postings;
    }

    private static Map<Commodity, Amount> quantities(List<Holding> holdings) {
        Map<Commodity, Amount> quantities = new TreeMap<>();
        holdings.forEach(holding -> quantities.merge(commodity(holding), holding.quantity(), Amount::plus));
        return quantities;
    }

    private static Commodity commodity(Holding holding) {
        return switch (holding) {
            case Holding.Derivative derivative -> new Commodity.Derivative(derivative.instrument());
            case Holding.Collateral collateral -> new Commodity.Collateral(collateral.asset());
            case Holding.Debt debt -> new Commodity.Debt(debt.asset());
            case Holding.Cash _ -> new Commodity.Cash();
        };
    }

    private static boolean isMarket(VenueAccount account) {
        return account.address().equals(VenueAccount.MARKET);
    }

    /** The clearing account that a venue account is linked to; below zero of market data. */
    static int owner(DatabaseTransaction transaction, VenueAccount account) {
        return transaction
                .first(
                        "select clearing_account from venue_account where venue = ? and address = ?",
                        row -> row.integer(1),
                        account.venue(),
                        account.address())
                .orElse(NOBODY);
    }

    /** Orders horizons of one venue that share a time. */
    static long number(Horizon horizon) {
        return switch (horizon) {
            case Horizon.Block block -> block.number();
            case Horizon.Sequence sequence -> sequence.number();
            case Horizon.VenueTime _ -> 0;
        };
    }
}
