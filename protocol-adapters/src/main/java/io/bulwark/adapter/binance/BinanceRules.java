package io.bulwark.adapter.binance;

import static io.bulwark.adapter.binance.BinanceFacts.event;
import static io.bulwark.adapter.fact.FactKind.INSTRUMENT;
import static io.bulwark.adapter.fact.FactKind.LIMIT;
import static io.bulwark.adapter.fact.FactKind.PARAMETER;
import static io.bulwark.adapter.fact.PayloadKind.having;
import static io.bulwark.adapter.fact.PayloadKind.lacking;

import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.Glossary;
import io.bulwark.adapter.fact.Glossary.Name;
import io.bulwark.adapter.fact.PayloadKind;
import java.util.List;
import java.util.Map;

/** By what the venue governs margin, fees and leverage: collateral tiers, what may be borrowed, tiers that a stream pushes. */
final class BinanceRules {
    private static final String ACCOUNT = "account";

    private BinanceRules() {}

    static List<PayloadKind> kinds() {
        Glossary changed = Glossary.of(BinanceUnits::of, "s ; idle", "l! ; account ; leverage set ; 1");
        return List.of(
                PayloadKind.each(
                        "margin/crossMarginCollateralRatio", having("collaterals", "assetNames"), BinanceRules::tiers),
                Glossary.of(BinanceUnits::ofAsset, """
                        assetName,assetFullName ; idle
                        isBorrowable,isMortgageable,delistTime ; word
                        userMinBorrow ; limit ; smallest loan ; C
                        userMinRepay ; limit ; smallest repayment ; C
                        """)
                        .about(INSTRUMENT)
                        .kind("margin/allAssets", having("assetName", "isBorrowable")),
                Glossary.of(BinanceUnits::of, """
                        symbol,id ; idle
                        base,quote,isMarginTrade,isBuyAllowed,isSellAllowed,delistTime,status ; word
                        """)
                        .about(INSTRUMENT)
                        .kind("margin/allPairs", having("symbol", "isMarginTrade")),
                Glossary.of(fields -> new Name(ACCOUNT, Map.of()), """
                        amount! ; limit ; may be borrowed, in the coin asked for ; units of the asset asked for
                        borrowLimit ; limit ; may be borrowed by the account's level ; units of the asset asked for
                        """)
                        .kind("margin/maxBorrowable", having("amount", "borrowLimit")),
                Glossary.of(BinanceUnits::of, """
                        symbol,discount ; idle
                        """)
                        .beyond(row -> {
                            for (String name : List.of(
                                    "standardCommission",
                                    "taxCommission",
                                    "specialCommission",
                                    "standardCommissionForOrder",
                                    "taxCommissionForOrder",
                                    "specialCommissionForOrder")) {
                                row.facts().byName(PARAMETER, name, "fee, " + name, Figure.RATIO);
                            }
                        })
                        .kind(
                                "account/commission",
                                having("standardCommission").or(having("standardCommissionForOrder"))),
                Glossary.of(BinanceUnits::of, """
                        symbol ; idle
                        leverage! ; account ; leverage set ; 1
                        maxNotionalValue ; limit ; highest notional at this leverage ; V
                        maxQty ; limit ; largest size at this leverage ; N
                        """)
                        .kind(
                                "leverage",
                                having("symbol", "leverage")
                                        .and(having("maxNotionalValue").or(having("maxQty")))
                                        .and(lacking("marginType", "positionAmt", "data"))),
                Glossary.of(fields -> new Name(ACCOUNT, Map.of()), "e,E ; idle", "T ; moment")
                        .beyond(row -> {
                            row.fields().absentOr("ac", row.fields()::fields).ifPresent(leverage -> {
                                changed.read(row.sheet(), leverage);
                                leverage.end();
                            });
                            row.fields().absentOr("ai", row.fields()::fields).ifPresent(mode -> {
                                row.facts()
                                        .word("several assets are margin", mode.scalar("j"))
                                        .terms(FactKind.ACCOUNT, "mode");
                                mode.end();
                            });
                        })
                        .kind("ACCOUNT_CONFIG_UPDATE", event("ACCOUNT_CONFIG_UPDATE")),
                PayloadKind.one("contractInfo", event("contractInfo"), BinanceRules::contract),
                Glossary.of(BinanceUnits::of, "symbol,component ; idle", "time ; time")
                        .beyond(row -> row.each(
                                "baseAssetList",
                                Glossary.of(fields -> new Name(fields.text("baseAsset"), Map.of()), """
                                        baseAsset ; idle
                                        quoteAsset ; word
                                        weightInQuantity ; parameter ; weight in the index, in coins ; 1
                                        weightInPercentage ; parameter ; share of the index ; 1
                                        """)))
                        .kind("indexInfo", having("symbol", "baseAssetList")),
                Glossary.of(fields -> new Name(fields.text("tokenName"), Map.of("N", fields.text("tokenName"))), """
                        tokenName,description,basket,currentBaskets,tokenIssued ; idle
                        timestamp ; time
                        underlying ; word
                        nav ; price ; net asset value ; USDT per token
                        realLeverage ; parameter ; leverage in effect ; 1
                        fundingRate ; funding ; funding rate ; 1
                        dailyManagementFee ; parameter ; fee a day ; 1
                        purchaseFeePct ; parameter ; fee of a purchase ; 1
                        redeemFeePct ; parameter ; fee of a redemption ; 1
                        dailyPurchaseLimit ; limit ; purchases a day ; USDT
                        dailyRedeemLimit ; limit ; redemptions a day ; USDT
                        """)
                        .kind("blvt/tokenInfo", having("tokenName", "nav", "realLeverage")));
    }

