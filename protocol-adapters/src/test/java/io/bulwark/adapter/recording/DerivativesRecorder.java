package io.bulwark.adapter.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.Endpoint;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueReader;
import io.bulwark.adapter.recording.DerivativesBed.Protocol;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.position.Horizon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Records what the adapter of an on-chain derivatives venue asks and what real contracts answer: plays the test bed, reads its market and every account through a proxy. */
public final class DerivativesRecorder {
    private DerivativesRecorder() {}

    /**
     * Makes the recording again; the same bed gives the same file.
     *
     * @param bed the test bed's directory, its packages installed
     * @param file where the recording goes
     * @return how many accounts were read
     */
    public static int record(Protocol protocol, Path bed, Path file) throws IOException, VenueException {
        try (DerivativesBed played = DerivativesBed.play(protocol, bed);
                RecordingProxy proxy = new RecordingProxy(played.endpoint());
                VenueReader reader = played.connected(0).open(Endpoint.recorded(proxy.endpoint()))) {
            Horizon horizon = reader.finalised();
            reader.market(horizon);
            JsonNode accounts = played.market().get("accounts");
            for (JsonNode account : accounts) {
                reader.read(new VenueAccount(0, account.get("account").asText()), horizon);
            }
            Files.writeString(file, text(protocol, played.market(), proxy));
            return accounts.size();
        }
    }

    private static String text(Protocol protocol, JsonNode line, RecordingProxy proxy) {
        ObjectNode market = line.deepCopy();
        market.remove("url");
        JsonNode accounts = market.remove("accounts");
        return """
                {
                  "venue": "%s",
                  "source": "recorded from real contracts on a local chain by the command 'bulwark dev record %s'",
                  "market": %s,
                  "accounts": %s,
                  "exchanges": [
                %s
                  ]
                }
                """.formatted(protocol.venue(), protocol.venue(), market, accounts, proxy.exchanges());
    }
}
