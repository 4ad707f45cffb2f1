package io.bulwark.adapter.binance;

import static io.bulwark.adapter.binance.BinanceFacts.event;
import static io.bulwark.adapter.fact.FactKind.COLLATERAL;
import static io.bulwark.adapter.fact.FactKind.DEBT;
import static io.bulwark.adapter.fact.FactKind.POSITION;
import static io.bulwark.adapter.fact.PayloadKind.having;
import static io.bulwark.adapter.fact.PayloadKind.lacking;

import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.Glossary;
import io.bulwark.adapter.fact.Glossary.Name;
import io.bulwark.adapter.fact.Glossary.Row;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.clearing.money.Amount;
import java.util.List;
import java.util.Map;

/** Balances, positions, debts and risk of an account. */
final class BinanceAccount {
    private static final Glossary TOTALS = Glossary.of(fields -> new Name("account", Map.of()), """
            feeTier,canTrade,canDeposit,canWithdraw,tradeGroupId,updateTime,dualSidePosition,feeBurn ; idle
            multiAssetsMargin ; word ; several assets are margin
            totalWalletBalance ; account ; total wallet balance ; USD
            totalMarginBalance ; account ; total margin balance ; USD
            totalUnrealizedProfit ; account ; unrealised gain ; USD
            totalInitialMargin ; account ; initial margin ; USD
            totalMaintMargin ; account ; maintenance margin ; USD
            totalPositionInitialMargin ; account ; initial margin of positions ; USD
            totalOpenOrderInitialMargin ; account ; initial margin of orders ; USD
            totalCrossWalletBalance ; account ; total cross wallet balance ; USD
            totalCrossUnPnl ; account ; unrealised gain of cross positions ; USD
            availableBalance ; account ; available balance ; USD
            maxWithdrawAmount ; account ; may be withdrawn ; USD
            """);

    private static final Glossary FUTURES_ASSET = Glossary.of(BinanceUnits::ofAsset, """
            asset,accountAlias ; idle
            updateTime ; time
            marginAvailable ; word ; may be margin
            walletBalance,balance ; holding ; wallet balance ; C
            marginBalance ; account ; margin balance ; C
            unrealizedProfit ; account ; unrealised gain ; C
            maintMargin ; account ; maintenance margin ; C
            initialMargin ; account ; initial margin ; C
            positionInitialMargin ; account ; initial margin of positions ; C
            openOrderInitialMargin ; account ; initial margin of orders ; C
            crossWalletBalance ; account ; cross wallet balance ; C
            crossUnPnl ; account ; unrealised gain of cross positions ; C
            availableBalance ; account ; available balance ; C
            maxWithdrawAmount,withdrawAvailable ; account ; may be withdrawn ; C
            """);

    private static final Glossary POSITION_ROW = Glossary.of(BinanceUnits::of, """
            symbol,positionAmt,positionSide,adlQuantile,adl,isolatedCreated ; idle
            marginAsset,marginType,isolated,isAutoAddMargin ; word
            adl ; word ; ADL rank
            updateTime ; time
            entryPrice ; price ; average entry price ; Q/B
            breakEvenPrice ; account ; break-even price ; Q/B
            markPrice ; price ; mark price ; Q/B
            liquidationPrice ; account ; liquidation price ; Q/B
            unRealizedProfit,unrealizedProfit,unrealisedProfit ; account ; unrealised gain ; S
            leverage ; account ; leverage ; 1
            maxNotionalValue,maxNotional ; limit ; highest notional at this leverage ; V
            maxQty ; limit ; largest size at this leverage ; N
            isolatedMargin ; account ; isolated margin ; S
            isolatedWallet ; account ; isolated wallet ; S
            notional,notionalValue ; account ; notional as the venue signs it ; V
            bidNotional,askNotional ; account ; notional of orders ; V
            initialMargin ; account ; initial margin ; S
            maintMargin ; account ; maintenance margin ; S
            positionInitialMargin ; account ; initial margin of the position ; S
            openOrderInitialMargin ; account ; initial margin of orders ; S
            positionIM,positionMM ; account ; margin ; S
            """);

