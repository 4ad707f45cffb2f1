package io.bulwark.insurance.vault;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.payment.PaymentReceipt.Grade;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The fund as an epoch seals it: what stands of every payer, and the acts since the record of the epoch before, from which it follows;
 * {@code vault-record.cddl}.
 *
 * @param previous digest of the record before; zero for the first
 * @param from how many acts were before: those that the records before hold
 * @param acts digests of the acts since then, in order
 * @param payers what stands; of calls only those of which something is missing
 */
public record VaultRecord(Digest previous, long from, List<Digest> acts, SortedMap<String, PayerAccount> payers) {
    private static final String SCHEMA = "bulwark-vault-record";

    /** Copies, and leaves out what is done. */
    public VaultRecord {
        acts = List.copyOf(acts);
        TreeMap<String, PayerAccount> open = new TreeMap<>();
        payers.forEach((payer, account) -> open.put(payer, open(account)));
        payers = Collections.unmodifiableSortedMap(open);
    }

    /** How many acts it and the records before hold. */
    public long upTo() {
        return from + acts.size();
    }

    /** The book that the acts of the next record follow. Which payments were made before, the books know; a record does not. */
    public VaultBook book() {
        return new VaultBook(payers, Set.of(), new TreeMap<>());
    }

    /**
     * The record that follows.
     *
     * @param more acts since this one
     */
    public static VaultRecord next(Optional<VaultRecord> before, List<VaultAct> more) {
        return new VaultRecord(
                before.map(VaultRecord::digest).orElse(Digest.ZERO),
                before.map(VaultRecord::upTo).orElse(0L),
                more.stream().map(act -> act.canonical().sha256()).toList(),
                before.map(VaultRecord::book)
                        .orElse(VaultBook.EMPTY)
                        .after(more)
                        .payers());
    }

    private static PayerAccount open(PayerAccount account) {
        return new PayerAccount(
                account.calls().stream().filter(call -> call.missing() > 0).toList(),
                account.standing(),
                account.received(),
                account.returned(),
                account.drawn(),
                account.releasable(),
                account.frozen(),
                account.owed(),
                account.reviewed());
    }

    /** The tree of vault-record.cddl. */
    public CanonicalValue canonical() {
        return array(
                text(SCHEMA),
                integer(1),
                bytes(previous),
                integer(from),
                array(acts.stream().map(digest -> array(bytes(digest))).toList()),
                array(payers.entrySet().stream()
                        .map(payer -> canonical(payer.getKey(), payer.getValue()))
                        .toList()));
    }

    private static CanonicalValue canonical(String payer, PayerAccount account) {
        return array(
                text(payer),
                array(account.calls().stream()
                        .map(call -> array(
                                integer(call.epoch()),
                                integer(call.due().toEpochMilli()),
                                integer(call.amount()),
                                integer(call.received()),
                                integer(call.returned()),
                                integer(call.last().toEpochMilli())))
                        .toList()),
                array(Arrays.stream(Grade.values())
                        .map(grade -> integer(account.standing().getOrDefault(grade, 0L)))
                        .toList()),
                integer(account.received()),
                integer(account.returned()),
                integer(account.drawn()),
                integer(account.releasable()),
                bytes(account.frozen().orElse(Digest.ZERO)),
                integer(account.owed()),
                integer(account.reviewed()));
    }

    /** What names it among the documents of an epoch. */
    public Digest digest() {
        return canonical().sha256();
    }

    /**
     * Reads what {@link #canonical()} wrote.
     *
     * @throws CanonicalException if the value is no record in its one order
     */
    public static VaultRecord of(CanonicalValue value) {
        CanonicalFields fields = CanonicalFields.document(value, SCHEMA, 1);
        Digest previous = fields.digest("previous");
        long from = fields.integer("from", 0, Long.MAX_VALUE);
        List<Digest> acts = fields.list("acts", f -> f.digest("act"));
        TreeMap<String, PayerAccount> payers = new TreeMap<>();
        fields.list("payers", f -> payers.put(f.text("payer"), account(f)));
        fields.end();
        VaultRecord record = new VaultRecord(previous, from, acts, payers);
        if (!record.canonical().equals(value)) {
            throw new CanonicalException("vault", record.digest().hex(), "must list everything in its order");
        }
        return record;
    }

    private static PayerAccount account(CanonicalFields fields) {
        List<ContributionCall> calls = fields.list(
                "calls",
                f -> new ContributionCall(
                        f.integer("epoch"),
                        Instant.ofEpochMilli(f.integer("due")),
                        f.integer("amount"),
                        f.integer("received"),
                        f.integer("returned"),
                        Instant.ofEpochMilli(f.integer("last"))));
        Map<Grade, Long> standing = new EnumMap<>(Grade.class);
        CanonicalFields grades = fields.fields("standing");
        for (Grade grade : Grade.values()) {
            standing.put(grade, grades.integer(grade.name(), 0, Long.MAX_VALUE));
        }
        grades.end();
        return new PayerAccount(
                calls,
                standing,
                fields.integer("received"),
                fields.integer("returned"),
                fields.integer("drawn"),
                fields.integer("releasable"),
                Optional.of(fields.digest("frozen")).filter(digest -> !digest.equals(Digest.ZERO)),
                fields.integer("owed"),
                fields.integer("reviewed"));
    }
}
