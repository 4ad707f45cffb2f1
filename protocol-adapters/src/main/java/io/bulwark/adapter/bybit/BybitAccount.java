package io.bulwark.adapter.bybit;

import static io.bulwark.adapter.fact.FactKind.ACCOUNT;
import static io.bulwark.adapter.fact.FactKind.COLLATERAL;
import static io.bulwark.adapter.fact.FactKind.DEBT;
import static io.bulwark.adapter.fact.FactKind.POSITION;
import static io.bulwark.adapter.fact.PayloadKind.having;

import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.Glossary;
import io.bulwark.adapter.fact.Glossary.Name;
import io.bulwark.adapter.fact.Glossary.Row;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.clearing.money.Amount;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Balances, positions, debts and risk of an account. */
final class BybitAccount {
    private static final Glossary TOTALS = Glossary.of(fields -> new Name("account", Map.of()), """
            accountType ; word ; account type
            totalEquity ; account ; total equity ; USD
            totalWalletBalance ; account ; total wallet balance ; USD
            totalMarginBalance ; account ; total margin balance ; USD
            totalAvailableBalance ; account ; total available balance ; USD
            totalPerpUPL,totalPerpUpl ; account ; unrealised gain of perpetuals ; USD
            totalInitialMargin,totalInitialMarginByMp ; account ; initial margin ; USD
            totalMaintenanceMargin,totalMaintenanceMarginByMp ; account ; maintenance margin ; USD
            accountIMRate,accountIMRateByMp ; account ; initial margin over margin balance ; 1
            accountMMRate,accountMMRateByMp ; account ; maintenance margin over margin balance ; 1
            accountLTV ; account ; loan to value ; 1
            """);

    /** Equity is a restatement: wallet less what is borrowed, with gains. What is held is the wallet. */
    private static final Glossary COIN = Glossary.of(BybitUnits::ofCoin, """
            coin,availableToBorrow,free,totalPositionIM_ByMp ; idle
            collateralSwitch ; word ; counts as collateral as the account set it
            marginCollateral ; word ; may be collateral
            walletBalance ; holding ; wallet balance ; C
            borrowAmount,spotBorrow ; idle
            equity ; account ; equity ; C
            usdValue ; account ; equity in USD ; USD
            unrealisedPnl ; account ; unrealised gain ; C
            cumRealisedPnl ; account ; realised gain of all time ; C
            accruedInterest ; account ; interest accrued ; C
            availableToWithdraw ; account ; may be withdrawn ; C
            locked ; account ; locked by spot orders ; C
            bonus ; account ; bonus ; C
            spotHedgingQty ; account ; spot that hedges ; C
            totalOrderIM ; account ; initial margin of orders ; C
            totalPositionIM ; account ; initial margin of positions ; C
            totalPositionMM ; account ; maintenance margin of positions ; C
            """);

    private static final Glossary POSITION_ROW = Glossary.of(BybitUnits::of, """
            symbol,side,size,category,riskId,mmrSysUpdatedTime,mmrSysUpdateTime,leverageSysUpdatedTime,tpSlMode,openTime ; idle
            positionIdx,tradeMode,autoAddMargin,isReduceOnly,tpslMode,seq,createdTime ; word
            positionStatus ; word ; status
            updatedTime ; word ; changed
            adlRankIndicator ; word ; ADL rank
            riskLimitValue ; limit ; risk limit ; V
            avgPrice,entryPrice ; price ; average entry price ; Q/B
            sessionAvgPrice ; price ; settlement price ; Q/B
            markPrice ; price ; mark price ; Q/B
            liqPrice ; account ; liquidation price ; Q/B
            bustPrice ; account ; bankruptcy price ; Q/B
            breakEvenPrice ; account ; break-even price ; Q/B
            takeProfit ; account ; take-profit price ; Q/B
            stopLoss ; account ; stop-loss price ; Q/B
            trailingStop ; account ; trailing stop distance ; Q/B
            leverage ; account ; leverage ; 1
            positionValue ; account ; value of the position, without sign ; S
            positionBalance ; account ; margin of the position ; S
            positionIM,positionIMByMp ; account ; initial margin ; S
            positionMM,positionMMByMp ; account ; maintenance margin ; S
            unrealisedPnl ; account ; unrealised gain ; S
            curRealisedPnl ; account ; realised gain of this position ; S
            cumRealisedPnl ; account ; realised gain of all time ; S
            delta ; sensitivity ; delta ; B
            gamma ; sensitivity ; gamma ; per USD
            vega ; sensitivity ; vega ; S
            theta ; sensitivity ; theta a day ; S
            """);

