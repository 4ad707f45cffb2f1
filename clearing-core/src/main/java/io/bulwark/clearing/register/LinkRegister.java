package io.bulwark.clearing.register;

import static io.bulwark.clearing.document.CanonicalValue.array;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.attestation.LinkSignature;
import io.bulwark.clearing.attestation.LinkStatement;
import io.bulwark.clearing.attestation.LinkStatement.Action;
import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.DatabaseException;
import io.bulwark.clearing.database.DatabaseTransaction;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.Refusal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What owners consented to, and what they revoked. Rows are only added. A venue account is linked to one clearing account for good; a revocation ends its reading:
 * what it is good for fades with the age of the last snapshot, what it owes stands.
 */
public final class LinkRegister {
    private static final String DOCUMENT_KIND = "account-link";

    /** The newest statement about each venue account {@code v}. */
    private static final String NEWEST =
            " left join lateral (select action, digest, nonce from link_statement s where s.venue = v.venue and s.address = v.address order by s.sequence desc limit 1) n on true";

    private final Database database;

    /** The register of a database. */
    public LinkRegister(Database database) {
        this.database = database;
    }

    /** Where a link stands. */
    public enum Standing {
        /** The house's founding file says so; no owner signed. */
        FOUNDED,
        /** The owner signed. */
        CONSENTED,
        /** The owner signed that it ends: nobody reads it any more. */
        REVOKED
    }

    /**
     * A venue account and the clearing account that it is linked to.
     *
     * @param clearingAccount the clearing account's number
     * @param account the venue account
     * @param standing where it stands
     * @param statement digest of the newest statement, by which the books keep it; empty if none was signed
     */
    public record Link(int clearingAccount, VenueAccount account, Standing standing, Optional<Digest> statement) {}

    /** What became of a statement. */
    public sealed interface Result {
        /** In the books. */
        record Recorded(Digest statement) implements Result {}

        /** Not in the books. */
        record Refused(Refusal refusal) implements Result {}
    }

    /** The key that an account's owner signs with; the same again changes nothing. */
    public void registerOwner(int clearingAccount, String signer) {
        database.write(transaction -> {
            if (!owner(transaction, clearingAccount).equals(Optional.of(signer))) {
                transaction.update(
                        "insert into account_owner (sequence, clearing_account, signer) select coalesce(max(sequence), 0) + 1, ?, ? from account_owner",
                        clearingAccount,
                        signer);
            }
            return signer;
        });
    }

    /** The key in force that an account's owner signs with; empty if none was registered. */
    public Optional<String> owner(int clearingAccount) {
        return database.read(transaction -> owner(transaction, clearingAccount));
    }

    private static Optional<String> owner(DatabaseTransaction transaction, int clearingAccount) {
        return transaction.first(
                "select signer from account_owner where clearing_account = ? order by sequence desc limit 1",
                row -> row.text(1),
                clearingAccount);
    }

    /** The lowest number that a new statement about an account may have. */
    public long nextNonce(int clearingAccount) {
        return database.read(transaction -> nextNonce(transaction, clearingAccount));
    }

    private static long nextNonce(DatabaseTransaction transaction, int clearingAccount) {
        return transaction.number(
                        "select coalesce(max(nonce), 0) from link_statement where clearing_account = ?",
                        clearingAccount)
                + 1;
    }

    /** Keeps a statement whose signatures were found good, and links or ends the link, unless the books speak against it. */
    public Result record(LinkStatement statement, List<LinkSignature> signatures) {
        return database.write(transaction -> {
            Optional<Refusal> refusal = refusal(transaction, statement);
            if (refusal.isPresent()) {
                return new Result.Refused(refusal.get());
            }
            byte[] body = array(
                            statement.canonical(),
                            array(signatures.stream()
                                    .map(LinkSignature::canonical)
                                    .toList()))
                    .encode();
            Digest digest = Documents.store(transaction, DOCUMENT_KIND, body);
            VenueAccount account = statement.venueAccount();
            transaction.update(
                    "insert into venue_account (venue, address, clearing_account) values (?, ?, ?) on conflict (venue, address) do nothing",
                    account.venue(),
                    account.address(),
                    statement.clearingAccount());
            transaction.update(
                    "insert into link_statement (sequence, digest, action, clearing_account, venue, address, nonce) select coalesce(max(sequence), 0) + 1, ?, ?, ?, ?, ?, ? from link_statement",
                    digest,
                    statement.action().name(),
                    statement.clearingAccount(),
                    account.venue(),
                    account.address(),
                    statement.nonce());
            return new Result.Recorded(digest);
        });
    }

    /**
     * Which statements are not what their rows say, or not signed by an owner of the account or the wallet itself; for people. What a
     * contract signed, its chain alone can say.
     */
    public List<String> findings() {
        return database.read(LinkRegister::findings);
    }

