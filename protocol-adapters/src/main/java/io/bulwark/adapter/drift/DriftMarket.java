package io.bulwark.adapter.drift;

import static io.bulwark.adapter.fact.FactKind.FUNDING;
import static io.bulwark.adapter.fact.FactKind.INSTRUMENT;
import static io.bulwark.adapter.fact.FactKind.PARAMETER;
import static io.bulwark.adapter.fact.FactKind.PRICE;
import static io.bulwark.adapter.fact.FactKind.SIZE;
import static io.bulwark.adapter.fact.FactKind.TRADE;

import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.PayloadKind;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** Markets, books, trades, candles and funding by the data interface; its book counts prices at 10⁻⁶ and sizes at 10⁻⁹. */
final class DriftMarket {
    private static final String USDC = "USDC";

    private DriftMarket() {}

    static List<PayloadKind> kinds() {
        return List.of(
                PayloadKind.one("markets", PayloadKind.having("markets"), (fields, sheet) -> {
                    fields.unread(Kind.FLAG, "success");
                    sheet.each("markets", fields.node("markets"), row -> market(row, sheet));
                }),
                PayloadKind.one("l2", PayloadKind.having("bids", "asks", "marketIndex"), DriftMarket::book),
                PayloadKind.one("records", PayloadKind.having("records"), DriftMarket::records));
    }

    /** What sizes are in: {@code SOL-PERP} in SOL, {@code 1MBONK-PERP} in 1MBONK, {@code JTO} in JTO. */
    static String base(String symbol) {
        int dash = symbol.indexOf('-');
        return dash > 0 ? symbol.substring(0, dash) : symbol;
    }

    private static void market(PayloadFields row, FactSheet sheet) {
        String name = row.text("symbol");
        String base = row.blankOr("baseAsset", row::text).orElse(base(name));
        String price = row.blankOr("quoteAsset", row::text).orElse(USDC) + " per " + base;
        FactRow facts = new FactRow(sheet, row, name).said("marketIndex", "marketType", "status");
        facts.may(INSTRUMENT, "precision", "decimals of sizes", Figure.RATIO)
                .may(PRICE, "oraclePrice", "oracle price", price)
                .may(PRICE, "markPrice", "mark price", price)
                .may(PRICE, "price", "last price", price)
                .may(PRICE, "priceChange24h", "change of the day", price)
                .percent(PRICE, "priceChange24hPercent", "change of the day, relative")
                .may(SIZE, "baseVolume", "volume of the day", base)
                .may(SIZE, "quoteVolume", "turnover of the day", USDC);
        pair(row, "openInterest", SIZE, "open interest, ", base, false, sheet);
        pair(row, "fundingRate", FUNDING, "funding rate of one hour, ", Figure.RATIO, true, sheet);
        facts.percent(FUNDING, "fundingRate24h", "funding rate of one hour, mean of the day");
        pair(row, "priceHigh", PRICE, "highest of the day, ", price, false, sheet);
        pair(row, "priceLow", PRICE, "lowest of the day, ", price, false, sheet);
        row.absentOr("fees", row::fields).ifPresent(fees -> {
            new FactRow(sheet, fees, name)
                    .ratio(PARAMETER, "maker", "maker fee")
                    .ratio(PARAMETER, "taker", "taker fee");
            fees.end();
        });
        row.absentOr("limits", row::fields).ifPresent(limits -> {
            range(limits, "leverage", name, "leverage", Figure.RATIO, sheet);
            range(limits, "amount", name, "amount", base, sheet);
            limits.end();
        });
        row.unread(Kind.FIGURE, "fundingRateUpdateTs");
    }

    /** Two figures of a kind: of longs and shorts, or of the oracle and of fills. Rates of funding are in per cent. */
    private static void pair(
            PayloadFields row,
            String field,
            FactKind kind,
            String measure,
            String unit,
            boolean percent,
            FactSheet sheet) {
        row.absentOr(field, row::fields).ifPresent(members -> {
            FactRow facts = new FactRow(sheet, members, row.text("symbol"));
            for (String name : List.of("long", "short", "oracle", "fill")) {
                if (percent) {
                    facts.percent(kind, name, measure + name);
                } else {
                    facts.may(kind, name, measure + name, unit);
                }
            }
            members.end();
        });
    }

