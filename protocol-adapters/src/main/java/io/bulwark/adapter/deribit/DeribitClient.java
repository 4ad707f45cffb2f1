package io.bulwark.adapter.deribit;

import io.bulwark.adapter.JsonText;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.ReadingKey;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.exchange.ExchangeReader;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.Reading;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * Asks by HTTP. The venue has no question that gives positions and balance together, so positions are read, then the account, then
 * positions again; if sizes changed in between, the read is void.
 */
final class DeribitClient implements ExchangeReader {
    static final String POSITIONS = "private/get_positions";
    static final String SUMMARIES = "private/get_account_summaries";
    static final String BOOKS = "public/get_book_summary_by_currency";
    static final String INDEX = "public/get_index_price";
    private static final String TIME = "public/get_time";

    private static final Pattern SUBACCOUNT = Pattern.compile("[1-9]\\d{0,11}");

    /** A token is renewed while it still has this long to live. */
    private static final long RENEWAL_NANOS = 60_000_000_000L;

    private final DeribitVenue.Configuration configuration;
    private final ReadingKey client;
    private final VenueTransport transport;
    private final ReentrantLock tokenLock = new ReentrantLock();
    private String accessToken = "";
    private long tokenEndNanos;

    DeribitClient(DeribitVenue.Configuration configuration, ReadingKey client, VenueTransport transport) {
        this.configuration = configuration;
        this.client = client;
        this.transport = transport;
    }

    @Override
    public Horizon now() throws VenueException {
        return new Horizon.VenueTime(
                DeribitDecoder.decoded("get_time", ask(TIME, "").reading().result())
                        .time());
    }

    @Override
    public Cut account(String subaccount) throws VenueException {
        if (!SUBACCOUNT.matcher(subaccount).matches()) {
            throw new IllegalArgumentException("account must be a subaccount's user number; have " + subaccount);
        }
        String who = "subaccount_id=" + subaccount;
        return ExchangeReader.steady(DeribitDecoder.VENUE, () -> {
            Answer before = ask(POSITIONS, "currency=any&" + who);
            Answer account = ask(SUMMARIES, who + "&extended=true");
            Answer after = ask(POSITIONS, "currency=any&" + who);
            return sizes(before).equals(sizes(after))
                    ? Optional.of(new Cut(
                            new Horizon.VenueTime(before.timeMillis()), List.of(before.reading(), account.reading())))
                    : Optional.empty();
        });
    }

    @Override
    public Cut market() throws VenueException {
        List<Reading> readings = new ArrayList<>();
        long time = Long.MAX_VALUE;
        for (String currency : configuration.currencies()) {
            Answer index = ask(INDEX, "index_name=" + currency.toLowerCase(Locale.ROOT) + "_usd");
            Answer books = ask(BOOKS, "currency=" + currency + "&kind=option");
            readings.addAll(List.of(index.reading(), books.reading()));
            time = Math.min(time, index.timeMillis());
        }
        return new Cut(new Horizon.VenueTime(time), readings);
    }

    @Override
    public void close() {
        transport.close();
    }

    /** What an HTTP answer wraps around a result, and when the venue sent it. */
    private record Answer(Reading reading, long timeMillis) {
        static Answer of(String method, String query, byte[] json) {
            PayloadFields envelope = PayloadFields.of(DeribitDecoder.VENUE, method, json);
            if (envelope.has("error")) {
                throw envelope.refusal("error", "must not be there in an answer with status 200");
            }
            envelope.unread(Kind.FIGURE, "id", "usIn", "usDiff")
                    .unread(Kind.TEXT, "jsonrpc")
                    .unread(Kind.FLAG, "testnet")
                    .node("result");
            long micros = envelope.integer("usOut");
            envelope.end();
            byte[] result = Objects.requireNonNull(
                    JsonText.members(DeribitDecoder.VENUE, method, json).get("result"));
            return new Answer(new Reading(method, query, result), micros / 1_000);
        }
    }

    private Answer ask(String method, String query) throws VenueException {
        Map<String, String> headers =
                method.startsWith("private/") ? Map.of("Authorization", "Bearer " + token()) : Map.of();
        return ask(method, query, headers);
    }

    private Answer ask(String method, String query, Map<String, String> headers) throws VenueException {
        String path = "/api/v2/" + method + (query.isEmpty() ? "" : "?" + query);
        byte[] answer = transport.get(path, headers, 1);
        try {
            return Answer.of(method, query, answer);
        } catch (PayloadRefused e) {
            throw e.in(answer);
        }
    }

    private String token() throws VenueException {
        tokenLock.lock();
        try {
            if (accessToken.isEmpty() || tokenEndNanos - System.nanoTime() < RENEWAL_NANOS) {
                String query = "grant_type=client_credentials&client_id=" + encoded(client.id()) + "&client_secret="
                        + encoded(client.secret());
                PayloadFields token = PayloadFields.of(
                        DeribitDecoder.VENUE,
                        "auth",
                        ask("public/auth", query, Map.of()).reading().result());
                token.unread(Kind.TEXT, "refresh_token", "scope", "token_type", "sid")
                        .unread(Kind.ARRAY, "enabled_features");
                String access = token.text("access_token");
                tokenEndNanos = System.nanoTime() + Math.multiplyExact(token.integer("expires_in"), 1_000_000_000L);
                token.end();
                accessToken = access;
            }
            return accessToken;
        } finally {
            tokenLock.unlock();
        }
    }

    private static Map<String, Amount> sizes(Answer positions) {
        return ExchangeReader.meaning(positions.reading(), json -> {
            Map<String, Amount> sizes = new TreeMap<>();
            for (Fact held : DeribitDecoder.decoded("get_positions", json).all(FactKind.POSITION)) {
                sizes.put(held.subject(), held.signed());
            }
            return sizes;
        });
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
