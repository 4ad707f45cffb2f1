package com.acme.marks;

import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.exchange.ExchangeReader;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.Reading;
import java.util.List;
import java.util.Map;

/** Asks Acme: every answer says of which moment it speaks. */
final class AcmeClient implements ExchangeReader {
    static final String CLOCK = "/clock";
    static final String ACCOUNT = "/accounts/";
    static final String MARKETS = "/markets";

    private final VenueTransport transport;

    AcmeClient(VenueTransport transport) {
        this.transport = transport;
    }

    @Override
    public Horizon now() throws VenueException {
        return horizon(ask(CLOCK, ""));
    }

    @Override
    public Cut account(String address) throws VenueException {
        return cut(ask(ACCOUNT, address));
    }

    @Override
    public Cut market() throws VenueException {
        return cut(ask(MARKETS, ""));
    }

    @Override
    public void close() {
        transport.close();
    }

    private static Cut cut(Reading reading) {
        return new Cut(horizon(reading), List.of(reading));
    }

    private static Horizon horizon(Reading reading) {
        return ExchangeReader.meaning(
                reading,
                answer -> new Horizon.VenueTime(
                        PayloadFields.of(AcmeVenue.KIND, "answer", answer).whole("time")));
    }

    private Reading ask(String method, String parameters) throws VenueException {
        return new Reading(method, parameters, transport.get(method + parameters, Map.of(), 1));
    }
}