    private static void range(
            PayloadFields limits, String field, String name, String measure, String unit, FactSheet sheet) {
        limits.absentOr(field, limits::fields).ifPresent(range -> {
            new FactRow(sheet, range, name)
                    .may(PARAMETER, "min", "least " + measure, unit)
                    .may(PARAMETER, "max", "highest " + measure, unit);
            range.end();
        });
    }

    private static void book(PayloadFields fields, FactSheet sheet) {
        String name = fields.blankOr("marketName", fields::text).orElse("market " + fields.whole("marketIndex"));
        String base = base(name);
        String price = USDC + " per " + base;
        fields.absentOr("ts", fields::whole).ifPresent(sheet::at);
        fields.absentOr("slot", fields::whole).ifPresent(sheet::atHeight);
        boolean perpetual =
                fields.blankOr("marketType", fields::text).orElse("perp").equals("perp");
        for (String side : List.of("bids", "asks")) {
            sheet.each(side, fields.node(side), level -> {
                BigInteger size = level.figure("size").unscaled();
                if (level.figure("size").scale() != 0 || size.signum() < 0) {
                    throw level.refusal("size", "must be a whole number >= 0");
                }
                Figure counted = perpetual
                        ? Figure.counted(size, DriftUser.BASE, base)
                        : Figure.counted(size, 0, "smallest unit of " + base);
                Fact fact = Fact.of(FactKind.DEPTH, level.pathOf("size"), name, side.substring(0, 3), counted)
                        .with("price", whole(level, "price", price));
                if (level.has("sources")) {
                    PayloadFields sources = level.fields("sources");
                    for (String source : sources.names()) {
                        fact = fact.with(
                                "from " + source, sources.figure(source).toString());
                    }
                }
                sheet.add(fact);
                level.unread(Kind.OBJECT, "sources");
            });
        }
        for (String field : List.of("markPrice", "bestBidPrice", "bestAskPrice", "oracle")) {
            if (fields.has(field)) {
                sheet.add(Fact.of(PRICE, field, name, words(field), whole(fields, field, price)));
            }
        }
        oracle(fields, "oracleData", name, price, sheet);
        fields.unread(Kind.FIGURE, "spreadPct", "spreadQuote", "marketSlot", "marketIndex")
                .unread(Kind.OBJECT, "mmOracleData");
    }

    private static String words(String field) {
        return switch (field) {
            case "markPrice" -> "mark price";
            case "bestBidPrice" -> "best bid";
            case "bestAskPrice" -> "best ask";
            default -> "oracle price";
        };
    }

    private static Figure whole(PayloadFields fields, String field, String unit) {
        if (fields.figure(field).scale() != 0) {
            throw fields.refusal(field, "must be a whole number of 10^-" + DriftUser.PRICE);
        }
        return Figure.counted(fields.figure(field).unscaled(), DriftUser.PRICE, unit);
    }

    private static void oracle(PayloadFields fields, String field, String name, String price, FactSheet sheet) {
        Optional<PayloadFields> data = fields.absentOr(field, fields::fields);
        data.ifPresent(oracle -> {
            sheet.add(Fact.of(PRICE, oracle.pathOf("price"), name, "oracle price", whole(oracle, "price", price))
                    .with("confidence", whole(oracle, "confidence", price))
                    .with("slot", oracle.scalar("slot")));
            oracle.unread(Kind.FIGURE, "twap", "twapConfidence")
                    .unread(Kind.FLAG, "hasSufficientNumberOfDataPoints")
                    .end();
        });
    }

    private static void records(PayloadFields fields, FactSheet sheet) {
        fields.unread(Kind.FLAG, "success").unread(Kind.OBJECT, "meta");
        sheet.each("records", fields.node("records"), row -> {
            if (row.has("fillRecordId") || row.has("action")) {
                trade(row, sheet);
            } else if (row.has("fillOpen")) {
                candle(row, sheet);
            } else if (row.has("fundingRate")) {
                funding(row, sheet);
            } else {
                DriftGateway.order(row, sheet);
            }
        });
    }

