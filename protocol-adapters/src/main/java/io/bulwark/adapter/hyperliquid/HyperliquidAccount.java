package io.bulwark.adapter.hyperliquid;

import static io.bulwark.adapter.fact.FactKind.ACCOUNT;
import static io.bulwark.adapter.fact.FactKind.LIMIT;
import static io.bulwark.adapter.fact.FactKind.PARAMETER;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.adapter.hyperliquid.HyperliquidPayload.Position;
import io.bulwark.adapter.hyperliquid.HyperliquidPayload.State;
import io.bulwark.clearing.money.Amount;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What an account holds: perpetuals, spot balances, sub-accounts, stakes, vaults, and what it may still ask. */
final class HyperliquidAccount {
    private static final String USD = "USD";

    /** In the last two, money lies in the spot state, and what the perpetuals' state says may be withdrawn is no measure. */
    private static final Set<String> MODES =
            Set.of("default", "disabled", "dexAbstraction", "unifiedAccount", "portfolioMargin");

    private HyperliquidAccount() {}

    static List<PayloadKind> kinds() {
        Predicate<JsonNode> state = PayloadKind.having("assetPositions");
        Predicate<JsonNode> sub = PayloadKind.having("spotState");
        return List.of(
                PayloadKind.one("clearinghouseState", state, HyperliquidAccount::state),
                new PayloadKind(
                        "batchClearinghouseStates",
                        PayloadKind.rows(state),
                        (body, sheet) -> sheet.each("", body, fields -> state(fields, sheet))),
                PayloadKind.one("spotClearinghouseState", PayloadKind.having("balances"), HyperliquidAccount::spot),
                PayloadKind.each("subAccounts", sub, HyperliquidAccount::sub),
                PayloadKind.one(
                        "webData2",
                        PayloadKind.having("clearinghouseState", "meta", "assetCtxs"),
                        HyperliquidAccount::everything),
                PayloadKind.one("userRole", PayloadKind.having("role"), (fields, sheet) -> {
                    FactRow row = new FactRow(sheet, fields, "account").said("role");
                    fields.absentOr("data", fields::fields).ifPresent(owner -> {
                        owner.names().forEach(name -> row.word(name, owner.text(name)));
                        owner.end();
                    });
                    row.terms(ACCOUNT, "role");
                }),
                new PayloadKind(
                        "userAbstraction",
                        body -> body.isTextual() && MODES.contains(body.textValue()),
                        (body, sheet) -> sheet.add(
                                Fact.words(ACCOUNT, "", "account", "mode").with("mode", body.textValue()))),
                PayloadKind.one(
                        "webData3 state",
                        PayloadKind.having("clearinghouseState").and(sub.negate()),
                        (fields, sheet) -> {
                            fields.unread(Kind.TEXT, "user", "dex");
                            sheet.one("clearinghouseState", fields.node("clearinghouseState"), s -> state(s, sheet));
                        }),
                PayloadKind.one(
                        "userRateLimit",
                        PayloadKind.having("nRequestsUsed", "nRequestsCap"),
                        (fields, sheet) -> new FactRow(sheet, fields, "account")
                                .may(LIMIT, "nRequestsUsed", "requests used", "requests")
                                .may(LIMIT, "nRequestsCap", "requests allowed", "requests")
                                .may(LIMIT, "nRequestsSurplus", "requests in reserve", "requests")
                                .may(FactKind.SIZE, "cumVlm", "volume of all time", USD)),
                PayloadKind.each(
                        "extraAgents",
                        PayloadKind.having("address", "validUntil"),
                        (fields, sheet) -> new FactRow(sheet, fields, fields.text("address"))
                                .said("name")
                                .must(FactKind.CLOCK, "validUntil", "may sign for the account until", "ms")),
                PayloadKind.one(
                        "delegatorSummary",
                        PayloadKind.having("delegated", "undelegated"),
                        (fields, sheet) -> new FactRow(sheet, fields, "staking")
                                .may(FactKind.COLLATERAL, "delegated", "staked with validators", "HYPE")
                                .may(FactKind.COLLATERAL, "undelegated", "staked with none", "HYPE")
                                .may(ACCOUNT, "totalPendingWithdrawal", "on its way out", "HYPE")
                                .may(ACCOUNT, "nPendingWithdrawals", "withdrawals on their way", Figure.RATIO)),
                PayloadKind.each(
                        "delegations",
                        PayloadKind.having("validator", "amount"),
                        (fields, sheet) -> new FactRow(sheet, fields, "HYPE")
                                .said("validator", "lockedUntilTimestamp")
                                .must(FactKind.COLLATERAL, "amount", "staked", "HYPE")),
                PayloadKind.each(
                        "userVaultEquities",
                        PayloadKind.having("vaultAddress", "equity"),
                        (fields, sheet) -> new FactRow(sheet, fields, fields.text("vaultAddress"))
                                .said("lockedUntilTimestamp")
                                .must(FactKind.COLLATERAL, "equity", "share of the vault", USD)),
                PayloadKind.one(
                        "activeAssetData",
                        PayloadKind.having("user", "availableToTrade"),
                        HyperliquidAccount::available),
                new PayloadKind("portfolio", HyperliquidAccount::isPortfolio, HyperliquidAccount::portfolio));
    }

