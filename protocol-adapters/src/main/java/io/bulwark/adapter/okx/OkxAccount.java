package io.bulwark.adapter.okx;

import static io.bulwark.adapter.fact.FactKind.ACCOUNT;
import static io.bulwark.adapter.fact.FactKind.MOVEMENT;
import static io.bulwark.adapter.fact.PayloadKind.having;
import static io.bulwark.adapter.fact.PayloadKind.lacking;

import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.FactKind;
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
final class OkxAccount {
    /** Equity is a restatement: cash, gains and isolated margin together. What is held is the cash. */
    private static final Glossary BALANCE = Glossary.of(OkxUnits::ofCurrency, """
            ccy ; idle
            uTime ; time
            cashBal ; holding ; cash balance ; C
            crossLiab ; account ; liability of cross margin ; C
            isoLiab ; account ; liability of isolated margin ; C
            uplLiab ; account ; liability from unrealised losses ; C
            interest ; account ; interest accrued and not deducted ; C
            eq ; account ; equity ; C
            availBal ; account ; available balance ; C
            availEq ; account ; available equity ; C
            borrowFroz ; account ; borrowing frozen ; USD
            disEq ; account ; discounted equity ; USD
            eqUsd ; account ; equity in USD ; USD
            fixedBal ; account ; frozen for dip and peak sniper ; C
            frozenBal ; account ; frozen balance ; C
            ordFrozen ; account ; frozen by orders ; C
            imr ; account ; initial margin ; C
            mmr ; account ; maintenance margin ; C
            mgnRatio ; account ; margin ratio ; 1
            notionalLever ; account ; leverage ; 1
            isoEq ; account ; equity of isolated positions ; C
            isoUpl ; account ; unrealised gain of isolated positions ; C
            upl ; account ; unrealised gain ; C
            maxLoan ; account ; highest loan ; C
            rewardBal ; account ; trial fund ; C
            smtSyncEq ; account ; equity of smart sync copying ; C
            spotCopyTradingEq ; account ; equity of spot copying ; C
            stgyEq ; account ; equity of strategies ; C
            spotIsoBal ; account ; balance of spot leading ; C
            spotInUseAmt,spotInUse ; account ; spot in use against derivatives ; C
            clSpotInUseAmt,clSpotInUse ; account ; spot in use against derivatives as the account set it ; C
            maxSpotInUseAmt,maxSpotInUse ; account ; highest spot in use against derivatives ; C
            spotBal ; account ; spot balance ; C
            spotUpl ; account ; unrealised gain of spot ; USD
            spotUplRatio,totalPnlRatio ; account ; gain over cost ; 1
            totalPnl ; account ; gain of all spot trades ; USD
            openAvgPx,accAvgPx ; account ; average cost ; USD
            autoLendAmt,autoLendMtAmt,autoStakingStatus,autoLendStatus ; idle
            coinUsdPrice ; price ; price in USD ; USD
            twap ; account ; indicator of forced repayment, 0 to 5 ; 1
            collateralEnabled ; word ; counts as collateral
            collateralRestrict,colRes,colBorrAutoConversion,frpType ; word
            """);

    private static final Glossary TOTALS = Glossary.of(OkxUnits::of, """
            uTime,ts ; time
            totalEq ; account ; total equity ; USD
            adjEq ; account ; adjusted equity ; USD
            availEq ; account ; available equity ; USD
            isoEq ; account ; equity of isolated positions ; USD
            ordFroz ; account ; margin frozen by orders ; USD
            imr ; account ; initial margin ; USD
            mmr ; account ; maintenance margin ; USD
            mgnRatio ; account ; margin ratio ; 1
            borrowFroz ; account ; margin frozen by borrowing ; USD
            upl ; account ; unrealised gain ; USD
            delta ; account ; delta ; USD
            deltaLever ; account ; leverage of delta ; 1
            deltaNeutralStatus ; word
            notionalUsd ; account ; notional of positions ; USD
            notionalUsdForBorrow ; account ; notional borrowed ; USD
            notionalUsdForFutures ; account ; notional of futures ; USD
            notionalUsdForOption ; account ; notional of options ; USD
            notionalUsdForSwap ; account ; notional of perpetuals ; USD
            """);

