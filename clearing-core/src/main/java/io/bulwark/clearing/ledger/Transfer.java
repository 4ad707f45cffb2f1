package io.bulwark.clearing.ledger;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.decimal;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.money.Amount;

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
    /** Checks the amount. */
    public Transfer {
        if (amount.signum() <= 0) {
            throw new IllegalArgumentException("amount must be > 0; have " + amount);
        }
    }

    /** ["bulwark-transfer", 1, id, debit, credit, amount, purpose]: the document that its entry books. */
    public CanonicalValue canonical() {
        return array(
                text("bulwark-transfer"),
                integer(1),
                bytes(id),
                text(debit.name()),
                text(credit.name()),
                decimal(amount.toDecimal()),
                text(purpose));
    }
}
