package io.bulwark.adapter.bybit;

import static io.bulwark.adapter.fact.PayloadKind.having;
import static io.bulwark.adapter.fact.PayloadKind.lacking;

import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.Glossary;
import io.bulwark.adapter.fact.Glossary.Name;
import io.bulwark.adapter.fact.Glossary.Row;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.clearing.money.Amount;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Instruments, risk tiers, loan terms, fees and the insurance fund. */
final class BybitTerms {
    private static final Glossary INSTRUMENT = Glossary.of(BybitUnits::of, """
            symbol,category,stTag,innovation,displayName,isPublicRpi,myRpiPermission,symbolType,xstockMultiplier,forbidUplWithdrawal,symbolId ; idle
            contractType ; word ; contract type
            status ; word ; state
            baseCoin ; word ; base
            quoteCoin ; word ; quote
            settleCoin ; word ; settles in
            optionsType ; word ; option
            launchTime ; word ; listed
            deliveryTime ; word ; expiry
            marginTrading,copyTrading,unifiedMarginTrade,isPreListing,skipCallAuction ; word
            deliveryFeeRate ; parameter ; delivery fee ; 1
            priceScale ; instrument ; decimals of prices ; 1
            fundingInterval ; parameter ; funding interval ; minutes
            upperFundingRate ; parameter ; highest funding rate ; 1
            lowerFundingRate ; parameter ; lowest funding rate ; 1
            tickSize ; parameter ; tick ; Q/B
            minPrice ; limit ; lowest price ; Q/B
            maxPrice ; limit ; highest price ; Q/B
            lotSize ; parameter ; lot ; N
            minSize ; parameter ; smallest order ; N
            maxSize ; limit ; largest order ; N
            minLeverage ; parameter ; lowest leverage ; 1
            maxLeverage ; parameter ; highest leverage ; 1
            leverageStep ; parameter ; step of leverage ; 1
            qtyStep ; parameter ; lot ; N
            basePrecision ; parameter ; lot ; N
            quotePrecision ; parameter ; step of amounts ; Q
            minOrderQty ; parameter ; smallest order ; N
            maxOrderQty,maxLimitOrderQty ; limit ; largest limit order ; N
            maxMktOrderQty,maxMarketOrderQty ; limit ; largest market order ; N
            postOnlyMaxOrderQty,postOnlyMaxLimitOrderSize ; limit ; largest post-only order ; N
            minOrderAmt,minNotionalValue ; parameter ; smallest order in money ; Q
            maxOrderAmt ; limit ; largest order in money ; Q
            priceLimitRatioX ; limit ; price limit X ; 1
            priceLimitRatioY ; limit ; price limit Y ; 1
            """);

    private static final List<String> FILTERS =
            List.of("leverageFilter", "priceFilter", "lotSizeFilter", "riskParameters");

    private BybitTerms() {}

