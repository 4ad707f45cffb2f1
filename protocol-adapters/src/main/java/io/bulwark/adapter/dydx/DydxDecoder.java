package io.bulwark.adapter.dydx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.PayloadRefused;
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
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a single answer of the indexer or a stream message of dYdX v4 says: decimals in quotes, positions signed with a side beside, assets positive with a side, sizes in
 * the base asset, prices in USD, funding rates for one hour. What its fields mean stands in {@code dydx.csv}.
 */
public final class DydxDecoder implements VenueDecoder {
    /** Names the venue in refusals. */
    static final String VENUE = "dydx";

    private static final String USDC = "USDC";
    private static final String ASKED = "the market of the question";
    private static final Set<String> PUSHES = Set.of("subscribed", "channel_data", "channel_batch_data");
    private static final Set<String> TRADE_SIDES = Set.of("BUY", "SELL");
    private static final Set<String> HELD_SIDES = Set.of("LONG", "SHORT");

    /** The entry price is a quotient, shown with twenty places; a position's share of the identity is off by at most size times the last of them. */
    private static final Amount TOLERANCE = Amount.of("0.000001");

    private static final Glossary WORDS = Glossary.of(DydxDecoder.class, "dydx.csv")
            .units("market", DydxDecoder::units)
            .naming("market or ticker", fields -> named(fields.text(fields.has("market") ? "market" : "ticker")))
            .naming(
                    "ticker or pair",
                    fields -> named(
                            fields.has("ticker") ? fields.text("ticker") : "clob pair " + fields.scalar("clobPairId")))
            .naming("symbol or asset", fields -> named(fields.text(fields.has("symbol") ? "symbol" : "asset")))
            .told("update", DydxDecoder::isUpdate)
            .told("no update", ((Predicate<JsonNode>) DydxDecoder::isUpdate).negate())
            .told("changes", body -> !body.has("markets") && (body.has("trading") || body.has("oraclePrices")))
            .told("book", body -> body.has("bids") || body.has("asks"))
            .told("no candle", PayloadKind.having("startedAt", "resolution").negate())
            .body("subaccount", (body, sheet) -> subaccount("", body, sheet))
            .step("height", DydxDecoder::height)
            .step("subaccount", DydxDecoder::subaccountOrParent)
            .step("children", DydxDecoder::children)
            .step(
                    "subaccounts",
                    row -> row.sheet()
                            .rows(
                                    "subaccounts",
                                    row.fields().node("subaccounts"),
                                    (at, one) -> subaccount(at, one, row.sheet())))
            .step("position or asset", DydxDecoder::positionOrAsset)
            .step("position", DydxDecoder::position)
            .step("asset", row -> asset(row, row.fields().text("symbol")))
            .step("side", row -> side(row))
            .step("parties", DydxDecoder::parties)
            .step("amount", DydxDecoder::amount)
            .step("told to a house", DydxDecoder::toldToAHouse)
            .step("changes", DydxDecoder::changes)
            .step("book", DydxDecoder::book)
            .step("trades", DydxDecoder::trades)
            .step("trade", DydxDecoder::trade)
            .step("chain's height", DydxDecoder::chain)
            .step("epoch", DydxDecoder::epoch)
            .build();

    /** It holds nothing but its glossary. */
    static final DydxDecoder INSTANCE = new DydxDecoder();

    @Override
    public Glossary glossary() {
        return WORDS;
    }

    /** A subaccount tells its equity alone: what is required of it is a term of its markets, which other answers hold. */
    @Override
    public List<VenueStanding> standings(FactSheet said) {
        boolean told = said.all("equity").stream()
                .anyMatch(equity -> said.sameRow(equity, "free collateral").isPresent());
        return told ? List.of(VenueStanding.of(new VenueStanding.NotTold("maintenanceMarginFraction"))) : List.of();
    }

