package io.bulwark.adapter.bybit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.Glossary;
import io.bulwark.adapter.fact.Glossary.Name;
import io.bulwark.adapter.fact.VenueDecoder;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.VenueStanding;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a single answer or stream message of Bybit v5 says: decimals in quotes, sizes without sign beside their side. What its fields mean stands in {@code bybit.csv}.
 */
public final class BybitDecoder implements VenueDecoder {
    /** Names the venue in refusals. */
    static final String VENUE = "bybit";

    /** Under this an account's answer notes the page behind it. */
    static final String CURSOR = "nextPageCursor";

    private static final Set<String> SIDES = Set.of("Buy", "Sell");

    private static final List<String> ENVELOPE = List.of(
            "retMsg",
            "retExtInfo",
            "id",
            "topic",
            "type",
            "cs",
            "cts",
            "op",
            "connId",
            "reqId",
            "success",
            "ret_msg",
            "conn_id",
            "req_id",
            "category",
            "header");

    /** What may stand beside a list of rows and says nothing of them, or the same of each. */
    private static final Set<String> BESIDE_ROWS =
            Set.of("category", "symbol", CURSOR, "list", "rows", "updatedTime", "success", "baseCoin", "result");

    private static final Glossary WORDS = Glossary.inPayloadOrder(BybitDecoder.class, "bybit.csv")
            .naming("instrument", BybitUnits::of)
            .naming("coin", BybitUnits::ofCoin)
            .naming("tier", BybitDecoder::tier)
            .units("symbol", BybitUnits::units)
            .told("overview", body -> body.path("list").path(0).has("valuationCurrency"))
            .told("ticker", BybitDecoder::isTicker)
            .told("spread", body -> !isPlain(body))
            .told("candles", BybitDecoder::areCandles)
            .told("settled", body -> body.has("deliveryRpl") || body.has("realisedPnl"))
            .body("kline", BybitDecoder::candles)
            .step("one account", BybitDecoder::oneAccount)
            .step("borrowed", BybitDecoder::borrowed)
            .step("position", BybitDecoder::position)
            .step("loan", BybitDecoder::loan)
            .step("balances", BybitDecoder::balances)
            .step(
                    "worth",
                    row -> row.may(
                            FactKind.ACCOUNT,
                            "totalEquity",
                            "equity",
                            row.fields().text("valuationCurrency")))
            .step("marks", BybitDecoder::marks)
            .step("levels", BybitDecoder::levels)
            .step("range", row -> row.within("low", "high", "open", "close", "low"))
            .step("clock", BybitDecoder::clock)
            .step("order size", row -> sized(row, FactKind.ORDER, "qty"))
            .step("trade size", row -> sized(row, FactKind.TRADE, "execQty"))
            .step("taker", row -> printed(row, "side", "size"))
            .step("streamed taker", row -> printed(row, "S", "v"))
            .step("liquidated", BybitDecoder::liquidated)
            .step("converted", BybitDecoder::converted)
            .step("bounds of a loan", BybitDecoder::bounds)
            .build();

    /** It holds nothing but its glossary. */
    static final BybitDecoder INSTANCE = new BybitDecoder();

    @Override
    public Glossary glossary() {
        return WORDS;
    }

    /**
     * Of the one wallet; an account whose positions are isolated leaves the wallet's figures empty. The larger requirement stands where
     * two are told.
     */
    @Override
    public List<VenueStanding> standings(FactSheet said) {
        if (said.noted("accountType").isEmpty()) {
            return List.of();
        }
        return List.of(VenueStanding.of(said.count(
                VenueStanding.USD,
                said.alone("total margin balance"),
                said.all("maintenance margin").stream()
                        .filter(fact -> fact.subject().equals("account"))
                        .max(Comparator.comparing(Fact::signed)),
                List.of("totalMarginBalance", "totalMaintenanceMargin"))));
    }

