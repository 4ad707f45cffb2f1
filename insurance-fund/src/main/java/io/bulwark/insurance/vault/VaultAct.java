package io.bulwark.insurance.vault;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.payment.PaymentReceipt;
import java.time.Instant;

/** Something that happened between the fund and one who pays into it; {@code vault-act.cddl}. Amounts in u = 10⁻⁴ USD. */
public sealed interface VaultAct {
    /** The house as a payer: its own capital is called and received like a contribution. */
    String HOUSE = "the house";

    /** Whom it is about: a member, or the house itself. */
    String payer();

    /** When: the time of an epoch, or what a receipt says. Never read from a clock. */
    Instant at();

    /** ["bulwark-vault-act", 1, kind, …]. */
    CanonicalValue canonical();

    /**
     * A review asks that so much of a payer is in the fund by then.
     *
     * @param epoch of the review
     * @param at the epoch's time
     * @param due when what is missing must be there, after {@code at}
     * @param required ≥ 0
     */
    record Asked(String payer, long epoch, Instant at, Instant due, long required) implements VaultAct {
        /** Checks ranges. */
        public Asked {
            if (epoch < 1 || !due.isAfter(at) || required < 0) {
                throw new IllegalArgumentException(
                        "epoch must be >= 1, due after the epoch's time and required >= 0; have " + epoch + ", " + due
                                + ", " + required);
            }
        }

        @Override
        public CanonicalValue canonical() {
            return of(
                    "asked",
                    text(payer),
                    integer(epoch),
                    integer(at.toEpochMilli()),
                    integer(due.toEpochMilli()),
                    integer(required));
        }
    }

    /** Money came, or went back. */
    record Paid(PaymentReceipt receipt) implements VaultAct {
        @Override
        public String payer() {
            return receipt.statement().payer();
        }

        @Override
        public Instant at() {
            return Instant.ofEpochMilli(receipt.statement().atMillis());
        }

        @Override
        public CanonicalValue canonical() {
            return of("paid", receipt.canonical());
        }
    }

    /**
     * A default took it.
     *
     * @param at time of the epoch over which it was declared
     * @param declaration digest of its declaration
     * @param layer name of the layer in which it paid
     * @param units &gt; 0
     */
    record Drawn(String payer, Instant at, Digest declaration, String layer, long units) implements VaultAct {
        /** Checks the amount. */
        public Drawn {
            if (units < 1) {
                throw new IllegalArgumentException("units must be >= 1; have " + units);
            }
        }

        @Override
        public CanonicalValue canonical() {
            return of(
                    "drawn", text(payer), integer(at.toEpochMilli()), bytes(declaration), text(layer), integer(units));
        }
    }

    /**
     * A member was declared in default: nothing more is asked of it, nothing is returned to it, and what it owes stands.
     *
     * @param at time of the epoch over which it was declared
     * @param declaration digest of the declaration
     * @param owed what it lost beyond its margin and its own contribution, ≥ 0: others paid it
     */
    record Frozen(String payer, Instant at, Digest declaration, long owed) implements VaultAct {
        /** Checks the amount. */
        public Frozen {
            if (owed < 0) {
                throw new IllegalArgumentException("owed must be >= 0; have " + owed);
            }
        }

        @Override
        public CanonicalValue canonical() {
            return of("frozen", text(payer), integer(at.toEpochMilli()), bytes(declaration), integer(owed));
        }
    }

    /**
     * A member that was frozen is taken back.
     *
     * @param at time of the newest epoch
     * @param declaration the default that froze it
     * @param reason why, for people
     */
    record Readmitted(String payer, Instant at, Digest declaration, String reason) implements VaultAct {
        @Override
        public CanonicalValue canonical() {
            return of("readmitted", text(payer), integer(at.toEpochMilli()), bytes(declaration), text(reason));
        }
    }

    private static CanonicalValue of(String kind, CanonicalValue... fields) {
        CanonicalValue[] all = new CanonicalValue[fields.length + 3];
        all[0] = text("bulwark-vault-act");
        all[1] = integer(1);
        all[2] = text(kind);
        System.arraycopy(fields, 0, all, 3, fields.length);
        return array(all);
    }

    /**
     * Reads what {@link #canonical()} wrote.
     *
     * @throws CanonicalException if the value is no act
     */
    static VaultAct of(CanonicalValue value) {
        CanonicalFields fields = CanonicalFields.document(value, "bulwark-vault-act", 1);
        String kind = fields.text("kind");
        VaultAct act = switch (kind) {
            case "asked" ->
                new Asked(
                        fields.text("payer"),
                        fields.integer("epoch"),
                        Instant.ofEpochMilli(fields.integer("at")),
                        Instant.ofEpochMilli(fields.integer("due")),
                        fields.integer("required"));
            case "paid" -> new Paid(PaymentReceipt.of(fields.value("receipt")));
            case "drawn" ->
                new Drawn(
                        fields.text("payer"),
                        Instant.ofEpochMilli(fields.integer("at")),
                        fields.digest("declaration"),
                        fields.text("layer"),
                        fields.integer("units"));
            case "frozen" ->
                new Frozen(
                        fields.text("payer"),
                        Instant.ofEpochMilli(fields.integer("at")),
                        fields.digest("declaration"),
                        fields.integer("owed"));
            case "readmitted" ->
                new Readmitted(
                        fields.text("payer"),
                        Instant.ofEpochMilli(fields.integer("at")),
                        fields.digest("declaration"),
                        fields.text("reason"));
            default -> throw new CanonicalException("act.kind", kind, "must be a kind of vault-act.cddl");
        };
        fields.end();
        return act;
    }
}