    private static final Glossary GREEKS = Glossary.of(BybitUnits::of, """
            baseCoin ; idle
            totalDelta ; sensitivity ; delta ; C
            totalGamma ; sensitivity ; gamma ; per USD
            totalVega ; sensitivity ; vega ; USD
            totalTheta ; sensitivity ; theta a day ; USD
            """);

    private static final Glossary COLLATERAL_INFO = Glossary.of(BybitUnits::ofCoin, """
            currency,freeBorrowAmount,otherBorrowAmount ; idle
            collateralSwitch ; word ; counts as collateral as the account set it
            marginCollateral ; word ; may be collateral
            borrowable ; word
            borrowAmount ; debt ; borrowed ; C
            hourlyBorrowRate ; interest ; borrowing rate of one hour ; 1
            borrowUsageRate ; account ; borrowed over the limit ; 1
            collateralRatio ; parameter ; share of value that counts ; 1
            maxBorrowingAmount ; limit ; highest loan ; C
            availableToBorrow ; limit ; loan left ; C
            freeBorrowingAmount,freeBorrowingLimit ; limit ; loan free of interest ; C
            """);

    private static final Glossary LOAN = Glossary.of(BybitAccount::loan, """
            loanCurrency,collateralCurrency,collateralAmount,totalDebt ; idle
            orderId ; word ; order
            loanTerm ; word ; term
            expirationTime ; word ; expires
            currentLTV ; account ; loan to value ; 1
            hourlyInterestRate ; interest ; interest rate of one hour ; 1
            residualInterest ; account ; interest to be paid ; L
            residualPenaltyInterest ; account ; penalty interest to be paid ; L
            """);

    private BybitAccount() {}

    static List<PayloadKind> kinds() {
        Glossary coin = COIN.beyond(BybitAccount::borrowed);
        return List.of(
                TOTALS.beyond(row -> row.each("coin", coin)).kind("wallet-balance", having("totalEquity", "coin")),
                coin.kind("wallet-balance coin", having("coin", "walletBalance", "equity")),
                POSITION_ROW
                        .beyond(BybitAccount::position)
                        .kind("position/list", having("symbol", "size", "positionIdx", "leverage")),
                GREEKS.kind("coin-greeks", having("baseCoin", "totalDelta", "totalGamma")),
                COLLATERAL_INFO.kind("collateral-info", having("currency", "collateralRatio", "borrowAmount")),
                LOAN.beyond(BybitAccount::lent)
                        .kind("crypto-loan/ongoing-orders", having("loanCurrency", "collateralCurrency", "totalDebt")),
                Glossary.of(BybitUnits::ofCoin, """
                        currency,createdTime,freeBorrowedAmount,costExemption ; idle
                        createdTime ; time
                        borrowAmount ; debt ; borrowed ; C
                        InterestBearingBorrowSize ; account ; borrowed at interest ; C
                        unrealisedLoss ; account ; unrealised loss borrowed against ; C
                        hourlyBorrowRate ; interest ; borrowing rate of one hour ; 1
                        borrowCost ; movement ; interest of one hour ; C
                        """).kind("borrow-history", having("currency", "borrowCost")),
                Glossary.of(BybitUnits::ofCoin, """
                        coin,sendTime ; idle
                        sendTime ; time
                        totalDelta ; sensitivity ; delta ; C
                        assetIM ; account ; initial margin ; C
                        assetMM ; account ; maintenance margin ; C
                        totalUPL ; account ; unrealised gain ; C
                        totalRPL ; account ; realised gain ; C
                        """).kind("option-asset-info", having("coin", "assetIM", "assetMM")),
                Glossary.of(BybitUnits::of, """
                        updatedTime ; time
                        marginMode ; word ; margin mode
                        unifiedMarginStatus,dcpStatus,timeWindow,smpGroup,isMasterTrader,spotHedgingStatus,smpExemptionSymbols ; word
                        """).kind("account/info", having("marginMode", "unifiedMarginStatus")),
                Glossary.of(BybitUnits::of, """
                        spotLeverage ; account ; leverage set ; 1
                        effectiveLeverage ; account ; leverage in effect ; 1
                        spotMarginMode ; word ; margin trading on
                        """).kind("spot-margin-trade/state", having("spotMarginMode")),
                Glossary.of(BybitUnits::ofCoin, """
                        coin,productId,availableAmount,id,effectiveAmount,estimateRemainingAmount,settlementTime,status,orderId ; idle
                        amount ; collateral ; staked ; C
                        totalPnl ; account ; yield of all time ; C
                        claimableYield ; account ; yield to be claimed ; C
                        """)
                        .kind("earn/position", having("coin", "productId", "claimableYield")),
                balances(),
                overview());
    }