    @Override
    public JsonNode body(JsonNode answer, FactSheet sheet) {
        if (!answer.isObject()) {
            return answer;
        }
        PayloadFields fields = PayloadFields.of(VENUE, "", answer);
        if (answer.has("errors")) {
            throw fields.refusal("errors", "must not be an error of the venue");
        }
        if (answer.has("requestId") && answer.has("result")) {
            fields.unread(Kind.TEXT, "requestId").text("status", Set.of("success"));
            sheet.at(fields.instant("isoTimestamp"));
            JsonNode result = fields.node("result");
            fields.end();
            return result;
        }
        if (answer.has("type") && answer.has("connection_id")) {
            return pushed(fields);
        }
        return answer;
    }

    @Override
    public boolean several(JsonNode body) {
        return body.isArray()
                && body.path(0).isObject()
                && body.path(0).has("ticker")
                && !body.path(0).has("id");
    }

    private static JsonNode pushed(PayloadFields message) {
        if (message.text("type").equals("error")) {
            throw message.refusal("message", "must not be an error of the venue");
        }
        message.text("type", PUSHES);
        message.unread(Kind.TEXT, "connection_id", "version", "clobPairId", "subaccountNumber")
                .unread(Kind.FIGURE, "message_id");
        String channel = message.text("channel");
        String id = message.absentOr("id", message::text).orElse("");
        JsonNode contents = message.node("contents");
        message.end();
        return switch (channel) {
            case "v4_orderbook", "v4_trades" -> withMarket(contents, id);
            case "v4_subaccounts", "v4_parent_subaccounts", "v4_markets", "v4_candles", "v4_block_height" ->
                contents.isArray() && contents.size() == 1 ? contents.get(0) : contents;
            default -> throw new PayloadRefused(VENUE, "channel", channel, "must be a known channel of this venue");
        };
    }

    /** Books and trades of a stream name their market in the message alone. */
    private static JsonNode withMarket(JsonNode contents, String market) {
        if (contents instanceof ObjectNode members) {
            return members.deepCopy().put("ticker", market);
        }
        ArrayNode several = JsonNodeFactory.instance.arrayNode();
        contents.forEach(each -> several.add(withMarket(each, market)));
        return several;
    }

    /** Sizes of a market are in the part before the dash. */
    private static Map<String, String> units(String market) {
        int dash = market.indexOf('-');
        return Map.of("B", dash > 0 ? market.substring(0, dash) : "base");
    }

    private static Name named(String market) {
        return new Name(market, units(market));
    }

    private static boolean isUpdate(JsonNode body) {
        boolean whole =
                body.has("subaccount") || body.has("subaccounts") || (body.has("equity") && body.has("assetPositions"));
        return body.isObject()
                && !whole
                && (body.has("orders") || body.has("perpetualPositions") || body.has("assetPositions"));
    }

    private static void height(FactRow row) {
        row.fields().absentOr("blockHeight", row.fields()::whole).ifPresent(row.sheet()::atHeight);
    }

    private static void subaccountOrParent(FactRow row) {
        JsonNode node = row.fields().node("subaccount");
        if (node.has("childSubaccounts")) {
            row.sheet().one("subaccount", node, parent -> WORDS.read(row.sheet(), parent, "parent"));
        } else {
            subaccount("subaccount", node, row.sheet());
        }
    }

    /** Cross positions stand in the child of the parent's number, isolated ones in children of their own. */
    private static void children(FactRow row) {
        PayloadFields fields = row.fields();
        JsonNode children = fields.node("childSubaccounts");
        row.sheet()
                .rows(fields.pathOf("childSubaccounts"), children, (at, child) -> subaccount(at, child, row.sheet()));
        if (!row.sheet().isRecorded()) {
            Amount sum = row.sheet().all(FactKind.ACCOUNT).stream()
                    .filter(fact -> fact.measure().equals("equity"))
                    .map(fact -> fact.signed())
                    .reduce(Amount.ZERO, Amount::plus);
            requireNear(fields, fields.decimal("equity"), sum, "the sum of the children's equity");
        }
    }

