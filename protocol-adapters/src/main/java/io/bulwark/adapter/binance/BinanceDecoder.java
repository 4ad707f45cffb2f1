package io.bulwark.adapter.binance;

import static io.bulwark.adapter.fact.PayloadKind.having;
import static io.bulwark.adapter.fact.PayloadKind.lacking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.Glossary;
import io.bulwark.adapter.fact.Glossary.Name;
import io.bulwark.adapter.fact.VenueDecoder;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.VenueStanding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a single answer or stream message of Binance says: decimals in quotes, positions signed, orders and trades without sign beside
 * their side. What its fields mean stands in {@code binance.csv}.
 */
public final class BinanceDecoder implements VenueDecoder {
    /** Names the venue in refusals. */
    static final String VENUE = "binance";

    private static final int CANDLE = 12;

    /** What the venue's interfaces say of a request that they took. */
    private static final Set<String> DONE = Set.of("0", "200", "000000");

    private static final Set<String> SIDES = Set.of("BUY", "SELL");
    private static final Set<String> POSITION_SIDES = Set.of("BOTH", "LONG", "SHORT");

    private static final List<String> FEES = List.of(
            "standardCommission",
            "taxCommission",
            "specialCommission",
            "standardCommissionForOrder",
            "taxCommissionForOrder",
            "specialCommissionForOrder");

    private static final Glossary WORDS = Glossary.inPayloadOrder(BinanceDecoder.class, "binance.csv")
            .naming("instrument", BinanceUnits::of)
            .naming("asset", BinanceUnits::ofAsset)
            .naming("book", BinanceUnits::ofBook)
            .naming("tiered", BinanceUnits::ofTiers)
            .naming("unnamed", ignored -> new Name(BinanceUnits.UNNAMED, BinanceUnits.units(BinanceUnits.UNNAMED)))
            .naming("loan", fields -> new Name(fields.text("loanCoin"), Map.of("C", fields.text("collateralCoin"))))
            .naming("conversion", BinanceDecoder::conversion)
            .units("symbol", BinanceUnits::units)
            .told(
                    "record",
                    any("purchaseId", "redeemId")
                            .or(having("rewards", "projectId"))
                            .or(having("positionId", "lockPeriod")))
            .told("loanable", any("minLimit", "flexibleInterestRate"))
            .told("flow", body -> body.path("list").path(0).has("fromAsset"))
            .told("bounded", any("maxNotionalValue", "maxQty"))
            .told("pair", body -> body.size() == 2)
            .told("isolated", body -> body.path("assets").path(0).has("baseAsset"))
            .told("ticker", any("price", "lastPrice", "bidPrice"))
            .told("taker volume", any("buyVol", "takerBuyVol"))
            .told("candles", body -> body.path(0).isArray() && body.path(0).size() == CANDLE)
            .told("alone", body -> body.size() == 1)
            .told("movement", any("asset", "coin").and(body -> body.size() > 2))
            .told("commission", any("makerCommissionRate", "makerCommission"))
            .body("klines", BinanceDecoder::candles)
            .step(
                    "yields",
                    row -> row.byName(
                            FactKind.INTEREST, "tierAnnualPercentageRate", "further yield of a tier", Figure.RATIO))
            .step(
                    "fees",
                    row -> FEES.forEach(name -> row.byName(FactKind.PARAMETER, name, "fee, " + name, Figure.RATIO)))
            .step(
                    "quantiles",
                    row -> row.byName(FactKind.ACCOUNT, "adlQuantile", "ADL quantile, 4 first", Figure.RATIO))
            .step("collateral tiers", BinanceDecoder::collateralTiers)
            .step("mode", BinanceDecoder::mode)
            .step("sums", BinanceDecoder::sums)
            .step("position", row -> position(row, "positionAmt", "positionSide"))
            .step("pushed position", row -> position(row, "pa", "ps"))
            .step("loan", BinanceDecoder::loan)
            .step("levels", BinanceDecoder::levels)
            .step("range", row -> row.within("l", "h", "o", "c", "l"))
            .step("clock", BinanceDecoder::clock)
            .step("filters", BinanceDecoder::filters)
            .step("order size", row -> sized(row, FactKind.ORDER, "origQty", "side"))
            .step("whole size", row -> sized(row, FactKind.ORDER, "totalQty", "side"))
            .step("conditional size", row -> sized(row, FactKind.ORDER, "quantity", "side"))
            .step("streamed size", row -> sized(row, FactKind.ORDER, "q", "S"))
            .step("trade size", row -> sized(row, FactKind.TRADE, "qty", "side"))
            .step(
                    "amended size",
                    row -> sized(row, FactKind.ORDER, row.fields().has("qty") ? "qty" : "origQty", "side"))
            .step("order and trade", row -> {
                sized(row, FactKind.ORDER, "q", "S");
                sized(row, FactKind.TRADE, "l", "S");
            })
            .step("report", BinanceDecoder::report)
            .step("liquidated", BinanceDecoder::liquidated)
            .step("fill", BinanceDecoder::fill)
            .step("print", BinanceDecoder::print)
            .build();

