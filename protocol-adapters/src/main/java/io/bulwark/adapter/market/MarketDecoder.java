package io.bulwark.adapter.market;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.Glossary;
import io.bulwark.adapter.fact.Glossary.Name;
import io.bulwark.adapter.fact.VenueDecoder;
import io.bulwark.clearing.money.Amount;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a table or series of market data says. What its columns mean stands in {@code market.csv}. */
public final class MarketDecoder implements VenueDecoder {
    private static final String VENUE = "market";
    private static final String DERIBIT = "deribit";
    private static final String UNTOLD = "units of the venue";
    private static final int CANDLE = 12;
    private static final int ORACLE_PLACES = 18;
    private static final int RAY = 27;

    /** The one token whose decimals the events leave out and its contract has shown since it was deployed. */
    private static final String USDT = "0xdac17f958d2ee523a2206206994597c13d831ec7";

    private static final int USDT_PLACES = 6;

    /** A volatility of 100 per cent is the venue's filler. */
    private static final Amount FILLER = Amount.of("100");

    private static final Amount DOUBLE_DIGITS = Amount.of("1000000000000000");

    private static final Set<String> SIDES = Set.of("b", "a", "bid", "ask");

    /** Whose sizes of pairs against dollars count the coin; of the others a row does not tell what a contract is worth. */
    private static final Set<String> COUNTS_COINS = Set.of("", "binance", "binance-futures");

    private static final Glossary WORDS = Glossary.inPayloadOrder(MarketDecoder.class, "market.csv")
            .naming("instrument", MarketDecoder::instrument)
            .naming("option", MarketDecoder::option)
            .naming("option row", MarketDecoder::optionRow)
            .naming("strike", MarketDecoder::strike)
            .told("one moment", MarketClock::isOneMoment)
            .told("twelve places", places(CANDLE))
            .told("bar by place", places(5).or(places(6)).and(MarketDecoder::isBar))
            .told("quote by place", places(4).or(places(3)))
            .told("tiers", MarketDecoder::areTiers)
            .body("leverage tiers", MarketDecoder::tiers)
            .step("open_time_utc", MarketClock.dated("open_time_utc"))
            .step("dt", MarketClock.dated("dt"))
            .step("BLOCK_TIMESTAMP", MarketClock.dated("BLOCK_TIMESTAMP"))
            .step("creation", MarketClock.dated("creation"))
            .step("minute", MarketClock.dated("minute"))
            .step("evt_block_time", MarketClock.dated("evt_block_time"))
            .step("event_start", row -> row.sheet().at(MarketClock.millis(row.fields(), "event_start")))
            .step("periodStartUnix", MarketClock::poolHour)
            .step("same moment", MarketClock::sameMoment)
            .step("stamp", row -> row.at(MarketClock.epochMillis(row.fields(), "timestamp")))
            .step("moment", MarketClock::moment)
            .step("moment by place", row -> row.at(MarketClock.moment(row.fields(), "0")))
            .step("range", range("low", "high", "open", "close"))
            .step("range in capitals", range("Low", "High", "Open", "Close"))
            .step("range of letters", range("l", "h", "c"))
            .step("range of a block", range("MIN_PRICE", "MAX_PRICE", "AVG_PRICE"))
            .step("range by place", range("3", "2", "1", "4"))
            .step("quote", quoted("bid", "ask"))
            .step("quote by place", quoted("1", "2"))
            .step("uncrossed", MarketDecoder::uncrossed)
            .step("closes", MarketDecoder::closes)
            .step("round", MarketDecoder::round)
            .step("volatility", MarketDecoder::volatility)
            .step("right", MarketDecoder::right)
            .step("levels", MarketDecoder::levels)
            .step("level", row -> level(row, "price", "amount", row.fields().text("side", SIDES)))
            .step("depth", row -> level(row, "price", "qty", row.fields().text("side", SIDES)))
            .step("tier", MarketDecoder::tier)
            .step("borrowed", MarketDecoder::borrowed)
            .step("deleveraged", MarketDecoder::deleveraged)
            .step("coins deleveraged", row -> byName(row, row.fields().fields("top10"), "volume of a coin"))
            .step("parts of a cascade", MarketDecoder::cascade)
            .build();

