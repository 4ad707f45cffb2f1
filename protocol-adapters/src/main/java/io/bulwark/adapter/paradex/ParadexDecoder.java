package io.bulwark.adapter.paradex;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.Glossary;
import io.bulwark.adapter.fact.Glossary.Name;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.adapter.fact.VenueDecoder;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.VenueStanding;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a single answer or stream message of Paradex says: decimals in quotes, sizes signed with the side beside. What its fields mean stands in {@code paradex.csv}.
 */
public final class ParadexDecoder implements VenueDecoder {
    /** Names the venue in refusals. */
    static final String VENUE = "paradex";

    private static final BigDecimal TOLERANCE = new BigDecimal("0.000001");

    private static final Glossary WORDS = Glossary.of(ParadexDecoder.class, "paradex.csv")
            .units("market", ParadexDecoder::units)
            .naming("account", fields -> new Name("account", Map.of("S", fields.text("settlement_asset"))))
            .naming("listed market", ParadexDecoder::listed)
            .told("fill", body -> !isOrder(body) && !isPosition(body))
            .told("candles", body -> body.isArray() && body.path(0).isArray())
            .body("markets/klines", ParadexDecoder::candles)
            .step("cushion", ParadexDecoder::cushion)
            .step("position", ParadexDecoder::position)
            .step("side", ParadexDecoder::side)
            .step("trade side", ParadexDecoder::tradeSide)
            .step("fee", ParadexDecoder::fee)
            .step("told to a house", ParadexDecoder::toldToAHouse)
            .step(
                    "levels",
                    row -> row.levels("bids", "bid", 0, row.unit("USD per {B}"), row.unit("{B}"))
                            .levels("asks", "ask", 0, row.unit("USD per {B}"), row.unit("{B}")))
            .step("changes", ParadexDecoder::changes)
            .build();

    /** It holds nothing but its glossary. */
    static final ParadexDecoder INSTANCE = new ParadexDecoder();

    @Override
    public Glossary glossary() {
        return WORDS;
    }

    /** The venue counts its settlement coin as a dollar. */
    @Override
    public List<VenueStanding> standings(FactSheet said) {
        return said.alone("account value").stream()
                .map(value -> VenueStanding.of(said.count(
                        VenueStanding.USD,
                        Optional.of(value),
                        said.sameRow(value, "maintenance margin"),
                        List.of("account_value", "maintenance_margin_requirement"))))
                .toList();
    }

    /** Takes the pages off a list, and the message off pushed data. */
    @Override
    public JsonNode body(JsonNode answer, FactSheet sheet) {
        if (!answer.isObject()) {
            return answer;
        }
        PayloadFields fields = PayloadFields.of(VENUE, "", answer);
        if (answer.has("error")) {
            throw fields.refusal("error", "must not be an error of the venue");
        }
        if (answer.has("params") && answer.has("method")) {
            fields.unread(Kind.TEXT, "jsonrpc").text("method", Set.of("subscription"));
            PayloadFields params = fields.fields("params");
            fields.end();
            params.unread(Kind.TEXT, "channel");
            JsonNode data = params.node("data");
            params.end();
            return data;
        }
        if (answer.has("results")) {
            fields.unread(Kind.TEXT, "next", "prev");
            if (!sheet.isRecorded()) {
                fields.blankOr("next", fields::text).ifPresent(page -> {
                    throw fields.refusal("next", "must be absent: a list with a further page is not whole");
                });
                fields.list("results", row -> {
                    row.unreadRest();
                    return row;
                });
            }
            JsonNode results = fields.node("results");
            fields.end();
            return results;
        }
        return answer;
    }

    /** Sizes of {@code SOL-USD-PERP} are in SOL. */
    private static Map<String, String> units(String market) {
        int dash = market.indexOf('-');
        return Map.of("B", dash > 0 ? market.substring(0, dash) : market);
    }

    private static Name listed(PayloadFields fields) {
        String market = fields.text("symbol");
        return new Name(
                market, Map.of("B", units(market).getOrDefault("B", market), "base", fields.text("base_currency")));
    }

    private static void candles(JsonNode body, FactSheet sheet) {
        sheet.tuples("results", body, bar -> WORDS.read(sheet, bar, "candle"));
    }

    private static boolean isOrder(JsonNode body) {
        return PayloadKind.having("market", "remaining_size", "type").test(body);
    }