    /** What the venue's own page asks for: an account's states and orders beside the universe and its contexts, at one time. */
    private static void everything(PayloadFields fields, FactSheet sheet) {
        fields.absentOr("serverTime", fields::whole).ifPresent(sheet::at);
        sheet.one("clearinghouseState", fields.node("clearinghouseState"), inner -> state(inner, sheet));
        fields.absentOr("spotState", fields::node)
                .ifPresent(spot -> sheet.one("spotState", spot, inner -> spot(inner, sheet)));
        fields.absentOr("openOrders", fields::node)
                .ifPresent(orders -> sheet.each("openOrders", orders, row -> HyperliquidActivity.order(row, sheet)));
        HyperliquidMarket.contexts("meta", fields.node("meta"), "assetCtxs", fields.node("assetCtxs"), sheet);
        new FactRow(sheet, fields, "account")
                .said("user", "isVault", "agentAddress", "agentValidUntil", "optOutOfSpotDusting")
                .may(ACCOUNT, "totalVaultEquity", "shares of vaults", USD)
                .may(FactKind.MOVEMENT, "cumLedger", "deposited less withdrawn, of all time", USD);
        fields.unread(Kind.ARRAY, "leadingVaults", "twapStates", "spotAssetCtxs", "perpsAtOpenInterestCap");
    }

    /** Identities first: nothing is said of a state in which one does not hold. */
    static void state(PayloadFields fields, FactSheet sheet) {
        Optional<Long> time = fields.absentOr("time", fields::whole);
        FactRow row = new FactRow(sheet, fields, "account");
        time.ifPresent(row::at);
        if (fields.has("marginSummary")) {
            State state = State.of(fields);
            Amount balance = state.balance();
            Fact held = Fact.of(
                    balance.signum() < 0 ? FactKind.DEBT : FactKind.COLLATERAL,
                    fields.pathOf("marginSummary.totalRawUsd"),
                    "USDC",
                    "balance behind the positions",
                    Figure.of(balance.abs(), "USDC"));
            sheet.add(time.map(held::at).orElse(held));
            summary(fields, "marginSummary", "", time, sheet);
            withdrawable(fields, row, sheet);
        } else {
            row.may(ACCOUNT, "withdrawable", "may be withdrawn", USD);
        }
        sheet.each(fields.pathOf("assetPositions"), fields.node("assetPositions"), asset -> {
            asset.text("type", Set.of("oneWay"));
            PayloadFields inner = asset.fields("position");
            position(inner, time, sheet);
            inner.end();
        });
        summary(fields, "crossMarginSummary", "cross ", time, sheet);
        row.may(ACCOUNT, "crossMaintenanceMarginUsed", "maintenance margin of cross positions", USD);
    }