    private static long millis(PayloadFields row) {
        return Math.multiplyExact(row.whole("ts"), 1_000L);
    }

    private static void trade(PayloadFields row, FactSheet sheet) {
        String name = row.text("symbol");
        String base = base(name);
        new FactRow(sheet, row, name)
                .at(millis(row))
                .said("slot", "takerOrderDirection", "makerOrderDirection", "taker", "maker", "actionExplanation")
                .said("fillRecordId", "marketIndex", "marketType")
                .must(TRADE, "baseAssetAmountFilled", "size", base)
                .must(TRADE, "quoteAssetAmountFilled", "size in quote", USDC)
                .may(TRADE, "takerFee", "taker's fee", USDC)
                .may(TRADE, "makerFee", "maker's fee", USDC)
                .may(PRICE, "oraclePrice", "oracle price", USDC + " per " + base);
        row.unread(Kind.TEXT, "txSig", "action", "filler", "marketFilter", "user")
                .unread(Kind.FIGURE, "txSigIndex", "fillerReward", "makerRebate", "referrerReward")
                .unread(Kind.FIGURE, "quoteAssetAmountSurplus", "takerOrderBaseAssetAmount", "takerOrderId")
                .unread(Kind.FIGURE, "takerOrderCumulativeBaseAssetAmountFilled", "makerOrderId", "bitFlags")
                .unread(Kind.FIGURE, "takerOrderCumulativeQuoteAssetAmountFilled", "makerOrderBaseAssetAmount")
                .unread(Kind.FIGURE, "makerOrderCumulativeBaseAssetAmountFilled", "spotFulfillmentMethodFee")
                .unread(Kind.FIGURE, "makerOrderCumulativeQuoteAssetAmountFilled", "takerExistingQuoteEntryAmount")
                .unread(Kind.FIGURE, "takerExistingBaseAssetAmount", "makerExistingQuoteEntryAmount")
                .unread(Kind.FIGURE, "makerExistingBaseAssetAmount");
    }

    private static void candle(PayloadFields row, FactSheet sheet) {
        FactRow facts = new FactRow(sheet, row, "the market of the question").at(millis(row));
        for (String source : List.of("fill", "oracle")) {
            facts.must(PRICE, source + "Open", "first price, " + source, "USDC per base")
                    .must(PRICE, source + "High", "highest price, " + source, "USDC per base")
                    .must(PRICE, source + "Low", "lowest price, " + source, "USDC per base")
                    .must(PRICE, source + "Close", "last price, " + source, "USDC per base");
        }
        facts.may(SIZE, "quoteVolume", "turnover", USDC).may(SIZE, "baseVolume", "volume", "base");
    }

    /** A funding record: the rate is in quote per base, not a fraction; its fraction needs the oracle's average beside it. */
    private static void funding(PayloadFields row, FactSheet sheet) {
        String name = row.has("symbol") ? row.text("symbol") : "perp market " + row.scalar("marketIndex");
        String unit = "USDC per " + base(name);
        new FactRow(sheet, row, name)
                .at(millis(row))
                .said("slot", "marketIndex")
                .must(FUNDING, "fundingRate", "funding of one hour, per base", unit)
                .may(FUNDING, "fundingRateLong", "funding of one hour of longs, per base", unit)
                .may(FUNDING, "fundingRateShort", "funding of one hour of shorts, per base", unit)
                .may(FUNDING, "cumulativeFundingRateLong", "funding of all time of longs, per base", unit)
                .may(FUNDING, "cumulativeFundingRateShort", "funding of all time of shorts, per base", unit)
                .may(PRICE, "oraclePriceTwap", "oracle price, average", unit)
                .may(PRICE, "markPriceTwap", "mark price, average", unit);
        row.unread(Kind.TEXT, "txSig", "marketType", "recordId")
                .unread(Kind.FIGURE, "txSigIndex", "recordId", "periodRevenue", "baseAssetAmountWithAmm")
                .unread(Kind.FIGURE, "baseAssetAmountWithUnsettledLp");
    }
}
