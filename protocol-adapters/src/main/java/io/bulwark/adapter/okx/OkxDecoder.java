package io.bulwark.adapter.okx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.PayloadRefused;
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
import io.bulwark.clearing.position.VenueStanding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a single answer or stream message of OKX v5 says: decimals in quotes, the empty text where there is no number, sizes of
 * derivatives in contracts. What its fields mean stands in {@code okx.csv}, what a symbol says of units in {@link OkxUnits};
 * here, how kinds are told that no field tells, and what must hold.
 *
 * <p>What the venue leaves empty is no fact. Of what it sends to the house itself, those fields that an account or a market is made
 * of must be there.
 */
public final class OkxDecoder implements VenueDecoder {
    /** Names the venue in refusals. */
    static final String VENUE = "okx";

    /** Under which the number of a key's account is noted: it is told to nobody, and is no fact. */
    static final String OWNER = "uid";

    private static final String ROWS = "rows";
    private static final String EXPIRY = "20\\d{6}";
    private static final int CANDLE = 9;
    private static final int PRICE_CANDLE = 6;

    private static final Set<String> SIDES = Set.of("buy", "sell");
    private static final Set<String> POSITION_SIDES = Set.of("long", "short", "net");
    private static final Set<String> DERIVATIVES = Set.of("SWAP", "FUTURES", "OPTION");
    private static final Set<String> TYPES = Set.of("MARGIN", "SWAP", "FUTURES", "OPTION");

    private static final Glossary WORDS = Glossary.inPayloadOrder(OkxDecoder.class, "okx.csv")
            .naming("instrument", OkxUnits::of)
            .naming("market", OkxUnits::ofMarket)
            .naming("currency", OkxUnits::ofCurrency)
            .naming("traded", OkxUnits::ofTraded)
            .naming("contract", OkxUnits::ofContract)
            .naming("debt", fields -> new Name(fields.text("debtCcy"), Map.of("C", fields.text("debtCcy"))))
            .told("estimate", PayloadKind.lacking("settlePx", "estSettlePx").negate())
            .told("time alone", body -> body.size() == 1)
            .told("options", OkxDecoder::areOptions)
            .told("bars", OkxDecoder::areCandles)
            .body(
                    "open-interest-volume",
                    (body, sheet) -> sheet.tuples("", body.path(ROWS), row -> options(row, sheet)))
            .body("candles", OkxDecoder::candles)
            .step("totals", OkxDecoder::totals)
            .step("liability", OkxDecoder::liability)
            .step("position", OkxDecoder::position)
            .step("moment", OkxDecoder::moment)
            .step("interest", row -> row.may(FactKind.MOVEMENT, "interest", "interest of one hour", row.unit("{C}")))
            .step("owner", OkxDecoder::owner)
            .step("mark", OkxDecoder::mark)
            .step("index", row -> quoted(row, "idxPx"))
            .step("volatility", row -> quoted(row, "markVol"))
            .step("oracle", OkxDecoder::oracle)
            .step("levels", OkxDecoder::levels)
            .step("order", OkxDecoder::order)
            .step("fill", OkxDecoder::fill)
            .step("print", OkxDecoder::print)
            .step("warned", OkxDecoder::warned)
            .step("converted", row -> {
                moved(row, "fillFromSz", "converted away", "fromCcy");
                moved(row, "fillToSz", "converted into", "toCcy");
            })
            .step("repaid", row -> {
                moved(row, "fillDebtSz", "debt repaid", "debtCcy");
                moved(row, "fillRepaySz", "paid for it", "repayCcy");
            })
            .step("contract", OkxDecoder::contract)
            .build();

    /** It holds nothing but its glossary. */
    static final OkxDecoder INSTANCE = new OkxDecoder();

    /** What the rows of an answer of the venue say. */
    static FactSheet rows(String kind, byte[] answer) {
        return INSTANCE.decode(kind, answer).whole();
    }

