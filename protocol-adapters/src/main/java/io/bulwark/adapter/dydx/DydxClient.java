package io.bulwark.adapter.dydx;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueException.Category;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.dydx.DydxPayload.Height;
import io.bulwark.adapter.dydx.DydxPayload.Parent;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks an indexer, which needs no authorisation. Its answers may come from replicas of different age, so an account is read between two heights. */
final class DydxClient implements AutoCloseable {
    static final String HEIGHT = "GET /v4/height";
    static final String SUBACCOUNT = "GET /v4/addresses/{address}/parentSubaccountNumber/{number}";
    static final String MARKETS = "GET /v4/perpetualMarkets";

    private static final int ATTEMPTS = 5;

    private final VenueTransport transport;

    DydxClient(VenueTransport transport) {
        this.transport = transport;
    }

    /** Readings and the horizon that they share. */
    record Cut(Horizon horizon, List<Reading> readings) {}

    Cut height() throws VenueException {
        Reading reading = ask(HEIGHT, "/v4/height");
        return new Cut(horizon(height(reading)), List.of(reading));
    }

    /** The subaccount at a height whose time is known: that of the height asked before, or after. */
    Cut subaccount(String address, String number) throws VenueException {
        Reading before = ask(HEIGHT, "/v4/height");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Reading subaccount = ask(SUBACCOUNT, "/v4/addresses/" + address + "/parentSubaccountNumber/" + number);
            Reading after = ask(HEIGHT, "/v4/height");
            Optional<Long> at = parent(subaccount).height();
            for (Reading reading : List.of(before, after)) {
                Height height = height(reading);
                if (at.isEmpty() || at.get() == height.height()) {
                    return new Cut(horizon(height), List.of(reading, subaccount));
                }
            }
            before = after;
        }
        throw new VenueException(
                DydxPayload.VENUE, Category.RETRY, "heights moved in each of " + ATTEMPTS + " reads; none is mixed");
    }

    /** The markets, dated by the height that was processed before they were asked for. */
    Cut markets() throws VenueException {
        Reading before = ask(HEIGHT, "/v4/height");
        return new Cut(horizon(height(before)), List.of(before, ask(MARKETS, "/v4/perpetualMarkets")));
    }

    @Override
    public void close() {
        transport.close();
    }

    static Horizon horizon(Height height) {
        return new Horizon.Sequence(height.height(), height.timeMillis());
    }

    private Reading ask(String method, String path) throws VenueException {
        return new Reading(method, path, transport.get(path, Map.of(), 1));
    }

    private static Height height(Reading reading) {
        try {
            return Height.of(reading.result());
        } catch (PayloadRefused e) {
            throw e.in(reading.result());
        }
    }

    private static Parent parent(Reading reading) {
        try {
            return Parent.of(reading.result());
        } catch (PayloadRefused e) {
            throw e.in(reading.result());
        }
    }
}
