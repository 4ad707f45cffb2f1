package io.bulwark.adapter.okx;

import io.bulwark.adapter.KeyRing;
import io.bulwark.adapter.ReadingKey;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.exchange.ExchangeReader;
import io.bulwark.adapter.exchange.HmacSha256;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.Reading;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Asks by HTTP, each private question signed with the account's key.
 *
 * <p>The one answer that gives balances and positions together names neither entry prices nor cash. It is therefore asked before and after the two that do: all three must
 * tell the same sizes, else the read is void.
 */
record OkxClient(OkxVenue.Configuration configuration, KeyRing keys, VenueTransport transport, InstantSource clock)
        implements ExchangeReader {
    static final String CONFIG = "/api/v5/account/config";
    static final String RISK = "/api/v5/account/account-position-risk";
    static final String POSITIONS = "/api/v5/account/positions";
    static final String BALANCE = "/api/v5/account/balance";
    static final String INSTRUMENT = "/api/v5/public/instruments";
    static final String TIME = "/api/v5/public/time";
    static final String INDEX = "/api/v5/market/index-tickers";
    static final String MARK = "/api/v5/public/mark-price";
    static final String VOLATILITY = "/api/v5/public/opt-summary";

    /** Milliseconds always, also where they are zero. */
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Override
    public Horizon now() throws VenueException {
        return time(ask(TIME, ""));
    }

    @Override
    public Cut account(String uid) throws VenueException {
        ReadingKey key = keys.of(OkxDecoder.VENUE, uid);
        Reading config = ask(CONFIG, "", key);
        return ExchangeReader.steady(OkxDecoder.VENUE, () -> {
            Reading before = ask(RISK, "", key);
            Reading positions = ask(POSITIONS, "", key);
            Reading balance = ask(BALANCE, "", key);
            Reading after = ask(RISK, "", key);
            FactSheet risk = ExchangeReader.meaning(before, OkxClient::risk);
            FactSheet held = ExchangeReader.meaning(positions, answer -> OkxDecoder.rows("account/positions", answer));
            SortedMap<String, Amount> sizes = OkxDecoder.sizes(held);
            boolean still = OkxDecoder.sizes(risk).equals(sizes)
                    && OkxDecoder.sizes(ExchangeReader.meaning(after, OkxClient::risk))
                            .equals(sizes);
            if (!still) {
                return Optional.empty();
            }
            List<Reading> readings = new ArrayList<>(List.of(config, before, positions, balance));
            readings.addAll(contracts(held));
            return Optional.of(new Cut(new Horizon.VenueTime(risk.time()), readings));
        });
    }

    @Override
    public Cut market() throws VenueException {
        List<Reading> readings = new ArrayList<>();
        // The clock is asked first, so that prices are never older than they say.
        Reading time = ask(TIME, "");
        readings.add(time);
        for (String index : configuration.indices().values()) {
            readings.add(ask(INDEX, index(index)));
        }
        for (String family : configuration.swaps()) {
            readings.add(ask(MARK, marks("SWAP", family)));
        }
        for (String family : configuration.options()) {
            readings.add(ask(MARK, marks("OPTION", family)));
            readings.add(ask(VOLATILITY, volatilities(family)));
        }
        return new Cut(time(time), readings);
    }

    @Override
    public void close() {
        transport.close();
    }

    static String index(String index) {
        return "instId=" + index;
    }

    static String marks(String type, String family) {
        return "instType=" + type + "&instFamily=" + family;
    }

    static String volatilities(String family) {
        return "instFamily=" + family;
    }

    /** What each instrument that is held is a contract of: one question each, for the whole list is long. */
    private List<Reading> contracts(FactSheet held) throws VenueException {
        List<Reading> contracts = new ArrayList<>();
        TreeSet<String> asked = new TreeSet<>();
        for (Fact position : held.all(FactKind.POSITION)) {
            String instrument = position.subject();
            if (asked.add(instrument)) {
                contracts.add(ask(INSTRUMENT, contract(position.words().getOrDefault("type", ""), instrument)));
            }
        }
        return contracts;
    }

    static String contract(String type, String instrument) {
        String[] parts = instrument.split("-", -1);
        String family = parts.length > 1 ? parts[0] + "-" + parts[1] : instrument;
        return marks(type, family) + "&instId=" + instrument;
    }

    private static FactSheet risk(byte[] answer) {
        return OkxDecoder.row("account/account-position-risk", answer);
    }

    private static Horizon time(Reading reading) {
        FactSheet time = ExchangeReader.meaning(reading, answer -> OkxDecoder.row("time", answer));
        return new Horizon.VenueTime(time.time(time.one("venue time")));
    }

    private Reading ask(String path, String query) throws VenueException {
        return reading(path, query, Map.of());
    }

    private Reading ask(String path, String query, ReadingKey key) throws VenueException {
        return reading(path, query, headers(key, clock.instant(), path(path, query)));
    }

    private Reading reading(String path, String query, Map<String, String> headers) throws VenueException {
        return new Reading(path, query, transport.get(path(path, query), headers, 1));
    }

    private static String path(String path, String query) {
        return query.isEmpty() ? path : path + "?" + query;
    }

    /** The venue's signature: base64 of HMAC-SHA-256 over time, verb and path with query. */
    static Map<String, String> headers(ReadingKey key, Instant now, String path) {
        String timestamp = TIMESTAMP.format(now);
        return Map.of(
                "OK-ACCESS-KEY",
                key.id(),
                "OK-ACCESS-SIGN",
                HmacSha256.base64(key.secret(), timestamp + "GET" + path),
                "OK-ACCESS-TIMESTAMP",
                timestamp,
                "OK-ACCESS-PASSPHRASE",
                key.passphrase());
    }
}