    static List<PayloadKind> kinds() {
        return List.of(
                INSTRUMENT
                        .about(FactKind.INSTRUMENT)
                        .beyond(BybitTerms::filters)
                        .kind(
                                "instruments-info",
                                having("symbol", "baseCoin", "status").and(lacking("orderId"))),
                Glossary.of(BybitUnits::of, """
                        symbol,category,section ; idle
                        id ; word ; tier
                        isLowestRisk ; word ; lowest
                        riskLimitValue! ; parameter ; value up to ; V
                        maintenanceMargin! ; parameter ; maintenance margin fraction ; M
                        initialMargin! ; parameter ; initial margin fraction ; M
                        maxLeverage ; parameter ; highest leverage ; 1
                        mmDeduction ; parameter ; maintenance margin deducted ; V
                        """)
                        .naming(BybitTerms::tier)
                        .kind("risk-limit", having("symbol", "riskLimitValue", "maintenanceMargin")),
                Glossary.of(BybitUnits::ofCoin, """
                        coin ; idle
                        updatedTime ; time
                        symbols ; word
                        balance ; insurance-fund ; balance ; C
                        value ; insurance-fund ; value in USD ; USD
                        """).kind("insurance", having("coin", "balance", "value")),
                Glossary.of(BybitUnits::of, """
                        symbol,baseCoin,category ; idle
                        takerFeeRate ; parameter ; taker fee ; 1
                        makerFeeRate ; parameter ; maker fee, negative where earned ; 1
                        """).kind("fee-rate", having("takerFeeRate", "makerFeeRate")),
                Glossary.of(BybitUnits::ofCoin, """
                        currency ; idle
                        timestamp ; time
                        vipLevel ; word ; level
                        hourlyBorrowRate ; interest ; borrowing rate of one hour ; 1
                        """)
                        .kind(
                                "spot-margin-trade/interest-rate-history",
                                having("currency", "timestamp", "hourlyBorrowRate")),
                Glossary.of(BybitUnits::of)
                        .beyond(row -> row.each(
                                "vipCoinList",
                                Glossary.of(BybitUnits::of, "vipLevel ; word ; level")
                                        .beyond(BybitTerms::loans)))
                        .kind("loan terms by level", having("vipCoinList")),
                Glossary.of(BybitUnits::ofCoin, """
                        currency ; idle
                        flexibleManualBorrowable,fixedManualBorrowable ; word
                        minFlexibleManualBorrowQty,minFixedManualBorrowQty ; limit ; smallest loan ; C
                        flexibleManualBorrowAccuracy,fixedManualBorrowAccuracy,fixedInterestRateAccuracy ; instrument ; decimals ; 1
                        minFixedInterestRate,maxFixedInterestRate ; parameter ; bound of the fixed rate ; 1
                        """)
                        .kind("spot-margin-trade/currency-data", having("currency", "flexibleManualBorrowable")),
                Glossary.of(BybitUnits::of)
                        .beyond(row -> {
                            String lent = row.fields().text("loanCurrency");
                            String held = row.fields().text("collateralCurrency");
                            row.facts()
                                    .may(FactKind.LIMIT, "maxCollateralAmount", "largest collateral", held)
                                    .may(FactKind.LIMIT, "minCollateralAmount", "smallest collateral", held)
                                    .may(FactKind.LIMIT, "maxLoanAmount", "largest loan", lent)
                                    .may(FactKind.LIMIT, "minLoanAmount", "smallest loan", lent);
                        })
                        .kind(
                                "crypto-loan/borrowable-collateralisable-number",
                                having("maxLoanAmount", "loanCurrency")));
    }

    private static void filters(Row row) {
        for (String filter : FILTERS) {
            row.fields().absentOr(filter, row.fields()::fields).ifPresent(inner -> INSTRUMENT.inner(row, inner));
        }
        row.fields().absentOr("preListingInfo", row.fields()::node);
        row.fields().absentOr("legs", row.fields()::node);
    }

    /** Tiers of before 2024 tell margins in per cent, as {@code 0.5}; later ones as fractions, as {@code 0.005}. What is left of a tier's leverage tells which. */
    private static Name tier(PayloadFields fields) {
        Name name = BybitUnits.of(fields);
        Map<String, String> units = new HashMap<>(name.units());
        boolean percent = fields.figure("initialMargin")
                        .times(fields.figure("maxLeverage"))
                        .compareTo(Amount.of("10"))
                > 0;
        units.put("M", percent ? "%" : "1");
        return new Name(name.subject(), units);
    }

    private static void loans(Row row) {
        row.each("list", Glossary.of(BybitUnits::ofCoin, """
                currency ; idle
                borrowable,marginCollateral,borrowingAccuracy,flexibleTerm,loanTerm,vipLevel ; word
                collateralRatio ; parameter ; share of value that counts ; 1
                liquidationOrder ; word
                hourlyBorrowRate,flexibleHourlyInterestRate ; interest ; borrowing rate of one hour ; 1
                hourlyInterestRate7D,hourlyInterestRate14D,hourlyInterestRate30D,hourlyInterestRate90D,hourlyInterestRate180D ; interest ; borrowing rate of one hour, fixed term ; 1
                maxBorrowingAmount ; limit ; highest loan ; C
                minBorrowingAmount ; limit ; smallest loan ; C
                """));
    }
}
