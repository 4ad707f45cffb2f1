package io.bulwark.adapter.binance;

import static io.bulwark.adapter.fact.FactKind.INTEREST;
import static io.bulwark.adapter.fact.PayloadKind.having;

import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.Glossary;
import io.bulwark.adapter.fact.Glossary.Name;
import io.bulwark.adapter.fact.PayloadKind;
import java.util.List;
import java.util.Map;

/** Savings, loans, plans and conversions: what is held or owed outside the trading wallets, and what moved between coins. */
final class BinanceSavings {
    private static final String LOAN = """
            loanCoin,loanlCoin,collateralCoin ; idle
            orderId ; word ; order
            """;

    private BinanceSavings() {}

    static List<PayloadKind> kinds() {
        return List.of(
                Glossary.of(BinanceUnits::ofAsset, """
                        asset,parentPositionId,purchaseTime,accrualDays,nextPay,nextPayDate,payPeriod,redeemPeriod,partialAmtDeliverDate,canRedeemEarly ; idle
                        canFastRedemption,autoSubscribe,canReStake,canBoost,rewardsEndDate,rewardAmt,estExtraRewardAmt,totalBoostRewardAmt,redeemAmountEarly ; idle
                        extraRewardAPR,boostApr,boostRewardAsset,extraRewardAsset,rewardAsset,redeemTo,isRenewable ; idle
                        positionId ; word ; position
                        projectId,duration,deliverDate,type,status ; word
                        amount! ; collateral ; locked savings ; C
                        redeemingAmt ; account ; being redeemed ; C
                        APY,apy ; interest ; yield of one year ; 1
                        """)
                        .kind("simple-earn/locked/position", having("positionId", "asset", "accrualDays")),
                Glossary.of(BinanceUnits::ofAsset, """
                        asset,productId ; idle
                        time ; time
                        annualPercentageRate! ; interest ; yield of one year ; 1
                        """)
                        .kind("simple-earn/rateHistory", having("annualPercentageRate", "productId", "time")),
                Glossary.of(BinanceUnits::ofAsset, """
                        asset,positionId,purchaseId,redeemId,projectId,productId,lockPeriod,sourceAccount,amtFromSpot,amtFromFunding,originalAmount ; idle
                        deliverDate,lossAmount,isComplete,rewardAsset,rewardAmt,extraRewardAsset,estExtraRewardAmt,destAccount ; idle
                        time! ; time
                        type,status ; word
                        amount,rewards ; movement ; subscribed, redeemed or earned ; C
                        """)
                        .kind(
                                "simple-earn/record",
                                having("asset", "time")
                                        .and(having("purchaseId")
                                                .or(having("redeemId"))
                                                .or(having("rewards", "projectId"))
                                                .or(having("positionId", "lockPeriod")))),
                Glossary.of(fields -> new Name("savings", Map.of()), """
                        totalAmountInBTC ; account ; all savings ; BTC
                        totalAmountInUSDT ; account ; all savings ; USDT
                        totalFlexibleAmountInBTC ; account ; flexible savings ; BTC
                        totalFlexibleAmountInUSDT ; account ; flexible savings ; USDT
                        totalLockedInBTC ; account ; locked savings ; BTC
                        totalLockedInUSDT ; account ; locked savings ; USDT
                        """)
                        .kind("simple-earn/account", having("totalAmountInBTC", "totalFlexibleAmountInBTC")),
                Glossary.of(BinanceUnits::ofAsset, """
                        asset,canPurchase,canRedeem,isSoldOut,hot,subscriptionStartTime,airDropAsset ; idle
                        productId,status ; word
                        latestAnnualPercentageRate ; interest ; yield of one year ; 1
                        airDropPercentageRate ; interest ; further yield of one year ; 1
                        minPurchaseAmount ; limit ; smallest subscription ; C
                        """)
                        .beyond(row -> row.facts()
                                .byName(INTEREST, "tierAnnualPercentageRate", "further yield of a tier", "1"))
                        .kind("simple-earn/flexible/list", having("asset", "canPurchase", "productId")),
                lent(LOAN + """
                        loanTerm ; idle
                        borrowTime ; time
                        status ; word
                        loanAmount,initialLoanAmount ; movement ; borrowed ; L
                        collateralAmount,initialCollateralAmount ; movement ; collateral put up ; C
                        hourlyInterestRate ; interest ; interest of one hour ; 1
                        """).kind("loan/borrow", having("loanCoin", "collateralCoin", "hourlyInterestRate")),
                lent(LOAN + """
                        adjustTime ; time
                        direction ; word
                        amount! ; movement ; collateral added or taken ; C
                        preLTV ; account ; loan to value before ; 1
                        afterLTV,currentLTV ; account ; loan to value ; 1
                        """).kind("loan/ltv/adjustment", having("loanCoin", "direction", "amount")),
                lent(LOAN + """
                        repayType,repayStatus ; word
                        repayTime ; time
                        repayAmount ; movement ; repaid ; L
                        collateralUsed ; movement ; collateral used to repay ; C
                        collateralReturn ; movement ; collateral given back ; C
                        remainingPrincipal ; debt ; owed of a loan ; L
                        remainingInterest ; debt ; interest owed of a loan ; L
                        remainingCollateral ; collateral ; collateral of a loan ; C
                        currentLTV ; account ; loan to value ; 1
                        """).kind("loan/repay", having("loanCoin", "collateralCoin", "repayStatus")),
                Glossary.of(fields -> new Name(fields.text("loanCoin"), Map.of("L", fields.text("loanCoin"))), """
                        loanCoin ; idle
                        vipLevel ; word
                        _7dHourlyInterestRate,_14dHourlyInterestRate,_30dHourlyInterestRate,_90dHourlyInterestRate,_180dHourlyInterestRate ; interest ; interest of one hour ; 1
                        _7dDailyInterestRate,_14dDailyInterestRate,_30dDailyInterestRate,_90dDailyInterestRate,_180dDailyInterestRate ; interest ; interest of one day ; 1
                        flexibleInterestRate ; interest ; interest of one year ; 1
                        minLimit,flexibleMinLimit ; limit ; smallest loan ; L
                        maxLimit,flexibleMaxLimit ; limit ; largest loan ; L
                        """)
                        .kind(
                                "loan/loanable/data",
                                having("loanCoin", "minLimit").or(having("loanCoin", "flexibleInterestRate"))),
                Glossary.of(BinanceUnits::ofAsset, """
                        asset ; idle
                        liabilityAsset ; word ; owed in
                        liabilityQty ; account ; to be exchanged for it, in the coin it is owed in ; 1
                        principal ; debt ; owed ; C
                        interest ; debt ; interest owed ; C
                        """)
                        .kind("margin/exchange-small-liability", having("asset", "principal", "liabilityAsset")),
                Glossary.of(fields -> new Name(fields.text("walletName"), Map.of()), """
                        walletName ; idle
                        activate ; word ; active
                        balance! ; account ; value of the wallet, in the coin asked for, BTC unless told ; BTC
                        """)
                        .kind("asset/wallet/balance", having("walletName", "balance")),
                plan(),
                Glossary.of(fields -> new Name("plans", Map.of()), """
                        planValueInBTC ; account ; value of all plans ; BTC
                        planValueInUSD ; account ; value of all plans ; USD
                        pnlInUSD ; account ; gain of all plans ; USD
                        roi ; account ; return of all plans ; 1
                        """)
                        .beyond(row -> row.each("plans", planned()))
                        .kind("lending/auto-invest/plans", having("plans", "planValueInUSD")),
                converted().kind("convert/order", having("fromAsset", "toAsset", "fromAmount", "orderStatus")),
                new PayloadKind(
                        "convert/tradeFlow",
                        body -> body.path("list").path(0).has("fromAsset"),
                        (body, sheet) -> sheet.one("", body, fields -> {
                            converted().each(sheet, "list", fields.node("list"));
                            for (String known : List.of("startTime", "endTime", "limit", "moreData")) {
                                fields.absentOr(known, fields::node);
                            }
                        })),
                Glossary.of(BinanceUnits::ofAsset, """
                        tranId ; word ; transfer
                        type,status,accountType ; word
                        targetAsset ; word ; into
                        time ; time
                        deductedAsset,targetAmount ; idle
                        deductedAmount! ; movement ; converted from ; D
                        """)
                        .naming(fields ->
                                new Name(fields.text("deductedAsset"), Map.of("D", fields.text("deductedAsset"))))
                        .kind("asset/convert-transfer", having("deductedAsset", "deductedAmount", "targetAsset")));
    }