    private static boolean isPosition(JsonNode body) {
        return PayloadKind.having("market", "size", "average_entry_price").test(body);
    }

    /** The account as a whole. The cushion is what it is worth beyond its maintenance margin, to the last digit. */
    private static void cushion(FactRow row) {
        PayloadFields fields = row.fields();
        row.sheet().at(new Horizon.Sequence(fields.whole("seq_no"), fields.whole("updated_at")));
        Amount value = fields.numberOrText("account_value");
        Amount maintenance = fields.numberOrText("maintenance_margin_requirement");
        fields.blankOr("margin_cushion", fields::numberOrText).ifPresent(cushion -> {
            Amount computed = value.minus(maintenance);
            if (!cushion.equals(computed)) {
                throw fields.refusal(
                        "margin_cushion", "must be account_value - maintenance_margin_requirement = " + computed);
            }
        });
        if (!row.sheet().isRecorded()) {
            fields.text("account");
        }
    }

    private static void position(FactRow row) {
        PayloadFields fields = row.fields();
        boolean open = fields.text("status", Set.of("OPEN", "CLOSED")).equals("OPEN");
        Amount size = fields.decimal("size");
        if (size.signum() == 0) {
            return;
        }
        if (open) {
            String side = fields.text("side", Set.of("LONG", "SHORT"));
            if (size.signum() != (side.equals("LONG") ? 1 : -1)) {
                throw fields.refusal("size", "must have the sign of its side " + side);
            }
        }
        if (!row.sheet().isRecorded()) {
            requireWhole(fields, open, size);
        }
        if (open) {
            WORDS.read(row, "open position");
        }
    }

    /** What a house takes for a position: open, at a price, its cost what both make, its funding told. */
    private static void requireWhole(PayloadFields fields, boolean open, Amount size) {
        if (!open) {
            throw fields.refusal("size", "must be 0 in a closed position");
        }
        Amount entry = fields.decimal("average_entry_price");
        if (entry.signum() <= 0) {
            throw fields.refusal("average_entry_price", "must be > 0");
        }
        BigDecimal cost = size.toDecimal().abs().multiply(entry.toDecimal());
        BigDecimal stated = fields.decimal("cost").toDecimal().abs();
        if (stated.subtract(cost).abs().compareTo(cost.multiply(TOLERANCE)) > 0) {
            throw fields.refusal("cost", "must be size * average_entry_price = " + cost.toPlainString());
        }
        fields.decimal("unrealized_funding_pnl");
    }

    private static void side(FactRow row) {
        row.word("side", row.fields().text("side", Set.of("BUY", "SELL")).equals("BUY") ? "buy" : "sell");
    }

    private static void tradeSide(FactRow row) {
        if (row.fields().numberOrText("size").signum() <= 0) {
            throw row.fields().refusal("size", "must be > 0: the sign is in side");
        }
        side(row);
    }

    private static void fee(FactRow row) {
        PayloadFields fields = row.fields();
        fields.blankOr("fee", fields::numberOrText)
                .ifPresent(fee -> row.beside(
                        "fee",
                        Figure.of(
                                fee,
                                fields.blankOr("fee_currency", fields::text).orElse("USDC"))));
    }

    /** A house is told every market's prices, and when they were. */
    private static void toldToAHouse(FactRow row) {
        if (!row.sheet().isRecorded()) {
            row.fields().decimal("underlying_price");
            row.fields().decimal("mark_price");
            row.fields().whole("created_at");
        }
    }

    private static void changes(FactRow row) {
        PayloadFields fields = row.fields();
        String update = fields.text("update_type");
        for (String change : List.of("inserts", "updates", "deletes")) {
            row.sheet().each(change, fields.node(change), level -> {
                boolean bid = level.text("side", Set.of("BUY", "SELL")).equals("BUY");
                Fact price = Fact.of(
                                FactKind.DEPTH,
                                level.pathOf("size"),
                                row.subject(),
                                bid ? "bid" : "ask",
                                Figure.of(level.numberOrText("size"), row.unit("{B}")))
                        .with("price", Figure.of(level.numberOrText("price"), row.unit("USD per {B}")))
                        .with("change", change)
                        .with("type", update.equals("s") ? "snapshot" : "change")
                        .at(fields.whole("last_updated_at"));
                row.sheet().add(price);
            });
        }
    }
}
