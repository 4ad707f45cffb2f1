package io.bulwark.adapter.hyperliquid;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a single answer of the info endpoint or a stream message of Hyperliquid says: decimals in quotes, sizes in the coin, short negative, prices in USD, funding rates
 * for one hour. What its fields mean stands in {@code hyperliquid.csv}; here, how kinds are told that no field tells, what is paired by place, and what must hold.
 */
public final class HyperliquidDecoder implements VenueDecoder {
    /** Names the venue in refusals. */
    static final String VENUE = "hyperliquid";

    /** Dollars are shown with six places. */
    private static final Amount LAST_PLACE = Amount.of("0.000001");

    private static final Set<String> MODES =
            Set.of("default", "disabled", "dexAbstraction", "unifiedAccount", "portfolioMargin");

    private static final Glossary WORDS = Glossary.of(HyperliquidDecoder.class, "hyperliquid.csv")
            .units("coin", HyperliquidDecoder::units)
            .naming("token number", fields -> new Name("token " + fields.whole("0"), Map.of()))
            .naming("token that moved", HyperliquidDecoder::moved)
            .told("states", PayloadKind.rows(PayloadKind.having("assetPositions")))
            .told("mode", body -> body.isTextual() && MODES.contains(body.textValue()))
            .told("portfolio", body -> body.isArray() && body.path(0).path(1).has("accountValueHistory"))
            .told("no fill", PayloadKind.having("coin", "px", "sz", "side").negate())
            .told("contexts", HyperliquidDecoder::areContexts)
            .told("mids", HyperliquidDecoder::areMids)
            .told(
                    "predictions",
                    body -> body.isArray()
                            && body.path(0).path(1).path(0).path(1).has("fundingRate"))
            .told("metas", HyperliquidDecoder::areMetas)
            .told("dexes", HyperliquidDecoder::areDexes)
            .body(
                    "batchClearinghouseStates",
                    (body, sheet) -> HyperliquidDecoder.each(body, sheet, "clearinghouseState"))
            .body(
                    "userAbstraction",
                    (body, sheet) -> sheet.add(
                            Fact.words(FactKind.ACCOUNT, "", "account", "mode").with("mode", body.textValue())))
            .body("portfolio", HyperliquidDecoder::portfolio)
            .body("metaAndAssetCtxs", (body, sheet) -> contexts("[0]", body.get(0), "[1]", body.get(1), sheet))
            .body("allMids", (body, sheet) -> mids("", body, sheet))
            .body("predictedFundings", HyperliquidDecoder::predictions)
            .body("meta", (body, sheet) -> meta("", body, sheet))
            .body("allPerpMetas", (body, sheet) -> sheet.rows("", body, (path, meta) -> meta(path, meta, sheet)))
            .body("perpDexs", HyperliquidDecoder::dexes)
            .step("balance", HyperliquidDecoder::balance)
            .step("withdrawable", HyperliquidDecoder::withdrawable)
            .step("identities", row -> Position.of(row.fields()))
            .step("margin mode", HyperliquidDecoder::marginMode)
            .step("owner", HyperliquidDecoder::owner)
            .step(
                    "contexts",
                    row -> contexts(
                            "meta",
                            row.fields().node("meta"),
                            "assetCtxs",
                            row.fields().node("assetCtxs"),
                            row.sheet()))
            .step("trade side", HyperliquidDecoder::tradeSide)
            .step("side", HyperliquidDecoder::side)
            .step("fees", HyperliquidDecoder::fees)
            .step("liquidated", HyperliquidDecoder::liquidated)
            .step("update", HyperliquidDecoder::update)
            .step("placed", HyperliquidDecoder::placed)
            .step("no error", HyperliquidDecoder::noError)
            .step("delta", HyperliquidDecoder::delta)
            .step("levels", HyperliquidDecoder::levels)
            .step("mids", row -> mids("mids", row.fields().node("mids"), row.sheet()))
            .step("dexes", HyperliquidDecoder::contextsOfDexes)
            .step("tokens", HyperliquidDecoder::tokens)
            .step("rest", row -> row.fields().unreadRest())
            .build();

    /** It holds nothing but its glossary. */
    static final HyperliquidDecoder INSTANCE = new HyperliquidDecoder();

    /** The venue's time of an account's state, epoch milliseconds. */
    static long time(byte[] state) {
        FactSheet sheet = INSTANCE.decode(HyperliquidClient.STATE, state).whole();
        return sheet.time(sheet.one("account value"));
    }

    @Override
    public Glossary glossary() {
        return WORDS;
    }

