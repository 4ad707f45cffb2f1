package io.bulwark.adapter.bybit;

import io.bulwark.adapter.KeyRing;
import io.bulwark.adapter.ReadingKey;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueException.Category;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.bybit.BybitNormalizer.Position;
import io.bulwark.adapter.exchange.ExchangeReader;
import io.bulwark.adapter.exchange.HmacSha256;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.Reading;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Asks by HTTP, each private question signed with the account's key. No answer gives positions and coins together, so positions are read, then the wallet, then positions
 * again; if sizes or prices of entry changed in between, the read is void.
 */
record BybitClient(BybitVenue.Configuration configuration, KeyRing keys, VenueTransport transport, InstantSource clock)
        implements ExchangeReader {
    static final String INFO = "/v5/account/info";
    static final String POSITIONS = "/v5/position/list";
    static final String WALLET = "/v5/account/wallet-balance";
    static final String UNIFIED = "accountType=UNIFIED";
    static final String TICKERS = "/v5/market/tickers";
    static final String TIME = "/v5/market/time";

    /** More pages than an account may have positions: a cursor that goes in a circle must end somewhere. */
    private static final int PAGES_MAX = 20;

    private static final String WINDOW_MILLIS = "10000";

    @Override
    public Horizon now() throws VenueException {
        return new Horizon.VenueTime(ExchangeReader.meaning(ask(TIME, ""), BybitNormalizer::time));
    }

    @Override
    public Cut account(String uid) throws VenueException {
        ReadingKey key = keys.of(BybitDecoder.VENUE, uid);
        Reading info = ask(INFO, "", key);
        return ExchangeReader.steady(BybitDecoder.VENUE, () -> {
            List<Reading> before = positions(key);
            Reading wallet = ask(WALLET, UNIFIED, key);
            if (!held(before).equals(held(positions(key)))) {
                return Optional.empty();
            }
            long time = ExchangeReader.meaning(
                    before.getFirst(), answer -> BybitNormalizer.page(answer).time());
            List<Reading> readings = new ArrayList<>(before);
            readings.addAll(List.of(wallet, info));
            return Optional.of(new Cut(new Horizon.VenueTime(time), readings));
        });
    }

    @Override
    public Cut market() throws VenueException {
        List<Reading> readings = new ArrayList<>();
        // The clock is asked first, so that prices are never older than they say.
        Reading time = ask(TIME, "");
        readings.add(time);
        for (String symbol : configuration.linear()) {
            readings.add(ask(TICKERS, ticker("linear", symbol)));
        }
        for (String symbol : configuration.inverse()) {
            readings.add(ask(TICKERS, ticker("inverse", symbol)));
        }
        for (String coin : configuration.options()) {
            readings.add(ask(TICKERS, options(coin)));
        }
        return new Cut(new Horizon.VenueTime(ExchangeReader.meaning(time, BybitNormalizer::time)), readings);
    }

    @Override
    public void close() {
        transport.close();
    }

    static String ticker(String category, String symbol) {
        return "category=" + category + "&symbol=" + symbol;
    }

    static String options(String coin) {
        return "category=option&baseCoin=" + coin;
    }

    /** The questions that together name every position. */
    static List<String> questions(BybitVenue.Configuration configuration) {
        List<String> questions = new ArrayList<>();
        configuration.settlements().forEach(coin -> questions.add("category=linear&settleCoin=" + coin + "&limit=200"));
        questions.add("category=inverse&limit=200");
        questions.add("category=option&limit=200");
        return questions;
    }

    /** The question for the page behind a page. The venue gives a cursor in the form in which a query takes it. */
    static String behind(String question, String cursor) {
        return question + "&cursor=" + cursor;
    }

    static boolean inverse(String question) {
        return question.startsWith("category=inverse");
    }

    private List<Reading> positions(ReadingKey key) throws VenueException {
        List<Reading> readings = new ArrayList<>();
        for (String question : questions(configuration)) {
            Optional<String> asked = Optional.of(question);
            for (int pages = 0; asked.isPresent(); pages++) {
                if (pages == PAGES_MAX) {
                    throw new VenueException(
                            BybitDecoder.VENUE, Category.DEGRADE, "positions must end within " + PAGES_MAX + " pages");
                }
                Reading reading = ask(POSITIONS, asked.get(), key);
                readings.add(reading);
                asked = ExchangeReader.meaning(reading, BybitNormalizer::page)
                        .noted(BybitDecoder.CURSOR)
                        .map(cursor -> behind(question, cursor));
            }
        }
        return readings;
    }

    /** What is held and since which price, for comparison. */
    private static SortedMap<String, List<Amount>> held(List<Reading> readings) {
        SortedMap<String, List<Amount>> held = new TreeMap<>();
        for (Reading reading : readings) {
            for (Position position :
                    ExchangeReader.meaning(reading, answer -> Position.of(answer, inverse(reading.parameters())))) {
                held.put(position.symbol() + " " + position.place(), List.of(position.size(), position.settledPrice()));
            }
        }
        return held;
    }

    private Reading ask(String path, String query) throws VenueException {
        return reading(path, query, Map.of());
    }

    private Reading ask(String path, String query, ReadingKey key) throws VenueException {
        String timestamp = Long.toString(clock.millis());
        return reading(path, query, headers(key, timestamp, query));
    }

    /** The venue's signature: hexadecimal of HMAC-SHA-256 over time, key, window and query. */
    static Map<String, String> headers(ReadingKey key, String timestamp, String query) {
        return Map.of(
                "X-BAPI-API-KEY",
                key.id(),
                "X-BAPI-TIMESTAMP",
                timestamp,
                "X-BAPI-RECV-WINDOW",
                WINDOW_MILLIS,
                "X-BAPI-SIGN",
                HmacSha256.hex(key.secret(), timestamp + key.id() + WINDOW_MILLIS + query));
    }

    private Reading reading(String path, String query, Map<String, String> headers) throws VenueException {
        return new Reading(path, query, transport.get(query.isEmpty() ? path : path + "?" + query, headers, 1));
    }
}
