package io.bulwark.clearing.ledger;

import io.bulwark.clearing.database.DatabaseTransaction;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.money.Amount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a verification of the books found. */
public sealed interface LedgerVerification {
    /**
     * Everything holds.
     *
     * @param entries how many entries
     * @param head hash of the last one; zero if there is none
     */
    record Sound(long entries, Digest head) implements LedgerVerification {}

    /**
     * Something does not hold.
     *
     * @param findings what, in order; at least one, at most {@value #FINDINGS_MAX}
     */
    record Broken(List<String> findings) implements LedgerVerification {
        /** Copies. */
        public Broken {
            findings = List.copyOf(findings);
        }
    }

    /** After so many findings the rest is not listed. */
    int FINDINGS_MAX = 100;

    /** Verifies one unchanging state of the rows. */
    static LedgerVerification of(DatabaseTransaction transaction) {
        return new Check().run(transaction);
    }

    /** One pass over the journal. */
    final class Check {
        private final List<String> findings = new ArrayList<>();
        private final Map<LedgerAccount, Amount> sums = new HashMap<>();
        private long last;
        private Digest head = Digest.ZERO;

        private LedgerVerification run(DatabaseTransaction transaction) {
            new JournalScan(1, Long.MAX_VALUE).each(transaction, this::entry);
            balances(transaction);
            rows(
                    transaction,
                    "accepted snapshot without its entry",
                    "select encode(s.snapshot, 'hex') from accepted_snapshot s join journal_entry e on e.sequence = s.entry"
                            + " where e.kind <> 'SNAPSHOT' or e.source <> s.snapshot");
            rows(
                    transaction,
                    "entry without what it books",
                    "select e.sequence::text from journal_entry e left join accepted_snapshot s on s.entry = e.sequence"
                            + " left join transfer t on t.entry = e.sequence left join superseded_snapshot w on w.entry = e.sequence"
                            + " where (e.kind = 'SNAPSHOT') <> (s.entry is not null) or (e.kind = 'TRANSFER') <> (t.entry is not null)"
                            + " or (e.kind = 'REVERSAL') <> (w.entry is not null)");
            rows(
                    transaction,
                    "document whose bytes are others than its name says",
                    "select encode(digest, 'hex') from document where digest <> sha256(body)");
            rows(
                    transaction,
                    "gap in the outbox before",
                    "select sequence::text from (select sequence, lag(sequence, 1, 0) over (order by sequence) as before from outbox) o where sequence <> before + 1");
            return findings.isEmpty() ? new Sound(last, head) : new Broken(findings);
        }

        private void entry(JournalScan.Scanned scanned) {
            expect(scanned.sequence() == last + 1, "gap before entry " + scanned.sequence());
            expect(
                    scanned.previous().equals(head),
                    "entry " + scanned.sequence() + " does not name the hash of the one before");
            try {
                expect(
                        scanned.entry().hash().equals(scanned.hash()),
                        "entry " + scanned.sequence() + " is not what its hash says");
            } catch (IllegalArgumentException unbalanced) {
                expect(false, String.valueOf(unbalanced.getMessage()));
            }
            scanned.postings().forEach(posting -> sums.merge(posting.account(), posting.amount(), Amount::plus));
            last = scanned.sequence();
            head = scanned.hash();
        }

        private void balances(DatabaseTransaction transaction) {
            Map<String, Amount> expected = new TreeMap<>();
            sums.forEach((account, sum) -> expected.put(account.name(), sum));
            transaction.each(
                    "select a.name, coalesce(b.amount, 0) from ledger_account a left join ledger_balance b on b.account = a.number",
                    row -> Map.entry(row.text(1), row.amount(2)),
                    balance -> {
                        Amount sum = expected.getOrDefault(balance.getKey(), Amount.ZERO);
                        expect(
                                sum.equals(balance.getValue()),
                                "balance of " + balance.getKey() + " is " + balance.getValue()
                                        + ", its postings sum to " + sum);
                    });
        }

        private void rows(DatabaseTransaction transaction, String what, String sql) {
            transaction.each(sql, row -> row.text(1), found -> expect(false, what + ": " + found));
        }

        private void expect(boolean holds, String finding) {
            if (!holds && findings.size() < FINDINGS_MAX) {
                findings.add(finding);
            }
        }
    }
}