    /** Resting orders hold margin too, so less may be withdrawn than what positions leave, and never more. */
    private static void withdrawable(PayloadFields fields, FactRow row, FactSheet sheet) {
        sheet.row(() -> {
            PayloadFields summary = fields.fields("marginSummary");
            Optional<Amount> stated = fields.absentOr("withdrawable", fields::decimal);
            Optional<Amount> used = summary.absentOr("totalMarginUsed", summary::decimal);
            if (stated.isPresent() && used.isPresent() && stated.get().signum() > 0) {
                Amount free = summary.decimal("accountValue").minus(used.get());
                if (free.compareTo(stated.get()) < 0) {
                    throw fields.refusal("withdrawable", "must be at most accountValue - totalMarginUsed = " + free);
                }
            }
            row.may(ACCOUNT, "withdrawable", "may be withdrawn", USD);
        });
    }

    private static void summary(
            PayloadFields fields, String field, String which, Optional<Long> time, FactSheet sheet) {
        fields.absentOr(field, fields::fields).ifPresent(summary -> {
            FactRow row = new FactRow(sheet, summary, "account");
            time.ifPresent(row::at);
            row.may(ACCOUNT, "accountValue", which + "account value", USD)
                    .may(ACCOUNT, "totalNtlPos", which + "notional of positions", USD)
                    .may(ACCOUNT, "totalRawUsd", which + "raw USD, every position paid in full", USD)
                    .may(ACCOUNT, "totalMarginUsed", which + "margin used", USD);
            summary.end();
        });
    }

    private static void position(PayloadFields inner, Optional<Long> time, FactSheet sheet) {
        Position position = HyperliquidPayload.terms(inner);
        HyperliquidUnits units = HyperliquidUnits.of(position.coin());
        Fact fact = Fact.of(
                        FactKind.POSITION,
                        inner.pathOf("szi"),
                        position.coin(),
                        "size",
                        Figure.of(position.size(), units.base()))
                .with("entry price", Figure.of(position.entryPrice(), units.price()))
                .with("value at mark", Figure.of(position.value(), USD))
                .with(
                        "unrealised gain",
                        inner.absentOr("unrealizedPnl", inner::decimal).map(gain -> Figure.of(gain, USD)));
        if (inner.has("leverage")) {
            fact = fact.with("margin", inner.fields("leverage").text("type"));
        }
        sheet.add(time.map(fact::at).orElse(fact));
        FactRow row = new FactRow(sheet, inner, position.coin());
        time.ifPresent(row::at);
        row.may(ACCOUNT, "marginUsed", "margin used by the position", USD)
                .may(ACCOUNT, "liquidationPx", "liquidation price", units.price())
                .ratio(ACCOUNT, "returnOnEquity", "return on equity")
                .ratio(PARAMETER, "maxLeverage", "highest leverage");
        inner.absentOr("leverage", inner::fields).ifPresent(leverage -> {
            FactRow terms = new FactRow(sheet, leverage, position.coin()).said("type");
            time.ifPresent(terms::at);
            terms.ratio(ACCOUNT, "value", "leverage").may(ACCOUNT, "rawUsd", "raw USD of the isolated position", USD);
            leverage.end();
        });
        inner.absentOr("cumFunding", inner::fields).ifPresent(paid -> {
            FactRow funding = new FactRow(sheet, paid, position.coin());
            time.ifPresent(funding::at);
            funding.may(FactKind.MOVEMENT, "allTime", "funding paid, of all time", USD)
                    .may(FactKind.MOVEMENT, "sinceOpen", "funding paid since opening", USD)
                    .may(FactKind.MOVEMENT, "sinceChange", "funding paid since the last change", USD);
            paid.end();
        });
        inner.unread(Kind.ARRAY, "maxTradeSzs");
    }

