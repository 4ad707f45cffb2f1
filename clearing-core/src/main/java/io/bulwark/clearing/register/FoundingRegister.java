package io.bulwark.clearing.register;

import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.DatabaseException;
import io.bulwark.clearing.database.DatabaseTransaction;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.epoch.FoundingDocument;
import java.util.Optional;
import java.util.TreeSet;

/** The founding document of the house whose books these are: kept once, before its first epoch, and compared with ever after. */
public final class FoundingRegister {
    private static final String DOCUMENT_KIND = "founding";

    private final Database database;

    /** The register of a database. */
    public FoundingRegister(Database database) {
        this.database = database;
    }

    /**
     * What the house was founded as; empty before its first epoch.
     *
     * @throws DatabaseException if the books hold epochs of a release that kept no founding document: their attestations are of version 1
     */
    public Optional<FoundingDocument> stored() {
        return database.read(FoundingRegister::stored);
    }

    static Optional<FoundingDocument> stored(DatabaseTransaction transaction) {
        Optional<FoundingDocument> founding = transaction.first(
                "select d.body from founding f join document d on d.digest = f.document",
                row -> FoundingDocument.of(CanonicalReader.read(row.bytes(1))));
        long epochs = transaction.number("select count(*) from epoch");
        if (founding.isEmpty() && epochs > 0) {
            throw new DatabaseException("the books hold " + epochs
                    + " epochs with attestations of version 1, which this release does not read; keep this home for the release"
                    + " that sealed them, and found the house anew in an empty one");
        }
        return founding;
    }

    /**
     * Keeps the founding document; the same again changes nothing.
     *
     * @return why it is refused, if the house was founded otherwise
     */
    public Optional<Refusal> found(FoundingDocument founding) {
        return database.write(transaction -> {
            Optional<FoundingDocument> kept = stored(transaction);
            if (kept.isEmpty()) {
                transaction.update(
                        "insert into founding (document) values (?)",
                        Documents.store(
                                transaction, DOCUMENT_KIND, founding.canonical().encode()));
            }
            return kept.flatMap(house -> foundedOtherwise(house, founding));
        });
    }

    /** The first part in which another document would found another house, in the order of the document; empty if it is the same house. */
    public static Optional<Refusal> foundedOtherwise(FoundingDocument kept, FoundingDocument other) {
        if (kept.equals(other)) {
            return Optional.empty();
        }
        if (!kept.network().equals(other.network())) {
            return Optional.of(refusal("network", other.network(), kept.network()));
        }
        if (kept.threshold() != other.threshold()) {
            return Optional.of(refusal("threshold", other.threshold(), kept.threshold()));
        }
        if (!kept.quorumKeys().equals(other.quorumKeys())) {
            TreeSet<Digest> strange = new TreeSet<>(other.quorumKeys());
            strange.removeAll(kept.quorumKeys());
            return Optional.of(
                    refusal("quorum", strange.isEmpty() ? other.quorumKeys() : strange.first(), kept.quorumKeys()));
        }
        if (!kept.keys().equals(other.keys())) {
            return Optional.of(refusal("keys", other.keys(), kept.keys()));
        }
        return Optional.of(refusal("version", other.version(), kept.version()));
    }

    private static Refusal refusal(String part, Object value, Object founded) {
        return new Refusal(
                "founding." + part, value.toString(), "must be that of the house as it was founded, " + founded);
    }
}
