package io.bulwark.clearing.ledger;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.DatabaseTransaction;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;

/** Seals what the tables of the books hold, epoch by epoch, and finds what was changed afterwards. */
public final class Books {
    /** Columns that name a document: what they name must be there. */
    private static final Map<String, List<String>> NAMING = new TreeMap<>(Map.ofEntries(
            Map.entry("raw_snapshot", List.of("digest")),
            Map.entry("quarantine", List.of("document")),
            Map.entry("journal_entry", List.of("source")),
            Map.entry("transfer", List.of("document")),
            Map.entry("epoch", List.of("body", "inputs")),
            Map.entry("epoch_document", List.of("digest")),
            Map.entry("statement", List.of("document")),
            Map.entry("proof", List.of("digest")),
            Map.entry("fund_proof", List.of("digest", "verifying_key")),
            Map.entry("link_statement", List.of("digest")),
            Map.entry("fund_act", List.of("document")),
            Map.entry("consent", List.of("document")),
            Map.entry("venue_order", List.of("document")),
            Map.entry("founding", List.of("document")),
            Map.entry("house_statement", List.of("document"))));

    /**
     * What an epoch seals of the books: how far every table went when it was sealed, and a digest of what came since the epoch before. Who
     * changes, removes or slips in a row of before changes what a signed epoch says. Where the rows of an epoch itself stand, its statements
     * and signatures among them, the next one says.
     *
     * @param previous digest of the record of the epoch before; zero in the first
     * @param head hash of the last entry of the journal; zero if there was none
     * @param parts of each table whose rows stand at positions, what came; in the order of the tables
     * @param rows of each other table the rows that came, in the order of the tables; without those of which none came
     */
    public record Seal(Digest previous, Digest head, List<Part> parts, List<Rows> rows) {
        private static final String SCHEMA = "bulwark-books";
        private static final long VERSION = 1;

        /** Copies. */
        public Seal {
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
        record Part(String table, long to, int count, Digest digest) {}

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
            return parts.stream()
                    .filter(part -> part.table().equals(table.title()))
                    .findFirst();
        }

        /** How many entries the journal had. */
        public long entries() {
            return part(BookTable.JOURNAL_ENTRY).map(Part::to).orElse(0L);
        }

        /** How many rows came to each table to which some did. */
        public SortedMap<String, Integer> counts() {
            SortedMap<String, Integer> counts = new TreeMap<>();
            parts.stream().filter(part -> part.count() > 0).forEach(part -> counts.put(part.table(), part.count()));
            rows.forEach(table -> counts.put(table.table(), table.digests().size()));
            return counts;
        }