    @Override
    public JsonNode body(JsonNode answer, FactSheet sheet) {
        if (answer.has("ret_code")) {
            throw PayloadFields.of(VENUE, "", answer)
                    .refusal("ret_code", "must not be there: interfaces before V5 are closed, and their units differ");
        }
        boolean enveloped = answer.has("retCode") || answer.has("topic") || answer.has("ret_msg");
        if (sheet.isRecorded() && !(answer.isObject() && enveloped)) {
            return answer;
        }
        PayloadFields envelope = sheet.fields("", answer);
        code(envelope, sheet).filter(code -> code != 0).ifPresent(code -> {
            throw envelope.refusal("retCode", "must be 0, else the answer is an error of the venue");
        });
        if (answer.path("success").isBoolean() && !answer.path("success").booleanValue()) {
            throw envelope.refusal("success", "must be true, else the answer is an error of the venue");
        }
        if (!sheet.isRecorded()) {
            envelope.absentOr("retExtInfo", envelope::fields).ifPresent(PayloadFields::end);
        }
        for (String known : ENVELOPE) {
            envelope.absentOr(known, envelope::node);
        }
        for (String time : List.of("time", "ts", "creationTime")) {
            envelope.blankOr(time, envelope::whole).ifPresent(sheet::at);
        }
        JsonNode result = envelope.node(answer.has("result") || !sheet.isRecorded() ? "result" : "data");
        envelope.end();
        if (answer.path("topic").asText().startsWith("kline.")) {
            return withSymbol(result, answer.path("topic").asText());
        }
        return rows(result, sheet);
    }

    private static Optional<Long> code(PayloadFields envelope, FactSheet sheet) {
        return sheet.isRecorded()
                ? envelope.absentOr("retCode", envelope::integer)
                : Optional.of(envelope.integer("retCode"));
    }

    /** A candle of a stream is named by its channel alone. */
    private static JsonNode withSymbol(JsonNode rows, String topic) {
        ArrayNode named = JsonNodeFactory.instance.arrayNode();
        String symbol = topic.substring(topic.lastIndexOf('.') + 1);
        rows.forEach(row -> named.add(row.isObject() ? ((ObjectNode) row.deepCopy()).put("symbol", symbol) : row));
        return named;
    }

    /** The rows of a list, each with the category and symbol that stand beside the list. */
    private static JsonNode rows(JsonNode result, FactSheet sheet) {
        JsonNode list = Stream.of("list", "rows", "result")
                .filter(result::has)
                .map(result::get)
                .findFirst()
                .orElse(result);
        if (!sheet.isRecorded() && !result.isObject()) {
            throw new PayloadRefused(VENUE, "result", result.toString(), "must be an object");
        }
        if (!result.isObject() || !list.isArray()) {
            return nonEmpty(result, sheet);
        }
        if (!list.isEmpty() && list.get(0).isArray()) {
            return result;
        }
        PayloadFields beside = sheet.fields("result", result);
        for (String name : beside.names()) {
            if (!BESIDE_ROWS.contains(name)) {
                if (sheet.isRecorded()) {
                    return result;
                }
                throw beside.refusal(name, "is not a known field of this venue");
            }
        }
        if (!sheet.isRecorded()) {
            beside.blankOr(CURSOR, beside::text).ifPresent(cursor -> sheet.note(CURSOR, cursor));
        }
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        list.forEach(row -> rows.add(row.isObject() ? full((ObjectNode) row, result) : row));
        return nonEmpty(rows, sheet);
    }

    private static ObjectNode full(ObjectNode row, JsonNode result) {
        ObjectNode full = JsonNodeFactory.instance.objectNode();
        full.setAll(row);
        // Recordings of a client that hands pages on row by row put the page's mark into every row.
        full.remove(CURSOR);
        for (String shared : List.of("category", "symbol", "updatedTime")) {
            if (result.has(shared) && !full.has(shared)) {
                full.set(shared, result.get(shared));
            }
        }
        return full;
    }

    private static JsonNode nonEmpty(JsonNode rows, FactSheet sheet) {
        if (sheet.isRecorded() && rows.isEmpty() && rows.isContainerNode()) {
            throw new PayloadRefused(
                    VENUE, "result", rows.toString(), "must hold a row (an empty answer is unknown, not zero)");
        }
        return rows;
    }

    /** What a house reads is one account, its coins told; a coin that is left out is unknown. */
    private static void oneAccount(FactRow row) {
        if (!row.sheet().isRecorded()) {
            row.fields().node("coin");
            row.sheet().note("accountType", row.fields().text("accountType", Set.of("UNIFIED")));
        }
    }

    /**
     * A debt once. The wallet is told before what spot trading borrowed is taken off, and after what derivatives borrowed: the first is a debt beside it, the second is
     * the wallet itself below zero.
     */
    private static void borrowed(FactRow row) {
        PayloadFields fields = row.fields();
        if (!row.sheet().isRecorded()) {
            requireDebts(fields);
        }
        Optional<Amount> spot = amount(fields, "spotBorrow");
        Optional<Amount> all = amount(fields, "borrowAmount");
        boolean below = fields.blankOr("walletBalance", fields::numberOrText)
                .filter(wallet -> wallet.signum() < 0)
                .isPresent();
        boolean told = below || spot.isPresent();
        spot.ifPresent(owed ->
                row.fact(FactKind.DEBT, "spotBorrow", "borrowed by spot trading", Figure.of(owed, row.unit("{C}"))));
        all.ifPresent(owed -> row.fact(
                told ? FactKind.ACCOUNT : FactKind.DEBT,
                "borrowAmount",
                "borrowed in all",
                Figure.of(owed, row.unit("{C}"))));
    }