    /** Tiers of value in USD, each with the share at which collateral counts, the same for every coin that stands beside them. */
    private static void tiers(PayloadFields fields, FactSheet sheet) {
        List<String> coins = fields.texts("assetNames");
        for (String coin : coins) {
            sheet.each(
                    fields.pathOf("collaterals"),
                    fields.node("collaterals"),
                    tier -> new FactRow(sheet, tier, coin)
                            .said("minUsdValue", "maxUsdValue")
                            .may(LIMIT, "minUsdValue", "from", "USD")
                            .may(LIMIT, "maxUsdValue", "up to", "USD")
                            .must(PARAMETER, "discountRate", "share at which collateral counts", Figure.RATIO));
        }
    }

    /** Tiers as a stream pushes them. Notional is in the currency of the price, or in the coin of a coin-margined contract. */
    private static void contract(PayloadFields fields, FactSheet sheet) {
        String symbol = fields.text("s");
        String value = BinanceUnits.units(symbol).getOrDefault("V", "quote");
        fields.text("e");
        FactRow row = new FactRow(sheet, fields, symbol).at(fields.whole("E"));
        row.said("ct", "cs", "dt", "ot").terms(INSTRUMENT, "contract");
        fields.absentOr("ps", fields::text);
        fields.absentOr("st", fields::node);
        fields.absentOr("bks", fields::node)
                .ifPresent(tiers -> sheet.each(
                        "bks",
                        tiers,
                        tier -> new FactRow(sheet, tier, symbol)
                                .at(fields.whole("E"))
                                .word("tier", tier.scalar("bs"))
                                .must(PARAMETER, "bnf", "from", value)
                                .must(PARAMETER, "bnc", "up to", value)
                                .must(PARAMETER, "mmr", "maintenance margin fraction", Figure.RATIO)
                                .must(PARAMETER, "cf", "maintenance margin taken off", value)
                                .must(PARAMETER, "mi", "lowest leverage", Figure.RATIO)
                                .must(PARAMETER, "ma", "highest leverage", Figure.RATIO)));
    }
}
