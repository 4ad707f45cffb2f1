package io.bulwark.adapter.recording;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.ConnectedVenue;
import io.bulwark.adapter.lyra.LyraVenue;
import io.bulwark.adapter.perp.PerpVenue;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A local chain on which real contracts of an on-chain derivatives venue have traded for some days; stays up until it is closed. Needs Node and the installed packages. */
public final class DerivativesBed implements AutoCloseable {
    private final Protocol protocol;
    private final NodeScript script;

    private DerivativesBed(Protocol protocol, NodeScript script) {
        this.protocol = protocol;
        this.script = script;
    }

    /** The protocols that the bed can play. */
    public enum Protocol {
        /** Options. */
        LYRA,
        /** Perpetuals. */
        PERP;

        /** The name under which its recording lies and its venue is listed. */
        public String venue() {
            return name().toLowerCase(Locale.ROOT);
        }

        private Path folder(Path bed) {
            return bed.resolve(venue());
        }
    }

    /**
     * Plays a market.
     *
     * @param bed the test bed's directory
     * @throws IOException if Node is absent, or packages are not installed
     */
    public static DerivativesBed play(Protocol protocol, Path bed) throws IOException {
        return new DerivativesBed(protocol, NodeScript.start(protocol.folder(bed), protocol.venue() + "-market.mjs"));
    }

    /** What a bed lacks to play, in words; empty if nothing. */
    public static String missing(Protocol protocol, Path bed) {
        String missing = NodeScript.missing(bed);
        return missing.isEmpty() ? NodeScript.missing(protocol.folder(bed)) : missing;
    }

    /** Where the node answers. */
    public URI endpoint() {
        return URI.create(market().get("url").asText());
    }

    /** What the script says of the market: contracts, accounts, and the contracts' own words on each account at the finalised block. */
    public JsonNode market() {
        return script.line();
    }

    /** The market as a house connects it. */
    public ConnectedVenue<?> connected(int venue) {
        return connected(protocol, venue, market());
    }

    /** The market that a recording or the script describes, as a house connects it. */
    public static ConnectedVenue<?> connected(Protocol protocol, int venue, JsonNode market) {
        return switch (protocol) {
            case LYRA -> new ConnectedVenue<>(new LyraVenue(), lyra(venue, market));
            case PERP -> new ConnectedVenue<>(new PerpVenue(), perp(venue, market));
        };
    }

    /** The options market that a recording or the script describes, with storage proofs. */
    private static LyraVenue.Configuration lyra(int venue, JsonNode market) {
        return new LyraVenue.Configuration(
                venue,
                market.get("chainId").longValue(),
                new LyraVenue.Configuration.Contracts(
                        text(market, "optionMarket"),
                        text(market, "optionToken"),
                        text(market, "synthetixAdapter"),
                        Optional.of(text(market, "greekCache"))),
                "sUSD",
                "sETH",
                "ETH",
                true);
    }

    /** The perpetuals exchange that a recording or the script describes. */
    private static PerpVenue.Configuration perp(int venue, JsonNode market) {
        return new PerpVenue.Configuration(
                venue,
                market.get("chainId").longValue(),
                new PerpVenue.Configuration.Contracts(
                        text(market, "vault"),
                        text(market, "accountBalance"),
                        text(market, "exchange"),
                        text(market, "orderBook"),
                        text(market, "collateralManager")),
                namesByAddress(market.get("markets")),
                namesByAddress(market.get("tokens")));
    }

    @Override
    public void close() {
        script.close();
    }

    private static SortedMap<String, String> namesByAddress(JsonNode addresses) {
        SortedMap<String, String> names = new TreeMap<>();
        for (Map.Entry<String, JsonNode> named : addresses.properties()) {
            names.put(named.getValue().asText(), named.getKey());
        }
        return names;
    }

    private static String text(JsonNode market, String field) {
        return market.get(field).asText();
    }
}