    /** It holds nothing but its glossary. */
    static final BinanceDecoder INSTANCE = new BinanceDecoder();

    /** Equity over maintenance margin at which the venue begins to liquidate, by its documentation. */
    private static final Amount ACTS_AT = Amount.of("1.05");

    @Override
    public Glossary glossary() {
        return WORDS;
    }

    private static Predicate<JsonNode> any(String... fields) {
        return lacking(fields).negate();
    }

    /** A portfolio margin account is acted on where its equity is 1.05 times its maintenance margin, so that much is required. */
    @Override
    public List<VenueStanding> standings(FactSheet said) {
        return said.alone("equity after collateral rates").stream()
                .map(equity -> said.count(
                        VenueStanding.USD,
                        Optional.of(equity),
                        said.sameRow(equity, "maintenance margin"),
                        List.of("accountEquity", "accountMaintMargin")))
                .map(count ->
                        VenueStanding.of(count instanceof VenueStanding.Told told ? told.actedOnAt(ACTS_AT) : count))
                .toList();
    }

    @Override
    public JsonNode body(JsonNode answer, FactSheet sheet) {
        if (!answer.isObject()) {
            return sheet.isRecorded() ? nonEmpty(answer) : answer;
        }
        PayloadFields envelope = PayloadFields.of(VENUE, "", answer);
        if (answer.has("code") && (answer.has("msg") || answer.has("message"))) {
            if (!DONE.contains(answer.get("code").asText())) {
                throw envelope.refusal("code", "must not be an error of the venue");
            }
            if (!answer.has("data") && !answer.has("snapshotVos") && !answer.has("orderId")) {
                throw envelope.refusal("code", "must come with a fact: the answer says only that a request was taken");
            }
        }
        // What wraps an answer is the way of a stream, or of another interface than those that a house asks.
        if (!sheet.isRecorded()) {
            return answer;
        }
        if (answer.has("snapshotVos")) {
            return inner(envelope, "snapshotVos", "code", "msg");
        }
        if (answer.has("stream") && answer.has("data")) {
            return inner(envelope, "data", "stream");
        }
        if (answer.has("event") && answer.path("event").has("e")) {
            return inner(envelope, "event", "subscriptionId");
        }
        if (answer.has("result") && answer.has("status") && answer.has("id")) {
            if (answer.path("status").asInt() != 200) {
                throw envelope.refusal("status", "must be 200, else the answer is an error of the venue");
            }
            return inner(envelope, "result", "id", "status", "rateLimits");
        }
        for (String rows : List.of("rows", "orders", "subOrders")) {
            if (answer.has(rows) && answer.has("total")) {
                return inner(envelope, rows, "total", "executedQty", "executedAmt");
            }
        }
        return answer;
    }

    private static JsonNode inner(PayloadFields envelope, String field, String... beside) {
        for (String known : beside) {
            envelope.absentOr(known, envelope::node);
        }
        JsonNode inner = envelope.node(field);
        envelope.end();
        return nonEmpty(inner);
    }

    private static JsonNode nonEmpty(JsonNode rows) {
        if (rows.isArray() && rows.isEmpty()) {
            throw new PayloadRefused(VENUE, "payload", "[]", "must hold a row (an empty answer is unknown, not zero)");
        }
        return rows;
    }

    private static Name conversion(PayloadFields fields) {
        String from = fields.text("fromAsset");
        String to = fields.text("toAsset");
        return new Name(from + " to " + to, Map.of("F", from, "T", to, "R", to + " per " + from));
    }