    /** Of cross positions, which the venue margins together. The state of several accounts, or of none, tells no standing. */
    @Override
    public List<VenueStanding> standings(FactSheet said) {
        if (said.alone("balance behind the positions").isEmpty()) {
            return List.of();
        }
        return List.of(VenueStanding.of(said.count(
                        VenueStanding.USD,
                        said.alone("cross account value"),
                        said.alone("maintenance margin of cross positions"),
                        List.of("crossMarginSummary.accountValue", "crossMaintenanceMarginUsed")))
                .limited(said.all(FactKind.POSITION).stream()
                        .flatMap(position -> said
                                .limit(
                                        position.subject(),
                                        position.signed(),
                                        position.besides("value at mark").orElseThrow(),
                                        said.sameRow(position, "liquidation price"))
                                .stream())
                        .toList()));
    }

    @Override
    public JsonNode body(JsonNode answer, FactSheet sheet) {
        if (!answer.isObject()) {
            return answer;
        }
        PayloadFields message = PayloadFields.of(VENUE, "", answer);
        if (answer.has("channel") && answer.has("data")) {
            if (message.text("channel").equals("error")) {
                throw message.refusal("data", "must not be an error of the venue");
            }
            JsonNode data = message.node("data");
            message.end();
            return data;
        }
        if (answer.has("status") && answer.has("response")) {
            if (message.text("status", Set.of("ok", "err")).equals("err")) {
                throw message.refusal("response", "must not be an error of the venue");
            }
            PayloadFields response = message.fields("response");
            response.unread(Kind.TEXT, "type");
            JsonNode data = response.has("data") ? response.node("data") : answer.get("response");
            response.end();
            message.end();
            return data;
        }
        return answer;
    }

    /**
     * What the name of a coin says of units. {@code BTC} and {@code xyz:GOLD} are perpetuals, {@code PURR/USDC} is a spot pair, and {@code @107} is a spot pair whose two tokens the
     * name does not say.
     */
    private static Map<String, String> units(String coin) {
        if (coin.startsWith("@")) {
            return Map.of("B", "base of " + coin, "Q", "quote of " + coin);
        }
        int slash = coin.indexOf('/');
        return slash > 0
                ? Map.of("B", coin.substring(0, slash), "Q", coin.substring(slash + 1))
                : Map.of("B", coin, "Q", "USD");
    }

    private static Name moved(PayloadFields fields) {
        String token = fields.blankOr("token", fields::text)
                .or(() -> fields.blankOr("coin", fields::text))
                .orElse("USDC");
        return new Name(
                token, Map.of("fee", fields.blankOr("feeToken", fields::text).orElse("USDC")));
    }

    private static void each(JsonNode rows, FactSheet sheet, String table) {
        sheet.each("", rows, fields -> WORDS.read(sheet, fields, table));
    }

    /**
     * An open position.
     *
     * @param size signed, in the coin
     * @param entryPrice as the venue shows it, USD
     * @param value |size| · mark, USD
     */
    private record Position(Amount size, Amount entryPrice, Amount value) {
        /** The terms of a position, what must hold of them checked. */
        static Position of(PayloadFields fields) {
            Position position =
                    new Position(fields.decimal("szi"), fields.decimal("entryPx"), fields.decimal("positionValue"));
            if (position.size().signum() == 0) {
                throw fields.refusal("szi", "must not be 0 in an open position");
            }
            if (position.value().signum() < 0) {
                throw fields.refusal("positionValue", "must be >= 0: the sign is in szi");
            }
            if (position.entryPrice().signum() <= 0) {
                throw fields.refusal("entryPx", "must be > 0");
            }
            fields.absentOr("unrealizedPnl", fields::decimal).ifPresent(gain -> position.requireGain(fields, gain));
            if (fields.has("marginUsed") && fields.has("leverage")) {
                position.requireMargin(fields, fields.decimal("marginUsed"));
            }
            return position;
        }

        /** The gain is value less cost; the entry price may be rounded in its last place. */
        private void requireGain(PayloadFields fields, Amount gain) {
            Amount shown = new Amount(BigInteger.ONE, entryPrice.scale()).times(size.abs());
            Amount computed = signedValue().minus(size.times(entryPrice));
            if (gain.minus(computed).abs().compareTo(shown.plus(LAST_PLACE)) > 0) {
                throw fields.refusal("unrealizedPnl", "must be signed positionValue - szi * entryPx = " + computed);
            }
        }

