package io.bulwark.adapter.exchange;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.clearing.money.Amount;
import java.math.BigDecimal;

/**
 * What a position has gained since its entry, against what the venue says of it: {@code size · (mark − entry)}, or {@code size · (1/entry − 1/mark)} coins for an inverse
 * contract of so many USD. A contract size, a sign or a unit that is misunderstood is off by a factor; what venues round is far below a millionth of the position's worth.
 */
public final class GainIdentity {
    private static final BigDecimal TOLERANCE = new BigDecimal("0.000001");

    private GainIdentity() {}

    /**
     * Checks one position.
     *
     * @param field holds the stated gain
     * @param stated the gain, in the settlement asset
     * @param size signed, in the coin, or in USD of an inverse contract
     * @param inverse whether it is one
     * @param entry &gt; 0
     * @param mark &gt; 0
     */
    public static void require(
            PayloadFields fields,
            String field,
            Amount stated,
            Amount size,
            boolean inverse,
            Amount entry,
            Amount mark) {
        BigDecimal from = positive(fields, entry, "entry price");
        BigDecimal to = positive(fields, mark, "mark price");
        // Both sides times entry · mark, so that nothing is divided.
        BigDecimal told = inverse ? stated.toDecimal().multiply(from).multiply(to) : stated.toDecimal();
        BigDecimal computed = size.toDecimal().multiply(to.subtract(from));
        BigDecimal worth = size.toDecimal().abs().multiply(from.max(to));
        if (told.subtract(computed).abs().compareTo(worth.multiply(TOLERANCE)) > 0) {
            throw fields.refusal(
                    field,
                    inverse
                            ? "must be size * (1/entry - 1/mark) of " + size + " USD from " + entry + " to " + mark
                            : "must be size * (mark - entry) of " + size + " from " + entry + " to " + mark);
        }
    }

    /**
     * Checks what a fact states.
     *
     * @param venue the room, for the refusal
     * @param stated the gain, in the settlement asset
     * @param size signed, in the coin, or in USD of an inverse contract
     * @param inverse whether it is one
     * @param entry &gt; 0
     * @param mark &gt; 0
     */
    public static void require(String venue, Fact stated, Amount size, boolean inverse, Amount entry, Amount mark) {
        int dot = stated.path().lastIndexOf('.');
        ObjectNode field = JsonNodeFactory.instance.objectNode();
        field.put(stated.path().substring(dot + 1), stated.signed().toString());
        PayloadFields fields = PayloadFields.of(venue, stated.path().substring(0, Math.max(0, dot)), field);
        require(fields, stated.path().substring(dot + 1), stated.signed(), size, inverse, entry, mark);
    }

    private static BigDecimal positive(PayloadFields fields, Amount price, String what) {
        if (price.signum() <= 0) {
            throw fields.refusal(what, "must be > 0; have " + price);
        }
        return price.toDecimal();
    }
}
