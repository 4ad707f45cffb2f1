package io.bulwark.adapter.hyperliquid;

import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.clearing.position.Reading;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Asks the info endpoint, which needs no authorisation. */
final class HyperliquidClient implements AutoCloseable {
    /** The method under which account states are sealed. */
    static final String STATE = "clearinghouseState";

    /** The method under which the market is sealed. */
    static final String MARKET = "metaAndAssetCtxs";

    /** Weights of the venue's documentation. */
    private static final int STATE_WEIGHT = 2;

    private static final int MARKET_WEIGHT = 20;

    /** No account of anybody: its state holds nothing but the venue's time, for which there is no question of its own. */
    private static final String NOBODY = "0x" + "0".repeat(40);

    private final VenueTransport transport;

    HyperliquidClient(VenueTransport transport) {
        this.transport = transport;
    }

    Reading state(String user) throws VenueException {
        return ask(STATE, "{\"type\":\"clearinghouseState\",\"user\":\"" + user + "\"}", STATE_WEIGHT);
    }

    Reading clock() throws VenueException {
        return state(NOBODY);
    }

    Reading market() throws VenueException {
        return ask(MARKET, "{\"type\":\"metaAndAssetCtxs\"}", MARKET_WEIGHT);
    }

    @Override
    public void close() {
        transport.close();
    }

    private Reading ask(String method, String body, int weight) throws VenueException {
        return new Reading(
                method, body, transport.post("/info", Map.of(), body.getBytes(StandardCharsets.UTF_8), weight));
    }
}
