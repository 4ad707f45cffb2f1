package io.bulwark.clearing.register;

import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.DatabaseException;
import io.bulwark.clearing.database.DatabaseTransaction;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import java.util.Optional;

/** Everything sealed, by the SHA-256 of its bytes. Storing the same bytes again changes nothing. */
public final class Documents {
    private final Database database;

    /** The documents of a database. */
    public Documents(Database database) {
        this.database = database;
    }

    /**
     * Keeps a canonical document.
     *
     * @param kind what it is, for people, such as {@code risk-table}
     * @return its digest
     */
    public Digest store(String kind, CanonicalValue document) {
        return store(kind, document.encode());
    }

    /** Keeps bytes, whatever they are. */
    public Digest store(String kind, byte[] body) {
        return database.write(transaction -> store(transaction, kind, body));
    }

    /** The bytes of a digest, if they are kept. */
    public Optional<byte[]> find(Digest digest) {
        return database.read(transaction -> find(transaction, digest));
    }

    /**
     * The bytes of a digest that must be kept.
     *
     * @throws DatabaseException if they are not
     */
    public byte[] require(Digest digest) {
        return find(digest)
                .orElseThrow(() -> new DatabaseException("document " + digest + " must be stored; it is not"));
    }

    public static Digest store(DatabaseTransaction transaction, String kind, byte[] body) {
        Digest digest = Digest.sha256(body);
        transaction.update(
                "insert into document (digest, kind, body) values (?, ?, ?) on conflict (digest) do nothing",
                digest,
                kind,
                body);
        return digest;
    }

    public static Optional<byte[]> find(DatabaseTransaction transaction, Digest digest) {
        return transaction.first("select body from document where digest = ?", row -> row.bytes(1), digest);
    }
}
