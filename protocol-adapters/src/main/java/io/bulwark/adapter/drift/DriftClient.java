package io.bulwark.adapter.drift;

import io.bulwark.adapter.JsonText;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.exchange.ExchangeReader;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.Reading;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Asks a node by JSON-RPC: the chain's clock, the user and every market that the founding file names, in one answer at one finalised
 * slot.
 */
record DriftClient(DriftVenue.Configuration configuration, VenueTransport transport) implements ExchangeReader {
    private static final String CLOCK = "SysvarC1ock11111111111111111111111111111111";
    private static final Pattern ADDRESS = Pattern.compile("[1-9A-HJ-NP-Za-km-z]{32,44}");

    @Override
    public Horizon now() throws VenueException {
        return ask(List.of(CLOCK)).horizon();
    }

    @Override
    public Cut account(String address) throws VenueException {
        if (!ADDRESS.matcher(address).matches()) {
            throw new IllegalArgumentException("account must be 32 to 44 base58 digits; have " + address);
        }
        return ask(accounts(configuration, address));
    }

    @Override
    public Cut market() throws VenueException {
        return ask(perpetuals(configuration));
    }

    @Override
    public void close() {
        transport.close();
    }

    /** The clock, the user, spot markets, perpetual markets. */
    static List<String> accounts(DriftVenue.Configuration configuration, String user) {
        List<String> accounts = new ArrayList<>(List.of(CLOCK, user));
        configuration.spot().values().forEach(market -> accounts.add(market.account()));
        configuration.perpetuals().values().forEach(market -> accounts.add(market.account()));
        return accounts;
    }

    /** The clock and perpetual markets. */
    static List<String> perpetuals(DriftVenue.Configuration configuration) {
        List<String> accounts = new ArrayList<>(List.of(CLOCK));
        configuration.perpetuals().values().forEach(market -> accounts.add(market.account()));
        return accounts;
    }

    static String question(List<String> accounts) {
        return "[[\"" + String.join("\",\"", accounts) + "\"],{\"commitment\":\"finalized\",\"encoding\":\"base64\"}]";
    }

    private Cut ask(List<String> accounts) throws VenueException {
        String question = question(accounts);
        String body = "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"" + DriftDecoder.ACCOUNTS + "\",\"params\":"
                + question + "}";
        byte[] answer = transport.post("", Map.of(), body.getBytes(StandardCharsets.UTF_8), 1);
        try {
            Reading reading = new Reading(DriftDecoder.ACCOUNTS, question, result(answer));
            FactSheet told = DriftDecoder.decoded(reading.result(), accounts.size());
            return new Cut(DriftDecoder.horizon(told), List.of(reading));
        } catch (PayloadRefused e) {
            throw e.in(answer);
        }
    }

    /** The result of a node's answer, without its envelope. */
    private static byte[] result(byte[] answer) {
        PayloadFields envelope = PayloadFields.of(DriftDecoder.VENUE, "", answer);
        if (envelope.has("error")) {
            throw envelope.refusal("error", "must not be there in an answer with status 200");
        }
        envelope.text("jsonrpc", Set.of("2.0"));
        envelope.scalarOrAbsent("id");
        envelope.node("result");
        envelope.end();
        return Objects.requireNonNull(JsonText.members(DriftDecoder.VENUE, DriftDecoder.ACCOUNTS, answer)
                .get("result"));
    }
}
