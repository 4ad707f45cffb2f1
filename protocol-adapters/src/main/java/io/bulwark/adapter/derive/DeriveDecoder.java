package io.bulwark.adapter.derive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.exchange.GainIdentity;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Glossary;
import io.bulwark.adapter.fact.Glossary.Name;
import io.bulwark.adapter.fact.VenueDecoder;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.VenueStanding;
import io.bulwark.clearing.position.VenueStanding.LiquidationPrice;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a single answer or stream message of Derive says, of the second schema or the third: decimals in quotes with up to 34 digits, some
 * with an exponent; amounts signed. What its fields mean stands in {@code derive.csv}.
 */
public final class DeriveDecoder implements VenueDecoder {
    /** Names the venue in refusals. */
    static final String VENUE = "derive";

    /** Seconds since 1970 stay below this, and milliseconds above. */
    private static final long MILLIS_MIN = 100_000_000_000L;

    private static final BigDecimal TOLERANCE = new BigDecimal("0.000001");

    private static final Glossary WORDS = Glossary.of(DeriveDecoder.class, "derive.csv")
            .units("instrument", DeriveDecoder::units)
            .naming("event", DeriveDecoder::event)
            .naming(
                    "listed instrument",
                    fields -> new Name(
                            fields.text("instrument_name"),
                            Map.of("B", fields.text("base_currency"), "Q", fields.text("quote_currency"))))
            .naming(
                    "slim ticker",
                    fields -> fields.absentOr("instrument_name", fields::text)
                            .map(name -> new Name(name, units(name)))
                            .orElseGet(() -> new Name("the instrument of the question", units(""))))
            .told("whole number", JsonNode::isIntegralNumber)
            .body("get_time", (body, sheet) -> sheet.clock(body))
            .step("subaccount", DeriveDecoder::subaccount)
            .step("currency", DeriveDecoder::currency)
            .step("collateral", DeriveDecoder::collateral)
            .step("position", DeriveDecoder::position)
            .step(
                    "moment",
                    row -> row.fields()
                            .absentOr("timestamp", row.fields()::whole)
                            .ifPresent(row::at))
            .step("both sides", row -> List.of("b", "a").forEach(row.fields()::numberOrText))
            .step("tickers", row -> named(row, "tickers", "slim"))
            .step("feeds", row -> named(row, "feeds", "feed"))
            .step(
                    "levels",
                    row -> row.levels("bids", "bid", 0, row.unit("{Q} per {B}"), row.unit("{B}"))
                            .levels("asks", "ask", 0, row.unit("{Q} per {B}"), row.unit("{B}")))
            .build();

    /** It holds nothing but its glossary. */
    static final DeriveDecoder INSTANCE = new DeriveDecoder();

    /** What an answer of the venue says, nothing of it refused. */
    static FactSheet decoded(String kind, byte[] answer) {
        return INSTANCE.decode(kind, answer).whole();
    }

    @Override
    public Glossary glossary() {
        return WORDS;
    }

    /**
     * Maintenance margin is told net of what is required: it is the distance itself, and equity is the value or, where that is less, the
     * net margin.
     */
    @Override
    public List<VenueStanding> standings(FactSheet said) {
        Optional<Fact> value = said.alone("value").filter(fact -> fact.subject().equals("account"));
        if (value.isEmpty()) {
            return List.of();
        }
        Optional<Fact> net = said.sameRow(value.get(), "maintenance margin, net");
        if (net.isEmpty()) {
            return List.of(VenueStanding.of(new VenueStanding.NotTold("maintenance_margin")));
        }
        Amount distance = net.get().signed();
        Amount equity = value.get().signed().compareTo(distance) < 0
                ? distance
                : value.get().signed();
        List<LiquidationPrice> limits = said.all(FactKind.POSITION).stream()
                .flatMap(position -> said
                        .limit(
                                position.subject(),
                                position.signed(),
                                position.signed()
                                        .times(position.besides("mark price").orElse(Amount.ZERO)),
                                said.sameRow(position, "liquidation price"))
                        .stream())
                .toList();
        return List.of(VenueStanding.of(new VenueStanding.Told(VenueStanding.USD, equity, equity.minus(distance)))
                .limited(limits));
    }

    @Override
    public JsonNode body(JsonNode answer, FactSheet sheet) {
        if (!answer.isObject()) {
            return answer;
        }
        PayloadFields envelope = PayloadFields.of(VENUE, "", answer);
        if (answer.has("error")) {
            throw envelope.fields("error").refusal("message", "must not be an error of the venue");
        }
        if (answer.has("params") && answer.has("method")) {
            envelope.text("method", Set.of("subscription"));
            PayloadFields params = envelope.fields("params");
            envelope.unread(Kind.TEXT, "jsonrpc").end();
            String channel = params.text("channel");
            JsonNode data = params.node("data");
            params.end();
            return named(channel, data);
        }
        if (answer.has("result")) {
            JsonNode result = envelope.node("result");
            envelope.unread(Kind.TEXT, "jsonrpc").scalarOrAbsent("id");
            envelope.end();
            return result;
        }
        return answer;
    }

