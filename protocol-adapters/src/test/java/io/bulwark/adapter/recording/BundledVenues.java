package io.bulwark.adapter.recording;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.Endpoint;
import io.bulwark.adapter.OpenVenue;
import io.bulwark.adapter.aave.AaveVenue;
import io.bulwark.adapter.deribit.DeribitVenue;
import io.bulwark.adapter.dydx.DydxVenue;
import io.bulwark.adapter.hyperliquid.HyperliquidVenue;
import java.net.URI;
import java.util.List;
import java.util.function.Function;

/** The adapters of the demonstration's venues, under the numbers that its house lists them by. */
public final class BundledVenues {
    private BundledVenues() {}

    /**
     * One adapter for each venue, in the order of their numbers.
     *
     * @param endpoints where each venue answers; an adapter that only normalises never asks
     */
    public static List<OpenVenue> adapters(Function<String, URI> endpoints) {
        JsonNode market = Recording.bundled("aave").about("market");
        return List.of(
                OpenVenue.recorded(new AaveVenue(), AnvilMarket.configuration(0, market), endpoints.apply("aave")),
                OpenVenue.recorded(
                        new DeribitVenue(),
                        new DeribitVenue.Configuration(1, List.of("BTC")),
                        endpoints.apply("deribit")),
                OpenVenue.recorded(
                        new HyperliquidVenue(),
                        new HyperliquidVenue.Configuration(2, "USDC"),
                        endpoints.apply("hyperliquid")),
                OpenVenue.recorded(new DydxVenue(), new DydxVenue.Configuration(3, "USDC"), endpoints.apply("dydx")));
    }

    /** The adapter of a recorded venue of on-chain derivatives. */
    static OpenVenue derivatives(int venue, DerivativesBed.Protocol protocol, URI endpoint) {
        JsonNode market = Recording.bundled(protocol.venue()).about("market");
        return OpenVenue.of(DerivativesBed.connected(protocol, venue, market), Endpoint.recorded(endpoint));
    }
}
