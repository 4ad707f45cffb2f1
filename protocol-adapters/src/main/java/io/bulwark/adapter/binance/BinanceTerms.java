package io.bulwark.adapter.binance;

import static io.bulwark.adapter.fact.PayloadKind.having;
import static io.bulwark.adapter.fact.PayloadKind.lacking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.Glossary;
import io.bulwark.adapter.fact.Glossary.Name;
import io.bulwark.adapter.fact.Glossary.Row;
import io.bulwark.adapter.fact.PayloadKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Instruments, brackets, collateral rates, loan terms, fees, limits and the insurance fund. */
final class BinanceTerms {
    private static final Glossary INSTRUMENT = Glossary.of(BinanceUnits::of, """
            orderTypes,timeInForce,timeInForces,OrderType,permissions,permissionSets,filters,defaultSelfTradePreventionMode,allowedSelfTradePreventionModes ; idle
            underlyingSubType,onboardDate,settlePlan,baseCommissionPrecision,quoteCommissionPrecision,quotePrecision,allowAmend,pegInstructionsAllowed ; idle
            symbol,pair,icebergAllowed,ocoAllowed,otoAllowed,opoAllowed,quoteOrderQtyMarketAllowed,allowTrailingStop,cancelReplaceAllowed,amendAllowed ; idle
            equalQtyPrecision,permissionSets ; idle
            contractType ; word ; contract type
            status,contractStatus ; word ; state
            baseAsset ; word ; base
            quoteAsset ; word ; quote
            marginAsset ; word ; settles in
            deliveryDate ; word ; expiry
            underlyingType,isSpotTradingAllowed,isMarginTradingAllowed ; word
            contractSize ; instrument ; contract value ; USD
            maintMarginPercent ; parameter ; maintenance margin fraction ; %
            requiredMarginPercent ; parameter ; initial margin fraction ; %
            triggerProtect ; parameter ; trigger protection ; 1
            liquidationFee ; parameter ; liquidation fee ; 1
            marketTakeBound ; parameter ; bound of market orders ; 1
            maxMoveOrderLimit ; limit ; moved orders ; orders
            pricePrecision ; instrument ; decimals of prices ; 1
            quantityPrecision ; instrument ; decimals of sizes ; 1
            baseAssetPrecision,quoteAssetPrecision ; instrument ; decimals of an asset ; 1
            """);

    private static final Glossary LIMIT = Glossary.of(fields -> new Name("account", Map.of()), """
            rateLimitType,interval,intervalNum ; word
            limit ; limit ; allowed ; requests
            count ; limit ; used ; requests
            """);

    private BinanceTerms() {}

