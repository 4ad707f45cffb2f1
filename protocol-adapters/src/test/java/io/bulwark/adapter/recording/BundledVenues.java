package io.bulwark.adapter.recording;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.VenueAdapter;
import io.bulwark.adapter.aave.AaveAdapter;
import io.bulwark.adapter.deribit.DeribitAdapter;
import io.bulwark.adapter.deribit.DeribitConfiguration;
import io.bulwark.adapter.dydx.DydxAdapter;
import io.bulwark.adapter.dydx.DydxConfiguration;
import io.bulwark.adapter.exchange.ReadingKey;
import io.bulwark.adapter.hyperliquid.HyperliquidAdapter;
import io.bulwark.adapter.hyperliquid.HyperliquidConfiguration;
import io.bulwark.adapter.lyra.LyraAdapter;
import io.bulwark.adapter.perp.PerpAdapter;
import java.net.URI;
import java.util.List;
import java.util.function.Function;

/** The adapters of the demonstration's venues, under the numbers that its house lists them by. */
public final class BundledVenues {
    /** Recordings have no limit of their own. */
    private static final ReadBudget UNHURRIED = ReadBudget.perSecond(10_000);

    private BundledVenues() {}

    /**
     * One adapter for each venue, in the order of their numbers.
     *
     * @param endpoints where each venue answers; an adapter that only normalises never asks
     */
    public static List<VenueAdapter> adapters(Function<String, URI> endpoints) {
        JsonNode market = Recording.bundled("aave").about("market");
        return List.of(
                new AaveAdapter(AnvilMarket.configuration(0, market), endpoints.apply("aave")),
                new DeribitAdapter(
                        new DeribitConfiguration(
                                1, List.of("BTC"), ReadingKey.RECORDED.id(), ReadingKey.RECORDED.secret(), UNHURRIED),
                        endpoints.apply("deribit")),
                new HyperliquidAdapter(
                        new HyperliquidConfiguration(2, "USDC", UNHURRIED), endpoints.apply("hyperliquid")),
                new DydxAdapter(new DydxConfiguration(3, "USDC", UNHURRIED), endpoints.apply("dydx")));
    }

    /** The adapter of a recorded venue of on-chain derivatives. */
    static VenueAdapter derivatives(int venue, DerivativesBed.Protocol protocol, URI endpoint) {
        JsonNode market = Recording.bundled(protocol.venue()).about("market");
        return switch (protocol) {
            case LYRA -> new LyraAdapter(DerivativesBed.lyra(venue, market), endpoint);
            case PERP -> new PerpAdapter(DerivativesBed.perp(venue, market), endpoint);
        };
    }
}
