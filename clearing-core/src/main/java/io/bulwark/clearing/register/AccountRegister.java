package io.bulwark.clearing.register;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.integer;

import io.bulwark.clearing.account.ClearingAccount;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.DatabaseException;
import io.bulwark.clearing.database.DatabaseTransaction;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.epoch.EpochInputs.AccountInput;
import io.bulwark.clearing.epoch.EpochInputs.PaidAllocation;
import java.util.List;
import java.util.Optional;

/** Clearing accounts with their links, leaf identities and paid-up sleeves. What was opened is never closed or renumbered; what may change is added anew, and the newest counts. */
public final class AccountRegister {
    private final Database database;

    /** The register of a database. */
    public AccountRegister(Database database) {
        this.database = database;
    }

    /** What became of an opening. */
    public sealed interface OpeningResult {
        /** Opened, or links were added. */
        record Opened() implements OpeningResult {}

        /** All of it stood there already. */
        record Unchanged() implements OpeningResult {}

        /** Nothing was changed. */
        record Refused(Refusal refusal) implements OpeningResult {}
    }

    /**
     * Owner commitment and salt of a leaf.
     *
     * @param owner field element
     * @param salt field element of 31 random bytes
     */
    public record LeafIdentity(Digest owner, Digest salt) {}

    /** Opens an account with its links, or adds the links that are new. A number or name in use by another, or a venue account linked to another, is refused. */
    public OpeningResult open(ClearingAccount account) {
        return database.write(transaction -> open(transaction, account));
    }

    private static OpeningResult open(DatabaseTransaction transaction, ClearingAccount account) {
        Optional<Refusal> refusal = refusal(transaction, account);
        if (refusal.isPresent()) {
            return new OpeningResult.Refused(refusal.get());
        }
        transaction.update(
                "insert into member (number, name) select coalesce(max(number) + 1, 0), ? from member"
                        + " having not exists (select 1 from member where name = ?)",
                account.member(),
                account.member());
        int rows = transaction.update(
                "insert into clearing_account (number, name, member) values (?, ?, ?) on conflict (number) do nothing",
                account.number(),
                account.name(),
                account.member());
        for (VenueAccount link : account.venueAccounts()) {
            rows += transaction.update(
                    "insert into venue_account (venue, address, clearing_account) values (?, ?, ?) on conflict (venue, address) do nothing",
                    link.venue(),
                    link.address(),
                    account.number());
        }
        return rows > 0 ? new OpeningResult.Opened() : new OpeningResult.Unchanged();
    }