    /**
     * What the one row of an answer of the venue says.
     *
     * @throws PayloadRefused if it holds none, or more
     */
    static FactSheet row(String kind, byte[] answer) {
        FactSheet sheet = rows(kind, answer);
        String rows = sheet.noted(ROWS).orElse("0");
        if (!rows.equals("1")) {
            throw new PayloadRefused(
                    VENUE, "data", rows + " rows", "must hold one row (an empty answer is unknown, not zero)");
        }
        return sheet;
    }

    /** The open positions by instrument and side: signed, in contracts, none zero. */
    static SortedMap<String, Amount> sizes(FactSheet sheet) {
        SortedMap<String, Amount> sizes = new TreeMap<>();
        for (Fact position : sheet.all(FactKind.POSITION)) {
            String place = position.subject() + " " + position.words().get("side");
            if (sizes.put(place, position.signed()) != null) {
                throw new PayloadRefused(VENUE, "instId", place, "must be listed once on a side");
            }
        }
        return sizes;
    }

    @Override
    public Glossary glossary() {
        return WORDS;
    }

    /** Of the account's cross positions together; modes that margin each currency alone leave the account's figures empty. */
    @Override
    public List<VenueStanding> standings(FactSheet said) {
        return said.alone("total equity").stream()
                .map(total -> VenueStanding.of(said.count(
                        VenueStanding.USD,
                        said.sameRow(total, "adjusted equity"),
                        said.sameRow(total, "maintenance margin"),
                        List.of("adjEq", "mmr"))))
                .toList();
    }

    @Override
    public JsonNode body(JsonNode answer, FactSheet sheet) {
        if (!sheet.isRecorded()) {
            return sent(answer, sheet);
        }
        boolean refusal = answer.has("code") && answer.has("msg") && !answer.has("ordId");
        if (!answer.isObject() || !(answer.has("data") || refusal)) {
            return answer;
        }
        PayloadFields envelope = PayloadFields.of(VENUE, "", answer);
        envelope.blankOr("code", envelope::text)
                .filter(code -> !code.equals("0"))
                .ifPresent(code -> {
                    throw isError(envelope);
                });
        for (String known : List.of("msg", "inTime", "outTime", "action", "event", "connId", "id", "op", "arg")) {
            envelope.absentOr(known, envelope::node);
        }
        for (String known : List.of("eventType", "curPage", "lastPage")) {
            envelope.absentOr(known, envelope::node);
        }
        JsonNode data = envelope.node("data");
        envelope.end();
        if (data.isArray() && data.isEmpty()) {
            throw new PayloadRefused(VENUE, "data", "[]", "must hold a row (an empty answer is unknown, not zero)");
        }
        return named(answer, data);
    }

    /** The rows of an answer to a question of the house. */
    private static JsonNode sent(JsonNode answer, FactSheet sheet) {
        PayloadFields envelope = PayloadFields.of(VENUE, "", answer);
        if (!envelope.text("code").equals("0")) {
            throw isError(envelope);
        }
        envelope.unread(Kind.TEXT, "msg");
        JsonNode data = envelope.node("data");
        envelope.end();
        if (!data.isArray()) {
            throw envelope.refusal("data", "must be an array");
        }
        sheet.note(ROWS, Integer.toString(data.size()));
        return data;
    }

    private static PayloadRefused isError(PayloadFields envelope) {
        return envelope.refusal("code", "must be 0, else the answer is an error of the venue");
    }

    /** What the channel names, its rows do not: books and candles of a stream are read with their instrument. */
    private static JsonNode named(JsonNode answer, JsonNode data) {
        JsonNode instrument = answer.path("arg").path("instId");
        boolean candles = data.isArray() && !data.isEmpty() && data.get(0).isArray();
        if (candles) {
            ObjectNode named = JsonNodeFactory.instance.objectNode();
            named.put("instId", instrument.isTextual() ? instrument.textValue() : OkxUnits.UNNAMED);
            named.set(ROWS, data);
            return named;
        }
        boolean books = data.isArray() && !data.isEmpty() && data.get(0).has("asks");
        if (!instrument.isTextual() || !books) {
            return data;
        }
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        data.forEach(row -> rows.add(
                row.isObject() && !row.has("instId")
                        ? ((ObjectNode) row.deepCopy()).put("instId", instrument.textValue())
                        : row));
        return rows;
    }

