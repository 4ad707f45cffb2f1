package io.bulwark.api.venue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.money.Usd;
import java.math.BigInteger;

/**
 * What a house publishes and whoever receives it may check: the identities that no schema says. The schema looks at forms; a field of a wrong form reads here as zero
 * or as nothing and is the schema's to name.
 */
final class PublishedFile {
    private static final double DAYS_A_YEAR = 365;
    private static final double SAME_DAY = 1e-6;

    private PublishedFile() {}

    /**
     * A margin statement: every amount says the same twice, excess is equity less margin, the terms sum to the initial margin, the first candidate is the account as
     * booked.
     *
     * @throws BadInput naming the first field that does not agree
     */
    static void margin(JsonNode tree) {
        money(tree, "");
        figures(tree.path("asBooked"), "asBooked");
        JsonNode candidates = tree.path("candidates");
        for (int i = 0; i < candidates.size(); i++) {
            figures(candidates.path(i).path("figures"), "candidates[" + i + "].figures");
        }
        BigInteger sum = BigInteger.ZERO;
        for (JsonNode term : tree.path("terms")) {
            sum = sum.add(term.path("amount").bigIntegerValue());
        }
        BigInteger initial = u(tree.path("asBooked"), "initialMargin");
        require(sum.equals(initial), "terms", sum.toString(), "must sum to the initial margin, " + initial);
        require(
                tree.path("asBooked").equals(candidates.path(0).path("figures")),
                "candidates",
                "",
                "must begin with the figures as booked");
    }

    /**
     * A governed number.
     *
     * @throws BadInput if its value lies outside its bounds
     */
    static void parameter(JsonNode tree) {
        BigInteger value = tree.path("value").bigIntegerValue();
        BigInteger least = tree.path("least").bigIntegerValue();
        BigInteger most = tree.path("most").bigIntegerValue();
        require(
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                "value",
                value.toString(),
                "must be from " + least + " to " + most);
    }

    /**
     * A surface: expiries in order of time, and both slices of each at its time.
     *
     * @throws BadInput naming the first that is not
     */
    static void surface(JsonNode tree) {
        double before = 0;
        JsonNode expiries = tree.path("expiries");
        for (int i = 0; i < expiries.size(); i++) {
            double days = expiries.path(i).path("days").asDouble();
            String where = "expiries[" + i + "]";
            require(days > before, where + ".days", Double.toString(days), "must be after " + before);
            slice(expiries.path(i), where, "calm", days);
            slice(expiries.path(i), where, "turbulent", days);
            before = days;
        }
    }

    private static void slice(JsonNode expiry, String where, String name, double days) {
        double own = expiry.path(name).path("years").asDouble() * DAYS_A_YEAR;
        require(
                Math.abs(own - days) <= SAME_DAY,
                where + "." + name + ".years",
                Double.toString(own / DAYS_A_YEAR),
                "must be days / 365");
    }

    private static void figures(JsonNode figures, String where) {
        excess(figures, where, "excessInitial", "initialMargin");
        excess(figures, where, "excessMaintenance", "maintenanceMargin");
    }

    private static void excess(JsonNode figures, String where, String name, String margin) {
        BigInteger expected = u(figures, "equity").subtract(u(figures, margin));
        BigInteger excess = u(figures, name);
        require(
                excess.equals(expected),
                where + "." + name,
                excess.toString(),
                "must be equity less " + margin + ", " + expected);
    }

    private static BigInteger u(JsonNode figures, String name) {
        return figures.path(name).path("u").bigIntegerValue();
    }

    /** Wherever an amount stands, its text must say its units. */
    private static void money(JsonNode node, String where) {
        if (node.path("u").canConvertToLong() && node.path("usd").isTextual()) {
            String usd = Usd.text(node.path("u").longValue());
            require(
                    node.path("usd").textValue().equals(usd),
                    where + ".usd",
                    node.path("usd").textValue(),
                    "must be " + usd);
        }
        node.properties()
                .forEach(field ->
                        money(field.getValue(), where.isEmpty() ? field.getKey() : where + "." + field.getKey()));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            money(node.path(i), where + "[" + i + "]");
        }
    }

    private static void require(boolean holds, String field, String value, String rule) {
        if (!holds) {
            throw new BadInput(field, value, rule);
        }
    }
}
