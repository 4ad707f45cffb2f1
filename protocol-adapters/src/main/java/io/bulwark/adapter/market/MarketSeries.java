package io.bulwark.adapter.market;

import static io.bulwark.adapter.fact.FactKind.INTEREST;
import static io.bulwark.adapter.fact.FactKind.PRICE;
import static io.bulwark.adapter.fact.FactKind.SIZE;
import static io.bulwark.adapter.fact.PayloadKind.having;
import static io.bulwark.adapter.fact.PayloadKind.lacking;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Glossary;
import io.bulwark.adapter.fact.Glossary.Name;
import io.bulwark.adapter.fact.PayloadKind;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Series of one instrument that no row names: bars and quotes, by column or by place. By place they are told by how many cells a row has and by what the cells
 * are: twelve are a candle as Binance exports it, six or five a moment with open, high, low, close and volume, four a moment with bid, ask and size.
 */
final class MarketSeries {
    private static final String UNNAMED = "instrument not named";
    private static final String QUOTE = "units of the quote";
    private static final String TRADED = "units of the venue";
    private static final int CANDLE = 12;
    private static final List<String> MOMENTS =
            List.of("timestamp", "time", "date", "datetime", "open_time", "Date", "Timestamp", "Datetime", "unix");

    private MarketSeries() {}

    static List<PayloadKind> kinds() {
        return List.of(
                bars("open", "high", "low", "close", "volume"),
                bars("Open", "High", "Low", "Close", "Volume"),
                new PayloadKind(
                        "quotes",
                        PayloadKind.rows(having("timestamp", "bid", "ask").and(lacking("exchange"))),
                        (body, sheet) -> sheet.each("", body, fields -> {
                            FactRow row =
                                    new FactRow(sheet, fields, UNNAMED).at(MarketClock.moment(fields, "timestamp"));
                            quote(fields, row, "bid", "ask");
                            row.may(SIZE, "bid_size", "size at the bid", TRADED)
                                    .may(SIZE, "ask_size", "size at the ask", TRADED);
                        })),
                Glossary.of(MarketSeries::token, "symbol ; idle", "price! ; price ; price ; P")
                        .beyond(row -> row.facts().at(MarketClock.millis(row.fields(), "minute")))
                        .kind("prices by the minute", having("minute", "symbol", "price")),
                Glossary.of(fields -> new Name(fields.text("LOCATION"), Map.of()), """
                        LOCATION ; idle
                        INDICATOR,SUBJECT,FREQUENCY,TIME,Flag Codes ; word
                        """)
                        .beyond(row -> {
                            if (!row.fields().text("MEASURE").equals("PC_PA")) {
                                throw row.fields().refusal("MEASURE", "must be PC_PA, per cent a year");
                            }
                            row.facts().percent(INTEREST, "Value", "interest rate of one year");
                        })
                        .kind("interest rates", having("LOCATION", "INDICATOR", "MEASURE", "Value")),
                placed("candles by place", size(CANDLE), (bar, row) -> {
                    candle(bar, row);
                    row.must(SIZE, "5", "volume", TRADED).must(SIZE, "7", "turnover", QUOTE);
                    row.must(SIZE, "8", "trades", "trades");
                    bar.unreadRest();
                }),
                placed("bars by place", size(5).or(size(6)).and(MarketSeries::isBar), (bar, row) -> {
                    candle(bar, row);
                    row.may(SIZE, "5", "volume", TRADED);
                }),
                placed("quotes by place", size(4).or(size(3)), (tick, row) -> {
                    quote(tick, row, "1", "2");
                    row.may(SIZE, "3", "size", TRADED);
                }));
    }

    private interface Place {
        void read(PayloadFields cells, FactRow row);
    }

    private static PayloadKind placed(String name, Predicate<JsonNode> recognises, Place place) {
        return new PayloadKind(
                name,
                recognises,
                (body, sheet) -> sheet.tuples("", body, cells -> {
                    FactRow row = new FactRow(sheet, cells, UNNAMED).at(MarketClock.moment(cells, "0"));
                    place.read(cells, row);
                }));
    }

    private static Predicate<JsonNode> size(int cells) {
        return body -> body.path(0).isArray() && body.get(0).size() == cells;
    }

    /** The second cell of a bar is its open, which lies between the third and the fourth. */
    private static boolean isBar(JsonNode body) {
        return body.get(0).get(1).isValueNode() && body.get(0).get(4).isValueNode();
    }

    private static PayloadKind bars(String open, String high, String low, String close, String volume) {
        Predicate<JsonNode> priced =
                having(open, high, low, close).and(lacking("asset", "unix_timestamp", "liquidity"));
        return new PayloadKind(
                "bars",
                PayloadKind.rows(
                        priced.and(row -> MOMENTS.stream().filter(row::has).count() == 1)),
                (body, sheet) -> sheet.each("", body, fields -> bar(fields, sheet, open, high, low, close, volume)));
    }

    private static void bar(
            PayloadFields fields, FactSheet sheet, String open, String high, String low, String close, String volume) {
        String moment = MOMENTS.stream().filter(fields::has).findFirst().orElse("timestamp");
        FactRow row = new FactRow(sheet, fields, UNNAMED).at(MarketClock.moment(fields, moment));
        MarketPrices.requireRange(fields, low, high, open, close);
        row.must(PRICE, open, "open", QUOTE)
                .must(PRICE, high, "high", QUOTE)
                .must(PRICE, low, "low", QUOTE)
                .must(PRICE, close, "close", QUOTE)
                .may(SIZE, volume, "volume", TRADED);
    }

    private static void candle(PayloadFields bar, FactRow row) {
        MarketPrices.requireRange(bar, "3", "2", "1", "4");
        row.must(PRICE, "1", "open", QUOTE)
                .must(PRICE, "2", "high", QUOTE)
                .must(PRICE, "3", "low", QUOTE)
                .must(PRICE, "4", "close", QUOTE);
    }

    private static void quote(PayloadFields fields, FactRow row, String bid, String ask) {
        if (fields.figure(bid).signum() <= 0) {
            throw fields.refusal(bid, "must be > 0");
        }
        if (fields.figure(bid).compareTo(fields.figure(ask)) > 0) {
            throw fields.refusal(bid, "must be <= the ask " + fields.figure(ask));
        }
        row.must(PRICE, bid, "best bid", QUOTE).must(PRICE, ask, "best ask", QUOTE);
    }

    private static Name token(PayloadFields fields) {
        String symbol = fields.text("symbol");
        return new Name(symbol, Map.of("P", "USD per " + symbol));
    }
}