        /** The margin of a cross position is value / leverage, shown with six places. */
        private void requireMargin(PayloadFields fields, Amount margin) {
            PayloadFields leverage = fields.fields("leverage");
            Amount times = leverage.numberOrText("value");
            boolean isCross = leverage.text("type", Set.of("cross", "isolated")).equals("cross");
            if (isCross && margin.times(times).minus(value).abs().compareTo(times.times(LAST_PLACE)) > 0) {
                throw fields.refusal("marginUsed", "must be positionValue / leverage.value of a cross position");
            }
        }

        Amount signedValue() {
            return size.signum() < 0 ? value.negate() : value;
        }
    }

    /**
     * What stands behind the positions if each is worth what it cost: raw USD, which counts every position as paid in full, and Σ size · entry price. The venue's own sums must
     * hold to the last digit, or nothing is said of the state.
     */
    private static void balance(FactRow row) {
        PayloadFields fields = row.fields();
        if (!fields.has("marginSummary")) {
            return;
        }
        PayloadFields summary = fields.fields("marginSummary");
        Amount raw = summary.decimal("totalRawUsd");
        Amount value = raw;
        Amount notional = Amount.ZERO;
        Amount balance = raw;
        for (Position position : fields.list("assetPositions", HyperliquidDecoder::held)) {
            value = value.plus(position.signedValue());
            notional = notional.plus(position.value());
            balance = balance.plus(position.size().times(position.entryPrice()));
        }
        if (!value.equals(summary.decimal("accountValue"))) {
            throw fields.refusal(
                    "marginSummary", "must have accountValue = totalRawUsd + signed position values = " + value);
        }
        if (!notional.equals(summary.decimal("totalNtlPos"))) {
            throw fields.refusal("marginSummary", "must have totalNtlPos = the sum of position values = " + notional);
        }
        row.about("USDC", Map.of())
                .holding("marginSummary.totalRawUsd", "balance behind the positions", Figure.of(balance, "USDC"))
                .about("account", Map.of());
    }

    private static Position held(PayloadFields asset) {
        PayloadFields position = asset.fields("position");
        asset.unreadRest();
        return Position.of(position);
    }

    /** Resting orders hold margin too, so less may be withdrawn than what positions leave, and never more. */
    private static void withdrawable(FactRow row) {
        PayloadFields fields = row.fields();
        row.sheet().row(() -> {
            if (fields.has("marginSummary")) {
                PayloadFields summary = fields.fields("marginSummary");
                Optional<Amount> stated = fields.absentOr("withdrawable", fields::decimal);
                Optional<Amount> used = summary.absentOr("totalMarginUsed", summary::decimal);
                if (stated.isPresent() && used.isPresent() && stated.get().signum() > 0) {
                    Amount free = summary.decimal("accountValue").minus(used.get());
                    if (free.compareTo(stated.get()) < 0) {
                        throw fields.refusal(
                                "withdrawable", "must be at most accountValue - totalMarginUsed = " + free);
                    }
                }
            }
            row.may(FactKind.ACCOUNT, "withdrawable", "may be withdrawn", "USD");
        });
    }

    private static void marginMode(FactRow row) {
        if (row.fields().has("leverage")) {
            row.beside("margin", row.fields().fields("leverage").text("type"));
        }
    }

    private static void owner(FactRow row) {
        row.fields().absentOr("data", row.fields()::fields).ifPresent(owner -> {
            owner.names().forEach(name -> row.word(name, owner.text(name)));
            owner.end();
        });
    }

    private static void portfolio(JsonNode body, FactSheet sheet) {
        sheet.tuples("", body, pair -> {
            String window = pair.text("0");
            PayloadFields history = pair.fields("1");
            for (String field : List.of("accountValueHistory", "pnlHistory")) {
                String measure = field.equals("pnlHistory") ? "gain" : "account value";
                sheet.tuples(
                        history.pathOf(field),
                        history.node(field),
                        point -> new FactRow(sheet, point, "account")
                                .word("window", window)
                                .at(point.whole("0"))
                                .must(FactKind.ACCOUNT, "1", measure, "USD"));
            }
            new FactRow(sheet, history, "account").word("window", window).may(FactKind.SIZE, "vlm", "volume", "USD");
            history.end();
        });
    }

    private static void tradeSide(FactRow row) {
        if (row.fields().numberOrText("sz").signum() <= 0) {
            throw row.fields().refusal("sz", "must be > 0: the sign is in side");
        }
        side(row);
    }