    /** A snapshot of a day tells no side. */
    private static final Glossary SNAPSHOT_POSITION = Glossary.of(BinanceUnits::of, """
            symbol ; idle
            entryPrice ; price ; average entry price ; Q/B
            markPrice ; price ; mark price ; Q/B
            positionAmt ; position ; size ; N
            unRealizedProfit,unrealizedProfit ; account ; unrealised gain ; S
            """);

    private static final Glossary SPOT_ASSET = Glossary.of(BinanceUnits::ofAsset, """
            asset,coin,name,depositAllEnable,withdrawAllEnable,isLegalMoney,trading,networkList,assetFullName,borrowEnabled,repayEnabled ; idle
            free ; holding ; free balance ; C
            locked ; collateral ; locked in orders ; C
            freeze ; collateral ; frozen ; C
            withdrawing ; collateral ; being withdrawn ; C
            ipoable,ipoing,storage ; account ; in offerings ; C
            btcValuation ; account ; value in BTC ; BTC
            borrowed ; debt ; borrowed ; C
            interest ; debt ; interest owed ; C
            netAsset ; account ; net of what is owed ; C
            netAssetOfBtc ; account ; net in BTC ; BTC
            totalAsset ; account ; free and locked ; C
            """);

    private BinanceAccount() {}

    static List<PayloadKind> kinds() {
        Glossary position = POSITION_ROW.beyond(BinanceAccount::position);
        return List.of(
                TOTALS.beyond(row -> {
                            row.each("assets", FUTURES_ASSET);
                            row.each("positions", position);
                        })
                        .kind("futures account", having("assets", "positions").and(lacking("snapshotVos"))),
                TOTALS.kind("futures configuration", having("multiAssetsMargin").and(lacking("assets"))),
                Glossary.of(BinanceUnits::ofAsset, """
                        asset,tierAnnualPercentageRate,yesterdayAirdropPercentageRate,airDropAsset,canRedeem,productId,yesterdayRealTimeRewards,autoSubscribe ; idle
                        cumulativeBonusRewards,cumulativeRealTimeRewards,cumulativeTotalRewards,collateralAmount ; idle
                        totalAmount ; collateral ; savings ; C
                        collateralAmount ; account ; savings that secure a loan ; C
                        latestAnnualPercentageRate ; interest ; yield of one year ; 1
                        """)
                        .kind("simple-earn/flexible/position", having("asset", "totalAmount", "productId")),
                FUTURES_ASSET.kind("futures balance", having("asset", "crossWalletBalance")),
                position.kind("positionRisk", having("symbol", "positionAmt", "positionSide")),
                updated(),
                called(),
                Glossary.of(fields -> new Name("account", Map.of()), """
                        updateTime ; time
                        accountStatus,accountType ; word
                        uniMMR ; account ; equity over maintenance margin ; 1
                        accountEquity ; account ; equity after collateral rates ; USD
                        actualEquity ; account ; equity before collateral rates ; USD
                        accountInitialMargin ; account ; initial margin ; USD
                        accountMaintMargin ; account ; maintenance margin ; USD
                        totalAvailableBalance ; account ; available balance ; USD
                        virtualMaxWithdrawAmount,totalMarginOpenLoss ; account ; may be withdrawn ; USD
                        """)
                        .kind("portfolio/account", having("uniMMR", "accountEquity")),
                Glossary.of(BinanceUnits::ofAsset, """
                        asset,negativeBalance ; idle
                        updateTime ; time
                        totalWalletBalance ; holding ; wallet balance of all accounts ; C
                        crossMarginAsset ; account ; cross margin balance, free and locked ; C
                        crossMarginBorrowed ; debt ; borrowed in cross margin ; C
                        crossMarginInterest ; debt ; interest owed in cross margin ; C
                        crossMarginFree ; account ; free in cross margin ; C
                        crossMarginLocked ; account ; locked in cross margin ; C
                        umWalletBalance ; account ; wallet of USD-margined futures ; C
                        umUnrealizedPNL ; account ; unrealised gain of USD-margined futures ; C
                        cmWalletBalance ; account ; wallet of coin-margined futures ; C
                        cmUnrealizedPNL ; account ; unrealised gain of coin-margined futures ; C
                        """).kind("papi balance", having("asset", "crossMarginBorrowed")),
                Glossary.of(BinanceUnits::ofAsset, "asset ; idle", "amount ; debt ; bankruptcy loan ; C")
                        .kind("portfolio/pmLoan", having("asset", "amount").and(body -> body.size() == 2)),
                margin(),
                isolated(),
                Glossary.of(fields -> new Name("account", Map.of()), """
                        permissions,commissionRates,canTrade,canWithdraw,canDeposit,brokered,requireSelfTradePrevention,preventSor,uid ; idle
                        updateTime ; moment
                        accountType ; word
                        makerCommission ; parameter ; maker fee ; bp
                        takerCommission ; parameter ; taker fee ; bp
                        buyerCommission ; parameter ; buyer fee ; bp
                        sellerCommission ; parameter ; seller fee ; bp
                        """)
                        .beyond(row -> row.each("balances", SPOT_ASSET))
                        .kind("spot account", having("balances", "accountType")),
                SPOT_ASSET.kind("spot balance", having("free", "locked").and(lacking("borrowed", "e"))),
                snapshots(),
                loans(),
                pushed());
    }

