package io.bulwark.clearing.ledger;

import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.DatabaseException;
import io.bulwark.clearing.database.DatabaseTransaction;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.money.Usd;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.register.Documents;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What was asked of those who pay into the fund, what came and what left, in order. An act and the transfer that it moves are one
 * transaction; an act that is there already is not written again.
 */
public final class FundActs {
    private static final String KIND = "fund-act";

    private final Database database;

    /** The acts of a database. */
    public FundActs(Database database) {
        this.database = database;
    }

    /**
     * An act to be written.
     *
     * @param document what it is
     * @param payment identity of the payment that it is about; empty where none was made
     * @param transfer what it moves; empty where nothing moves
     */
    public record Entry(CanonicalValue document, Optional<Digest> payment, Optional<Transfer> transfer) {
        /** An act that moves nothing. */
        public static Entry of(CanonicalValue document) {
            return new Entry(document, Optional.empty(), Optional.empty());
        }
    }

    /** What follows from the acts so far. */
    public interface Next {
        /**
         * The acts to be written; may be asked again.
         *
         * @param later encodings of those after the ones that are known, in order
         * @param written whether an act is among all of them
         */
        List<Entry> after(List<byte[]> later, Predicate<CanonicalValue> written);
    }

    /**
     * Writes what follows from the acts so far: writers take turns, so that what follows was decided over all of them.
     *
     * @param known how many acts, from the first on, whoever decides has read before
     * @return how many were written; those that were there already are not
     * @throws IllegalStateException if the journal does not take a transfer
     */
    public int append(long known, Next next) {
        return database.write(transaction -> {
            int written = 0;
            for (Entry entry :
                    next.after(later(transaction, known), act -> isWritten(transaction, Digest.sha256(act.encode())))) {
                written += write(transaction, entry) ? 1 : 0;
            }
            return written;
        });
    }

    /**
     * Acts, and balances of the same moment.
     *
     * @param later encodings of the acts after the known ones, in order
     * @param balances of the accounts that were asked for, without those at zero
     */
    public record Standing(List<byte[]> later, Map<LedgerAccount, Amount> balances) {
        /** Copies. */
        public Standing {
            later = List.copyOf(later);
            balances = Map.copyOf(balances);
        }
    }

    /**
     * What stands now.
     *
     * @param known how many acts, from the first on, are not read again: none is ever changed
     * @param funds what the names of the funds begin with whose accounts are asked for
     */
    public Standing standing(long known, String funds) {
        return database.read(transaction -> new Standing(
                later(transaction, known), Journal.balances(transaction, LedgerAccount.fundPrefix(funds))));
    }

    /**
     * How much of what the fund must hold was there in a review, USD.
     *
     * @param demanded over all layers
     * @param received and in the fund, the house's own capital included
     */
    public record Coverage(Amount demanded, Amount received) {}

    /** Keeps the coverage of an epoch's review; the first that is kept stands. */
    public void cover(long epoch, Coverage coverage) {
        database.write(transaction -> transaction.update(
                "insert into fund_coverage (epoch, demanded, received) values (?, ?, ?) on conflict do nothing",
                epoch,
                Usd.floor(coverage.demanded()),
                Usd.floor(coverage.received())));
    }

    /**
     * Coverage by epoch, of the newest epochs that were reviewed.
     *
     * @param before epochs of lower numbers than this
     */
    public SortedMap<Long, Coverage> coverage(long before, int most) {
        TreeMap<Long, Coverage> coverage = new TreeMap<>();
        database.read(transaction -> transaction.query(
                        "select epoch, demanded, received from fund_coverage where epoch < ? order by epoch desc limit ?",
                        row -> Map.entry(row.number(1), new Coverage(usd(row.number(2)), usd(row.number(3)))),
                        before,
                        most))
                .forEach(row -> coverage.put(row.getKey(), row.getValue()));
        return coverage;
    }

    private static Amount usd(long units) {
        return new Amount(BigInteger.valueOf(units), Usd.SCALE);
    }

    /** Encodings of the acts after the first so many, in order. */
    public List<byte[]> after(long known) {
        return database.read(transaction -> later(transaction, known));
    }

    /** Whether a snapshot that was booked speaks of exactly this block: the house itself read it as final. */
    public boolean isRead(Horizon.Block block) {
        return database.read(transaction -> transaction.number(
                        "select count(*) from accepted_snapshot a join raw_snapshot r on r.digest = a.snapshot where r.horizon = ?"
                                + SnapshotBooks.STANDS,
                        block.canonical().encode()))
                > 0;
    }

    /** The newest block of a chain that the house itself read as final: of which a booked snapshot speaks. */
    public Optional<Horizon.Block> newestRead(long chainId) {
        return database.read(transaction -> transaction
                .query(
                        "select distinct r.horizon from accepted_snapshot a join raw_snapshot r on r.digest = a.snapshot where true"
                                + SnapshotBooks.STANDS,
                        row -> Horizon.decode(row.bytes(1)))
                .stream()
                .filter(horizon -> horizon instanceof Horizon.Block block && block.chainId() == chainId)
                .map(Horizon.Block.class::cast)
                .max(Comparator.comparingLong(Horizon.Block::number)));
    }

    /** Acts are numbered from 1 without a gap. */
    private static List<byte[]> later(DatabaseTransaction transaction, long known) {
        return transaction.query(
                "select d.body from fund_act a join document d on d.digest = a.document where a.sequence > ? order by a.sequence",
                row -> row.bytes(1),
                known);
    }

    private static boolean isWritten(DatabaseTransaction transaction, Digest act) {
        return transaction.number("select count(*) from fund_act where document = ?", act) > 0;
    }

    private static boolean write(DatabaseTransaction transaction, Entry entry) {
        byte[] encoding = entry.document().encode();
        if (isWritten(transaction, Digest.sha256(encoding))) {
            return false;
        }
        Digest document = Documents.store(transaction, KIND, encoding);
        Optional<Long> posted = entry.transfer().map(transfer -> posted(transaction, transfer));
        transaction.update(
                "insert into fund_act (sequence, document, payment, entry) select coalesce(max(sequence), 0) + 1, ?, ?, ? from fund_act",
                document,
                entry.payment().map(Digest::bytes),
                posted);
        return true;
    }

    private static long posted(DatabaseTransaction transaction, Transfer transfer) {
        return switch (Ledger.post(transaction, transfer)) {
            case TransferResult.Posted(long entry) -> entry;
            case TransferResult.Duplicate(long entry) ->
                throw new DatabaseException("transfer " + transfer.id() + " must be posted by its own act; entry "
                        + entry + " holds it already");
            case TransferResult.Rejected(TransferResult.Reason reason) ->
                throw new IllegalStateException(transfer.purpose() + ": " + reason);
        };
    }
}