    /** {@code B} buys, {@code A} sells. */
    private static void side(FactRow row) {
        row.word("side", row.fields().text("side", Set.of("A", "B")).equals("B") ? "buy" : "sell");
    }

    private static void fees(FactRow row) {
        PayloadFields fields = row.fields();
        if (fields.has("fee")) {
            String token = fields.blankOr("feeToken", fields::text).orElse("USDC");
            row.beside("fee", Figure.of(fields.numberOrText("fee"), token));
            fields.blankOr("builderFee", fields::numberOrText)
                    .ifPresent(fee -> row.beside("builder's fee", Figure.of(fee, token)));
        }
    }

    private static void liquidated(FactRow row) {
        if (row.fields().has("liquidation")) {
            PayloadFields liquidation = row.fields().fields("liquidation");
            row.beside("liquidated", liquidation.text("liquidatedUser"))
                    .beside("liquidation", liquidation.text("method"))
                    .beside("mark price", Figure.of(liquidation.numberOrText("markPx"), row.unit("{Q} per {B}")));
            liquidation.end();
        }
    }

    private static void update(FactRow row) {
        String status = row.fields().text("status");
        PayloadFields fields = row.fields().fields("order");
        String coin = fields.text("coin");
        FactRow order = row.inner(fields).about(coin, units(coin));
        side(order);
        WORDS.read(order.word("status", status), "order");
        fields.end();
    }

    private static void placed(FactRow row) {
        JsonNode statuses = row.fields().node("statuses");
        if (!statuses.isArray()) {
            throw row.fields().refusal("statuses", "must be an array");
        }
        FactSheet sheet = row.sheet();
        for (int i = 0; i < statuses.size(); i++) {
            JsonNode status = statuses.get(i);
            String path = "statuses[" + i + "]";
            if (status.isTextual()) {
                sheet.add(Fact.words(FactKind.ORDER, path, "the coin of the question", "placed")
                        .with("status", status.textValue()));
            } else {
                sheet.one(path, status, one -> WORDS.read(sheet, one, "placed one"));
            }
        }
    }

    private static void noError(FactRow row) {
        if (row.fields().has("error")) {
            throw row.fields().refusal("error", "must not be an error of the venue");
        }
    }

    private static void delta(FactRow row) {
        PayloadFields delta = row.fields().fields("delta");
        if (delta.has("type")) {
            WORDS.inner(row, delta, delta.text("type").equals("funding") ? "funding" : "ledger");
            return;
        }
        for (String kind : List.of("delegate", "cDeposit", "withdrawal", "cWithdrawal")) {
            delta.absentOr(kind, delta::fields).ifPresent(stake -> {
                WORDS.read(row.inner(stake).word("type", kind), "stake");
                stake.end();
            });
        }
        delta.end();
    }

    private static boolean areContexts(JsonNode body) {
        return body.isArray()
                && body.size() == 2
                && body.get(0).has("universe")
                && body.get(1).isArray();
    }

    /** Universe and contexts pair by position: a coin that is delisted keeps its slot. Spot contexts name their own coin. */
    private static void contexts(String metaPath, JsonNode meta, String path, JsonNode contexts, FactSheet sheet) {
        meta(metaPath, meta, sheet);
        JsonNode universe = meta.path("universe");
        boolean spot = meta.has("tokens");
        if (!spot && universe.size() != contexts.size()) {
            throw new PayloadRefused(
                    VENUE, path, contexts.size() + " contexts", "must be as many as the universe's " + universe.size());
        }
        for (int i = 0; i < contexts.size(); i++) {
            String name = spot ? "" : universe.get(i).path("name").asText();
            sheet.one(path + "[" + i + "]", contexts.get(i), row -> {
                String coin = spot ? row.text("coin") : name;
                if (coin.isEmpty()) {
                    throw row.refusal("markPx", "must pair with a coin of the universe that has a name");
                }
                context(row, coin, sheet);
            });
        }
    }

    private static void context(PayloadFields fields, String coin, FactSheet sheet) {
        WORDS.read(new FactRow(sheet, fields, coin).about(coin, units(coin)), "context");
    }

    /** Contexts of every dex: the message names the dex and not its coins, which stand in the order of that dex's own universe. */
    private static void contextsOfDexes(FactRow message) {
        FactSheet sheet = message.sheet();
        sheet.tuples("ctxs", message.fields().node("ctxs"), dex -> {
            JsonNode name = dex.node("0");
            if (!name.isTextual()) {
                throw dex.refusal("0", "must be the name of a dex, empty for the first");
            }
            JsonNode contexts = dex.node("1");
            if (!contexts.isArray()) {
                throw dex.refusal("1", "must be an array");
            }
            for (int i = 0; i < contexts.size(); i++) {
                String coin = (name.textValue().isEmpty() ? "coin " : name.textValue() + ": coin ") + i;
                sheet.one(dex.pathOf("1") + "[" + i + "]", contexts.get(i), row -> context(row, coin, sheet));
            }
        });
    }

