package io.bulwark.clearing.payment;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.attestation.PlaceControl;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.holding.HoldingEvidence;
import java.util.Arrays;

/**
 * That money came into the fund or left it, and what shows it.
 *
 * @param statement what is stated
 * @param evidence what shows it
 */
public record PaymentReceipt(Statement statement, Evidence evidence) {
    /** The one asset in which the fund is paid. */
    public static final String USD = "USD";

    /** The most that one receipt may say, u: a hundred billion USD. */
    public static final long UNITS_MAX = 1_000_000_000_000_000L;

    private static final String SCHEMA = "bulwark-receipt";

    /** Which way money went. */
    public enum Direction {
        /** Into the fund. */
        RECEIVED("received"),
        /** Back to whom it came from. */
        RETURNED("returned");

        private final String word;

        Direction(String word) {
            this.word = word;
        }

        /** As receipts write it. */
        public String word() {
            return word;
        }

        /**
         * The direction of a word.
         *
         * @throws CanonicalException if it is none
         */
        public static Direction of(String word) {
            return Arrays.stream(values())
                    .filter(direction -> direction.word.equals(word))
                    .findFirst()
                    .orElseThrow(() -> new CanonicalException("direction", word, "must be received or returned"));
        }
    }

    /**
     * How well a payment is shown, the best first. What leaves the fund is taken off the best first, so that what is left is never
     * shown better than it is.
     */
    public enum Grade {
        /** A balance proved from the storage of a chain. */
        ON_CHAIN("on chain"),
        /** Signed by a custodian whom the founding file names. */
        SIGNED("signed by the custodian"),
        /** The word of the house's own operator. */
        OPERATOR("the operator's word");

        private final String words;

