package io.bulwark.adapter.okx;

import static io.bulwark.adapter.fact.PayloadKind.having;
import static io.bulwark.adapter.fact.PayloadKind.lacking;

import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.Glossary;
import io.bulwark.adapter.fact.Glossary.Name;
import io.bulwark.adapter.fact.PayloadKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Instruments, tiers, discounts, loan quotas, fees and the insurance fund. */
final class OkxTerms {
    private static final Glossary INSTRUMENT = Glossary.of(OkxTerms::contract, """
            instId,instFamily,category,auctionEndTime,groupId,instIdCode,posLmtAmt,posLmtPct,maxPlatOILmt,upcChg,tradeQuoteCcyList ; idle
            uTime,legs,seriesId,preMktSwTime,elp,longPosRemainingQuota,shortPosRemainingQuota,initPxRange ; idle
            instType ; word ; type
            uly ; word ; underlying
            baseCcy ; word ; base
            quoteCcy ; word ; quote
            settleCcy ; word ; settles in
            ctValCcy,szCcy ; word ; contract counts
            ctType,sprdType ; word ; contract type
            optType ; word ; option
            expTime ; word ; expiry
            listTime ; word ; listed
            contTdSwTime,openType,futureSettlement,alias,state,ruleType ; word
            stk ; instrument ; strike ; USD
            ctVal ; instrument ; contract value ; V
            ctMult ; instrument ; contract multiplier ; 1
            lever ; parameter ; highest leverage ; 1
            tickSz ; parameter ; tick ; Q/B
            lotSz ; parameter ; lot ; N
            minSz ; parameter ; smallest order ; N
            maxLmtSz ; limit ; largest limit order ; N
            maxMktSz ; limit ; largest market order ; M
            maxTwapSz ; limit ; largest TWAP order ; N
            maxIcebergSz ; limit ; largest iceberg order ; N
            maxTriggerSz ; limit ; largest trigger order ; N
            maxStopSz ; limit ; largest stop order ; M
            maxLmtAmt ; limit ; largest limit order in USD ; USD
            maxMktAmt ; limit ; largest market order in USD ; USD
            """);

    private static final Glossary FUND = Glossary.of(OkxUnits::ofCurrency, """
            ccy,maxBalTs ; idle
            ts ; time
            type,adlType ; word
            balance ; insurance-fund ; balance ; C
            amt ; insurance-fund ; change ; C
            maxBal ; insurance-fund ; highest balance in eight hours ; C
            decRate ; insurance-fund ; decline from the highest balance ; 1
            """);

    private static final Glossary LOAN = Glossary.of(OkxUnits::ofCurrency, """
            ccy ; idle
            level ; word
            rate ; interest ; interest rate of one day ; 1
            quota ; limit ; loan quota ; C
            loanQuota ; limit ; loan quota of a level ; C
            loanQuotaCoef ; parameter ; loan quota over the basic quota ; 1
            irDiscount ; parameter ; interest discount ; 1
            """);

    private static final Glossary DISCOUNT = Glossary.of(OkxUnits::ofCurrency, """
            tier,liqPenaltyRate,disCcyEq ; word
            discountRate ; parameter ; share of value that counts ; 1
            minAmt ; parameter ; amount from ; tier amount
            maxAmt ; parameter ; amount up to ; tier amount
            """);

    private OkxTerms() {}

