package io.bulwark.clearing.ledger;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.decimal;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.ledger.JournalEntry.Posting;
import io.bulwark.clearing.money.Amount;
import java.util.List;

/**
 * A movement inside the house's own books.
 *
 * @param id chosen by whoever asks; the same id twice is posted once
 * @param debit account that is debited
 * @param credit account that is credited
 * @param amount &gt; 0
 * @param purpose why, for people
 */
public record Transfer(Digest id, LedgerAccount debit, LedgerAccount credit, Amount amount, String purpose) {
    private static final String SCHEMA = "bulwark-transfer";
    private static final long VERSION = 1;

    /** Checks the amount. */
    public Transfer {
        if (amount.signum() <= 0) {
            throw new IllegalArgumentException("amount must be > 0; have " + amount);
        }
    }

    /** What it moves. */
    List<Posting> postings() {
        return List.of(new Posting(debit, amount), new Posting(credit, amount.negate()));
    }

    /**
     * Reads what {@link #canonical} wrote.
     *
     * @throws io.bulwark.clearing.document.CanonicalException if the value is no transfer
     */
    static Transfer of(CanonicalValue value) {
        CanonicalFields fields = CanonicalFields.document(value, SCHEMA, VERSION);
        Transfer transfer = new Transfer(
                fields.digest("id"),
                LedgerAccount.of(fields.text("debit")),
                LedgerAccount.of(fields.text("credit")),
                Amount.of(fields.decimal("amount")),
                fields.text("purpose"));
        fields.end();
        return transfer;
    }

    /** ["bulwark-transfer", 1, id, debit, credit, amount, purpose]: the document that its entry books. */
    public CanonicalValue canonical() {
        return array(
                text(SCHEMA),
                integer(VERSION),
                bytes(id),
                text(debit.name()),
                text(credit.name()),
                decimal(amount.toDecimal()),
                text(purpose));
    }
}
