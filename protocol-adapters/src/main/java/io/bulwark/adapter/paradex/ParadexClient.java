package io.bulwark.adapter.paradex;

import io.bulwark.adapter.KeyRing;
import io.bulwark.adapter.ReadingKey;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.exchange.ExchangeReader;
import io.bulwark.adapter.paradex.ParadexNormalizer.Position;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.Reading;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Asks by HTTP with a token. No answer gives positions and balances together, so positions are read, then balances, then positions again; if sizes or prices of entry
 * changed in between, the read is void. The token is given: whoever holds the account's Stark key signs for the next, and no library that could is on Maven Central.
 */
record ParadexClient(ParadexVenue.Configuration configuration, KeyRing keys, VenueTransport transport)
        implements ExchangeReader {
    static final String TIME = "/v1/system/time";
    static final String ACCOUNT = "/v1/account";
    static final String POSITIONS = "/v1/positions";
    static final String BALANCES = "/v1/balance";
    static final String SUMMARY = "/v1/markets/summary";

    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-f]{1,64}");

    @Override
    public Horizon now() throws VenueException {
        return time(ask(TIME, ""));
    }

    @Override
    public Cut account(String address) throws VenueException {
        if (!ADDRESS.matcher(address).matches()) {
            throw new IllegalArgumentException(
                    "account must be 0x and at most 64 lower-case hexadecimal digits; have " + address);
        }
        ReadingKey key = keys.of(ParadexDecoder.VENUE, address);
        return ExchangeReader.steady(ParadexDecoder.VENUE, () -> {
            // The account's own time is that of its last change, which may be long ago, so the clock is asked first.
            Reading time = ask(TIME, "");
            Reading before = ask(POSITIONS, key);
            Reading balances = ask(BALANCES, key);
            Reading account = ask(ACCOUNT, key);
            return held(before).equals(held(ask(POSITIONS, key)))
                    ? Optional.of(new Cut(time(time), List.of(time, before, balances, account)))
                    : Optional.empty();
        });
    }

    @Override
    public Cut market() throws VenueException {
        List<Reading> readings = new ArrayList<>();
        // The clock is asked first, so that prices are never older than they say.
        Reading time = ask(TIME, "");
        readings.add(time);
        for (String market : configuration.markets()) {
            readings.add(ask(SUMMARY, question(market)));
        }
        return new Cut(time(time), readings);
    }

    @Override
    public void close() {
        transport.close();
    }

    static String question(String market) {
        return "market=" + market;
    }

    /** What is held and since which price; sequence numbers grow by more than one, and also where nothing of this changes. */
    private static Set<Position> held(Reading positions) {
        return new HashSet<>(ExchangeReader.meaning(positions, Position::of));
    }

    private static Horizon time(Reading reading) {
        return ExchangeReader.meaning(reading, answer -> new Horizon.VenueTime(ParadexNormalizer.time(answer)));
    }

    private Reading ask(String path, String query) throws VenueException {
        return new Reading(path, query, transport.get(query.isEmpty() ? path : path + "?" + query, Map.of(), 1));
    }

    private Reading ask(String path, ReadingKey key) throws VenueException {
        return new Reading(path, "", transport.get(path, Map.of("Authorization", "Bearer " + key.secret()), 1));
    }
}