    static List<PayloadKind> kinds() {
        return Stream.concat(
                        BinanceMarket.streamed().stream(),
                        List.of(
                                brackets(),
                                Glossary.of(
                                                fields -> new Name("venue", Map.of()),
                                                "timezone,exchangeFilters,sors,assets,serverTime,futuresType ; idle",
                                                "serverTime ; moment")
                                        .beyond(row -> {
                                            row.each("rateLimits", LIMIT);
                                            row.each(
                                                    "symbols",
                                                    INSTRUMENT
                                                            .about(FactKind.INSTRUMENT)
                                                            .beyond(BinanceTerms::filters));
                                        })
                                        .kind("exchangeInfo", having("symbols", "rateLimits")),
                                LIMIT.kind("rateLimit/order", having("rateLimitType", "limit")),
                                asset("collateralRate ; parameter ; share of value that counts ; 1")
                                        .kind("portfolio/collateralRate", having("asset", "collateralRate")),
                                asset(
                                                "dailyInterestRate ; interest ; borrowing rate of one day ; 1\ntimestamp ; time\nvipLevel ; word")
                                        .kind("margin/interestRateHistory", having("asset", "dailyInterestRate")),
                                asset("nextHourlyInterestRate ; interest ; borrowing rate of the next hour ; 1")
                                        .kind(
                                                "margin/next-hourly-interest-rate",
                                                having("asset", "nextHourlyInterestRate")),
                                asset("""
                                        marginablePairs,transferIn ; idle
                                        vipLevel,borrowable ; word
                                        dailyInterest ; interest ; borrowing rate of one day ; 1
                                        yearlyInterest ; interest ; borrowing rate of one year ; 1
                                        borrowLimit ; limit ; highest loan ; C
                                        """)
                                        .kind(
                                                "margin/crossMarginData",
                                                having("coin", "dailyInterest", "yearlyInterest")),
                                Glossary.of(
                                                BinanceUnits::of,
                                                "symbol ; idle",
                                                "vipLevel ; word",
                                                "leverage ; parameter ; highest leverage ; 1")
                                        .beyond(
                                                row -> row.each(
                                                        "data",
                                                        asset(
                                                                "dailyInterest ; interest ; borrowing rate of one day ; 1\nborrowLimit ; limit ; highest loan ; C")))
                                        .kind("margin/isolatedMarginData", having("symbol", "data", "leverage")),
                                Glossary.of(BinanceUnits::of, """
                                        symbol ; idle
                                        tier ; word
                                        effectiveMultiple ; parameter ; highest leverage ; 1
                                        initialRiskRatio ; parameter ; initial risk ratio ; 1
                                        liquidationRiskRatio ; parameter ; liquidation risk ratio ; 1
                                        baseAssetMaxBorrowable ; limit ; highest loan of the base ; B
                                        quoteAssetMaxBorrowable ; limit ; highest loan of the quote ; Q
                                        """)
                                        .kind(
                                                "margin/isolatedMarginTier",
                                                having("symbol", "tier", "initialRiskRatio")),
                                Glossary.of(fields -> new Name("account", Map.of()), """
                                        normalBar ; parameter ; margin level above which transfers are free ; 1
                                        marginCallBar ; parameter ; margin level of a call ; 1
                                        forceLiquidationBar ; parameter ; margin level of liquidation ; 1
                                        """)
                                        .kind("margin/tradeCoeff", having("normalBar", "forceLiquidationBar")),
                                Glossary.of(BinanceUnits::of, "symbol,rpiCommissionRate ; idle", """
                                        makerCommissionRate,makerCommission ; parameter ; maker fee ; 1
                                        takerCommissionRate,takerCommission ; parameter ; taker fee ; 1
                                        """)
                                        .kind(
                                                "commissionRate",
                                                having("symbol")
                                                        .and(lacking("makerCommissionRate", "makerCommission")
                                                                .negate())),
                                Glossary.of(BinanceUnits::of, """
                                        symbol,disclaimer,updateTime ; idle
                                        adjustedFundingRateCap ; parameter ; highest funding rate ; 1
                                        adjustedFundingRateFloor ; parameter ; lowest funding rate ; 1
                                        fundingIntervalHours ; parameter ; funding interval ; hours
                                        """)
                                        .kind("fundingInfo", having("adjustedFundingRateCap")),
                                Glossary.of(BinanceUnits::of, """
                                        symbol ; idle
                                        marginType,isAutoAddMargin ; word
                                        leverage ; account ; leverage set ; 1
                                        maxNotionalValue ; limit ; highest notional at this leverage ; V
                                        """)
                                        .kind(
                                                "symbolConfig",
                                                having("symbol", "marginType", "leverage")
                                                        .and(lacking("positionAmt"))),
                                Glossary.of(fields -> new Name("account", Map.of()), "symbols ; idle")
                                        .beyond(
                                                row -> row.each(
                                                        "assets",
                                                        asset(
                                                                "updateTime ; time\nmarginBalance ; insurance-fund ; balance ; C")))
                                        .kind(
                                                "insuranceBalance",
                                                having("symbols", "assets").and(lacking("rateLimits"))),
                                Glossary.of(BinanceUnits::of, "symbol ; idle")
                                        .beyond(row -> row.facts()
                                                .byName(
                                                        FactKind.ACCOUNT,
                                                        "adlQuantile",
                                                        "ADL quantile, 4 first",
                                                        Figure.RATIO))
                                        .kind(
                                                "adlQuantile",
                                                having("symbol", "adlQuantile").and(lacking("positionAmt"))),
                                Glossary.of(BinanceUnits::ofAsset, "collateralCoin ; idle", "vipLevel ; word", """
                                        initialLTV ; parameter ; initial loan to value ; 1
                                        marginCallLTV ; parameter ; loan to value of a margin call ; 1
                                        liquidationLTV ; parameter ; loan to value of liquidation ; 1
                                        maxLimit ; limit ; highest collateral ; USD
                                        """)
                                        .naming(fields -> new Name(fields.text("collateralCoin"), Map.of()))
                                        .kind("loan/collateral/data", having("collateralCoin", "liquidationLTV")))
                                .stream())
                .toList();
    }