    @Override
    public Glossary glossary() {
        return WORDS;
    }

    @Override
    public JsonNode body(JsonNode answer, FactSheet sheet) {
        JsonNode rows = answer.has("meta") && answer.has("data") ? answer.get("data") : answer;
        if (rows.isEmpty()) {
            throw new PayloadRefused(
                    VENUE, "rows", rows.toString(), "must hold a row (an empty table is unknown, not zero)");
        }
        return rows;
    }

    private static Predicate<JsonNode> places(int cells) {
        return body -> body.path(0).isArray() && body.get(0).size() == cells;
    }

    /** The second cell of a bar is its open, which lies between the third and the fourth. */
    private static boolean isBar(JsonNode body) {
        return body.get(0).get(1).isValueNode() && body.get(0).get(4).isValueNode();
    }

    /**
     * A future of Deribit counts US dollars, a pair of Binance against a dollar coin the coin. A table that names no exchange counts the
     * coin. What a contract of another exchange is worth, its rows do not tell.
     */
    private static Name instrument(PayloadFields fields) {
        String symbol = fields.text("symbol");
        String exchange = fields.blankOr("exchange", fields::text).orElse("");
        boolean deribit = exchange.equals(DERIBIT) || exchange.isEmpty();
        int dash = symbol.indexOf('-');
        if (deribit && dash > 0 && symbol.indexOf('_') < 0 && !symbol.endsWith("-USD")) {
            return new Name(symbol, Map.of("N", "USD", "P", "USD per " + symbol.substring(0, dash)));
        }
        for (String quote : List.of("USDT", "USDC", "USD")) {
            if (symbol.endsWith(quote) && symbol.length() > quote.length() + 1) {
                String pair = symbol.substring(0, symbol.length() - quote.length());
                String coin = pair.replaceAll("[-_/]$", "");
                String size = COUNTS_COINS.contains(exchange) ? coin : UNTOLD;
                return new Name(symbol, Map.of("N", size, "P", quote + " per " + coin));
            }
        }
        return new Name(symbol, Map.of("N", UNTOLD, "P", "quote per base coin"));
    }

    private static Name option(PayloadFields fields) {
        String coin = fields.text("base_currency");
        return new Name(
                fields.text("instrument_name"), Map.of("B", coin, "P", coin + " per " + coin, "U", "USD per " + coin));
    }

    /** An option of Deribit that is settled in its coin counts the coin and is paid in it. */
    private static Name optionRow(PayloadFields fields) {
        String symbol = fields.text("symbol");
        boolean told = isOfDeribit(fields);
        String coin = told ? symbol.substring(0, symbol.indexOf('-')) : UNTOLD;
        String point = told ? "USD per percentage point" : UNTOLD;
        return new Name(
                symbol,
                Map.of(
                        "N", coin,
                        "P", told ? coin + " per " + coin : "quote per base coin",
                        "U", told ? "USD per " + coin : "quote per base coin",
                        "gamma unit", told ? "1 per USD" : UNTOLD,
                        "vega unit", point,
                        "theta unit", told ? "USD per day" : UNTOLD,
                        "rho unit", point));
    }

    private static boolean isOfDeribit(PayloadFields fields) {
        String symbol = fields.text("symbol");
        return fields.text("exchange").equals(DERIBIT) && symbol.indexOf('-') > 0 && symbol.indexOf('_') < 0;
    }

    private static Name strike(PayloadFields fields) {
        String of = fields.text("option_type") + " " + fields.text("strike") + " of " + fields.text("maturity");
        return new Name(of, Map.of());
    }

    /** No price of a bar lies outside its low and high, and none is negative; of a row that tells neither, nothing is asked. */
    private static Consumer<FactRow> range(String low, String high, String... within) {
        return row -> {
            PayloadFields bar = row.fields();
            bar.blankOr(low, bar::numberOrText).ifPresent(bottom -> {
                Amount top = bar.numberOrText(high);
                if (bottom.signum() < 0) {
                    throw bar.refusal(low, "must be >= 0");
                }
                if (top.compareTo(bottom) < 0) {
                    throw bar.refusal(high, "must be >= the low " + bottom);
                }
                row.within(low, high, Stream.of(within).filter(bar::has).toArray(String[]::new));
            });
        };
    }