    private static void spot(PayloadFields fields, FactSheet sheet) {
        FactRow account = new FactRow(sheet, fields, "account").said("portfolioMarginEnabled");
        sheet.each(fields.pathOf("balances"), fields.node("balances"), row -> {
            String coin = row.text("coin");
            Amount total = row.decimal("total");
            Fact fact = Fact.of(
                            total.signum() < 0 ? FactKind.DEBT : FactKind.COLLATERAL,
                            row.pathOf("total"),
                            coin,
                            "spot balance",
                            Figure.of(total.abs(), coin))
                    .with("held by orders", row.absentOr("hold", row::decimal).map(held -> Figure.of(held, coin)))
                    .with("cost", row.absentOr("entryNtl", row::decimal).map(cost -> Figure.of(cost, USD)));
            sheet.add(fact);
            new FactRow(sheet, row, coin)
                    .may(FactKind.DEBT, "borrowed", "borrowed", coin)
                    .may(ACCOUNT, "supplied", "supplied out of the balance", coin)
                    .ratio(PARAMETER, "ltv", "loan to value");
            row.unread(Kind.FIGURE, "token");
        });
        account.ratio(ACCOUNT, "portfolioMarginRatio", "portfolio margin ratio");
        if (fields.has("evmEscrows")) {
            sheet.each(fields.pathOf("evmEscrows"), fields.node("evmEscrows"), row -> {
                new FactRow(sheet, row, row.text("coin"))
                        .must(FactKind.COLLATERAL, "total", "held in escrow", row.text("coin"));
                row.unread(Kind.FIGURE, "token");
            });
        }
        pairs(fields, "tokenToPortfolioBorrowRatio", "borrowed of what may be borrowed", Figure.RATIO, sheet);
        pairs(fields, "tokenToPortfolioSupplyRatio", "supplied of what may be supplied", Figure.RATIO, sheet);
        pairs(fields, "tokenToAvailableAfterMaintenance", "free beyond maintenance margin", "of the token", sheet);
        fields.unread(Kind.ARRAY, "evmEscrows");
    }

    private static void pairs(PayloadFields fields, String field, String measure, String unit, FactSheet sheet) {
        if (fields.has(field)) {
            sheet.tuples(fields.pathOf(field), fields.node(field), pair -> {
                String token = "token " + pair.whole("0");
                String named = unit.equals(Figure.RATIO) ? unit : token;
                new FactRow(sheet, pair, token).must(ACCOUNT, "1", measure, named);
            });
        }
        fields.unread(Kind.ARRAY, field);
    }

    private static void sub(PayloadFields fields, FactSheet sheet) {
        if (fields.has("clearinghouseState")) {
            sheet.one(
                    fields.pathOf("clearinghouseState"),
                    fields.node("clearinghouseState"),
                    inner -> state(inner, sheet));
        }
        if (fields.has("dexToClearinghouseState")) {
            sheet.tuples(fields.pathOf("dexToClearinghouseState"), fields.node("dexToClearinghouseState"), pair -> {
                pair.unread(Kind.TEXT, "0");
                sheet.one(pair.pathOf("1"), pair.node("1"), inner -> state(inner, sheet));
            });
        }
        sheet.one(fields.pathOf("spotState"), fields.node("spotState"), spot -> spot(spot, sheet));
        fields.unread(Kind.TEXT, "name", "subAccountUser", "master", "abstraction")
                .unread(Kind.ARRAY, "dexToClearinghouseState")
                .unread(Kind.OBJECT, "clearinghouseState");
    }

    private static void available(PayloadFields fields, FactSheet sheet) {
        String coin = fields.text("coin");
        HyperliquidUnits units = HyperliquidUnits.of(coin);
        new FactRow(sheet, fields, coin).may(FactKind.PRICE, "markPx", "mark price", units.price());
        PayloadFields leverage = fields.fields("leverage");
        new FactRow(sheet, leverage, coin).said("type").ratio(ACCOUNT, "value", "leverage");
        leverage.unread(Kind.FIGURE, "rawUsd").end();
        for (String field : List.of("maxTradeSzs", "availableToTrade")) {
            PayloadFields pair =
                    PayloadFields.tuple(HyperliquidPayload.VENUE, fields.pathOf(field), fields.node(field), 2);
            String unit = field.equals("maxTradeSzs") ? units.base() : USD;
            String measure = field.equals("maxTradeSzs") ? "largest trade" : "available to trade";
            new FactRow(sheet, pair, coin)
                    .must(LIMIT, "0", measure + ", buying", unit)
                    .must(LIMIT, "1", measure + ", selling", unit);
        }
        fields.unread(Kind.TEXT, "user");
    }

    private static boolean isPortfolio(JsonNode body) {
        return body.isArray() && body.path(0).path(1).has("accountValueHistory");
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
                                .must(ACCOUNT, "1", measure, USD));
            }
            new FactRow(sheet, history, "account").word("window", window).may(FactKind.SIZE, "vlm", "volume", USD);
            history.end();
        });
    }
}