    private static final Glossary POSITION = Glossary.of(OkxUnits::of, """
            instId,instFamily,uly,ccy,pos,posCcy,liab,liabCcy,baseBal,quoteBal,baseBorrowed,quoteBorrowed,feeCcy ; idle
            baseInterest,quoteInterest,closeOrderAlgo,bizRefId,bizRefType,tradeId,pTime,cTime,nonSettleAvgPx ; idle
            uTime ; time
            instType ; word ; type
            mgnMode ; word ; margin mode
            posSide ; word ; side
            posId ; word ; position
            adl ; word ; ADL rank
            spotInUseCcy ; word
            avgPx ; price ; average entry price ; Q/B
            markPx ; price ; mark price ; Q/B
            idxPx ; price ; index price ; Q/B
            last ; price ; last price ; Q/B
            bePx ; account ; break-even price ; Q/B
            liqPx ; account ; liquidation price ; Q/B
            usdPx ; price ; price of the margin currency ; USD
            lever ; account ; leverage ; 1
            availPos ; account ; size that may be closed ; N
            margin ; account ; margin added ; C
            imr ; account ; initial margin ; C
            mmr ; account ; maintenance margin ; C
            mgnRatio ; account ; margin ratio ; 1
            upl ; account ; unrealised gain by mark ; S
            uplRatio ; account ; unrealised gain over margin, by mark ; 1
            uplLastPx ; account ; unrealised gain by last price ; S
            uplRatioLastPx ; account ; unrealised gain over margin, by last price ; 1
            realizedPnl ; account ; realised gain ; S
            pnl ; account ; gain of closed parts ; S
            settledPnl ; account ; settled gain ; S
            fee ; account ; fees, negative where paid ; S
            fundingFee ; account ; funding, negative where paid ; S
            liqPenalty ; account ; liquidation penalty ; S
            interest ; account ; interest not deducted ; C
            notionalUsd ; account ; notional ; USD
            notionalCcy ; account ; notional in the margin currency ; C
            optVal ; account ; value of the option ; S
            pendingCloseOrdLiabVal ; account ; liability that closing orders settle ; C
            spotInUseAmt,clSpotInUseAmt,maxSpotInUseAmt,hedgedPos ; account ; spot in use ; B
            deltaBS ; sensitivity ; delta, Black-Scholes ; USD
            deltaPA ; sensitivity ; delta in the coin ; B
            gammaBS ; sensitivity ; gamma, Black-Scholes ; USD
            gammaPA ; sensitivity ; gamma in the coin ; B
            thetaBS ; sensitivity ; theta a day, Black-Scholes ; USD
            thetaPA ; sensitivity ; theta a day in the coin ; B
            vegaBS ; sensitivity ; vega, Black-Scholes ; USD
            vegaPA ; sensitivity ; vega in the coin ; B
            """);

    private static final Glossary CLOSED = Glossary.of(OkxUnits::of, """
            instId,ccy,uly,instFamily,cTime,feeCcy ; idle
            uTime ; time
            instType,mgnMode,posSide,direction,type,posId ; word
            openAvgPx ; price ; average entry price ; Q/B
            closeAvgPx ; price ; average exit price ; Q/B
            nonSettleAvgPx ; price ; entry price before settlements ; Q/B
            closeTotalPos ; trade ; size closed ; N
            openMaxPos ; trade ; largest size held ; N
            realizedPnl,settledPnl ; account ; realised gain ; S
            pnl ; account ; gain ; S
            pnlRatio ; account ; gain over margin ; 1
            fee ; movement ; fees, negative where paid ; S
            fundingFee ; movement ; funding, negative where paid ; S
            liqPenalty ; movement ; liquidation penalty ; S
            lever ; account ; leverage ; 1
            triggerPx ; price ; trigger price ; Q/B
            """);