    /** One subaccount, its identity checked first; all of it at its own height. */
    private static void subaccount(String path, JsonNode node, FactSheet sheet) {
        PayloadFields checked = PayloadFields.of(VENUE, path, node);
        sheet.atHeight(requireIdentity(checked));
        checked.end();
        PayloadFields fields = PayloadFields.of(VENUE, path, node);
        WORDS.read(sheet, fields, "subaccount");
        sheet.members(
                fields.pathOf("openPerpetualPositions"),
                fields.node("openPerpetualPositions"),
                row -> position(new FactRow(sheet, row, "")));
        PayloadFields assets = fields.fields("assetPositions");
        assets.names().forEach(name -> {
            PayloadFields asset = assets.fields(name);
            asset(new FactRow(sheet, asset, name), name);
            asset.end();
        });
    }

    /** Equity is USDC and what each position cost and gained, at the height that it gives. */
    private static long requireIdentity(PayloadFields fields) {
        fields.unread(Kind.TEXT, "address", "freeCollateral", "updatedAtHeight")
                .unread(Kind.FIGURE, "subaccountNumber")
                .unread(Kind.FLAG, "marginEnabled");
        Map<String, Amount> assets = fields.map("assetPositions", DydxDecoder::signed);
        Amount value = assets.getOrDefault(USDC, Amount.ZERO);
        for (Amount worth :
                fields.map("openPerpetualPositions", DydxDecoder::worth).values()) {
            value = value.plus(worth);
        }
        if (!Set.of(USDC).containsAll(assets.keySet())) {
            throw fields.refusal("assetPositions", "must be USDC only: another asset's worth is unknown");
        }
        Amount equity = fields.decimal("equity");
        long height = fields.wholeText("latestProcessedBlockHeight");
        requireNear(fields, equity, value, "USDC + size * entry price + unrealised gain");
        return height;
    }

    private static void requireNear(PayloadFields fields, Amount stated, Amount computed, String what) {
        if (stated.minus(computed).abs().compareTo(TOLERANCE) > 0) {
            throw fields.refusal("equity", "must be " + what + " = " + computed);
        }
    }

    /** What an open position cost and gained; its size has the sign of its side. */
    private static Amount worth(PayloadFields position) {
        position.unread(Kind.TEXT, "maxSize", "exitPrice", "realizedPnl", "createdAt", "createdAtHeight", "closedAt")
                .unread(Kind.TEXT, "sumOpen", "sumClose", "netFunding")
                .unread(Kind.FIGURE, "subaccountNumber");
        position.text("status", Set.of("OPEN"));
        position.text("market");
        Amount size = position.decimal("size");
        Amount cost = size.times(position.decimal("entryPrice"));
        Amount gain = position.decimal("unrealizedPnl");
        String side = position.text("side", HELD_SIDES);
        if (size.signum() != (side.equals("LONG") ? 1 : -1)) {
            throw position.refusal("size", "must have the sign of its side " + side);
        }
        return cost.plus(gain);
    }

    /** An asset, signed by its side. */
    private static Amount signed(PayloadFields asset) {
        asset.unread(Kind.TEXT, "symbol", "assetId").unread(Kind.FIGURE, "subaccountNumber");
        Amount size = asset.decimal("size");
        String side = asset.text("side", HELD_SIDES);
        if (size.signum() < 0) {
            throw asset.refusal("size", "must be >= 0: the sign of an asset is its side");
        }
        return side.equals("LONG") ? size : size.negate();
    }

    private static void asset(FactRow row, String name) {
        Amount size = signed(row.fields());
        row.about(name, Map.of())
                .word("side", row.fields().text("side"))
                .holding("size", "balance", Figure.of(size, name));
    }

    private static void positionOrAsset(FactRow row) {
        if (row.fields().has("market")) {
            position(row);
        } else {
            asset(row, row.fields().text("symbol"));
        }
    }

