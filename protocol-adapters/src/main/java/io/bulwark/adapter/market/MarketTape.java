package io.bulwark.adapter.market;

import static io.bulwark.adapter.fact.PayloadKind.having;

import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.Glossary;
import io.bulwark.adapter.fact.Glossary.Name;
import io.bulwark.adapter.fact.Glossary.Row;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.clearing.money.Amount;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows of exchanges as they came, one a moment: trades, best quotes, tickers of derivatives, option chains. */
final class MarketTape {
    private static final String STAMPS = """
            symbol,local_timestamp ; idle
            exchange ; word
            """;

    /** Whose sizes of pairs against dollars count the coin; of the others a row does not tell what a contract is worth. */
    private static final Set<String> COUNTS_COINS = Set.of("", "binance", "binance-futures");

    private static final String DERIBIT = "deribit";

    private static final Set<String> SIDES = Set.of("buy", "sell", "unknown");

    private MarketTape() {}

    static List<PayloadKind> kinds() {
        return List.of(
                Glossary.of(MarketTape::instrument, STAMPS, """
                        id ; word ; trade
                        price! ; price ; trade price ; P
                        amount! ; trade ; size ; N
                        """)
                        .beyond(row -> {
                            moment(row);
                            row.facts().word("taker", row.fields().text("side", SIDES));
                            if (row.fields().figure("amount").signum() <= 0) {
                                throw row.fields().refusal("amount", "must be > 0");
                            }
                        })
                        .kind(
                                "trades",
                                having("symbol", "timestamp", "local_timestamp", "id", "side", "price", "amount")),
                Glossary.of(MarketTape::instrument, STAMPS, """
                        ask_price ; price ; best ask ; P
                        ask_amount ; depth ; size at the best ask ; N
                        bid_price ; price ; best bid ; P
                        bid_amount ; depth ; size at the best bid ; N
                        """)
                        .beyond(row -> {
                            moment(row);
                            requireUncrossed(row.fields());
                        })
                        .kind(
                                "quotes",
                                having("symbol", "local_timestamp", "ask_amount", "bid_amount")
                                        .and(body -> !body.has("strike_price"))),
                Glossary.of(MarketTape::instrument, STAMPS, """
                        funding_timestamp ; word ; funding at
                        funding_rate ; funding ; funding rate of the interval ; 1
                        predicted_funding_rate ; funding ; funding rate expected for the next interval ; 1
                        open_interest ; size ; open interest ; N
                        last_price ; price ; last price ; P
                        index_price ; price ; index price ; P
                        mark_price ; price ; mark price ; P
                        """)
                        .beyond(MarketTape::moment)
                        .kind("derivative tickers", having("symbol", "funding_rate", "open_interest", "mark_price")),
                chain());
    }

    private static PayloadKind chain() {
        return Glossary.of(MarketTape::option, STAMPS, """
                        type! ; word ; option
                        expiration ; word ; expiry
                        underlying_index ; word ; underlying
                        strike_price! ; instrument ; strike ; U
                        open_interest ; size ; open interest ; N
                        last_price ; price ; last price ; P
                        bid_price ; price ; best bid ; P
                        bid_amount ; depth ; size at the best bid ; N
                        bid_iv ; volatility ; bid volatility ; %
                        ask_price ; price ; best ask ; P
                        ask_amount ; depth ; size at the best ask ; N
                        ask_iv ; volatility ; ask volatility ; %
                        mark_price ; price ; mark price ; P
                        mark_iv ; volatility ; mark volatility ; %
                        underlying_price ; price ; underlying price ; U
                        delta ; sensitivity ; delta ; 1
                        gamma ; sensitivity ; gamma ; gamma unit
                        vega ; sensitivity ; vega ; vega unit
                        theta ; sensitivity ; theta ; theta unit
                        rho ; sensitivity ; rho ; rho unit
                        """)
                .beyond(row -> {
                    moment(row);
                    PayloadFields fields = row.fields();
                    String type = fields.text("type", Set.of("put", "call"));
                    String symbol = fields.text("symbol");
                    String ending = type.equals("put") ? "-P" : "-C";
                    if (row.name().units().containsKey("coin") && !symbol.endsWith(ending)) {
                        throw fields.refusal("type", "must be what the symbol " + symbol + " says");
                    }
                    requireUncrossed(fields);
                })
                .kind("option rows", having("symbol", "type", "strike_price", "expiration", "mark_iv"));
    }