    private static final Glossary OTHER = Glossary.of(OkxUnits::ofCurrency, """
            ccy,instId,clientId,earnings,idxVol ; idle
            ts,uTime ; time
            bal ; holding ; balance of the funding account ; C
            availBal ; account ; available balance ; C
            frozenBal ; account ; frozen balance ; C
            deltaBS ; sensitivity ; delta, Black-Scholes ; USD
            deltaPA ; sensitivity ; delta in the coin ; C
            gammaBS ; sensitivity ; gamma, Black-Scholes ; USD
            gammaPA ; sensitivity ; gamma in the coin ; C
            thetaBS ; sensitivity ; theta a day, Black-Scholes ; USD
            thetaPA ; sensitivity ; theta a day in the coin ; C
            vegaBS ; sensitivity ; vega, Black-Scholes ; USD
            vegaPA ; sensitivity ; vega in the coin ; C
            lever ; account ; leverage set ; 1
            mgnMode,posSide,side,mgnCcy,type,subAcct ; word
            maxBuy ; account ; highest size to buy ; N
            maxSell ; account ; highest size to sell ; N
            availBuy ; account ; available to buy ; units of the order
            availSell ; account ; available to sell ; units of the order
            maxLoan ; account ; highest loan ; C
            maxWd ; account ; may be withdrawn ; C
            maxWdEx ; account ; may be withdrawn with borrowing ; C
            spotOffsetMaxWd ; account ; may be withdrawn, spot hedged ; C
            spotOffsetMaxWdEx ; account ; may be withdrawn with borrowing, spot hedged ; C
            interestRate ; interest ; interest rate of one hour ; 1
            accBorrowed ; debt ; borrowed in all ; C
            totalBal ; account ; value of all accounts ; C
            """);

    private static final Glossary LIMITS = Glossary.of(OkxUnits::ofCurrency, """
            ccy,interestFreeLiab,potentialBorrowingAmt,surplusLmtDetails,avgRate ; idle
            rate ; interest ; interest rate of one day ; 1
            loanQuota ; limit ; loan quota ; C
            surplusLmt ; limit ; loan left ; C
            usedLmt,usedLoan ; account ; loan used ; C
            interest ; account ; interest accrued ; C
            posLoan ; account ; loan frozen by positions ; C
            availLoan ; account ; loan available ; C
            """);

    private static final Glossary VALUES = Glossary.of(OkxUnits::of, """
            classic,earn,funding,trading ; account ; value of an account ; BTC, or the currency asked for
            """);

    private OkxAccount() {}