        /** The tree of books.cddl. */
        public CanonicalValue canonical() {
            return array(
                    text(SCHEMA),
                    integer(VERSION),
                    bytes(previous),
                    bytes(head),
                    array(parts.stream()
                            .map(part -> array(
                                    text(part.table()),
                                    integer(part.to()),
                                    integer(part.count()),
                                    bytes(part.digest())))
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
        public static Seal of(CanonicalValue value) {
            CanonicalFields fields = CanonicalFields.document(value, SCHEMA, VERSION);
            Seal record = new Seal(
                    fields.digest("previous"),
                    fields.digest("head"),
                    fields.list(
                            "parts",
                            part -> new Part(
                                    part.text("table"),
                                    part.integer("to", 0, Long.MAX_VALUE),
                                    Math.toIntExact(part.integer("count", 0, Integer.MAX_VALUE)),
                                    part.digest("digest"))),
                    fields.list("rows", table -> new Rows(table.text("table"), table.digests("digests"))));
            fields.end();
            return record;
        }
    }

    private final Database database;
    private final Map<String, Set<Digest>> sealed = new TreeMap<>();
    private long through;

    Books(Database database) {
        this.database = database;
    }

    /**
     * What the next epoch seals.
     *
     * @param last number of the last sealed epoch; 0 before the first
     * @param records what an epoch sealed of the books, by its number; empty of one that was sealed before epochs did
     */
    public synchronized Seal next(long last, LongFunction<Optional<Seal>> records) {
        for (; through < last; through++) {
            records.apply(through + 1).ifPresent(this::remember);
        }
        Optional<Seal> before = last == 0 ? Optional.empty() : records.apply(last);
        return database.read(transaction -> next(transaction, before));
    }

    private void remember(Seal record) {
        record.rows()
                .forEach(table -> sealed.computeIfAbsent(table.table(), t -> new HashSet<>())
                        .addAll(table.digests()));
    }

    private Seal next(DatabaseTransaction transaction, Optional<Seal> before) {
        List<Seal.Part> parts = new ArrayList<>();
        List<Seal.Rows> rows = new ArrayList<>();
        for (BookTable table : BookTable.values()) {
            if (table.isOrdered()) {
                long last = table.last(transaction);
                if (last > 0 || !table.isLeftOutWhenEmpty()) {
                    parts.add(part(transaction, table, from(before, table), last));
                }
            } else {
                Set<Digest> known = sealed.getOrDefault(table.title(), Set.of());
                List<Digest> came = table.rows(transaction).stream()
                        .filter(row -> !known.contains(row))
                        .toList();
                if (!came.isEmpty()) {
                    rows.add(new Seal.Rows(table.title(), came));
                }
            }
        }
        return new Seal(
                before.map(Seal::digest).orElse(Digest.ZERO),
                transaction
                        .first("select hash from journal_entry order by sequence desc limit 1", row -> row.digest(1))
                        .orElse(Digest.ZERO),
                parts,
                rows);
    }

    private static long from(Optional<Seal> before, BookTable table) {
        return before.flatMap(record -> record.part(table)).map(Seal.Part::to).orElse(0L);
    }

    /** Row by row: the first part of an old house is all that it has. */
    private static Seal.Part part(DatabaseTransaction transaction, BookTable table, long from, long to) {
        MessageDigest digest = Digest.hashing();
        AtomicInteger count = new AtomicInteger();
        table.rows(transaction, from, to, row -> {
            digest.update(row.bytes());
            count.incrementAndGet();
        });
        return new Seal.Part(table.title(), to, count.get(), Digest.of(digest.digest()));
    }

    /**
     * Whether the tables still hold what epochs sealed of them, and every document that they name.
     *
     * @param before what the epoch before the first of these sealed; empty where it sealed none
     * @param records by the number of the epoch that sealed them, consecutive
     * @return what does not hold, for people; empty if everything does
     */
    public List<String> findings(Optional<Seal> before, SortedMap<Long, Seal> records) {
        return database.read(transaction -> {
            List<String> findings = new ArrayList<>();
            Map<BookTable, Set<Digest>> present = new EnumMap<>(BookTable.class);
            Optional<Seal> last = before;
            for (Map.Entry<Long, Seal> one : records.entrySet()) {
                findings.addAll(findings(transaction, last, one, present));
                last = Optional.of(one.getValue());
            }
            findings.addAll(missing(transaction));
            return findings;
        });
    }

    private static List<String> findings(
            DatabaseTransaction transaction,
            Optional<Seal> before,
            Map.Entry<Long, Seal> epoch,
            Map<BookTable, Set<Digest>> present) {
        List<String> findings = new ArrayList<>();
        Seal record = epoch.getValue();
        if (!record.previous().equals(before.map(Seal::digest).orElse(Digest.ZERO))) {
            findings.add("books of epoch " + epoch.getKey() + " must follow those of the epoch before, "
                    + before.map(Seal::digest).orElse(Digest.ZERO) + "; have " + record.previous());
        }
        for (Seal.Part said : record.parts()) {
            BookTable table = named(said.table());
            long from = from(before, table);
            Seal.Part now = part(transaction, table, from, said.to());
            if (!now.equals(said)) {
                findings.add("table " + said.table() + ": rows " + (from + 1) + " to " + said.to()
                        + " must be those that epoch " + epoch.getKey() + " sealed, " + said.count() + " with digest "
                        + said.digest() + "; have " + now.count() + " with " + now.digest());
            }
        }
        for (Seal.Rows said : record.rows()) {
            Set<Digest> rows =
                    present.computeIfAbsent(named(said.table()), table -> new HashSet<>(table.rows(transaction)));
            said.digests().stream()
                    .filter(row -> !rows.contains(row))
                    .map(row -> "table " + said.table() + ": a row that epoch " + epoch.getKey()
                            + " sealed is gone or changed, digest " + row)
                    .forEach(findings::add);
        }
        return findings;
    }

    private static BookTable named(String table) {
        return Arrays.stream(BookTable.values())
                .filter(known -> known.title().equals(table))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "table " + table + " must be one that this program knows: epochs have sealed its rows"));
    }

    private static List<String> missing(DatabaseTransaction transaction) {
        List<String> missing = new ArrayList<>();
        NAMING.forEach((table, columns) -> columns.forEach(column -> transaction.each(
                "select encode(t." + column + ", 'hex') from " + table + " t left join document d on d.digest = t."
                        + column + " where d.digest is null order by 1",
                row -> row.text(1),
                digest -> missing.add("table " + table + ": document " + digest + " that it names is gone"))));
        return missing;
    }
}