    /** Tiers of value in USD, each with the share at which collateral counts, the same for every coin that stands beside them. */
    private static void collateralTiers(FactRow row) {
        PayloadFields fields = row.fields();
        for (String coin : fields.texts("assetNames")) {
            row.sheet()
                    .each(
                            fields.pathOf("collaterals"),
                            fields.node("collaterals"),
                            tier -> WORDS.read(new FactRow(row.sheet(), tier, coin), "collateral tier"));
        }
    }

    private static void mode(FactRow row) {
        row.fields().absentOr("ai", row.fields()::fields).ifPresent(mode -> {
            row.word("several assets are margin", mode.scalar("j")).terms(FactKind.ACCOUNT, "mode");
            mode.end();
        });
    }

    /** A house is told every part of a balance, for absent is not zero, and the sums that the venue documents of them. */
    private static void sums(FactRow row) {
        PayloadFields fields = row.fields();
        if (row.sheet().isRecorded()) {
            return;
        }
        fields.text("asset");
        Amount cross = fields.decimal("crossMarginFree").plus(fields.decimal("crossMarginLocked"));
        requireSum(fields, "crossMarginAsset", cross, "crossMarginFree + crossMarginLocked");
        Amount wallets = cross.plus(fields.decimal("umWalletBalance")).plus(fields.decimal("cmWalletBalance"));
        requireSum(fields, "totalWalletBalance", wallets, "crossMarginAsset + umWalletBalance + cmWalletBalance");
        fields.decimal("crossMarginBorrowed");
        fields.decimal("crossMarginInterest");
    }

    private static void requireSum(PayloadFields fields, String field, Amount sum, String parts) {
        if (!fields.decimal(field).equals(sum)) {
            throw fields.refusal(field, "must be " + parts + " = " + sum);
        }
    }

    /** A position, signed by the venue; where an account holds both sides, the sign must be its side's. */
    private static void position(FactRow row, String amount, String sideField) {
        PayloadFields fields = row.fields();
        if (!row.sheet().isRecorded()) {
            fields.text("symbol");
            fields.text(sideField);
            fields.decimal("entryPrice");
        }
        Amount size = fields.decimal(amount);
        String side = fields.absentOr(sideField, name -> fields.text(name, POSITION_SIDES))
                .orElse("BOTH");
        if ((side.equals("LONG") && size.signum() < 0) || (side.equals("SHORT") && size.signum() > 0)) {
            throw fields.refusal(amount, "must have the sign of its side " + side);
        }
        row.word("side", side);
        if (size.signum() != 0) {
            row.fact(FactKind.POSITION, amount, "size", Figure.of(size, row.unit("{N}")));
        }
    }

    /** A loan is two holdings: what secures it and what is owed. */
    private static void loan(FactRow row) {
        PayloadFields fields = row.fields();
        String coin = fields.text("collateralCoin");
        row.fact(
                        FactKind.COLLATERAL,
                        "collateralAmount",
                        "collateral of a loan",
                        Figure.of(unsigned(fields, "collateralAmount", ""), coin))
                .fact(
                        FactKind.DEBT,
                        "totalDebt",
                        "owed of a loan",
                        Figure.of(unsigned(fields, "totalDebt", ""), row.subject()));
    }

    private static Amount unsigned(PayloadFields fields, String field, String why) {
        Amount value = fields.numberOrText(field);
        if (value.signum() < 0) {
            throw fields.refusal(field, "must be >= 0" + why);
        }
        return value;
    }

    private static void levels(FactRow row) {
        for (String side : List.of("bids", "asks", "b", "a")) {
            String word = side.startsWith("b") ? "bid" : "ask";
            row.fields()
                    .absentOr(side, row.fields()::node)
                    .ifPresent(levels -> row.levels(side, word, 0, row.unit("{Q/B}"), row.unit("{N}")));
        }
    }

    private static void candles(JsonNode body, FactSheet sheet) {
        String price = BinanceUnits.units(BinanceUnits.UNNAMED).getOrDefault("Q/B", "quote");
        sheet.tuples("", body, bar -> {
            FactRow row = new FactRow(sheet, bar, BinanceUnits.UNNAMED).at(bar.whole("0"));
            row.must(FactKind.PRICE, "1", "open", price)
                    .must(FactKind.PRICE, "2", "high", price)
                    .must(FactKind.PRICE, "3", "low", price)
                    .must(FactKind.PRICE, "4", "close", price);
            row.within("3", "2", "1", "4", "3");
            // Bars of marks and indices repeat a nought where others tell their volume, with blanks behind it in the
            // venue's own samples.
            if (!bar.scalar("5").isBlank() && !bar.scalar("5").endsWith(" ")) {
                row.must(FactKind.SIZE, "5", "volume", "units of the venue")
                        .must(FactKind.SIZE, "7", "turnover", "quote");
            }
            bar.unreadRest();
        });
    }