    /** The same, of what a transaction sees. */
    public static List<String> findings(DatabaseTransaction transaction) {
        List<String> findings = new ArrayList<>();
        transaction
                .query(
                        "select sequence, digest, action, clearing_account, venue, address, nonce from link_statement"
                                + " order by sequence",
                        row -> new Kept(
                                row.number(1),
                                row.digest(2),
                                row.text(3) + " " + row.number(4) + " " + row.number(5) + " " + row.text(6) + " "
                                        + row.number(7)))
                .forEach(kept -> flaw(transaction, kept)
                        .ifPresent(why -> findings.add("table link_statement: row " + kept.sequence() + " " + why)));
        return findings;
    }

    /** A row: its place, the document that it names, and what else it says. */
    private record Kept(long sequence, Digest document, String says) {}

    private static byte[] document(DatabaseTransaction transaction, Digest digest) {
        return Documents.find(transaction, digest)
                .orElseThrow(() -> new IllegalArgumentException("document " + digest + " is not there"));
    }

    private static Optional<String> flaw(DatabaseTransaction transaction, Kept kept) {
        try {
            CanonicalFields fields =
                    CanonicalFields.of("link", CanonicalReader.read(document(transaction, kept.document())));
            LinkStatement statement = LinkStatement.of(fields.value("statement"));
            List<LinkSignature> signatures = fields.list("signatures", LinkSignature::of);
            fields.end();
            VenueAccount account = statement.venueAccount();
            String says = statement.action().name() + " " + statement.clearingAccount() + " " + account.venue() + " "
                    + account.address() + " " + statement.nonce();
            if (!says.equals(kept.says())) {
                return Optional.of("must say what was signed, " + says + "; it says " + kept.says());
            }
            for (LinkSignature signature : signatures) {
                Optional<String> objection = signature.scheme() == LinkSignature.Scheme.ERC1271
                        ? Optional.empty()
                        : signature.objection(statement, LinkSignature.ContractWallets.NONE);
                if (objection.isPresent()) {
                    return Optional.of(signature + " " + objection.get());
                }
            }
            List<String> owners = transaction.query(
                    "select signer from account_owner where clearing_account = ?",
                    row -> row.text(1),
                    statement.clearingAccount());
            List<String> signers =
                    signatures.stream().map(LinkSignature::signer).toList();
            boolean byOwner = signers.stream().anyMatch(owners::contains);
            boolean byWallet = LinkSignature.isWallet(account.address()) && signers.contains(account.address());
            return byOwner || (byWallet && statement.action() == Action.REVOKE)
                    ? Optional.empty()
                    : Optional.of("must be signed by an owner of account " + statement.clearingAccount());
        } catch (IllegalArgumentException | DatabaseException e) {
            return Optional.of("cannot be read: " + e.getMessage());
        }
    }

    private static Optional<Refusal> refusal(DatabaseTransaction transaction, LinkStatement statement) {
        int number = statement.clearingAccount();
        if (!AccountRegister.isOpen(transaction, number)) {
            return Optional.of(new Refusal("clearingAccount", Integer.toString(number), "must be open"));
        }
        long next = nextNonce(transaction, number);
        if (statement.nonce() < next) {
            return Optional.of(new Refusal(
                    "nonce",
                    Long.toString(statement.nonce()),
                    "must be at least " + next + ": a statement serves once"));
        }
        VenueAccount account = statement.venueAccount();
        Optional<Link> known = transaction.first(
                "select v.clearing_account, v.venue, v.address, n.action, n.digest from venue_account v" + NEWEST
                        + " where v.venue = ? and v.address = ?",
                LinkRegister::link,
                account.venue(),
                account.address());
        Optional<Refusal> elsewhere = AccountRegister.refusal(transaction, number, account);
        if (elsewhere.isPresent()) {
            return elsewhere;
        }
        boolean ends = statement.action() == Action.REVOKE;
        if (ends && known.filter(link -> link.standing() != Standing.REVOKED).isEmpty()) {
            return Optional.of(new Refusal("venueAccount", account.toString(), "must be linked to be revoked"));
        }
        return Optional.empty();
    }

    /** Every link, by clearing account, venue and address. */
    public List<Link> links() {
        return database.read(transaction -> transaction.query(
                "select v.clearing_account, v.venue, v.address, n.action, n.digest from venue_account v" + NEWEST
                        + " order by v.clearing_account, v.venue, v.address",
                LinkRegister::link));
    }

    private static Link link(DatabaseTransaction.Row row) throws SQLException {
        Optional<String> action = row.optionalText(4);
        Standing standing = action.isEmpty()
                ? Standing.FOUNDED
                : Action.valueOf(action.get()) == Action.LINK ? Standing.CONSENTED : Standing.REVOKED;
        return new Link(
                row.integer(1),
                new VenueAccount(row.integer(2), row.text(3)),
                standing,
                action.isEmpty() ? Optional.empty() : Optional.of(row.digest(5)));
    }

    public static boolean isRevoked(DatabaseTransaction transaction, VenueAccount account) {
        return transaction
                .first(
                        "select action from link_statement where venue = ? and address = ? order by sequence desc limit 1",
                        row -> row.text(1),
                        account.venue(),
                        account.address())
                .filter(Action.REVOKE.name()::equals)
                .isPresent();
    }
}