    private static PayloadKind margin() {
        return Glossary.of(fields -> new Name("account", Map.of()), """
                        borrowEnabled,tradeEnabled,transferEnabled,transferInEnabled,transferOutEnabled,created ; idle
                        accountType ; word
                        marginLevel ; account ; assets over liabilities ; 1
                        collateralMarginLevel ; account ; collateral over liabilities ; 1
                        totalAssetOfBtc ; account ; total assets ; BTC
                        totalLiabilityOfBtc ; account ; total liabilities ; BTC
                        totalNetAssetOfBtc ; account ; net assets ; BTC
                        TotalCollateralValueInUSDT,totalCollateralValueInUSDT ; account ; total collateral ; USDT
                        """)
                .beyond(row -> row.each("userAssets", SPOT_ASSET))
                .kind("margin/account", having("userAssets", "totalNetAssetOfBtc"));
    }

    private static PayloadKind isolated() {
        Glossary pair = Glossary.of(BinanceUnits::of, """
                        symbol,tradeEnabled,enabled,isolatedCreated ; idle
                        marginLevelStatus ; word
                        marginLevel ; account ; assets over liabilities ; 1
                        marginRatio ; account ; leverage ; 1
                        indexPrice ; price ; index price ; Q/B
                        liquidatePrice ; account ; liquidation price ; Q/B
                        liquidateRate ; account ; distance to liquidation ; %
                        """).beyond(row -> {
            for (String side : List.of("baseAsset", "quoteAsset")) {
                PayloadFields asset = row.fields().fields(side);
                SPOT_ASSET.read(row.sheet(), asset);
                asset.end();
            }
        });
        return Glossary.of(fields -> new Name("account", Map.of()), """
                        totalAssetOfBtc ; account ; total assets ; BTC
                        totalLiabilityOfBtc ; account ; total liabilities ; BTC
                        totalNetAssetOfBtc ; account ; net assets ; BTC
                        """)
                .beyond(row -> row.each("assets", pair))
                .kind(
                        "margin/isolated/account",
                        body -> body.path("assets").path(0).has("baseAsset"));
    }

    private static PayloadKind updated() {
        Glossary balance = Glossary.of(BinanceUnits::ofAsset, """
                a ; idle
                wb ; holding ; wallet balance ; C
                cw ; account ; cross wallet balance ; C
                bc ; movement ; change of the balance apart from gains and fees ; C
                """);
        Glossary position = Glossary.of(BinanceUnits::of, """
                        s,pa,ps,ma ; idle
                        mt ; word ; margin type
                        ep ; price ; average entry price ; Q/B
                        bep ; account ; break-even price ; Q/B
                        cr ; account ; realised gain of all time ; S
                        up ; account ; unrealised gain ; S
                        iw ; account ; isolated wallet ; S
                        """).beyond(row -> position(row, "pa", "ps"));
        return Glossary.of(fields -> new Name("account", Map.of()), "e,i ; idle", "E ; idle", "T ; moment")
                .beyond(row -> {
                    PayloadFields update = row.fields().fields("a");
                    update.text("m");
                    update.absentOr("B", update::node).ifPresent(rows -> balance.each(row.sheet(), "a.B", rows));
                    update.absentOr("P", update::node).ifPresent(rows -> position.each(row.sheet(), "a.P", rows));
                    update.end();
                })
                .kind("ACCOUNT_UPDATE", event("ACCOUNT_UPDATE"));
    }