    private static Consumer<FactRow> quoted(String bid, String ask) {
        return row -> {
            PayloadFields fields = row.fields();
            if (positive(fields, bid).compareTo(fields.numberOrText(ask)) > 0) {
                throw fields.refusal(bid, "must be <= the ask " + fields.numberOrText(ask));
            }
        };
    }

    private static Amount positive(PayloadFields fields, String field) {
        Amount value = fields.numberOrText(field);
        if (value.signum() <= 0) {
            throw fields.refusal(field, "must be > 0");
        }
        return value;
    }

    private static void uncrossed(FactRow row) {
        requireBelow(row.fields(), "bid_price", "ask_price");
    }

    /** Where both are told; an ask of nought is none. */
    private static void requireBelow(PayloadFields fields, String bidField, String askField) {
        fields.blankOr(bidField, fields::numberOrText)
                .ifPresent(bid -> fields.blankOr(askField, fields::numberOrText)
                        .filter(ask -> ask.signum() > 0 && ask.compareTo(bid) <= 0)
                        .ifPresent(ask -> {
                            throw fields.refusal(bidField, "must be below the best ask " + ask);
                        }));
    }

    private static void closes(FactRow row) {
        long day = MarketClock.millis(row.fields(), "date_utc");
        for (String asset : row.fields().names()) {
            if (!asset.equals("date_utc")) {
                Figure close = Figure.of(positive(row.fields(), asset), "USD per " + asset);
                row.about(asset, Map.of()).at(day).fact(FactKind.PRICE, asset, "close", close);
            }
        }
    }

    private static void round(FactRow row) {
        JsonNode price = row.fields().node("price");
        BigInteger answer = price.isTextual()
                ? BigInteger.valueOf(row.fields().wholeText("price"))
                : price.isIntegralNumber() ? price.bigIntegerValue() : BigInteger.ZERO;
        if (answer.signum() <= 0) {
            throw row.fields().refusal("price", "must be a whole number > 0 of 10^-18");
        }
        row.fact(FactKind.PRICE, "price", "oracle price", Figure.counted(answer, ORACLE_PLACES, "USD per coin"));
    }

    private static void volatility(FactRow row) {
        Amount volatility = row.fields().numberOrText("mark_iv");
        if (volatility.signum() < 0) {
            throw row.fields().refusal("mark_iv", "must be >= 0");
        }
        if (volatility.compareTo(FILLER) == 0) {
            row.word("mark volatility", "flat at 100 per cent, which is the venue's filler and no quote");
        } else {
            row.fact(FactKind.VOLATILITY, "mark_iv", "mark volatility", Figure.percent(volatility));
        }
    }

    private static void right(FactRow row) {
        PayloadFields fields = row.fields();
        String ending = fields.text("type", Set.of("put", "call")).equals("put") ? "-P" : "-C";
        if (isOfDeribit(fields) && !row.subject().endsWith(ending)) {
            throw fields.refusal("type", "must be what the symbol " + row.subject() + " says");
        }
    }

    private static void levels(FactRow row) {
        PayloadFields fields = row.fields();
        Set<String> names = Set.copyOf(fields.names());
        for (int i = 0; names.contains("asks[" + i + "].price"); i++) {
            for (String side : List.of("asks", "bids")) {
                String at = side + "[" + i + "].";
                if (fields.blankOr(at + "price", fields::numberOrText).isPresent()) {
                    level(row, at + "price", at + "amount", side);
                } else {
                    fields.blankOr(at + "amount", fields::numberOrText);
                }
            }
        }
        requireBelow(fields, "bids[0].price", "asks[0].price");
    }

    private static void level(FactRow row, String priceField, String sizeField, String side) {
        PayloadFields fields = row.fields();
        Amount size = fields.numberOrText(sizeField);
        Figure price = Figure.of(positive(fields, priceField), row.unit("{P}"));
        if (size.signum() < 0) {
            throw fields.refusal(sizeField, "must be >= 0");
        }
        row.fact(
                FactKind.DEPTH,
                sizeField,
                side.startsWith("b") ? "bid" : "ask",
                Figure.of(size, row.unit("{N}")),
                Map.of("price", price));
    }

