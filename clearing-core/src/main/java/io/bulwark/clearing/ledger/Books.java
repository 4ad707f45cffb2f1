package io.bulwark.clearing.ledger;

import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.DatabaseTransaction;
import io.bulwark.clearing.document.Digest;
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
            Map.entry("venue_order", List.of("document")),
            Map.entry("founding", List.of("document")),
            Map.entry("house_statement", List.of("document"))));

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
    public synchronized BooksRecord next(long last, LongFunction<Optional<BooksRecord>> records) {
        for (; through < last; through++) {
            records.apply(through + 1).ifPresent(this::remember);
        }
        Optional<BooksRecord> before = last == 0 ? Optional.empty() : records.apply(last);
        return database.read(transaction -> next(transaction, before));
    }

    private void remember(BooksRecord record) {
        record.rows()
                .forEach(table -> sealed.computeIfAbsent(table.table(), t -> new HashSet<>())
                        .addAll(table.digests()));
    }

    private BooksRecord next(DatabaseTransaction transaction, Optional<BooksRecord> before) {
        List<BooksRecord.Part> parts = new ArrayList<>();
        List<BooksRecord.Rows> rows = new ArrayList<>();
        for (BookTable table : BookTable.values()) {
            if (table.isOrdered()) {
                parts.add(part(transaction, table, from(before, table), table.last(transaction)));
            } else {
                Set<Digest> known = sealed.getOrDefault(table.title(), Set.of());
                List<Digest> came = table.rows(transaction).stream()
                        .filter(row -> !known.contains(row))
                        .toList();
                if (!came.isEmpty()) {
                    rows.add(new BooksRecord.Rows(table.title(), came));
                }
            }
        }
        return new BooksRecord(
                before.map(BooksRecord::digest).orElse(Digest.ZERO),
                transaction.number("select count(*) from journal_entry"),
                transaction
                        .first("select hash from journal_entry order by sequence desc limit 1", row -> row.digest(1))
                        .orElse(Digest.ZERO),
                parts,
                rows);
    }

    private static long from(Optional<BooksRecord> before, BookTable table) {
        return before.flatMap(record -> record.part(table))
                .map(BooksRecord.Part::to)
                .orElse(0L);
    }

    private static BooksRecord.Part part(DatabaseTransaction transaction, BookTable table, long from, long to) {
        List<Digest> rows = table.rows(transaction, from, to);
        return new BooksRecord.Part(
                table.title(),
                to,
                rows.size(),
                Digest.sha256(rows.stream().map(Digest::bytes).toArray(byte[][]::new)));
    }

    /**
     * Whether the tables still hold what epochs sealed of them, and every document that they name.
     *
     * @param before what the epoch before the first of these sealed; empty where it sealed none
     * @param records by the number of the epoch that sealed them, consecutive
     * @return what does not hold, for people; empty if everything does
     */
    public List<String> findings(Optional<BooksRecord> before, SortedMap<Long, BooksRecord> records) {
        return database.read(transaction -> {
            List<String> findings = new ArrayList<>();
            Map<BookTable, Set<Digest>> present = new EnumMap<>(BookTable.class);
            Optional<BooksRecord> last = before;
            for (Map.Entry<Long, BooksRecord> one : records.entrySet()) {
                findings.addAll(findings(transaction, last, one, present));
                last = Optional.of(one.getValue());
            }
            findings.addAll(missing(transaction));
            return findings;
        });
    }

    private static List<String> findings(
            DatabaseTransaction transaction,
            Optional<BooksRecord> before,
            Map.Entry<Long, BooksRecord> epoch,
            Map<BookTable, Set<Digest>> present) {
        List<String> findings = new ArrayList<>();
        BooksRecord record = epoch.getValue();
        if (!record.previous().equals(before.map(BooksRecord::digest).orElse(Digest.ZERO))) {
            findings.add("books of epoch " + epoch.getKey() + " must follow those of the epoch before, "
                    + before.map(BooksRecord::digest).orElse(Digest.ZERO) + "; have " + record.previous());
        }
        for (BooksRecord.Part said : record.parts()) {
            BookTable table = named(said.table());
            long from = from(before, table);
            BooksRecord.Part now = part(transaction, table, from, said.to());
            if (!now.equals(said)) {
                findings.add("table " + said.table() + ": rows " + (from + 1) + " to " + said.to()
                        + " must be those that epoch " + epoch.getKey() + " sealed, " + said.count() + " with digest "
                        + said.digest() + "; have " + now.count() + " with " + now.digest());
            }
        }
        for (BooksRecord.Rows said : record.rows()) {
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