    static List<PayloadKind> kinds() {
        Glossary balance = BALANCE.beyond(OkxAccount::liability);
        Glossary position = POSITION.beyond(OkxAccount::position);
        return List.of(
                Glossary.of(fields -> new Name("account", Map.of()), """
                        type ; word ; unit of the liquidation price
                        liabChgCcy ; word ; liability in
                        adjEq ; account ; adjusted equity ; USD
                        adjEqChg ; account ; change of the adjusted equity ; USD
                        imr ; account ; initial margin ; USD
                        imrChg ; account ; change of the initial margin ; USD
                        mmr ; account ; maintenance margin ; USD
                        mmrChg ; account ; change of the maintenance margin ; USD
                        mgnRatio ; account ; margin ratio ; 1
                        mgnRatioChg ; account ; change of the margin ratio ; 1
                        availBal ; account ; available balance ; units of the margin's currency
                        availBalChg ; account ; change of the available balance ; units of the margin's currency
                        liab,posBal ; account ; as it is ; units of the venue
                        liabChg,posBalChg ; account ; change ; units of the venue
                        liqPx ; account ; liquidation price ; units of the quote
                        liqPxDiff ; account ; liquidation price less mark ; units of the quote
                        liqPxDiffRatio ; account ; liquidation price over mark, less one ; 1
                        """)
                        .kind("order-precheck", having("adjEqChg", "imrChg", "mmrChg")),
                TOTALS.beyond(row -> row.each("details", balance))
                        .kind("account/balance", having("details", "totalEq")),
                balance.kind("account/balance detail", having("ccy", "cashBal", "eq")),
                position.kind("account/positions", having("instId", "pos", "posSide", "mgnMode")),
                Glossary.of(OkxUnits::of, "ts ; moment", "adjEq ; account ; adjusted equity ; USD")
                        .beyond(row -> {
                            row.each("balData", balance);
                            row.each("posData", position);
                        })
                        .kind("account/account-position-risk", having("balData", "posData", "adjEq")),
                Glossary.of(OkxUnits::of, "pTime ; moment", "eventType ; word", "trades ; idle")
                        .beyond(row -> {
                            row.each("balData", balance);
                            row.each("posData", position);
                        })
                        .kind("balance_and_position", having("balData", "posData", "eventType")),
                CLOSED.kind("account/positions-history", having("instId", "closeTotalPos")),
                OTHER.kind("account/greeks", having("ccy", "deltaBS", "ts").and(lacking("instId"))),
                OTHER.kind("asset/balances", having("ccy", "bal", "frozenBal")),
                OTHER.naming(OkxUnits::of)
                        .kind(
                                "account/leverage-info",
                                having("instId", "mgnMode", "posSide", "lever").and(lacking("pos", "tdMode", "sz"))),
                OTHER.naming(OkxUnits::of).kind("account/max-size", having("instId", "maxBuy", "maxSell")),
                OTHER.naming(OkxUnits::of).kind("account/max-avail-size", having("instId", "availBuy", "availSell")),
                OTHER.kind("account/max-loan", having("instId", "maxLoan", "side")),
                OTHER.kind("account/max-withdrawal", having("ccy", "maxWd").and(lacking("canWd"))),
                Glossary.of(OkxUnits::ofCurrency, """
                        ccy ; idle
                        interestRate ; interest ; interest rate of one hour ; 1
                        """)
                        .kind(
                                "account/interest-rate",
                                having("ccy", "interestRate").and(lacking("interest"))),
                Glossary.of(OkxUnits::ofCurrency, """
                        ccy,instId,interest ; idle
                        ts ; time
                        mgnMode,type ; word
                        interestRate ; interest ; interest rate of one hour ; 1
                        liab ; debt ; liability on which interest accrued ; C
                        """)
                        .beyond(row -> row.facts().may(MOVEMENT, "interest", "interest of one hour", row.unit("C")))
                        .kind("account/interest-accrued", having("ccy", "interest", "liab", "interestRate")),
                Glossary.of(OkxUnits::of, """
                        nextDiscountTime,nextInterestTime ; idle
                        debt ; account ; debt in all ; USD
                        interest ; account ; interest accrued in all ; USD
                        loanAlloc ; account ; share of the loan quota ; %
                        """)
                        .beyond(row -> row.each("records", LIMITS))
                        .kind("account/interest-limits", having("debt", "records")),
                Glossary.of(OkxUnits::of, "debtType ; word", "repayData ; idle")
                        .beyond(row -> row.each(
                                "debtData",
                                Glossary.of(OkxAccount::debt, "debtCcy ; idle", "debtAmt ; debt ; owed ; C")))
                        .kind("trade/one-click-repay-currency-list", having("debtData")),
                Glossary.of(OkxUnits::of, "atRiskIdx,atRiskMgn ; idle", "ts ; time", "atRisk,atRiskLevel ; word")
                        .kind("account/risk-state", having("atRisk")),
                Glossary.of(OkxUnits::of, """
                        ts ; time
                        totalBal ; account ; value of all accounts ; BTC, or the currency asked for
                        """)
                        .beyond(row -> row.fields()
                                .absentOr("details", row.fields()::fields)
                                .ifPresent(values -> {
                                    VALUES.read(row.sheet(), values);
                                    values.end();
                                }))
                        .kind("asset/asset-valuation", having("totalBal").and(lacking("totalEq"))),
                Glossary.of(OkxUnits::ofCurrency, """
                        ccy,redemptAmt ; idle
                        amt ; collateral ; savings ; C
                        loanAmt ; account ; savings lent ; C
                        pendingAmt ; account ; savings not lent yet ; C
                        earnings ; movement ; interest earned ; C
                        rate ; interest ; lending rate ; 1
                        """)
                        .kind("finance/savings/balance", having("ccy", "earnings", "amt")),
                Glossary.of(OkxUnits::of, """
                        uid,mainUid,label,ip,perm,opAuth,kycLv,levelTmp,traderInsts,spotTraderInsts,liquidationGear ; idle
                        settleCcyList,enableSpotBorrow,spotBorrowAutoRepay,settleCcy,type,feeType ; idle
                        acctLv ; word ; account mode
                        posMode ; word ; position mode
                        acctStpMode,autoLoan,ctIsoMode,greeksType,level,mgnIsoMode,spotOffsetType,roleType,spotRoleType ; word
                        """).kind("account/config", having("acctLv", "posMode")));
    }

