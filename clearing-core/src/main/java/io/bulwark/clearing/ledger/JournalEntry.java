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
 * @param source digest of the document that it books: a raw snapshot or a transfer
 * @param previous hash of the entry before; zero before the first
 * @param legs its legs, sorted by account name, one per account; they sum to zero in each commodity
 */
public record JournalEntry(long sequence, Kind kind, Digest source, Digest previous, List<Leg> legs) {
    /** What an entry books. */
    public enum Kind {
        SNAPSHOT,
        TRANSFER
    }

    /**
     * One movement.
     *
     * @param account of which account
     * @param amount &gt; 0 a debit, &lt; 0 a credit; never 0
     */
    public record Leg(LedgerAccount account, Amount amount) {
        /** Checks that something moves. */
        public Leg {
            if (amount.signum() == 0) {
                throw new IllegalArgumentException("leg of " + account.name() + " must move something");
            }
        }
    }

    /** Sorts the legs, and checks that debits equal credits in each commodity. */
    public JournalEntry {
        List<Leg> sorted = new ArrayList<>(legs);
        sorted.sort(Comparator.comparing(leg -> leg.account().name()));
        legs = List.copyOf(sorted);
        sums(legs).forEach((commodity, sum) -> {
            if (sum.signum() != 0) {
                throw new IllegalArgumentException("debits must equal credits in " + commodity.id() + " of entry "
                        + sequence + "; differ by " + sum);
            }
        });
    }

    private static Map<Commodity, Amount> sums(List<Leg> legs) {
        Map<Commodity, Amount> sums = new TreeMap<>();
        legs.forEach(leg -> sums.merge(leg.account().commodity(), leg.amount(), Amount::plus));
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
                array(legs.stream()
                        .map(leg -> array(
                                text(leg.account().name()), decimal(leg.amount().toDecimal())))
                        .toList()));
    }

    /** SHA-256 of the content; the next entry names it. */
    public Digest hash() {
        return canonical().sha256();
    }
}
