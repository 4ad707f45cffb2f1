package io.bulwark.journey;

import io.bulwark.adapter.feed.FeedVenue;
import io.bulwark.clearing.attestation.QuorumKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A protocol that signs and sends by hand: what the verb would refuse to send, too. */
record FeedKey(QuorumKey key, URI house, int venue) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** Signs as this venue and sends there. */
    HttpResponse<String> push(String kind, String file) throws IOException, InterruptedException {
        return send("/venues/" + venue + "/" + kind, file, signature(file));
    }

    /** The signature over a file for a house that is called sandbox. */
    String signature(String file) {
        FeedVenue.Configuration mine =
                new FeedVenue.Configuration(venue, "sandbox", key.publicKey().hex());
        byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
        return HexFormat.of()
                .formatHex(key.sign(new FeedVenue().statement(mine, bytes)).signature());
    }

    /** Sends with whatever signature. */
    HttpResponse<String> send(String path, String file, String signature) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(house.resolve(path))
                        .header("Feed-Signature", signature)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(file))
                        .build(),
                BodyHandlers.ofString());
    }
}