    /** A house is told every one of them: absent is not zero. */
    private static void requireDebts(PayloadFields fields) {
        fields.text("coin");
        fields.decimal("walletBalance");
        for (String debt : List.of("spotBorrow", "borrowAmount", "accruedInterest")) {
            unsigned(fields, debt, fields.decimal(debt), "");
        }
        Amount spot = fields.decimal("spotBorrow");
        if (fields.decimal("borrowAmount").compareTo(spot) < 0) {
            throw fields.refusal("borrowAmount", "must be >= spotBorrow " + spot);
        }
    }

    private static Optional<Amount> amount(PayloadFields fields, String field) {
        return fields.blankOr(field, name -> unsigned(fields, name, fields.numberOrText(name), ""))
                .filter(value -> value.signum() > 0);
    }

    private static Amount unsigned(PayloadFields fields, String field, Amount value, String why) {
        if (value.signum() < 0) {
            throw fields.refusal(field, "must be >= 0" + why);
        }
        return value;
    }

    /** A position, short below zero: in the coin, in US dollars for inverse contracts. */
    private static void position(FactRow row) {
        PayloadFields fields = row.fields();
        if (!row.sheet().isRecorded()) {
            fields.text("symbol");
            fields.integer("positionIdx");
        }
        Amount size = unsigned(fields, "size", fields.decimal("size"), "");
        String side = fields.blankOr("side", fields::text).orElse("None");
        if (!side.equals("None") && !SIDES.contains(side)) {
            throw fields.refusal("side", "must be one of [, Buy, None, Sell]");
        }
        if (side.equals("None") && size.signum() != 0) {
            throw fields.refusal("side", "must be Buy or Sell in an open position");
        }
        if (size.signum() != 0) {
            row.word("side", side);
            row.fact(
                    FactKind.POSITION,
                    "size",
                    "size",
                    Figure.of(side.equals("Sell") ? size.negate() : size, row.unit("{N}")));
        }
    }

    /** A loan is two holdings: what secures it and what is owed. */
    private static void loan(FactRow row) {
        PayloadFields fields = row.fields();
        String coin = fields.text("collateralCurrency");
        Amount secured = unsigned(fields, "collateralAmount", fields.numberOrText("collateralAmount"), "");
        Amount owed = unsigned(fields, "totalDebt", fields.numberOrText("totalDebt"), "");
        row.fact(FactKind.COLLATERAL, "collateralAmount", "collateral of a loan", Figure.of(secured, coin))
                .fact(FactKind.DEBT, "totalDebt", "owed of a loan", Figure.of(owed, row.subject()));
    }

    private static void balances(FactRow row) {
        PayloadFields fields = row.fields();
        JsonNode balance = fields.node("balance");
        if (balance.isArray()) {
            row.sheet().each(fields.pathOf("balance"), balance, one -> WORDS.read(row.sheet(), one, "balance"));
        } else {
            PayloadFields one = fields.fields("balance");
            WORDS.read(row.sheet(), one, "balance");
            one.end();
        }
    }

    private static boolean isTicker(JsonNode body) {
        return isPlain(body)
                && Stream.of("lastPrice", "markPrice", "bid1Price", "fundingIntervalHour", "openInterestValue")
                        .anyMatch(body::has);
    }

    /** A combination of contracts is named by both. */
    private static boolean isPlain(JsonNode body) {
        return body.path("symbol").asText().indexOf('_') < 0;
    }

    /** A house is told every mark: a nought is none, and absent is unknown. */
    private static void marks(FactRow row) {
        if (!row.sheet().isRecorded()) {
            row.fields().text("symbol");
            row.fields().decimal("markPrice");
            if (BybitUnits.isOption(row.subject())) {
                row.fields().decimal("markIv");
            }
        }
    }

    private static void levels(FactRow row) {
        for (String side : List.of("b", "a")) {
            String word = side.equals("b") ? "bid" : "ask";
            row.fields()
                    .absentOr(side, row.fields()::node)
                    .ifPresent(levels -> row.levels(side, word, 0, row.unit("{Q/B}"), row.unit("{N}")));
        }
    }

