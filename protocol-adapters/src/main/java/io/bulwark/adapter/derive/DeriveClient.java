package io.bulwark.adapter.derive;

import io.bulwark.adapter.JsonText;
import io.bulwark.adapter.KeyRing;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.ReadingKey;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.exchange.ExchangeReader;
import io.bulwark.clearing.attestation.ChainKey;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.Reading;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks by HTTP. A private question carries the time, signed as a wallet signs a text (EIP-191) by the wallet's key or a session key. */
record DeriveClient(
        DeriveVenue.Configuration configuration, KeyRing keys, VenueTransport transport, InstantSource clock)
        implements ExchangeReader {
    static final String TIME = "public/get_time";
    static final String SUBACCOUNT = "private/get_subaccount";
    static final String TICKERS = "public/get_tickers";

    private static final Pattern ADDRESS = Pattern.compile("(0x[0-9a-f]{40})/(0|[1-9]\\d{0,11})");

    @Override
    public Horizon now() throws VenueException {
        return time(ask(TIME, "{}", Map.of()));
    }

    @Override
    public Cut account(String address) throws VenueException {
        long number = subaccount(address);
        ReadingKey key = keys.of(DeriveDecoder.VENUE, address);
        // The answer of the second schema names no time, so the clock is asked first: what it says is never older.
        Reading time = ask(TIME, "{}", Map.of());
        Map<String, String> headers = headers(configuration.schema(), wallet(address), key, clock.millis());
        return new Cut(time(time), List.of(time, ask(SUBACCOUNT, "{\"subaccount_id\":" + number + "}", headers)));
    }

    @Override
    public Cut market() throws VenueException {
        List<Reading> readings = new ArrayList<>();
        Reading time = ask(TIME, "{}", Map.of());
        readings.add(time);
        for (String question : questions(configuration)) {
            readings.add(ask(TICKERS, question, Map.of()));
        }
        return new Cut(time(time), readings);
    }

    @Override
    public void close() {
        transport.close();
    }

    /** The number of the subaccount that an address names. */
    static long subaccount(String address) {
        return Long.parseLong(parts(address).group(2));
    }

    private static String wallet(String address) {
        return parts(address).group(1);
    }

    private static Matcher parts(String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "account must be 0x and 40 lower-case hexadecimal digits, a stroke and a subaccount's number; have "
                            + address);
        }
        return parts;
    }

    /** The questions that together give every price. */
    static List<String> questions(DeriveVenue.Configuration configuration) {
        List<String> questions = new ArrayList<>();
        configuration
                .perpetuals()
                .forEach(coin -> questions.add("{\"currency\":\"" + coin + "\",\"instrument_type\":\"perp\"}"));
        for (String chain : configuration.options()) {
            String[] parts = chain.split("-", -1);
            questions.add("{\"currency\":\"" + parts[0] + "\",\"expiry_date\":\"" + parts[parts.length - 1]
                    + "\",\"instrument_type\":\"option\"}");
        }
        return questions;
    }

    static Map<String, String> headers(int schema, String wallet, ReadingKey key, long nowMillis) {
        String house = schema == 2 ? "X-Lyra" : "X-Derive";
        String timestamp = Long.toString(nowMillis);
        byte[] signature = ChainKey.of(key.secret()).signText(timestamp).bytes();
        return Map.of(
                house + "Wallet",
                wallet,
                house + "Timestamp",
                timestamp,
                house + "Signature",
                "0x" + HexFormat.of().formatHex(signature));
    }

    private static Horizon time(Reading reading) {
        return ExchangeReader.meaning(
                reading,
                result -> new Horizon.VenueTime(
                        DeriveDecoder.decoded("get_time", result).time()));
    }

    private Reading ask(String method, String body, Map<String, String> headers) throws VenueException {
        byte[] answer = transport.post("/" + method, headers, body.getBytes(StandardCharsets.UTF_8), 1);
        try {
            return new Reading(method, body, result(method, answer));
        } catch (PayloadRefused e) {
            throw e.in(answer);
        }
    }

    /** The result of an answer, without the number of the question that some answers repeat. */
    private static byte[] result(String method, byte[] answer) {
        PayloadFields envelope = PayloadFields.of(DeriveDecoder.VENUE, method, answer);
        if (envelope.has("error")) {
            throw envelope.fields("error").refusal("message", "must not be an error of the venue");
        }
        envelope.unread(Kind.TEXT, "jsonrpc").scalarOrAbsent("id");
        envelope.node("result");
        envelope.end();
        return Objects.requireNonNull(
                JsonText.members(DeriveDecoder.VENUE, method, answer).get("result"));
    }
}