    /** What an account is worth, by account type and coin: a restatement of other answers, so that none of it is a holding. */
    private static PayloadKind overview() {
        Glossary coin = Glossary.of(BybitUnits::ofCoin, "coin ; idle", "equity! ; account ; equity ; C");
        Glossary category = Glossary.of(fields -> new Name(fields.text("category"), Map.of()), """
                category ; idle
                equity ; account ; equity ; USD
                """)
                .beyond(row -> row.each("coinDetail", coin));
        Glossary type = Glossary.of(fields -> new Name(fields.text("accountType"), Map.of()), """
                accountType ; idle
                valuationCurrency ; word
                snapshotTime ; moment
                """)
                .beyond(row -> {
                    PayloadFields fields = row.fields();
                    row.facts().may(ACCOUNT, "totalEquity", "equity", fields.text("valuationCurrency"));
                    row.each("coinDetail", coin);
                    row.each("categories", category);
                });
        return Glossary.of(fields -> new Name("account", Map.of()), "totalEquity ; account ; total equity ; USD")
                .beyond(row -> row.each("list", type))
                .kind("asset/asset-overview", body -> body.path("list").path(0).has("valuationCurrency"));
    }

    private static PayloadKind balances() {
        Glossary balance = Glossary.of(BybitUnits::ofCoin, """
                coin,baseCoin ; idle
                walletBalance ; holding ; wallet balance ; C
                transferBalance ; account ; may be transferred ; C
                transferSafeAmount,ltvTransferSafeAmount ; account ; may be transferred safely ; C
                bonus ; account ; bonus ; C
                """);
        return Glossary.of(BybitUnits::of, "memberId,bizType,accountId ; idle", "accountType ; word ; account type")
                .beyond(row -> {
                    if (row.fields().node("balance").isArray()) {
                        row.each("balance", balance);
                    } else {
                        PayloadFields one = row.fields().fields("balance");
                        balance.read(row.sheet(), one);
                        one.end();
                    }
                })
                .kind("asset/transfer/query-account-coins-balance", having("balance", "accountType"));
    }

    private static Name loan(PayloadFields fields) {
        String lent = fields.text("loanCurrency");
        return new Name(lent, Map.of("L", lent));
    }

    /** A loan is two holdings: what secures it and what is owed. */
    private static void lent(Row row) {
        PayloadFields fields = row.fields();
        String coin = fields.text("collateralCurrency");
        row.facts()
                .fact(
                        COLLATERAL,
                        "collateralAmount",
                        "collateral of a loan",
                        Figure.of(held(row, "collateralAmount"), coin))
                .fact(DEBT, "totalDebt", "owed of a loan", Figure.of(held(row, "totalDebt"), row.unit("L")));
    }

    private static Amount held(Row row, String field) {
        Amount value = row.fields().figure(field);
        if (value.signum() < 0) {
            throw row.fields().refusal(field, "must be >= 0");
        }
        return value;
    }

    /**
     * A debt once. The wallet is told before what spot trading borrowed is taken off, and after what derivatives borrowed: the first is a debt beside it, the second is
     * the wallet itself below zero.
     */
    private static void borrowed(Row row) {
        PayloadFields fields = row.fields();
        Optional<Amount> spot = amount(row, "spotBorrow");
        Optional<Amount> all = amount(row, "borrowAmount");
        boolean below = fields.blankOr("walletBalance", fields::figure)
                .filter(wallet -> wallet.signum() < 0)
                .isPresent();
        boolean told = below || spot.isPresent();
        spot.ifPresent(owed ->
                row.facts().fact(DEBT, "spotBorrow", "borrowed by spot trading", Figure.of(owed, row.unit("C"))));
        all.ifPresent(owed -> row.facts()
                .fact(told ? ACCOUNT : DEBT, "borrowAmount", "borrowed in all", Figure.of(owed, row.unit("C"))));
    }

    private static Optional<Amount> amount(Row row, String field) {
        return row.fields().blankOr(field, name -> held(row, name)).filter(value -> value.signum() > 0);
    }

    /** A position, short below zero: in the coin, in US dollars for inverse contracts. */
    private static void position(Row row) {
        PayloadFields fields = row.fields();
        Amount size = BybitPayload.size(fields, fields::figure);
        if (size.signum() != 0) {
            row.facts().word("side", fields.text("side"));
            row.facts().fact(POSITION, "size", "size", Figure.of(size, row.unit("N")));
        }
    }
}
