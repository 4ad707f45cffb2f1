package io.bulwark.clearing.register;

import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.attestation.HouseStatement;
import io.bulwark.clearing.attestation.HouseStatement.Subject;
import io.bulwark.clearing.attestation.Quorum;
import io.bulwark.clearing.attestation.SignedHouseStatement;
import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.DatabaseException;
import io.bulwark.clearing.database.DatabaseTransaction;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.FoundingDocument;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The numbered documents of a house that its quorum signed. Numbers are dense in each subject, and no number is signed twice: the next one is
 * drawn, signed and kept in one transaction, so that two processes of one house cannot make its members contradict themselves.
 */
public final class HouseStatementRegister {
    private final Database database;

    /** The register of a database. */
    public HouseStatementRegister(Database database) {
        this.database = database;
    }

    /** The document that follows the newest one. */
    public interface Next {
        /**
         * The document; empty if the newest says it all.
         *
         * @param house whose it is
         * @param newest the newest of the subject; empty before the first
         */
        Optional<CanonicalValue> document(Digest house, Optional<SignedHouseStatement> newest);
    }

    /**
     * Signs and keeps the next document of a subject.
     *
     * @param next what is to be said; may be asked again
     * @param members the quorum's signatures on a statement; may be asked again, and what it signed then is kept nowhere
     * @return the newest document after that
     * @throws DatabaseException if the house is not founded
     * @throws IllegalArgumentException if too few members signed, or a signature does not hold
     */
    public SignedHouseStatement publish(
            Subject subject, Next next, Function<HouseStatement, List<EpochSignature>> members) {
        return database.write(transaction -> {
            FoundingDocument founding = founding(transaction);
            Optional<SignedHouseStatement> newest = latest(transaction, founding, subject);
            Optional<CanonicalValue> document = next.document(founding.house(), newest);
            if (document.isEmpty()) {
                return newest.orElseThrow(() -> new DatabaseException(
                        "subject " + subject.word() + " must have a first document; it has none"));
            }
            HouseStatement statement = new HouseStatement(
                    founding.house(),
                    newest.map(signed -> signed.statement().number()).orElse(0L) + 1,
                    subject,
                    document.get().sha256());
            SignedHouseStatement signed =
                    new SignedHouseStatement(statement, document.get().encode(), members.apply(statement));
            requireSigned(founding, signed);
            write(transaction, signed);
            return signed;
        });
    }

    private static FoundingDocument founding(DatabaseTransaction transaction) {
        return FoundingRegister.stored(transaction)
                .orElseThrow(() -> new DatabaseException("a house must be founded before its quorum signs documents"));
    }

    private static void requireSigned(FoundingDocument founding, SignedHouseStatement signed) {
        for (EpochSignature signature : signed.signatures()) {
            if (!signature.signs(signed.statement())) {
                throw new IllegalArgumentException(
                        "signature of " + signature.signer() + " must be on " + signed.statement());
            }
        }
        if (Quorum.of(founding).verdict(signed.statement(), signed.signatures())
                instanceof Quorum.Verdict.Unattested(int valid, int threshold)) {
            throw new IllegalArgumentException(signed.statement() + " must be signed by " + threshold
                    + " members of the quorum; " + valid + " did");
        }
    }

    private static void write(DatabaseTransaction transaction, SignedHouseStatement signed) {
        HouseStatement statement = signed.statement();
        Digest document = Documents.store(transaction, statement.subject().word(), signed.document());
        transaction.update(
                "insert into house_statement (subject, number, document) values (?, ?, ?)",
                statement.subject().word(),
                statement.number(),
                document);
        signed.signatures()
                .forEach(signature -> transaction.update(
                        "insert into house_statement_signature (subject, number, signer, signature) values (?, ?, ?, ?)",
                        statement.subject().word(),
                        statement.number(),
                        signature.signer(),
                        signature.signature()));
    }

    /** The newest document of a subject. */
    public Optional<SignedHouseStatement> latest(Subject subject) {
        return database.read(transaction ->
                FoundingRegister.stored(transaction).flatMap(founding -> latest(transaction, founding, subject)));
    }

    /** The newest document of each subject that has one. */
    public List<SignedHouseStatement> latest() {
        return Arrays.stream(Subject.values())
                .map(this::latest)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Every document of a subject, the first one first. */
    public List<SignedHouseStatement> all(Subject subject) {
        return database.read(transaction -> FoundingRegister.stored(transaction)
                .map(founding -> transaction
                        .query(
                                "select number from house_statement where subject = ? order by number",
                                row -> row.number(1),
                                subject.word())
                        .stream()
                        .map(number -> read(transaction, founding, subject, number))
                        .toList())
                .orElse(List.of()));
    }

    /** The document of a subject with a digest, if the quorum signed it. */
    public Optional<SignedHouseStatement> find(Subject subject, Digest document) {
        return database.read(transaction -> FoundingRegister.stored(transaction)
                .flatMap(founding -> transaction
                        .first(
                                "select number from house_statement where subject = ? and document = ?",
                                row -> row.number(1),
                                subject.word(),
                                document)
                        .map(number -> read(transaction, founding, subject, number))));
    }

    private static Optional<SignedHouseStatement> latest(
            DatabaseTransaction transaction, FoundingDocument founding, Subject subject) {
        long number = transaction.number(
                "select coalesce(max(number), 0) from house_statement where subject = ?", subject.word());
        return number == 0 ? Optional.empty() : Optional.of(read(transaction, founding, subject, number));
    }

    private static SignedHouseStatement read(
            DatabaseTransaction transaction, FoundingDocument founding, Subject subject, long number) {
        byte[] document = transaction
                .first(
                        "select d.body from house_statement s join document d on d.digest = s.document where s.subject = ? and s.number = ?",
                        row -> row.bytes(1),
                        subject.word(),
                        number)
                .orElseThrow();
        List<EpochSignature> signatures = transaction.query(
                "select signer, signature from house_statement_signature where subject = ? and number = ? order by signer",
                row -> new EpochSignature(row.digest(1), row.bytes(2)),
                subject.word(),
                number);
        return new SignedHouseStatement(
                new HouseStatement(founding.house(), number, subject, Digest.sha256(document)), document, signatures);
    }
}