    private static void position(FactRow row) {
        PayloadFields fields = row.fields();
        fields.text("market");
        if (fields.text("status", Set.of("OPEN", "CLOSED", "LIQUIDATED")).equals("OPEN")) {
            worth(fields);
            WORDS.read(row, "position");
        } else {
            WORDS.read(row, "closed position");
            fields.unreadRest();
        }
    }

    private static void side(FactRow row) {
        row.word("side", row.fields().text("side", TRADE_SIDES).equals("BUY") ? "buy" : "sell");
    }

    private static void parties(FactRow row) {
        for (String party : List.of("sender", "recipient")) {
            row.fields().absentOr(party, row.fields()::fields).ifPresent(who -> {
                row.word(party, who.text("address"));
                who.unread(Kind.FIGURE, "subaccountNumber", "parentSubaccountNumber")
                        .end();
            });
        }
    }

    private static void amount(FactRow row) {
        row.must(FactKind.MOVEMENT, row.fields().has("size") ? "size" : "amount", "amount", row.subject());
    }

    /** A house is told every market's price and whether it trades. */
    private static void toldToAHouse(FactRow row) {
        if (!row.sheet().isRecorded()) {
            row.fields().decimal("oraclePrice");
            row.fields().text("status");
        }
    }

    /** What changed in markets: any of the fields of a market, and oracle prices. */
    private static void changes(FactRow row) {
        changed(row, "trading", "changed market");
        changed(row, "oraclePrices", "changed price");
    }

    private static void changed(FactRow row, String field, String table) {
        row.fields()
                .absentOr(field, row.fields()::fields)
                .ifPresent(markets -> markets.names()
                        .forEach(market -> row.sheet()
                                .one(
                                        markets.pathOf(market),
                                        markets.node(market),
                                        one -> WORDS.read(
                                                new FactRow(row.sheet(), one, market).about(market, units(market)),
                                                table))));
    }

    /** A book: levels are objects in a snapshot and pairs in an update. */
    private static void book(FactRow row) {
        PayloadFields fields = row.fields();
        String market = fields.absentOr("ticker", fields::text).orElse(ASKED);
        row.about(market, units(market));
        for (String side : List.of("bids", "asks")) {
            String word = side.substring(0, 3);
            if (fields.has(side) && fields.node(side).path(0).isArray()) {
                row.levels(side, word, 0, row.unit("USD per {B}"), row.unit("{B}"));
            } else if (fields.has(side)) {
                row.levelObjects(side, word, "price", row.unit("USD per {B}"), "size", row.unit("{B}"));
            }
        }
        fields.unread(Kind.ARRAY, "bids", "asks");
    }

    private static void trades(FactRow row) {
        PayloadFields fields = row.fields();
        String market = fields.absentOr("ticker", fields::text).orElse(ASKED);
        row.sheet()
                .each(
                        "trades",
                        fields.node("trades"),
                        trade -> WORDS.read(
                                new FactRow(row.sheet(), trade, market).about(market, units(market)), "trade"));
    }

    private static void trade(FactRow row) {
        PayloadFields fields = row.fields();
        if (fields.numberOrText("size").signum() <= 0) {
            throw fields.refusal("size", "must be > 0: the sign is in side");
        }
        side(row);
        row.word("type", fields.absentOr("type", fields::text).orElse("LIMIT"));
    }

    private static void chain(FactRow row) {
        PayloadFields fields = row.fields();
        row.sheet().at(fields.instant("time"));
        String height = fields.has("height") ? "height" : "blockHeight";
        row.sheet().atHeight(row.sheet().isRecorded() ? fields.whole(height) : fields.wholeText(height));
    }

    private static void epoch(FactRow row) {
        PayloadFields fields = row.fields();
        Amount off = fields.numberOrText("epoch")
                .times(Amount.of(1_000))
                .minus(Amount.of(fields.instant("iso")))
                .abs();
        if (off.compareTo(Amount.of(1_000)) >= 0) {
            throw fields.refusal("epoch", "must be the seconds of iso");
        }
    }
}