    private static Optional<Refusal> refusal(DatabaseTransaction transaction, ClearingAccount account) {
        for (VenueAccount link : account.venueAccounts()) {
            Optional<Refusal> refusal = refusal(transaction, account.number(), link);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return transaction.first(
                "select number, name, member from clearing_account where (number = ? or name = ?) and not (number = ? and name = ? and member = ?)",
                row -> new Refusal(
                        "account",
                        account.number() + " " + account.name() + " of " + account.member(),
                        "must not differ from account " + row.number(1) + " " + row.text(2) + " of " + row.text(3)
                                + ", which is open"),
                account.number(),
                account.name(),
                account.number(),
                account.name(),
                account.member());
    }

    /** Why a venue account cannot be linked to this account: it is no account, or linked to another. */
    static Optional<Refusal> refusal(DatabaseTransaction transaction, int number, VenueAccount link) {
        if (link.address().equals(VenueAccount.MARKET)) {
            return Optional.of(new Refusal("venueAccount", link.toString(), "must be an account, not market data"));
        }
        return transaction.first(
                "select clearing_account from venue_account where venue = ? and address = ? and clearing_account <> ?",
                row -> new Refusal(
                        "venueAccount",
                        link.toString(),
                        "must be linked to one clearing account; it is linked to " + row.number(1)),
                link.venue(),
                link.address(),
                number);
    }

    /** All accounts, by number; links by venue, then address. */
    public List<ClearingAccount> accounts() {
        return database.read(transaction -> transaction
                .query(
                        "select number, name, member from clearing_account order by number",
                        row -> new ClearingAccount(row.integer(1), row.text(2), row.text(3), List.of()))
                .stream()
                .map(account -> new ClearingAccount(
                        account.number(), account.name(), account.member(), links(transaction, account.number())))
                .toList());
    }

    private static List<VenueAccount> links(DatabaseTransaction transaction, int number) {
        return transaction.query(
                "select venue, address from venue_account where clearing_account = ? order by venue, address",
                row -> new VenueAccount(row.integer(1), row.text(2)),
                number);
    }

    /** Gives an account the owner commitment and salt of its leaf; the same again changes nothing. */
    public void identify(int clearingAccount, LeafIdentity identity) {
        database.write(transaction -> {
            if (!identity(transaction, clearingAccount).equals(Optional.of(identity))) {
                transaction.update(
                        "insert into leaf_identity (sequence, clearing_account, owner, salt) select coalesce(max(sequence), 0) + 1, ?, ?, ? from leaf_identity",
                        clearingAccount,
                        identity.owner(),
                        identity.salt());
            }
            return identity;
        });
    }

    /** Owner commitment and salt in force. */
    public Optional<LeafIdentity> identity(int clearingAccount) {
        return database.read(transaction -> identity(transaction, clearingAccount));
    }

    private static Optional<LeafIdentity> identity(DatabaseTransaction transaction, int clearingAccount) {
        return transaction.first(
                "select owner, salt from leaf_identity where clearing_account = ? order by sequence desc limit 1",
                row -> new LeafIdentity(row.digest(1), row.digest(2)),
                clearingAccount);
    }

    /**
     * Registers the key that an owner's bundles are encrypted to; the same again changes nothing.
     *
     * @param publicKey X25519, 32 bytes
     */
    public void registerBundleKey(int clearingAccount, Digest publicKey) {
        database.write(transaction -> {
            if (!bundleKey(transaction, clearingAccount).equals(Optional.of(publicKey))) {
                transaction.update(
                        "insert into bundle_key (sequence, clearing_account, public_key) select coalesce(max(sequence), 0) + 1, ?, ? from bundle_key",
                        clearingAccount,
                        publicKey);
            }
            return publicKey;
        });
    }

    /** The key in force that an owner's bundles are encrypted to; empty if none was registered. */
    public Optional<Digest> bundleKey(int clearingAccount) {
        return database.read(transaction -> bundleKey(transaction, clearingAccount));
    }

    private static Optional<Digest> bundleKey(DatabaseTransaction transaction, int clearingAccount) {
        return transaction.first(
                "select public_key from bundle_key where clearing_account = ? order by sequence desc limit 1",
                row -> row.digest(1),
                clearingAccount);
    }

    /** Says which lots an account keeps fully paid from now on: this list, instead of the one before. */
    public void allocate(int clearingAccount, List<PaidAllocation> paid) {
        CanonicalValue body = array(paid.stream()
                .map(p -> array(integer(p.instrument()), integer(p.lots())))
                .toList());
        database.write(transaction -> {
            if (!paid(transaction, clearingAccount).equals(paid)) {
                transaction.update(
                        "insert into paid_allocation (sequence, clearing_account, body) select coalesce(max(sequence), 0) + 1, ?, ? from paid_allocation",
                        clearingAccount,
                        body.encode());
            }
            return paid;
        });
    }

    private static List<PaidAllocation> paid(DatabaseTransaction transaction, int clearingAccount) {
        return transaction
                .first(
                        "select body from paid_allocation where clearing_account = ? order by sequence desc limit 1",
                        row -> row.bytes(1),
                        clearingAccount)
                .map(body -> CanonicalFields.of("paid", array(CanonicalReader.read(body)))
                        .list(
                                "paid",
                                f -> new PaidAllocation(
                                        (int) f.integer("instrument", 0, Integer.MAX_VALUE), f.integer("lots"))))
                .orElse(List.of());
    }

    /**
     * All accounts as an epoch seals them, read at one moment.
     *
     * @throws DatabaseException if an account has no leaf identity yet
     */
    public List<AccountInput> inputs() {
        return database.read(transaction -> transaction
                .query(
                        "select a.number, a.member, m.number from clearing_account a join member m on m.name = a.member order by a.number",
                        row -> new Member(row.integer(1), row.text(2), row.integer(3)))
                .stream()
                .map(account -> input(transaction, account))
                .toList());
    }

    private record Member(int number, String member, int memberNumber) {}

    private static AccountInput input(DatabaseTransaction transaction, Member account) {
        LeafIdentity identity = identity(transaction, account.number())
                .orElseThrow(() -> new DatabaseException(
                        "account " + account.number() + " must have a leaf identity before an epoch seals it"));
        return new AccountInput(
                account.number(),
                account.member(),
                account.memberNumber(),
                identity.owner(),
                identity.salt(),
                links(transaction, account.number()),
                paid(transaction, account.number()));
    }

    public static boolean isOpen(DatabaseTransaction transaction, int clearingAccount) {
        return transaction.number("select count(*) from clearing_account where number = ?", clearingAccount) > 0;
    }
}