    /** Whose key it is, and in which mode: what the account's balances must tell depends on it. */
    private static void owner(FactRow row) {
        if (!row.sheet().isRecorded()) {
            row.sheet().note(OWNER, row.fields().text("uid"));
            row.fields().text("acctLv");
        }
    }

    private static void totals(FactRow row) {
        if (!row.sheet().isRecorded()) {
            row.fields().list("details", balance -> {
                balance.unreadRest();
                balance.text("ccy");
                return balance.decimal("cashBal");
            });
        }
    }

    /** A debt once: the cash where that is below zero, what is owed otherwise. */
    private static void liability(FactRow row) {
        PayloadFields fields = row.fields();
        boolean owedAsCash = fields.blankOr("cashBal", fields::decimal)
                .filter(cash -> cash.signum() < 0)
                .isPresent();
        fields.blankOr("liab", fields::decimal).ifPresent(liability -> {
            // The venue documents a value ≥ 0; older answers write it below.
            Figure owed = Figure.of(liability.abs(), row.unit("{C}"));
            if (owedAsCash) {
                row.fact(FactKind.ACCOUNT, "liab", "liability", owed);
            } else if (liability.signum() != 0 || !row.sheet().isRecorded()) {
                // The house must tell a debt of nought, which it is sent, from one that is not told.
                row.fact(FactKind.DEBT, "liab", "liability", owed);
            }
        });
    }

    private static void moment(FactRow row) {
        if (!row.sheet().isRecorded()) {
            row.fields().wholeText("ts");
            row.fields().node("posData");
        }
    }

    /** A position: contracts, short below zero. What a margin position consists of is an asset and a debt. */
    private static void position(FactRow row) {
        PayloadFields fields = row.fields();
        boolean margin = fields.blankOr("instType", fields::text)
                .filter("MARGIN"::equals)
                .isPresent();
        Optional<Amount> told = size(fields);
        if (!row.sheet().isRecorded()) {
            requireHeld(fields, told);
        }
        Optional<Amount> size = told.filter(held -> held.signum() != 0);
        if (margin) {
            size.ifPresent(held -> {
                String coin = fields.blankOr("posCcy", fields::text).orElse(row.unit("{B}"));
                row.fact(FactKind.COLLATERAL, "pos", "asset of a margin position", Figure.of(held.abs(), coin));
            });
            asset(row, "baseBal", "{B}");
            asset(row, "quoteBal", "{Q}");
            owed(row, "baseBorrowed", row.unit("{B}"));
            owed(row, "quoteBorrowed", row.unit("{Q}"));
            fields.blankOr("liabCcy", fields::text).ifPresent(owing -> owed(row, "liab", owing));
        } else {
            size.ifPresent(held -> row.fact(FactKind.POSITION, "pos", "size", Figure.of(held, row.unit("{N}"))));
        }
    }

    /** A closed position leaves a row behind, which holds nothing; one that is open must be of a kind that the house reads. */
    private static void requireHeld(PayloadFields fields, Optional<Amount> told) {
        Amount size = told.orElseThrow(() -> fields.refusal("pos", "must not be empty (absent is not zero)"));
        if (size.signum() != 0) {
            fields.text("instId");
            if (!DERIVATIVES.contains(fields.text("instType", TYPES))) {
                throw fields.refusal(
                        "instType", "must be SWAP, FUTURES or OPTION: an isolated margin pair is not read live");
            }
            fields.text("mgnMode", Set.of("cross"));
        }
    }

    /** In net mode the venue signs a size itself; in the mode of two sides every size is told without a sign. */
    private static Optional<Amount> size(PayloadFields fields) {
        String side = fields.text("posSide", POSITION_SIDES);
        Optional<Amount> told = fields.blankOr("pos", fields::decimal);
        if (side.equals("long") && told.filter(size -> size.signum() < 0).isPresent()) {
            throw fields.refusal("pos", "must be >= 0 on the long side");
        }
        return told.map(held -> side.equals("short") ? held.abs().negate() : held);
    }