    private static Name debt(PayloadFields fields) {
        String coin = fields.text("debtCcy");
        return new Name(coin, Map.of("C", coin));
    }

    /** A debt once: the cash where that is below zero, what is owed otherwise. */
    private static void liability(Row row) {
        PayloadFields fields = row.fields();
        boolean owedAsCash = fields.blankOr("cashBal", fields::figure)
                .filter(cash -> cash.signum() < 0)
                .isPresent();
        fields.blankOr("liab", fields::figure).ifPresent(liability -> {
            // The venue documents a value ≥ 0; older answers write it below.
            Figure owed = Figure.of(liability.abs(), row.unit("C"));
            if (owedAsCash) {
                row.facts().fact(ACCOUNT, "liab", "liability", owed);
            } else if (liability.signum() != 0) {
                row.facts().fact(FactKind.DEBT, "liab", "liability", owed);
            }
        });
    }

    /** A position: contracts, short below zero. What a margin position consists of is an asset and a debt. */
    private static void position(Row row) {
        PayloadFields fields = row.fields();
        boolean margin = fields.blankOr("instType", fields::text)
                .filter("MARGIN"::equals)
                .isPresent();
        Optional<Amount> size = OkxPayload.size(fields, fields::figure).filter(held -> held.signum() != 0);
        if (margin) {
            size.map(Amount::abs)
                    .ifPresent(held -> row.facts()
                            .fact(
                                    FactKind.COLLATERAL,
                                    "pos",
                                    "asset of a margin position",
                                    Figure.of(
                                            held,
                                            fields.blankOr("posCcy", fields::text)
                                                    .orElse(row.unit("B")))));
            asset(row, "baseBal", "B");
            asset(row, "quoteBal", "Q");
            owed(row, "baseBorrowed", row.unit("B"));
            owed(row, "quoteBorrowed", row.unit("Q"));
            fields.blankOr("liabCcy", fields::text).ifPresent(coin -> owed(row, "liab", coin));
        } else {
            size.ifPresent(held -> row.facts().fact(FactKind.POSITION, "pos", "size", Figure.of(held, row.unit("N"))));
        }
    }

    private static void asset(Row row, String field, String unit) {
        row.fields()
                .blankOr(field, row.fields()::figure)
                .filter(held -> held.signum() != 0)
                .ifPresent(held -> row.facts()
                        .fact(
                                FactKind.COLLATERAL,
                                field,
                                "asset of an isolated pair",
                                Figure.of(held, row.unit(unit))));
    }

    private static void owed(Row row, String field, String coin) {
        row.fields()
                .blankOr(field, row.fields()::figure)
                .filter(owed -> owed.signum() != 0)
                .ifPresent(owed -> row.facts().fact(FactKind.DEBT, field, "borrowed", Figure.of(owed.abs(), coin)));
    }
}
