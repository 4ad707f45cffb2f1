package io.bulwark.clearing.holding;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import java.util.Comparator;

/**
 * What is held: cash, an asset or an instrument.
 *
 * @param kind which of them
 * @param number permanent number of the asset or instrument; 0 of cash
 */
public record Held(Kind kind, long number) implements Comparable<Held> {
    /** Cash, counted in u = 10⁻⁴ USD. */
    public static final Held CASH = new Held(Kind.CASH, 0);

    private static final Comparator<Held> ORDER =
            Comparator.comparing(Held::kind).thenComparingLong(Held::number);

    /** The kinds, in the order of a list. */
    public enum Kind {
        /** Cash. */
        CASH("cash"),
        /** An asset of the risk table, in its lots. */
        ASSET("asset"),
        /** An instrument of the risk table, in its lots. */
        INSTRUMENT("instrument");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    /** Checks the number. */
    public Held {
        if (number < 0 || number > Integer.MAX_VALUE || (kind == Kind.CASH && number != 0)) {
            throw new CanonicalException(
                    "held.number", String.valueOf(number), "must be a number of the risk table; 0 of cash");
        }
    }

    /** An asset. */
    public static Held asset(long number) {
        return new Held(Kind.ASSET, number);
    }

    /** An instrument. */
    public static Held instrument(long number) {
        return new Held(Kind.INSTRUMENT, number);
    }

    /** [kind, number]. */
    public CanonicalValue canonical() {
        return array(text(kind.word), integer(number));
    }

    static Held of(CanonicalFields fields) {
        String word = fields.text("kind");
        for (Kind kind : Kind.values()) {
            if (kind.word.equals(word)) {
                return new Held(kind, fields.integer("number"));
            }
        }
        throw new CanonicalException("held.kind", word, "must be cash, asset or instrument");
    }

    @Override
    public int compareTo(Held other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind == Kind.CASH ? kind.word : kind.word + " " + number;
    }
}