    private static boolean areTiers(JsonNode body) {
        return body.isObject()
                && !body.isEmpty()
                && body.elements().next().path(0).has("maintenanceMarginRate");
    }

    private static void tiers(JsonNode body, FactSheet sheet) {
        body.properties()
                .forEach(member -> sheet.each(member.getKey(), member.getValue(), tier -> {
                    FactRow row = new FactRow(sheet, tier, member.getKey());
                    WORDS.read(row.about(member.getKey(), Map.of("C", tier.text("currency"))), "tier");
                }));
    }

    /** What the venue said stands beside what was made of it; both must be the same tier. */
    private static void tier(FactRow row) {
        PayloadFields fields = row.fields();
        Amount from = fields.numberOrText("minNotional");
        if (from.signum() < 0 || fields.numberOrText("maxNotional").compareTo(from) <= 0) {
            throw fields.refusal("maxNotional", "must be above minNotional " + from);
        }
        fields.absentOr("info", fields::fields).ifPresent(told -> {
            for (List<String> pair : List.of(
                    List.of("minNotional", "notionalFloor"),
                    List.of("maxNotional", "notionalCap"),
                    List.of("maintenanceMarginRate", "maintMarginRatio"))) {
                if (told.has(pair.getLast())
                        && !sameTo15Digits(told.numberOrText(pair.getLast()), fields.numberOrText(pair.getFirst()))) {
                    throw told.refusal(pair.getLast(), "must be " + pair.getFirst() + " of the same tier");
                }
            }
            told.blankOr("cum", told::numberOrText)
                    .ifPresent(cum -> row.fact(
                            FactKind.PARAMETER,
                            "info",
                            "maintenance margin taken off",
                            Figure.of(cum, row.unit("{C}"))));
        });
    }

    /** A number that the exchange and the table's maker both wrote, one of them at a double's 15 digits. */
    private static boolean sameTo15Digits(Amount one, Amount other) {
        return one.minus(other).abs().times(DOUBLE_DIGITS).compareTo(other.abs()) <= 0;
    }

    private static void borrowed(FactRow row) {
        PayloadFields fields = row.fields();
        String reserve = fields.text("reserve").toLowerCase(Locale.ROOT);
        boolean known = reserve.equals(USDT);
        Figure borrowed = Figure.counted(
                counted(fields, "amount"), known ? USDT_PLACES : 0, known ? "USDT" : "units of " + reserve);
        Figure rate = Figure.counted(counted(fields, "borrowRate"), RAY, Figure.RATIO);
        row.fact(FactKind.MOVEMENT, "amount", "borrowed", borrowed)
                .fact(FactKind.INTEREST, "borrowRate", "borrowing rate of one year", rate);
    }

    private static BigInteger counted(PayloadFields fields, String field) {
        Amount value = fields.numberOrText(field);
        if (value.signum() < 0 || value.scale() > 0) {
            throw fields.refusal(field, "must be a whole number >= 0");
        }
        return value.unscaled();
    }

    /** What is closed has the sign against what is held. */
    private static void deleveraged(FactRow row) {
        Amount closed = positive(row.fields(), "adl_size");
        Amount held = row.fields().numberOrText("position_size");
        Amount signed = held.signum() < 0 ? closed : closed.negate();
        row.fact(FactKind.TRADE, "adl_size", "size deleveraged", Figure.of(signed, row.subject()));
        if (held.signum() != 0) {
            row.fact(FactKind.POSITION, "position_size", "size", Figure.of(held, row.subject()));
        }
    }

    private static void cascade(FactRow row) {
        for (String part : List.of("liquidations", "adl", "total")) {
            named(row, row.fields(), part, "part of a cascade");
        }
        byName(row, row.fields().fields("top_combined_tickers"), "coin in a cascade");
    }

    private static void byName(FactRow row, PayloadFields members, String table) {
        members.names().forEach(name -> named(row, members, name, table));
    }

    private static void named(FactRow row, PayloadFields members, String name, String table) {
        PayloadFields member = members.fields(name);
        WORDS.read(new FactRow(row.sheet(), member, name), table);
        member.end();
    }
}
