package io.bulwark.adapter.recording;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.aave.AaveVenue;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A local chain on which real Aave V3 contracts have lived through a month; stays up until it is closed. Needs Node and the test bed's installed packages. */
public final class AnvilMarket implements AutoCloseable {
    private static final String SCRIPT = "aave-market.mjs";

    private final NodeScript script;
    private final JsonNode market;

    private AnvilMarket(NodeScript script) {
        this.script = script;
        this.market = script.line();
    }

    /**
     * Plays the market.
     *
     * @param bed the test bed's directory
     * @throws IOException if Node is absent, or the packages are not installed
     */
    public static AnvilMarket play(Path bed) throws IOException {
        return new AnvilMarket(NodeScript.start(bed, SCRIPT));
    }

    /** Where the node answers. */
    public URI endpoint() {
        return URI.create(market.get("url").asText());
    }

    /** What the script says of the market: contracts, accounts, and the contracts' own words on each account at the finalised block. */
    public JsonNode market() {
        return market;
    }

    /** The market as an adapter knows it, with storage proofs. */
    public AaveVenue.Configuration configuration(int venue) {
        return configuration(venue, market);
    }

    /** The market that a recording or the script describes. */
    public static AaveVenue.Configuration configuration(int venue, JsonNode market) {
        SortedMap<String, String> reserves = new TreeMap<>();
        for (Map.Entry<String, JsonNode> reserve : market.get("reserves").properties()) {
            reserves.put(reserve.getValue().asText(), reserve.getKey());
        }
        return new AaveVenue.Configuration(
                venue,
                market.get("chainId").longValue(),
                market.get("pool").asText(),
                market.get("oracle").asText(),
                reserves,
                true);
    }

    @Override
    public void close() {
        script.close();
    }
}
