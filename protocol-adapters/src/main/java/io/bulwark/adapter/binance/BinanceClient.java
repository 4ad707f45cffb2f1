package io.bulwark.adapter.binance;

import io.bulwark.adapter.Endpoint;
import io.bulwark.adapter.KeyRing;
import io.bulwark.adapter.ReadingKey;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.binance.BinanceNormalizer.Position;
import io.bulwark.adapter.exchange.ExchangeReader;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.Reading;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Asks by HTTP, each private question signed with the account's key. No answer gives positions and balances together, so positions are
 * read, then balances and summary, then positions again; if sizes or prices of entry changed in between, the read is void. The venue's
 * accounts, its USD-margined and its coin-margined markets answer under three names of a host.
 */
final class BinanceClient implements ExchangeReader {
    static final String ACCOUNT = "/papi/v1/account";
    static final String BALANCE = "/papi/v1/balance";
    static final String LINEAR = "/papi/v1/um/positionRisk";
    static final String INVERSE = "/papi/v1/cm/positionRisk";
    static final String TIME = "/fapi/v1/time";
    static final String LINEAR_PRICE = "/fapi/v1/premiumIndex";
    static final String INVERSE_PRICE = "/dapi/v1/premiumIndex";

    private static final int WINDOW_MILLIS = 10_000;

    /** The heaviest question's weight, by the venue's documentation. */
    private static final Map<String, Integer> WEIGHTS =
            Map.of(ACCOUNT, 20, BALANCE, 20, LINEAR, 5, INVERSE, 1, TIME, 1, LINEAR_PRICE, 1, INVERSE_PRICE, 10);

    private final BinanceVenue.Configuration configuration;
    private final KeyRing keys;
    private final VenueTransport accounts;
    private final VenueTransport linear;
    private final VenueTransport inverse;
    private final InstantSource clock;

    BinanceClient(BinanceVenue.Configuration configuration, Endpoint at, InstantSource clock) {
        this.configuration = configuration;
        this.keys = at.keys();
        this.accounts = at.transport(BinanceDecoder.VENUE);
        this.linear = new VenueTransport(BinanceDecoder.VENUE, room(at.address(), "fapi"), at.budget());
        this.inverse = new VenueTransport(BinanceDecoder.VENUE, room(at.address(), "dapi"), at.budget());
        this.clock = clock;
    }

    /** {@code https://papi.…} under another name; any other host answers for all three. */
    static URI room(URI endpoint, String name) {
        return URI.create(endpoint.toString().replaceFirst("^(https?://)papi\\.", "$1" + name + "."));
    }

    @Override
    public Horizon now() throws VenueException {
        return time(ask(linear, TIME, ""));
    }

    @Override
    public Cut account(String address) throws VenueException {
        ReadingKey key = keys.of(BinanceDecoder.VENUE, address);
        return ExchangeReader.steady(BinanceDecoder.VENUE, () -> {
            // No answer about an account names its moment, so the clock is asked first: what it says is never older.
            Reading time = ask(linear, TIME, "");
            List<Reading> before = List.of(ask(LINEAR, key), ask(INVERSE, key));
            Reading balance = ask(BALANCE, key);
            Reading account = ask(ACCOUNT, key);
            return held(before).equals(held(List.of(ask(LINEAR, key), ask(INVERSE, key))))
                    ? Optional.of(
                            new Cut(time(time), List.of(time, before.getFirst(), before.getLast(), balance, account)))
                    : Optional.empty();
        });
    }

    @Override
    public Cut market() throws VenueException {
        List<Reading> readings = new ArrayList<>();
        Reading time = ask(linear, TIME, "");
        readings.add(time);
        for (String symbol : configuration.linear()) {
            readings.add(ask(linear, LINEAR_PRICE, "symbol=" + symbol));
        }
        for (String symbol : configuration.inverse().keySet()) {
            readings.add(ask(inverse, INVERSE_PRICE, "symbol=" + symbol));
        }
        return new Cut(time(time), readings);
    }

    @Override
    public void close() {
        accounts.close();
        linear.close();
        inverse.close();
    }

    /** What is held and since which price, for comparison. */
    private Set<String> held(List<Reading> positions) {
        Set<String> held = new TreeSet<>();
        List<Position> every = new ArrayList<>(ExchangeReader.meaning(positions.getFirst(), Position::linear));
        every.addAll(ExchangeReader.meaning(
                positions.getLast(), answer -> Position.inverse(answer, configuration.inverse())));
        every.stream()
                .filter(position -> position.size().signum() != 0)
                .forEach(position -> held.add(position.toString()));
        return held;
    }

    private static Horizon time(Reading reading) {
        return ExchangeReader.meaning(reading, answer -> new Horizon.VenueTime(BinanceNormalizer.time(answer)));
    }

    private static Reading ask(VenueTransport transport, String path, String query) throws VenueException {
        String whole = query.isEmpty() ? path : path + "?" + query;
        return new Reading(path, query, transport.get(whole, Map.of(), WEIGHTS.getOrDefault(path, 1)));
    }

    /** What is sealed is the question without time and signature, which change no answer. */
    private Reading ask(String path, ReadingKey key) throws VenueException {
        String query = signed(key, clock.millis());
        byte[] answer =
                accounts.get(path + "?" + query, Map.of("X-MBX-APIKEY", key.id()), WEIGHTS.getOrDefault(path, 1));
        return new Reading(path, "", answer);
    }

    static String signed(ReadingKey key, long nowMillis) {
        String query = "recvWindow=" + WINDOW_MILLIS + "&timestamp=" + nowMillis;
        return query + "&signature=" + BinanceSigner.signature(key, query);
    }
}