    private static void asset(FactRow row, String field, String unit) {
        notZero(row, field)
                .ifPresent(held -> row.fact(
                        FactKind.COLLATERAL, field, "asset of an isolated pair", Figure.of(held, row.unit(unit))));
    }

    private static void owed(FactRow row, String field, String coin) {
        notZero(row, field).ifPresent(owed -> row.fact(FactKind.DEBT, field, "borrowed", Figure.of(owed.abs(), coin)));
    }

    private static Optional<Amount> notZero(FactRow row, String field) {
        return row.fields().blankOr(field, row.fields()::numberOrText).filter(value -> value.signum() != 0);
    }

    private static void moved(FactRow row, String field, String measure, String coin) {
        row.may(FactKind.MOVEMENT, field, measure, row.fields().text(coin));
    }

    private static void mark(FactRow row) {
        quoted(row, "markPx");
        if (row.fields().decimal("markPx").signum() == 0) {
            throw row.fields().refusal("markPx", "must be > 0");
        }
    }

    /** A quote that is sent to the house names its instrument and its time. */
    private static void quoted(FactRow row, String field) {
        if (!row.sheet().isRecorded()) {
            row.fields().text("instId");
            row.fields().decimal(field);
            row.fields().wholeText("ts");
        }
    }

    private static void oracle(FactRow row) {
        PayloadFields fields = row.fields();
        fields.absentOr("prices", fields::fields).ifPresent(prices -> {
            for (String coin : prices.names()) {
                new FactRow(row.sheet(), prices, coin)
                        .at(Math.multiplyExact(fields.whole("timestamp"), 1_000))
                        .must(FactKind.PRICE, coin, "price signed by the venue", "USD per " + coin);
            }
        });
    }

    private static void levels(FactRow row) {
        String price = row.unit("{Q} per {B}");
        row.levels("bids", "bid", 0, price, row.unit("{N}")).levels("asks", "ask", 0, price, row.unit("{N}"));
    }

    private static boolean areCandles(JsonNode body) {
        JsonNode bar = body.path(ROWS).path(0);
        String closed = bar.path(bar.size() - 1).asText();
        return body.has("instId")
                && (bar.size() == CANDLE || bar.size() == PRICE_CANDLE)
                && (closed.equals("0") || closed.equals("1"));
    }

    /** Open interest and volume by expiry or strike: six cells like a bar of a mark price, but every row is of one moment. */
    private static boolean areOptions(JsonNode body) {
        JsonNode rows = body.path(ROWS);
        JsonNode first = rows.path(0);
        return first.isArray()
                && first.size() == PRICE_CANDLE
                && (first.path(1).asText().matches(EXPIRY)
                        || first.path(0).asText().equals(rows.path(1).path(0).asText()));
    }

    private static void options(PayloadFields row, FactSheet sheet) {
        String of = row.text("1");
        new FactRow(sheet, row, (of.matches(EXPIRY) ? "expiry " : "strike ") + of)
                .at(row.whole("0"))
                .must(FactKind.SIZE, "2", "open interest of calls", OkxUnits.NO_UNIT)
                .must(FactKind.SIZE, "3", "open interest of puts", OkxUnits.NO_UNIT)
                .must(FactKind.SIZE, "4", "volume of calls", OkxUnits.NO_UNIT)
                .must(FactKind.SIZE, "5", "volume of puts", OkxUnits.NO_UNIT);
    }

    private static void candles(JsonNode body, FactSheet sheet) {
        String instrument = body.path("instId").asText();
        Map<String, String> units = instrument.indexOf('-') > 0 ? OkxUnits.units(instrument) : OkxUnits.unknown();
        sheet.tuples("", body.path(ROWS), bar -> candle(new FactRow(sheet, bar, instrument).about(instrument, units)));
    }