        Grade(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    /**
     * What is stated; a custodian signs its canonical form.
     *
     * @param house whose fund
     * @param direction in or back
     * @param payer a member, or the house itself
     * @param asset what was paid
     * @param units u = 10⁻⁴ USD, 1 … {@link #UNITS_MAX}
     * @param place where the money is: a name in the founding file, or what an operator calls it
     * @param reference the place's own name of the payment; nothing is paid twice under one
     * @param atMillis when it came, UTC epoch milliseconds
     */
    public record Statement(
            Digest house,
            Direction direction,
            String payer,
            String asset,
            long units,
            String place,
            String reference,
            long atMillis) {
        private static final int TEXT_MAX = 256;

        /** Checks ranges and forms. */
        public Statement {
            if (units < 1 || units > UNITS_MAX) {
                throw new CanonicalException("amount", String.valueOf(units), "must be 1 … " + UNITS_MAX + " u");
            }
            if (atMillis < 0) {
                throw new CanonicalException("at", String.valueOf(atMillis), "must be >= 0");
            }
            requireText("payer", payer);
            requireText("asset", asset);
            requirePrintable("place", place);
            requirePrintable("reference", reference);
        }

        private static void requireText(String field, String text) {
            if (text.isBlank() || text.length() > TEXT_MAX) {
                throw new CanonicalException(field, text, "must be a text of 1 to " + TEXT_MAX + " characters");
            }
        }

        private static void requirePrintable(String field, String text) {
            requireText(field, text);
            // One payment, one spelling: a space or a look-alike letter would make it another.
            if (!text.codePoints().allMatch(c -> c > ' ' && c < 127)) {
                throw new CanonicalException(field, text, "must be printable ASCII without spaces");
            }
        }

        /** ["bulwark-payment", 1, house, direction, payer, asset, units, place, reference, at]. */
        public CanonicalValue canonical() {
            return array(
                    text("bulwark-payment"),
                    integer(1),
                    bytes(house),
                    text(direction.word()),
                    text(payer),
                    text(asset),
                    integer(units),
                    text(place),
                    text(reference),
                    integer(atMillis));
        }

        /** What names the payment itself, however it is stated: its place, and the place's own name of it. */
        public Digest payment() {
            return array(text("bulwark-payment-reference"), integer(1), text(place), text(reference))
                    .sha256();
        }

        private static Statement of(CanonicalValue value) {
            CanonicalFields fields = CanonicalFields.document(value, "bulwark-payment", 1);
            Statement statement = new Statement(
                    fields.digest("house"),
                    Direction.of(fields.text("direction")),
                    fields.text("payer"),
                    fields.text("asset"),
                    fields.integer("amount"),
                    fields.text("place"),
                    fields.text("reference"),
                    fields.integer("at"));
            fields.end();
            return statement;
        }
    }

    /** What shows a payment. */
    public sealed interface Evidence {
        /** How well it does. */
        Grade grade();

        /** By whose word, for people. */
        String words();

        /** As it stands in a receipt. */
        CanonicalValue canonical();

        /**
         * The word of the house's own operator.
         *
         * @param operator who entered it
         */
        record Operator(String operator) implements Evidence {
            /** Somebody must answer for it. */
            public Operator {
                if (operator.isBlank()) {
                    throw new CanonicalException("evidence.operator", operator, "must name who entered it");
                }
            }

            @Override
            public Grade grade() {
                return Grade.OPERATOR;
            }

            @Override
            public String words() {
                return "the word of the operator " + operator;
            }

            @Override
            public CanonicalValue canonical() {
                return array(text("operator"), text(operator));
            }
        }

        /**
         * A custodian's signature over the statement.
         *
         * @param signature Ed25519
         */
        record Signed(EpochSignature signature) implements Evidence {
            @Override
            public Grade grade() {
                return Grade.SIGNED;
            }

            @Override
            public String words() {
                return "signed by " + signature.signer().hex().substring(0, 16);
            }

            @Override
            public CanonicalValue canonical() {
                return array(text("signed"), bytes(signature.signer()), CanonicalValue.bytes(signature.signature()));
            }
        }

        /**
         * The balance of the place, proved from storage.
         *
         * @param storage of the token, in a block
         */
        record OnChain(HoldingEvidence.Storage storage) implements Evidence {
            @Override
            public Grade grade() {
                return Grade.ON_CHAIN;
            }

            @Override
            public String words() {
                return "on chain, block " + storage.number();
            }

            @Override
            public CanonicalValue canonical() {
                return array(
                        text("storage"),
                        CanonicalValue.bytes(storage.canonical().encode()));
            }
        }

        private static Evidence of(CanonicalFields fields) {
            String kind = fields.text("kind");
            Evidence evidence = switch (kind) {
                case "operator" -> new Operator(fields.text("operator"));
                case "signed" -> new Signed(new EpochSignature(fields.digest("signer"), fields.bytes("signature")));
                case "storage" -> {
                    HoldingEvidence piece = HoldingEvidence.read(fields.bytes("storage"));
                    if (!(piece instanceof HoldingEvidence.Storage storage)) {
                        throw new CanonicalException("evidence.storage", "", "must be a storage proof");
                    }
                    yield new OnChain(storage);
                }
                default -> throw new CanonicalException("evidence.kind", kind, "must be operator, signed or storage");
            };
            fields.end();
            return evidence;
        }
    }

    /** Whether a custodian's signature is on exactly this statement. */
    public boolean isSigned() {
        return evidence instanceof Evidence.Signed(EpochSignature signature)
                && PlaceControl.signs(signature.signer(), signature.signature(), statement.canonical());
    }

    /** ["bulwark-receipt", 1, statement, evidence], {@code payment.cddl}. */
    public CanonicalValue canonical() {
        return array(text(SCHEMA), integer(1), statement.canonical(), evidence.canonical());
    }

    /** What names the receipt. */
    public Digest digest() {
        return canonical().sha256();
    }

    /**
     * Reads what {@link #canonical()} wrote.
     *
     * @throws CanonicalException if the value is not a receipt
     */
    public static PaymentReceipt of(CanonicalValue value) {
        CanonicalFields fields = CanonicalFields.document(value, SCHEMA, 1);
        PaymentReceipt receipt =
                new PaymentReceipt(Statement.of(fields.value("statement")), Evidence.of(fields.fields("evidence")));
        fields.end();
        return receipt;
    }
}