    /** The row's moment, in milli-, micro- or nanoseconds. */
    static void moment(Row row) {
        row.facts().at(MarketClock.epochMillis(row.fields(), "timestamp"));
    }

    /**
     * A future of Deribit counts US dollars, a pair of Binance against a dollar coin the coin. A table that names no exchange counts the coin. What a contract of
     * another exchange is worth, its rows do not tell.
     */
    static Name instrument(PayloadFields fields) {
        String symbol = fields.text("symbol");
        String exchange = fields.blankOr("exchange", fields::text).orElse("");
        boolean deribit = exchange.equals(DERIBIT) || exchange.isEmpty();
        int dash = symbol.indexOf('-');
        if (deribit && dash > 0 && symbol.indexOf('_') < 0 && !symbol.endsWith("-USD")) {
            String coin = symbol.substring(0, dash);
            return new Name(symbol, Map.of("N", "USD", "P", "USD per " + coin));
        }
        for (String quote : List.of("USDT", "USDC", "USD")) {
            if (symbol.endsWith(quote) && symbol.length() > quote.length() + 1) {
                String pair = symbol.substring(0, symbol.length() - quote.length());
                String coin = pair.replaceAll("[-_/]$", "");
                String size = COUNTS_COINS.contains(exchange) ? coin : "units of the venue";
                return new Name(symbol, Map.of("N", size, "P", quote + " per " + coin));
            }
        }
        return new Name(symbol, Map.of("N", "units of the venue", "P", "quote per base coin"));
    }

    /** An option of Deribit that is settled in its coin counts the coin and is paid in it. */
    private static Name option(PayloadFields fields) {
        String symbol = fields.text("symbol");
        int dash = symbol.indexOf('-');
        if (fields.text("exchange").equals(DERIBIT) && dash > 0 && symbol.indexOf('_') < 0) {
            String coin = symbol.substring(0, dash);
            return new Name(
                    symbol,
                    Map.of(
                            "coin",
                            coin,
                            "N",
                            coin,
                            "P",
                            coin + " per " + coin,
                            "U",
                            "USD per " + coin,
                            "gamma unit",
                            "1 per USD",
                            "vega unit",
                            "USD per percentage point",
                            "theta unit",
                            "USD per day",
                            "rho unit",
                            "USD per percentage point"));
        }
        String untold = "units of the venue";
        return new Name(
                symbol,
                Map.of(
                        "N", untold,
                        "P", "quote per base coin",
                        "U", "quote per base coin",
                        "gamma unit", untold,
                        "vega unit", untold,
                        "theta unit", untold,
                        "rho unit", untold));
    }

    private static void requireUncrossed(PayloadFields fields) {
        fields.blankOr("bid_price", fields::figure)
                .ifPresent(bid -> fields.blankOr("ask_price", fields::figure)
                        .filter(ask -> ask.signum() > 0 && ask.compareTo(bid) <= 0)
                        .ifPresent(ask -> {
                            throw fields.refusal("bid_price", "must be below the best ask " + ask);
                        }));
    }

    /** A number that the exchange and the table's maker both wrote, one of them at a double's 15 digits. */
    static boolean sameTo15Digits(Amount one, Amount other) {
        Amount apart = one.minus(other).abs().times(Amount.of("1000000000000000"));
        return apart.compareTo(other.abs()) <= 0;
    }
}