    private static void levels(FactRow row) {
        PayloadFields sides = row.sheet().tuple("levels", row.fields().node("levels"), 2);
        row.of(sides)
                .levelObjects("0", "bid", "px", row.unit("{Q} per {B}"), "sz", row.unit("{B}"))
                .levelObjects("1", "ask", "px", row.unit("{Q} per {B}"), "sz", row.unit("{B}"));
    }

    /** An object whose every member is a price by coin, with nothing else to tell it by. */
    private static boolean areMids(JsonNode body) {
        if (!body.isObject() || body.isEmpty()) {
            return false;
        }
        for (JsonNode price : body) {
            if (!price.isTextual() || !price.textValue().matches("[0-9.]+")) {
                return false;
            }
        }
        return true;
    }

    private static void mids(String path, JsonNode node, FactSheet sheet) {
        PayloadFields mids = PayloadFields.of(VENUE, path, node);
        for (String coin : mids.names()) {
            FactRow row = new FactRow(sheet, mids, coin).about(coin, units(coin));
            sheet.row(() -> row.must(FactKind.PRICE, coin, "mid price", row.unit("{Q} per {B}")));
        }
    }

    private static void predictions(JsonNode body, FactSheet sheet) {
        sheet.tuples(
                "",
                body,
                coin -> sheet.tuples(coin.pathOf("1"), coin.node("1"), venue -> {
                    String name = coin.text("0");
                    venue.absentOr("1", venue::fields).ifPresent(rate -> {
                        FactRow row = new FactRow(sheet, rate, name).word("venue", venue.text("0"));
                        WORDS.read(row, "predicted funding");
                        rate.end();
                    });
                    venue.unread(Kind.TEXT, "0");
                }));
    }

    private static boolean areMetas(JsonNode body) {
        Predicate<JsonNode> metas = PayloadKind.rows(PayloadKind.having("universe"));
        return metas.test(body) && !(body.size() == 2 && body.get(1).isArray());
    }

    /** The universe of a dex, or of spot where tokens stand beside it. */
    private static void meta(String path, JsonNode body, FactSheet sheet) {
        PayloadFields fields = PayloadFields.of(VENUE, path, body);
        boolean spot = fields.has("tokens");
        if (fields.has("collateralToken")) {
            WORDS.read(sheet, fields, "collateral token");
        }
        sheet.each(
                fields.pathOf("universe"),
                fields.node("universe"),
                row -> WORDS.read(sheet, row, spot ? "pair" : "perpetual"));
        if (spot) {
            sheet.each(fields.pathOf("tokens"), fields.node("tokens"), row -> WORDS.read(sheet, row, "token"));
        }
        if (fields.has("marginTables")) {
            sheet.tuples(fields.pathOf("marginTables"), fields.node("marginTables"), pair -> {
                FactRow row = new FactRow(sheet, pair, "margin table " + pair.whole("0"));
                WORDS.inner(row, pair.fields("1"), "tiers");
            });
        }
        fields.unread(Kind.FIGURE, "collateralToken").unread(Kind.ARRAY, "marginTables");
        fields.end();
    }

    private static void tokens(FactRow row) {
        PayloadFields fields = row.fields().unread(Kind.ARRAY, "tokens");
        JsonNode tokens = fields.node("tokens");
        boolean numbered = tokens.size() == 2
                && tokens.get(0).asText().matches("\\d{1,9}")
                && tokens.get(1).asText().matches("\\d{1,9}");
        if (!numbered) {
            throw fields.refusal("tokens", "must be the numbers of two tokens");
        }
        row.word("base token", tokens.get(0).asText())
                .word("quote token", tokens.get(1).asText());
    }

    private static boolean areDexes(JsonNode body) {
        return body.isArray()
                && (body.path(0).has("deployer")
                        || (body.path(0).isNull() && body.path(1).has("deployer")));
    }

    private static void dexes(JsonNode body, FactSheet sheet) {
        for (int i = 0; i < body.size(); i++) {
            if (!body.get(i).isNull()) {
                sheet.one("[" + i + "]", body.get(i), row -> WORDS.read(sheet, row, "dex"));
            }
        }
    }
}