    private static void candle(FactRow row) {
        PayloadFields bar = row.fields();
        boolean full = bar.has("8");
        String price = row.unit("{Q} per {B}");
        row.at(bar.whole("0"))
                .word("closed", bar.text(full ? "8" : "5"))
                .must(FactKind.PRICE, "1", "open", price)
                .must(FactKind.PRICE, "2", "high", price)
                .must(FactKind.PRICE, "3", "low", price)
                .must(FactKind.PRICE, "4", "close", price);
        if (bar.numberOrText("3").signum() < 0) {
            throw bar.refusal("3", "must be >= 0");
        }
        row.within("3", "2", "1", "4", "3");
        if (full) {
            row.must(FactKind.SIZE, "5", "volume", row.unit("{N}"))
                    .must(FactKind.SIZE, "6", "volume in currency", "currency of the volume")
                    .may(FactKind.SIZE, "7", "volume in quote", row.unit("{Q}"));
        }
    }

    /** Sold below zero. A market order in quote currency counts money, not the coin. */
    private static Figure signed(FactRow row, String field) {
        PayloadFields fields = row.fields();
        Amount size = unsigned(fields, field);
        boolean sold = fields.text("side", SIDES).equals("sell");
        boolean quote = fields.blankOr("tgtCcy", fields::text)
                .filter("quote_ccy"::equals)
                .isPresent();
        return Figure.of(sold ? size.negate() : size, row.unit(quote && field.equals("sz") ? "{Q}" : "{N}"));
    }

    private static Amount unsigned(PayloadFields fields, String field) {
        Amount size = fields.numberOrText(field);
        if (size.signum() < 0) {
            throw fields.refusal(field, "must be >= 0; the side has the sign");
        }
        return size;
    }

    private static void order(FactRow row) {
        PayloadFields fields = row.fields();
        row.word("side", fields.text("side", SIDES));
        fields.blankOr("sz", fields::numberOrText)
                .ifPresent(size -> row.fact(FactKind.ORDER, "sz", "size", signed(row, "sz")));
        notZero(row, "fillSz").ifPresent(size -> row.fact(FactKind.TRADE, "fillSz", "size", signed(row, "fillSz")));
    }

    private static void fill(FactRow row) {
        row.word("side", row.fields().text("side", SIDES));
        row.fact(FactKind.TRADE, "fillSz", "size", signed(row, "fillSz"));
    }

    private static void print(FactRow row) {
        row.word("taker's side", row.fields().text("side", SIDES));
        row.fact(FactKind.TRADE, "sz", "size of a trade", Figure.of(unsigned(row.fields(), "sz"), row.unit("{N}")));
    }

    /** The position that is warned of, as its own row tells it. */
    private static void warned(FactRow row) {
        Amount size = row.fields().numberOrText("pos");
        boolean shorted = row.fields().text("posSide").equals("short");
        Amount signed = shorted ? size.abs().negate() : size;
        row.fact(FactKind.POSITION, "pos", "size", Figure.of(signed, row.unit("{N}")));
    }

    /** What a position is a contract of, by the instrument's own row: so many coins, or so many USD of an inverse one. */
    private static void contract(FactRow row) {
        if (row.sheet().isRecorded()) {
            return;
        }
        PayloadFields fields = row.fields();
        boolean inverse = !fields.text("instType", DERIVATIVES).equals("OPTION")
                && fields.text("ctType", Set.of("linear", "inverse")).equals("inverse");
        String underlying = fields.text("uly");
        fields.text("ctValCcy", Set.of(inverse ? "USD" : underlying.split("-", -1)[0]));
        Amount value = fields.decimal("ctVal");
        Amount multiplier = fields.decimal("ctMult");
        if (value.signum() <= 0 || multiplier.signum() <= 0) {
            throw fields.refusal("ctVal", "and ctMult must be > 0");
        }
        if (value.scale() + multiplier.scale() > Amount.SCALE_MAX) {
            throw fields.refusal("ctVal", "and ctMult must have at most " + Amount.SCALE_MAX + " places");
        }
        fields.text("instId");
        fields.text("settleCcy");
    }
}
