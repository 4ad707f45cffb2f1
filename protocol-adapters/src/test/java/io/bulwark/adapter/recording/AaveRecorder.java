package io.bulwark.adapter.recording;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.Endpoint;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueReader;
import io.bulwark.adapter.aave.AaveVenue;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.position.Horizon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Records what the Aave adapter asks and what real contracts answer: plays the market of the test bed, reads every account of it through a proxy, and writes the conversation. */
public final class AaveRecorder {
    private AaveRecorder() {}

    /**
     * Makes the recording again; the same bed gives the same file.
     *
     * @param bed the test bed's directory, its packages installed
     * @param file where the recording goes
     * @return how many accounts were read
     */
    public static int record(Path bed, Path file) throws IOException, VenueException {
        try (AnvilMarket market = AnvilMarket.play(bed);
                RecordingProxy proxy = new RecordingProxy(market.endpoint());
                VenueReader reader =
                        new AaveVenue().open(market.configuration(0), Endpoint.recorded(proxy.endpoint()))) {
            Horizon horizon = reader.finalised();
            reader.market(horizon);
            for (Map.Entry<String, JsonNode> account :
                    market.market().get("accounts").properties()) {
                reader.read(
                        new VenueAccount(0, account.getValue().get("account").asText()), horizon);
            }
            Files.writeString(file, text(market.market(), proxy));
            return market.market().get("accounts").size();
        }
    }

    private static String text(JsonNode market, RecordingProxy proxy) {
        return """
                {
                  "venue": "aave",
                  "source": "recorded from Aave V3 contracts on a local chain by the command 'bulwark dev record aave'",
                  "market": {"chainId":%s,"pool":%s,"oracle":%s,"reserves":%s},
                  "accounts": %s,
                  "exchanges": [
                %s
                  ]
                }
                """.formatted(
                        market.get("chainId"),
                        market.get("pool"),
                        market.get("oracle"),
                        market.get("reserves"),
                        market.get("accounts"),
                        proxy.exchanges());
    }
}