    private static void clock(FactRow row) {
        PayloadFields fields = row.fields();
        long time = row.sheet().isRecorded() ? fields.whole("serverTime") : fields.integer("serverTime");
        if (!row.sheet().isRecorded()) {
            row.sheet().at(time);
        }
        row.fact(FactKind.CLOCK, "serverTime", "venue time", Figure.of(Amount.of(Long.toString(time)), "ms"));
    }

    /** The filters of an instrument: tick, lot and the least that an order is worth. */
    private static void filters(FactRow row) {
        row.fields()
                .absentOr("filters", row.fields()::node)
                .ifPresent(filters -> filters.forEach(filter -> {
                    String type = filter.path("filterType").asText();
                    parameter(row, filter.path("tickSize"), "tick", "{Q/B}");
                    if (type.equals("LOT_SIZE")) {
                        parameter(row, filter.path("stepSize"), "lot", "{N}");
                        parameter(row, filter.path("minQty"), "smallest order", "{N}");
                        parameter(row, filter.path("maxQty"), "largest order", "{N}");
                    }
                    parameter(row, filter.path("minNotional"), "smallest order in money", "{Q}");
                    if (type.equals("MIN_NOTIONAL")) {
                        parameter(row, filter.path("notional"), "smallest order in money", "{Q}");
                    }
                }));
    }

    private static void parameter(FactRow row, JsonNode value, String measure, String unit) {
        if (!value.isMissingNode()) {
            JsonNode one = JsonNodeFactory.instance.objectNode().set("value", value);
            Amount told =
                    PayloadFields.of(VENUE, row.fields().pathOf("filters"), one).numberOrText("value");
            row.fact(FactKind.PARAMETER, "filters", measure, Figure.of(told, row.unit(unit)));
        }
    }

    /** Sold below zero. */
    private static void sized(FactRow row, FactKind kind, String field, String sideField) {
        PayloadFields fields = row.fields();
        if (fields.has("code") && fields.has("msg") && !fields.has(sideField)) {
            throw fields.refusal("code", "must not be an error of the venue");
        }
        String side = fields.text(sideField, SIDES);
        sized(row.word("side", side), kind, field, "size", side.equals("SELL"));
    }

    private static void sized(FactRow row, FactKind kind, String field, String measure, boolean sold) {
        Amount size = unsigned(row.fields(), field, "; the side has the sign");
        row.fact(kind, field, measure, Figure.of(sold ? size.negate() : size, row.unit("{N}")));
    }

    /** What an order came to, and by its last trade. */
    private static void report(FactRow row) {
        PayloadFields fields = row.fields();
        sized(row, FactKind.ORDER, "q", "S");
        if (fields.numberOrText("l").signum() != 0) {
            sized(row, FactKind.TRADE, "l", "S");
            fields.blankOr("N", fields::text).ifPresent(coin -> row.may(FactKind.MOVEMENT, "n", "fee paid", coin));
        }
    }

    private static void liquidated(FactRow row) {
        row.word("position", row.fields().text("S", SIDES).equals("SELL") ? "long" : "short");
        sized(row, FactKind.TRADE, "q", "S");
    }

    private static void fill(FactRow row) {
        PayloadFields fields = row.fields();
        boolean buys = fields.has("side")
                ? fields.text("side", SIDES).equals("BUY")
                : fields.flag(fields.has("isBuyer") ? "isBuyer" : "buyer");
        sized(row.word("side", buys ? "BUY" : "SELL"), FactKind.TRADE, "qty", "size", !buys);
    }

    private static void print(FactRow row) {
        PayloadFields fields = row.fields();
        row.word("taker's side", fields.flag(fields.has("m") ? "m" : "isBuyerMaker") ? "SELL" : "BUY");
        sized(row, FactKind.TRADE, fields.has("qty") ? "qty" : "q", "size of a trade", false);
    }
}
