package io.bulwark.adapter.hyperliquid;

import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.exchange.ExchangeReader;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.Reading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Asks the info endpoint, which needs no authorisation. */
record HyperliquidClient(VenueTransport transport) implements ExchangeReader {
    /** The method under which account states are sealed. */
    static final String STATE = "clearinghouseState";

    /** The method under which the market is sealed. */
    static final String MARKET = "metaAndAssetCtxs";

    /** Weights of the venue's documentation. */
    private static final int STATE_WEIGHT = 2;

    private static final int MARKET_WEIGHT = 20;

    /** No account of anybody: its state holds nothing but the venue's time, for which there is no question of its own. */
    private static final String NOBODY = "0x" + "0".repeat(40);

    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-f]{40}");

    @Override
    public Horizon now() throws VenueException {
        return horizon(state(NOBODY));
    }

    @Override
    public Cut account(String user) throws VenueException {
        if (!ADDRESS.matcher(user).matches()) {
            throw new IllegalArgumentException("account must be 0x and 40 lower-case hexadecimal digits; have " + user);
        }
        Reading state = state(user);
        return new Cut(horizon(state), List.of(state));
    }

    @Override
    public Cut market() throws VenueException {
        // The clock is asked first, so that prices are never older than they say.
        Reading clock = state(NOBODY);
        return new Cut(horizon(clock), List.of(clock, ask(MARKET, "{\"type\":\"metaAndAssetCtxs\"}", MARKET_WEIGHT)));
    }

    @Override
    public void close() {
        transport.close();
    }

    private static Horizon horizon(Reading state) {
        return ExchangeReader.meaning(state, answer -> new Horizon.VenueTime(HyperliquidDecoder.time(answer)));
    }

    private Reading state(String user) throws VenueException {
        return ask(STATE, "{\"type\":\"clearinghouseState\",\"user\":\"" + user + "\"}", STATE_WEIGHT);
    }

    private Reading ask(String method, String body, int weight) throws VenueException {
        return new Reading(
                method, body, transport.post("/info", Map.of(), body.getBytes(StandardCharsets.UTF_8), weight));
    }
}
