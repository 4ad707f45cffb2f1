package io.bulwark.api.contribution;

import io.bulwark.api.door.JsonFields;
import io.bulwark.api.door.StorageFields;
import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.money.Usd;
import io.bulwark.clearing.payment.PaymentReceipt;
import io.bulwark.clearing.payment.PaymentReceipt.Direction;
import io.bulwark.clearing.payment.PaymentReceipt.Evidence;
import io.bulwark.clearing.payment.PaymentReceipt.Statement;
import java.math.BigDecimal;

/** That money came into the fund or went back, as people and programs write it down. {@code docs/receipts.md} has examples. */
final class ReceiptFile {
    /** Longest file, bytes. */
    static final int BYTES_MAX = 4 << 20;

    private static final String FORMAT = "bulwark-receipt";
    private static final int TEXT_MAX = 256;
    private static final String EVIDENCE = "evidence";

    private ReceiptFile() {}

    /**
     * Reads it.
     *
     * @throws BadInput naming field, value and rule
     */
    static PaymentReceipt read(byte[] json) {
        JsonFields fields = fields(json);
        Statement statement = statement(fields);
        JsonFields shown = fields.object(EVIDENCE);
        fields.nothingElse();
        try {
            Evidence evidence = evidence(shown);
            shown.nothingElse();
            return new PaymentReceipt(statement, evidence);
        } catch (CanonicalException e) {
            throw new BadInput(e.field(), e.value(), e.rule());
        }
    }

    /** What a custodian signs of a file, whether evidence stands in it or not. */
    static Statement statement(byte[] json) {
        JsonFields fields = fields(json);
        Statement statement = statement(fields);
        fields.has(EVIDENCE);
        fields.nothingElse();
        return statement;
    }

    private static JsonFields fields(byte[] json) {
        JsonFields fields = JsonFields.read(json, BYTES_MAX);
        if (!fields.text("format", TEXT_MAX).equals(FORMAT)) {
            throw fields.refuse("format", "must be \"" + FORMAT + "\"");
        }
        fields.wholeNumber("version", 1, 1);
        return fields;
    }

    private static Statement statement(JsonFields fields) {
        try {
            return new Statement(
                    StorageFields.digest(fields, "house"),
                    Direction.of(fields.text("direction", TEXT_MAX)),
                    fields.text("payer", TEXT_MAX),
                    fields.text("asset", TEXT_MAX),
                    units(fields),
                    fields.text("place", TEXT_MAX),
                    fields.text("reference", TEXT_MAX),
                    fields.wholeNumber("at", 0, Long.MAX_VALUE));
        } catch (CanonicalException e) {
            throw new BadInput(e.field(), e.value(), e.rule());
        }
    }

    private static long units(JsonFields fields) {
        String text = fields.text("amount", TEXT_MAX);
        if (!text.matches("-?(0|[1-9][0-9]{0,13})(\\.[0-9]{1,4})?")) {
            throw fields.refuse(
                    "amount", "must be USD as a decimal text with at most four places, such as \"1000.00\"");
        }
        return new BigDecimal(text).movePointRight(Usd.SCALE).longValueExact();
    }

    private static Evidence evidence(JsonFields fields) {
        String kind = fields.text("kind", TEXT_MAX);
        return switch (kind) {
            case "operator" -> new Evidence.Operator(fields.text("operator", TEXT_MAX));
            case "signed" ->
                new Evidence.Signed(new EpochSignature(
                        StorageFields.digest(fields, "signer"),
                        fields.bytes("signature", EpochSignature.LENGTH, EpochSignature.LENGTH)));
            case "storage" -> new Evidence.OnChain(StorageFields.storage(fields));
            default -> throw fields.refuse("kind", "must be operator, signed or storage");
        };
    }
}