    /** Named by the coin that is lent. */
    private static Glossary lent(String table) {
        return Glossary.of(
                fields -> new Name(
                        fields.text("loanCoin"),
                        Map.of("L", fields.text("loanCoin"), "C", fields.text("collateralCoin"))),
                table);
    }

    private static PayloadKind plan() {
        Glossary holding = Glossary.of(BinanceSavings::target, """
                targetAsset,purchasedAmountUnit,availableAmountUnit,redeemedAmoutUnit,redeemedAmountUnit,roi ; idle
                assetStatus ; word
                availableAmount! ; collateral ; held in a plan ; C
                purchasedAmount ; account ; bought in all ; C
                redeemedAmount,redeemedAmout ; account ; redeemed in all ; C
                averagePriceInUSD ; account ; average price paid ; U
                totalInvestedInUSD ; account ; invested in all ; USD
                currentInvestedInUSD ; account ; invested now ; USD
                assetValueInUSD ; account ; value ; USD
                pnlInUSD ; account ; gain ; USD
                percentage ; account ; share of the plan ; %
                """);
        Glossary share = Glossary.of(
                BinanceSavings::target, "targetAsset ; idle", "allocation! ; parameter ; share of the plan ; %");
        return Glossary.of(fields -> new Name("plan", Map.of()), """
                        editAllowed,flexibleAllowedToUse,creationDateTime,firstExecutionDateTime,nextExecutionDateTime,roi ; idle
                        indexId,planId ; word ; plan
                        planType,status,targetAsset,sourceAsset ; word
                        planValueInUSD ; account ; value of the plan ; USD
                        totalInvestedInUSD ; account ; invested in all ; USD
                        currentInvestedInUSD ; account ; invested now ; USD
                        pnlInUSD ; account ; gain of the plan ; USD
                        """)
                .beyond(row -> {
                    row.each("assetAllocation", share);
                    row.each("details", holding);
                })
                .kind("lending/auto-invest/plan", having("details", "totalInvestedInUSD"));
    }