    private static Glossary asset(String table) {
        return Glossary.of(BinanceUnits::ofAsset, "asset,coin ; idle", table);
    }

    /** Tiers of leverage: from the floor to the cap of notional, with the margin fraction and the amount that is taken off. */
    private static PayloadKind brackets() {
        Glossary bracket = Glossary.of(BinanceUnits::of, """
                bracket ; word ; tier
                notionalFloor,qtyFloor,qtylFloor ; parameter ; from ; X
                notionalCap,qtyCap ; parameter ; up to ; X
                maintMarginRatio! ; parameter ; maintenance margin fraction ; 1
                initialLeverage! ; parameter ; highest leverage ; 1
                cum ; parameter ; maintenance margin taken off ; X
                """);
        return Glossary.of(
                        BinanceTerms::tiered,
                        "symbol,pair ; idle",
                        "notionalCoef ; parameter ; multiple of the tiers ; 1",
                        "updateTime ; time")
                .beyond(row -> row.inner("brackets", bracket))
                .kind("leverageBracket", having("symbol", "brackets"));
    }

    private static Name tiered(PayloadFields fields) {
        Name name = BinanceUnits.of(fields);
        Map<String, String> units = new HashMap<>(name.units());
        units.put("X", name.subject().contains("USD_") ? "contracts" : units.getOrDefault("Q", "quote"));
        return new Name(name.subject(), units);
    }

    /** The filters of an instrument: tick, lot and the least that an order is worth. */
    private static void filters(Row row) {
        row.fields()
                .absentOr("filters", row.fields()::node)
                .ifPresent(filters -> filters.forEach(filter -> {
                    parameter(row, filter.path("tickSize"), "tick", row.unit("Q/B"));
                    if (filter.path("filterType").asText().equals("LOT_SIZE")) {
                        parameter(row, filter.path("stepSize"), "lot", row.unit("N"));
                        parameter(row, filter.path("minQty"), "smallest order", row.unit("N"));
                        parameter(row, filter.path("maxQty"), "largest order", row.unit("N"));
                    }
                    parameter(row, filter.path("minNotional"), "smallest order in money", row.unit("Q"));
                    if (filter.path("filterType").asText().equals("MIN_NOTIONAL")) {
                        parameter(row, filter.path("notional"), "smallest order in money", row.unit("Q"));
                    }
                }));
    }

    private static void parameter(Row row, JsonNode value, String measure, String unit) {
        if (!value.isMissingNode()) {
            PayloadFields one = PayloadFields.of(
                    BinanceFacts.VENUE,
                    row.fields().pathOf("filters"),
                    JsonNodeFactory.instance.objectNode().set("value", value));
            row.facts().fact(FactKind.PARAMETER, "filters", measure, Figure.of(one.figure("value"), unit));
        }
    }
}
