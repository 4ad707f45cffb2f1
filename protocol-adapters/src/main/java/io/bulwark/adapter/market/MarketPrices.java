package io.bulwark.adapter.market;

import static io.bulwark.adapter.fact.FactKind.PRICE;
import static io.bulwark.adapter.fact.PayloadKind.having;
import static io.bulwark.adapter.fact.PayloadKind.lacking;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.Glossary;
import io.bulwark.adapter.fact.Glossary.Name;
import io.bulwark.adapter.fact.Glossary.Row;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.clearing.money.Amount;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Bars, closes, pool prices, oracle rounds and option chains. */
final class MarketPrices {
    private static final String UNNAMED = "instrument not named";
    private static final int ORACLE_PLACES = 18;
    private static final Amount CAP = Amount.of("100");

    private MarketPrices() {}

    static List<PayloadKind> kinds() {
        return List.of(
                Glossary.of(MarketPrices::asset, """
                        asset,open_time_utc ; idle
                        open! ; price ; open ; P
                        high! ; price ; high ; P
                        low! ; price ; low ; P
                        close! ; price ; close ; P
                        volume ; size ; volume ; B
                        """)
                        .beyond(row -> {
                            row.facts().at(MarketClock.millis(row.fields(), "open_time_utc"));
                            requireRange(row.fields(), "low", "high", "open", "close");
                        })
                        .kind("hourly bars", having("open_time_utc", "asset", "open", "high", "low", "close")),
                Glossary.of(MarketPrices::unnamed, """
                        timestamp ; idle
                        unix_timestamp ; seconds
                        open! ; price ; open ; P
                        high! ; price ; high ; P
                        low! ; price ; low ; P
                        close! ; price ; close ; P
                        volume ; size ; volume ; B
                        """)
                        .beyond(row -> {
                            requireRange(row.fields(), "low", "high", "open", "close");
                            long told = MarketClock.millis(row.fields(), "timestamp");
                            if (told != Math.multiplyExact(row.fields().whole("unix_timestamp"), 1_000L)) {
                                throw row.fields().refusal("timestamp", "must be the same moment as unix_timestamp");
                            }
                        })
                        .kind("daily bars", having("unix_timestamp", "timestamp", "open", "high", "low", "close")),
                Glossary.of(MarketPrices::unnamed, """
                        o! ; price ; close of the bar before ; P
                        h! ; price ; high ; P
                        l! ; price ; low ; P
                        c! ; price ; close ; P
                        v ; size ; volume ; B
                        """)
                        .beyond(row -> {
                            row.facts().at(MarketClock.millis(row.fields(), "dt"));
                            requireRange(row.fields(), "l", "h", "c");
                        })
                        .kind("quarter-hourly bars", having("dt", "o", "h", "l", "c")),
                Glossary.of(MarketPrices::unnamed)
                        .beyond(MarketPrices::closes)
                        .kind("daily closes", having("date_utc").and(lacking("open", "asset"))),
                Glossary.of(MarketPrices::bitcoin, """
                        SWAP_COUNT ; size ; swaps ; swaps
                        BLOCK_NUMBER ; word ; block
                        VOLATILITY_FLAG ; word ; flag
                        AVG_PRICE! ; price ; average price of the block ; P
                        MAX_PRICE! ; price ; highest price of the block ; P
                        MIN_PRICE! ; price ; lowest price of the block ; P
                        PRICE_STDDEV ; parameter ; standard deviation of the prices ; P
                        TOTAL_VOLUME_USD ; size ; volume ; USD
                        """)
                        .beyond(row -> {
                            row.facts().at(MarketClock.millis(row.fields(), "BLOCK_TIMESTAMP"));
                            requireRange(row.fields(), "MIN_PRICE", "MAX_PRICE", "AVG_PRICE");
                        })
                        .kind("prices of blocks", having("AVG_PRICE", "BLOCK_NUMBER", "BLOCK_TIMESTAMP")),
                Glossary.of(MarketPrices::unnamed, "block_number ; word ; block", "timestamp ; seconds")
                        .beyond(MarketPrices::round)
                        .kind("oracle rounds", having("block_number", "timestamp", "price")),
                pool(),
                chain(),
                chainOfVolatilities());
    }

    private static PayloadKind pool() {
        return Glossary.of(fields -> new Name("pool", Map.of("P", "token0 per token1")), """
                        high! ; price ; high ; P
                        low! ; price ; low ; P
                        close! ; price ; close ; P
                        liquidity ; size ; liquidity in range ; units of liquidity
                        feeGrowthGlobal0X128,feeGrowthGlobal1X128 ; idle
                        pool.totalValueLockedUSD ; size ; value locked ; USD
                        pool.totalValueLockedToken0 ; size ; token0 locked ; token0
                        pool.totalValueLockedToken1 ; size ; token1 locked ; token1
                        pool.token0.decimals ; instrument ; decimals of token0 ; 1
                        pool.token1.decimals ; instrument ; decimals of token1 ; 1
                        """)
                .beyond(row -> {
                    row.fields().absentOr("", row.fields()::node);
                    Amount seconds = row.fields().figure("periodStartUnix");
                    row.facts().at(Math.multiplyExact(seconds.toDecimal().longValueExact(), 1_000L));
                    requireRange(row.fields(), "low", "high", "close");
                })
                .kind("pool hours", having("periodStartUnix", "liquidity", "high", "low", "close"));
    }

