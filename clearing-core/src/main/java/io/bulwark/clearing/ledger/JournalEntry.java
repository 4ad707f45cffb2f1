package io.bulwark.clearing.ledger;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.decimal;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.money.Amount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One entry of the journal.
 *
 * @param sequence its number, dense from 1
 * @param kind what kind of source it has
 * @param source digest of the document that it books: a raw snapshot, a transfer, or the list that supersedes a snapshot
 * @param previous hash of the entry before; zero before the first
 * @param postings what moves, sorted by account name, one per account; they sum to zero in each commodity
 */
public record JournalEntry(long sequence, Kind kind, Digest source, Digest previous, List<Posting> postings) {
    /** What an entry books. */
    public enum Kind {
        SNAPSHOT,
        TRANSFER,
        REVERSAL
    }

    /**
     * One movement.
     *
     * @param account of which account
     * @param amount &gt; 0 a debit, &lt; 0 a credit; never 0
     */
    public record Posting(LedgerAccount account, Amount amount) {
        /** Checks that something moves. */
        public Posting {
            if (amount.signum() == 0) {
                throw new IllegalArgumentException("posting of " + account.name() + " must move something");
            }
        }
    }

    /** Sorts the postings, and checks that debits equal credits in each commodity. */
    public JournalEntry {
        List<Posting> sorted = new ArrayList<>(postings);
        sorted.sort(Comparator.comparing(posting -> posting.account().name()));
        postings = List.copyOf(sorted);
        sums(postings).forEach((commodity, sum) -> {
            if (sum.signum() != 0) {
                throw new IllegalArgumentException("debits must equal credits in " + commodity.id() + " of entry "
                        + sequence + "; differ by " + sum);
            }
        });
    }

    private static Map<Commodity, Amount> sums(List<Posting> postings) {
        Map<Commodity, Amount> sums = new TreeMap<>();
        postings.forEach(posting -> sums.merge(posting.account().commodity(), posting.amount(), Amount::plus));
        return sums;
    }

    /** The tree of journal-entry.cddl. */
    public CanonicalValue canonical() {
        return array(
                text("bulwark-entry"),
                integer(1),
                integer(sequence),
                bytes(previous),
                text(kind.name()),
                bytes(source),
                array(postings.stream()
                        .map(posting -> array(
                                text(posting.account().name()),
                                decimal(posting.amount().toDecimal())))
                        .toList()));
    }

    /** SHA-256 of the content; the next entry names it. */
    public Digest hash() {
        return canonical().sha256();
    }
}