    static List<PayloadKind> kinds() {
        return List.of(
                INSTRUMENT.about(FactKind.INSTRUMENT).kind("instruments", having("tickSz", "lotSz", "minSz")),
                Glossary.of(OkxUnits::of, """
                        instId,instFamily,uly,quoteCcy,baseCcy ; idle
                        tier,ccy,instType ; word
                        minSz! ; parameter ; size from ; N
                        maxSz! ; parameter ; size up to ; N
                        mmr! ; parameter ; maintenance margin fraction ; 1
                        imr! ; parameter ; initial margin fraction ; 1
                        maxLever ; parameter ; highest leverage ; 1
                        optMgnFactor ; parameter ; margin factor of options ; 1
                        quoteMaxLoan ; limit ; highest loan of the quote ; Q
                        baseMaxLoan ; limit ; highest loan of the base ; B
                        """).kind("position-tiers", having("tier", "mmr", "imr", "maxSz")),
                Glossary.of(OkxUnits::of, """
                        instFamily,ts ; idle
                        instType ; word
                        total ; insurance-fund ; all funds of this type ; USD
                        """)
                        .beyond(row -> row.each("details", FUND))
                        .kind("insurance-fund", having("total", "details")),
                Glossary.of(OkxUnits::ofCurrency, """
                        ccy,minDiscountRate,collateralRestrict ; idle
                        colRes,discountLv ; word
                        amt ; limit ; loan free of interest ; C
                        """)
                        .beyond(row -> {
                            row.inner("discountInfo", DISCOUNT);
                            row.inner("details", DISCOUNT);
                        })
                        .kind("discount-rate-interest-free-quota", having("ccy", "amt", "discountLv")),
                Glossary.of(OkxUnits::of, "config,configCcyList ; idle")
                        .beyond(row -> {
                            row.each("basic", LOAN);
                            row.each("vip", LOAN);
                            row.each("regular", LOAN);
                        })
                        .kind("interest-rate-loan-quota", having("basic", "vip", "regular")),
                LOAN.beyond(row -> row.inner("levelList", LOAN))
                        .kind("vip-interest-rate-loan-quota", having("ccy", "levelList")),
                Glossary.of(OkxUnits::of, """
                        fiat,feeGroup,settle,ruleType ; idle
                        ts ; time
                        instType,level,category,uly,instFamily,instId ; word
                        maker ; parameter ; maker fee, negative where paid ; 1
                        taker ; parameter ; taker fee, negative where paid ; 1
                        makerU ; parameter ; maker fee of USDT contracts, negative where paid ; 1
                        takerU ; parameter ; taker fee of USDT contracts, negative where paid ; 1
                        makerUSDC ; parameter ; maker fee of USDC pairs, negative where paid ; 1
                        takerUSDC ; parameter ; taker fee of USDC pairs, negative where paid ; 1
                        delivery ; parameter ; delivery fee ; 1
                        exercise ; parameter ; exercise fee ; 1
                        """).kind("trade-fee", having("maker", "taker", "instType")),
                Glossary.of(OkxUnits::ofCurrency, """
                        ccy,logoLink,depQuotaFixed,depQuoteDailyLayer2,usedDepQuotaFixed,ctAddr,depEstOpenTime,wdEstOpenTime ; idle
                        chain,name,canDep,canWd,canInternal,mainNet,needTag ; word
                        fee ; parameter ; withdrawal fee ; C
                        minFee ; parameter ; lowest withdrawal fee ; C
                        maxFee ; parameter ; highest withdrawal fee ; C
                        minFeeForCtAddr ; parameter ; lowest withdrawal fee to a contract ; C
                        maxFeeForCtAddr ; parameter ; highest withdrawal fee to a contract ; C
                        burningFeeRate ; parameter ; burning fee ; 1
                        minDep ; limit ; smallest deposit ; C
                        minWd ; limit ; smallest withdrawal ; C
                        maxWd ; limit ; largest withdrawal ; C
                        wdQuota ; limit ; withdrawals a day ; USD
                        usedWdQuota ; limit ; withdrawals a day used ; USD
                        wdTickSz ; instrument ; decimals of withdrawals ; 1
                        minDepArrivalConfirm ; parameter ; confirmations to arrive ; blocks
                        minWdUnlockConfirm ; parameter ; confirmations to unlock ; blocks
                        """).kind("asset/currencies", having("ccy", "chain", "canDep")),
                Glossary.of(OkxUnits::of, """
                        instId ; idle
                        type,unit ; word
                        sz ; instrument ; size converted ; units asked for
                        px ; instrument ; at price ; Q/B
                        """)
                        .kind(
                                "convert-contract-coin",
                                having("instId", "sz", "unit").and(lacking("side"))));
    }

    /** An instrument's own row tells what its sizes count; market orders of spot may count the quote. */
    private static Name contract(PayloadFields fields) {
        Name name = OkxUnits.of(fields);
        Map<String, String> units = new HashMap<>(name.units());
        units.put("V", fields.blankOr("ctValCcy", fields::text).orElse("1"));
        units.put(
                "M",
                units.getOrDefault("N", "units of the venue").equals("contracts") ? "contracts" : "units of the order");
        return new Name(name.subject(), units);
    }
}