    private static PayloadKind chain() {
        return Glossary.of(MarketPrices::option, """
                        instrument_name,base_currency,quote_currency ; idle
                        creation_timestamp ; time
                        currency ; word
                        underlying_index ; word ; underlying
                        expire_date ; word ; expiry
                        option_type ; word ; option
                        strike_price ; instrument ; strike ; U
                        mark_price ; price ; mark price ; P
                        mid_price ; price ; mid price ; P
                        ask_price ; price ; best ask ; P
                        bid_price ; price ; best bid ; P
                        last ; price ; last price ; P
                        low ; price ; low of the day ; P
                        high ; price ; high of the day ; P
                        underlying_price ; price ; underlying price ; U
                        estimated_delivery_price ; price ; estimated delivery price ; U
                        price_change ; price ; change of the day ; %
                        interest_rate ; interest ; interest rate of one year ; 1
                        open_interest ; size ; open interest ; B
                        volume ; size ; volume of the day ; B
                        volume_usd ; size ; volume of the day in USD ; USD
                        """)
                .beyond(row -> {
                    row.fields().absentOr("", row.fields()::node);
                    if (row.fields().blankOr("low", row.fields()::figure).isPresent()) {
                        requireRange(row.fields(), "low", "high");
                    }
                })
                .kind("option chain with books", having("instrument_name", "strike_price", "open_interest"));
    }

    private static PayloadKind chainOfVolatilities() {
        return Glossary.of(
                        fields -> new Name(
                                fields.text("option_type") + " " + fields.text("strike") + " of "
                                        + fields.text("maturity"),
                                Map.of("P", "coin per coin", "U", "USD per coin")),
                        """
                        option_type ; word ; option
                        maturity ; word ; expiry
                        strike ; instrument ; strike ; U
                        mark_price ; price ; mark price ; P
                        last_price ; price ; last price ; P
                        index_price ; price ; index price ; U
                        """)
                .beyond(row -> {
                    row.facts().at(MarketClock.millis(row.fields(), "creation"));
                    Amount volatility = row.fields().figure("mark_iv");
                    if (volatility.signum() < 0) {
                        throw row.fields().refusal("mark_iv", "must be >= 0");
                    }
                    if (volatility.compareTo(CAP) == 0) {
                        row.facts()
                                .word(
                                        "mark volatility",
                                        "flat at 100 per cent, which is the venue's filler and no quote");
                    } else {
                        row.facts().fact(FactKind.VOLATILITY, "mark_iv", "mark volatility", Figure.percent(volatility));
                    }
                })
                .kind("option chain with volatilities", having("option_type", "strike", "maturity", "mark_iv"));
    }

    private static Name asset(PayloadFields fields) {
        String asset = fields.text("asset");
        return new Name(asset, Map.of("B", asset, "P", "USD per " + asset));
    }

    private static Name unnamed(PayloadFields fields) {
        return new Name(UNNAMED, Map.of("B", "coin", "P", "USD per coin"));
    }

    private static Name bitcoin(PayloadFields fields) {
        return new Name(UNNAMED, Map.of("P", "USD per coin"));
    }

    private static Name option(PayloadFields fields) {
        String coin = fields.text("base_currency");
        return new Name(
                fields.text("instrument_name"), Map.of("B", coin, "P", coin + " per " + coin, "U", "USD per " + coin));
    }

    private static void closes(Row row) {
        long day = MarketClock.millis(row.fields(), "date_utc");
        for (String asset : row.fields().names()) {
            if (!asset.equals("date_utc")) {
                Amount price = row.fields().figure(asset);
                if (price.signum() <= 0) {
                    throw row.fields().refusal(asset, "must be > 0");
                }
                new FactRow(row.sheet(), row.fields(), asset)
                        .at(day)
                        .fact(PRICE, asset, "close", Figure.of(price, "USD per " + asset));
            }
        }
    }

    private static void round(Row row) {
        JsonNode price = row.fields().node("price");
        BigInteger answer = price.isTextual()
                ? BigInteger.valueOf(row.fields().wholeText("price"))
                : price.isIntegralNumber() ? price.bigIntegerValue() : BigInteger.ZERO;
        if (answer.signum() <= 0) {
            throw row.fields().refusal("price", "must be a whole number > 0 of 10^-18");
        }
        row.facts().fact(PRICE, "price", "oracle price", Figure.counted(answer, ORACLE_PLACES, "USD per coin"));
    }

    /** No price of a bar lies outside its low and high, and none is negative. */
    static void requireRange(PayloadFields bar, String low, String high, String... within) {
        Amount bottom = bar.figure(low);
        Amount top = bar.figure(high);
        if (bottom.signum() < 0) {
            throw bar.refusal(low, "must be >= 0");
        }
        if (top.compareTo(bottom) < 0) {
            throw bar.refusal(high, "must be >= the low " + bottom);
        }
        for (String field : within) {
            Amount price = bar.figure(field);
            if (price.compareTo(top) > 0 || price.compareTo(bottom) < 0) {
                throw bar.refusal(field, "must lie within low " + bottom + " and high " + top);
            }
        }
    }
}
