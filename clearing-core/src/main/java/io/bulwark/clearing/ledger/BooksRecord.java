package io.bulwark.clearing.ledger;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import java.util.List;
import java.util.Optional;

/**
 * What an epoch seals of the books: how far every table went when it was sealed, and a digest of what came since the epoch before. Who
 * changes, removes or slips in a row of before changes what a signed epoch says. Where the rows of an epoch itself stand, its statements
 * and signatures among them, the next one says.
 *
 * @param previous digest of the record of the epoch before; zero in the first
 * @param entries how many entries the journal had
 * @param head hash of the last one; zero if there was none
 * @param parts of each table whose rows stand at positions, what came; in the order of the tables
 * @param rows of each other table the rows that came, in the order of the tables; without those of which none came
 */
public record BooksRecord(Digest previous, long entries, Digest head, List<Part> parts, List<Rows> rows) {
    private static final String SCHEMA = "bulwark-books";
    private static final long VERSION = 1;

    /** Copies. */
    public BooksRecord {
        parts = List.copyOf(parts);
        rows = List.copyOf(rows);
    }

    /**
     * What came to a table.
     *
     * @param table its name
     * @param to the last position that it had
     * @param count how many rows came
     * @param digest SHA-256 of the digests of these rows, in their order
     */
    record Part(String table, long to, long count, Digest digest) {}

    /**
     * The rows that came to a table without positions.
     *
     * @param table its name
     * @param digests of the rows, sorted
     */
    record Rows(String table, List<Digest> digests) {
        Rows {
            digests = List.copyOf(digests);
        }
    }

    /** What the record says of a table whose rows stand at positions; empty of a table that was not there then. */
    Optional<Part> part(BookTable table) {
        return parts.stream().filter(part -> part.table().equals(table.title())).findFirst();
    }

    /** The tree of books.cddl. */
    public CanonicalValue canonical() {
        return array(
                text(SCHEMA),
                integer(VERSION),
                bytes(previous),
                integer(entries),
                bytes(head),
                array(parts.stream()
                        .map(part -> array(
                                text(part.table()), integer(part.to()), integer(part.count()), bytes(part.digest())))
                        .toList()),
                array(rows.stream()
                        .map(table -> array(
                                text(table.table()),
                                array(table.digests().stream()
                                        .map(CanonicalValue::bytes)
                                        .toList())))
                        .toList()));
    }

    /** SHA-256 of the canonical form. */
    public Digest digest() {
        return canonical().sha256();
    }

    /**
     * Reads what {@link #canonical} wrote.
     *
     * @throws CanonicalException if the value is no record of books
     */
    public static BooksRecord of(CanonicalValue value) {
        CanonicalFields fields = CanonicalFields.document(value, SCHEMA, VERSION);
        BooksRecord record = new BooksRecord(
                fields.digest("previous"),
                fields.integer("entries", 0, Long.MAX_VALUE),
                fields.digest("head"),
                fields.list(
                        "parts",
                        part -> new Part(
                                part.text("table"),
                                part.integer("to", 0, Long.MAX_VALUE),
                                part.integer("count", 0, Long.MAX_VALUE),
                                part.digest("digest"))),
                fields.list("rows", table -> new Rows(table.text("table"), table.digests("digests"))));
        fields.end();
        return record;
    }
}