    private static PayloadKind called() {
        Glossary position = Glossary.of(BinanceUnits::of, """
                        s,pa,ps ; idle
                        mt ; word ; margin type
                        iw ; account ; isolated wallet ; S
                        mp ; price ; mark price ; Q/B
                        up ; account ; unrealised gain ; S
                        mm ; account ; maintenance margin ; S
                        """).beyond(row -> position(row, "pa", "ps"));
        return Glossary.of(
                        fields -> new Name("account", Map.of()),
                        "e ; idle",
                        "E ; moment",
                        "cw ; account ; cross wallet balance ; USD")
                .beyond(row -> row.each("p", position))
                .kind("MARGIN_CALL", event("MARGIN_CALL"));
    }

    private static PayloadKind snapshots() {
        Glossary data = Glossary.of(fields -> new Name("account", Map.of()), """
                        marginLevel ; account ; assets over liabilities ; 1
                        totalAssetOfBtc ; account ; total assets ; BTC
                        totalLiabilityOfBtc ; account ; total liabilities ; BTC
                        totalNetAssetOfBtc ; account ; net assets ; BTC
                        """)
                .beyond(row -> {
                    row.each("balances", SPOT_ASSET);
                    row.each("userAssets", SPOT_ASSET);
                    row.each("assets", FUTURES_ASSET);
                    row.each("position", SNAPSHOT_POSITION);
                });
        return Glossary.of(fields -> new Name("account", Map.of()), "type ; word", "updateTime ; moment")
                .beyond(row -> {
                    PayloadFields inner = row.fields().fields("data");
                    data.read(row.sheet(), inner);
                    inner.end();
                })
                .kind("accountSnapshot", having("data", "type", "updateTime"));
    }

    private static PayloadKind loans() {
        return Glossary.of(fields -> new Name(fields.text("loanCoin"), Map.of("L", fields.text("loanCoin"))), """
                        loanCoin,collateralCoin,totalDebt,collateralAmount ; idle
                        orderId ; word ; order
                        expirationTime ; word ; expires
                        residualInterest ; account ; interest to be paid ; L
                        currentLTV ; account ; loan to value ; 1
                        """)
                .beyond(row -> row.facts()
                        .fact(
                                COLLATERAL,
                                "collateralAmount",
                                "collateral of a loan",
                                held(row, "collateralAmount", row.fields().text("collateralCoin")))
                        .fact(DEBT, "totalDebt", "owed of a loan", held(row, "totalDebt", row.unit("L"))))
                .kind("loan/ongoing/orders", having("loanCoin", "collateralCoin", "totalDebt"));
    }

    private static PayloadKind pushed() {
        Glossary balance = Glossary.of(
                BinanceUnits::ofAsset,
                "a ; idle",
                "f ; holding ; free balance ; C",
                "l ; collateral ; locked in orders ; C");
        return Glossary.of(fields -> new Name("account", Map.of()), "e,E,U ; idle", "u ; moment")
                .beyond(row -> row.each("B", balance))
                .kind("outboundAccountPosition", event("outboundAccountPosition"));
    }

    private static Figure held(Row row, String field, String coin) {
        Amount value = row.fields().figure(field);
        if (value.signum() < 0) {
            throw row.fields().refusal(field, "must be >= 0");
        }
        return Figure.of(value, coin);
    }

    private static void position(Row row) {
        position(row, "positionAmt", "positionSide");
    }

    /** A position, signed by the venue; where an account holds both sides, the sign must be its side's. */
    private static void position(Row row, String amount, String sideField) {
        PayloadFields fields = row.fields();
        Amount size = BinancePayload.size(fields, amount, sideField, fields::figure);
        String side = fields.absentOr(sideField, fields::text).orElse("BOTH");
        row.facts().word("side", side);
        if (size.signum() != 0) {
            row.facts().fact(POSITION, amount, "size", Figure.of(size, row.unit("N")));
        }
    }
}