    private static boolean areCandles(JsonNode body) {
        int width = body.path("list").path(0).size();
        return body.has("symbol") && body.path("list").path(0).isArray() && (width == 7 || width == 5);
    }

    private static void candles(JsonNode body, FactSheet sheet) {
        String symbol = body.path("symbol").asText(BybitUnits.UNNAMED);
        Map<String, String> units = BybitUnits.units(symbol);
        sheet.tuples("list", body.path("list"), bar -> {
            FactRow row = new FactRow(sheet, bar, symbol).about(symbol, units).at(bar.whole("0"));
            // Only a premium is below zero: a ratio, whose open is the close before and may lie outside the bar.
            boolean premium = bar.numberOrText("3").signum() < 0;
            String unit = premium ? Figure.RATIO : row.unit("{Q/B}");
            row.must(FactKind.PRICE, "1", "open", unit)
                    .must(FactKind.PRICE, "2", "high", unit)
                    .must(FactKind.PRICE, "3", "low", unit)
                    .must(FactKind.PRICE, "4", "close", unit);
            row.within("3", "2", premium ? "4" : "1", "4", "3");
            if (bar.has("6")) {
                row.must(FactKind.SIZE, "5", "volume", row.unit("{N}"))
                        .must(FactKind.SIZE, "6", "turnover", row.unit("{V}"));
            }
        });
    }

    private static void clock(FactRow row) {
        String seconds = Long.toString(row.fields().whole("timeSecond"));
        row.fact(FactKind.CLOCK, "timeSecond", "venue time", Figure.of(Amount.of(seconds), "s"));
    }

    /** Sold below zero. */
    private static void sized(FactRow row, FactKind kind, String field) {
        PayloadFields fields = row.fields();
        String side = fields.text("side", SIDES);
        row.word("side", side);
        Amount size = unsigned(fields, field, fields.numberOrText(field), "; the side has the sign");
        boolean quote = fields.blankOr("marketUnit", fields::text)
                .filter("quoteCoin"::equals)
                .isPresent();
        Amount signed = side.equals("Sell") ? size.negate() : size;
        row.fact(kind, field, "size", Figure.of(signed, row.unit(quote ? "{Q}" : "{N}")));
    }

    private static void printed(FactRow row, String sideField, String field) {
        PayloadFields fields = row.fields();
        row.word("taker's side", fields.text(sideField, SIDES));
        Amount size = unsigned(fields, field, fields.numberOrText(field), "; the side has the sign");
        row.fact(FactKind.TRADE, field, "size of a trade", Figure.of(size, row.unit("{N}")));
    }

    /** The venue tells the side of the position that was liquidated. */
    private static void liquidated(FactRow row) {
        PayloadFields fields = row.fields();
        row.word("position", fields.text("S", SIDES).equals("Buy") ? "long" : "short");
        Amount size = unsigned(fields, "v", fields.numberOrText("v"), "; the side has the sign");
        row.fact(FactKind.TRADE, "v", "size liquidated", Figure.of(size, row.unit("{N}")));
    }

    private static void converted(FactRow row) {
        PayloadFields fields = row.fields();
        row.may(FactKind.MOVEMENT, "fromAmount", "converted away", fields.text("fromCoin"))
                .may(FactKind.MOVEMENT, "toAmount", "converted into", fields.text("toCoin"));
    }

    /** Tiers of before 2024 tell margins in per cent, as {@code 0.5}; later ones as fractions, as {@code 0.005}. What is left of a tier's leverage tells which. */
    private static Name tier(PayloadFields fields) {
        Name name = BybitUnits.of(fields);
        Map<String, String> units = new HashMap<>(name.units());
        boolean percent = fields.numberOrText("initialMargin")
                        .times(fields.numberOrText("maxLeverage"))
                        .compareTo(Amount.of("10"))
                > 0;
        units.put("M", percent ? "%" : Figure.RATIO);
        return new Name(name.subject(), units);
    }

    private static void bounds(FactRow row) {
        String lent = row.fields().text("loanCurrency");
        String held = row.fields().text("collateralCurrency");
        row.may(FactKind.LIMIT, "maxCollateralAmount", "largest collateral", held)
                .may(FactKind.LIMIT, "minCollateralAmount", "smallest collateral", held)
                .may(FactKind.LIMIT, "maxLoanAmount", "largest loan", lent)
                .may(FactKind.LIMIT, "minLoanAmount", "smallest loan", lent);
    }
}