    /** A slim ticker names its instrument in the channel alone. */
    private static JsonNode named(String channel, JsonNode data) {
        String[] parts = channel.split("\\.", -1);
        if (data instanceof ObjectNode members && data.has("instrument_ticker") && parts.length > 1) {
            return members.deepCopy().put("instrument_name", parts[1]);
        }
        return data;
    }

    /** What a name says of units, {@code ETH-PERP}, {@code ETH-20260627-3500-C}, {@code ETH-USDC}: sizes are in the first coin. */
    private static Map<String, String> units(String name) {
        String[] parts = name.split("-", -1);
        boolean spot = parts.length == 2 && !parts[1].equals("PERP") && !parts[1].isEmpty();
        return Map.of("B", parts[0].isEmpty() ? "base" : parts[0], "Q", spot ? parts[1] : "USD");
    }

    private static Name event(PayloadFields fields) {
        String asset = fields.has("asset") ? fields.text("asset") : "USDC";
        return new Name(fields.has("instrument_name") ? fields.text("instrument_name") : asset, Map.of("A", asset));
    }

    /** Members whose keys are the names of what they speak of. */
    private static void named(FactRow row, String field, String table) {
        PayloadFields members = row.fields().fields(field);
        for (String name : members.names()) {
            row.sheet()
                    .one(
                            members.pathOf(name),
                            members.node(name),
                            member -> WORDS.read(row.inner(member).about(name, units(name)), table));
        }
    }

    private static void subaccount(FactRow row) {
        PayloadFields fields = row.fields();
        requireFetched(fields);
        fields.absentOr("valuation_timestamp", fields::whole)
                .ifPresent(time -> row.sheet().at(time < MILLIS_MIN ? time * 1_000 : time));
        if (!row.sheet().isRecorded()) {
            fields.integer("subaccount_id");
            Amount parts = fields.decimal("collaterals_value").plus(fields.decimal("positions_value"));
            if (isOff(fields.decimal("subaccount_value").minus(parts).toDecimal(), BigDecimal.ONE)) {
                throw fields.refusal("subaccount_value", "must be collaterals_value + positions_value = " + parts);
            }
        }
    }

    /** The second schema names one, the third several. */
    private static void currency(FactRow row) {
        PayloadFields fields = row.fields();
        if (fields.has("currency")) {
            boolean several = fields.node("currency").isArray();
            row.word("currency", several ? String.join(", ", fields.texts("currency")) : fields.text("currency"));
        }
    }

    /** What is held is worth what its price makes of it; a house is told what interest is pending. */
    private static void collateral(FactRow row) {
        PayloadFields fields = row.fields();
        requireFetched(fields);
        Amount value = fields.numberOrText("amount").times(fields.numberOrText("mark_price"));
        if (isOff(fields.numberOrText("mark_value").minus(value).toDecimal(), BigDecimal.ONE)) {
            throw fields.refusal("mark_value", "must be amount * mark_price = " + value);
        }
        if (!row.sheet().isRecorded()) {
            fields.decimal("pending_interest");
        }
    }

    /** A row without a position is known like any other, but says nothing. */
    private static void position(FactRow row) {
        PayloadFields fields = row.fields();
        requireFetched(fields);
        Amount amount = fields.numberOrText("amount");
        int worth = fields.numberOrText("mark_value").signum() * amount.signum();
        if (worth < 0 && !fields.text("instrument_type").equals("perp")) {
            throw fields.refusal("mark_value", "must have the sign of amount");
        }
        boolean open = amount.signum() != 0;
        if (open && !row.sheet().isRecorded()) {
            requireGain(fields, amount);
        }
        WORDS.read(open ? row.sheet() : new FactSheet(VENUE), fields, "open position");
    }

    /**
     * What a house takes for a position: an option that is worth what its mark makes of it; a perpetual that gained what its prices make,
     * before fees where the venue says it so, for fees are paid out of the assets.
     */
    private static void requireGain(PayloadFields fields, Amount amount) {
        Amount mark = fields.decimal("mark_price");
        if (fields.text("instrument_type", Set.of("option", "perp")).equals("option")) {
            BigDecimal worth = amount.toDecimal().multiply(mark.toDecimal());
            BigDecimal stated = fields.decimal("mark_value").toDecimal();
            if (isOff(stated.subtract(worth), worth.abs().max(BigDecimal.ONE))) {
                throw fields.refusal("mark_value", "must be amount * mark_price = " + worth.toPlainString());
            }
            return;
        }
        boolean told = fields.has("average_price_excl_fees") || fields.has("unrealized_pnl_excl_fees");
        String before = told ? "_excl_fees" : "";
        String gain = "unrealized_pnl" + before;
        GainIdentity.require(
                fields, gain, fields.decimal(gain), amount, false, fields.decimal("average_price" + before), mark);
        fields.decimal("pending_funding");
        fields.decimal("net_settlements");
    }

    /** Whether a difference is more than a millionth of a size. */
    private static boolean isOff(BigDecimal difference, BigDecimal size) {
        return difference.abs().compareTo(TOLERANCE.multiply(size)) > 0;
    }

    /** A placeholder that the venue sends where it could not read its own books is no data. */
    private static void requireFetched(PayloadFields fields) {
        if (fields.absentOr("failed_to_fetch", fields::flag).orElse(false)) {
            throw fields.refusal("failed_to_fetch", "must not be true: the row is no data");
        }
    }
}