    private static Glossary planned() {
        return Glossary.of(BinanceSavings::target, """
                targetAsset,editAllowed,creationDateTime,firstExecutionDateTime,nextExecutionDateTime,lastUpdatedDateTime,subscriptionAmount,subscriptionCycle ; idle
                subscriptionStartDay,subscriptionStartWeekday,subscriptionStartTime,sourceWallet,flexibleAllowedToUse,roi ; idle
                planId ; word ; plan
                planType,status,sourceAsset ; word
                totalTargetAmount ; collateral ; held in a plan ; C
                totalInvestedInUSD ; account ; invested in all ; USD
                planValueInUSD ; account ; value of the plan ; USD
                pnlInUSD ; account ; gain of the plan ; USD
                """);
    }

    private static Name target(PayloadFields fields) {
        String asset = fields.text("targetAsset");
        return new Name(asset, Map.of("C", asset, "U", "USD per " + asset));
    }

    private static Glossary converted() {
        return Glossary.of(
                fields -> {
                    String from = fields.text("fromAsset");
                    String to = fields.text("toAsset");
                    return new Name(from + " to " + to, Map.of("F", from, "T", to, "R", to + " per " + from));
                },
                """
                fromAsset,toAsset,quoteId,inverseRatio,walletType,expiredTimestamp,side ; idle
                orderId ; word ; order
                orderStatus ; word ; state
                createTime ; time
                fromAmount! ; trade ; given ; F
                toAmount! ; trade ; received ; T
                ratio ; trade ; price ; R
                """);
    }
}
