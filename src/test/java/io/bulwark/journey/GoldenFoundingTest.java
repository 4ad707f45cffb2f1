package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bulwark.adapter.Endpoint;
import io.bulwark.adapter.VenueReader;
import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.Digest;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.survey.SnapshotSet;
import io.bulwark.house.survey.VenueSurvey;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What founding files say, and what the bytes of their venues mean by it, as houses have sealed them: a venue's founding record may move to another room, but no
 * component of it, no kind and no meaning may become another.
 */
class GoldenFoundingTest {
    private static final Map<String, Path> FILES = new TreeMap<>(Map.of(
            "demonstration", Path.of("../../api/src/main/resources/demo/house.json"),
            "across-venues", Path.of("../../docs/houses/across-venues.json"),
            "exchanges", Path.of("../../docs/houses/exchanges.json")));

    /** SHA-256 of the file, which epochs seal as their listing. */
    private static final Map<String, String> SEALED = Map.of(
            "demonstration", "1b372c79329a1a58c7d66abd3536c089bc370e4069b0f71d2368c7165de491b4",
            "across-venues", "6a848a86e4f593ec93af94189e2c14e5a7b4cf932750bb9ed9f07927431478e7",
            "across-venues before", "06f5c40eeb1accccf421c626e8eba42a1258cd17c164f0945586c72d42b28a6a",
            "exchanges", "ffbf3650f7362b31818aa3f1d54739ea042aefa854f545490c6b144dd3a4ccb4");

    /** SHA-256 of every connection's kind and components. */
    private static final Map<String, String> CONNECTED = Map.of(
            "demonstration", "591bfc3fa65df228e4b4a07479e416cee69022a912c204fea3452cfa73488bf3",
            "across-venues", "9cf110aa552dfcce75c683f21c088dc85dbc8cca09bb66b4ca70c008fa985b10",
            "across-venues before", "9ba43cf61705323797eedd94781ef09bf84597fd13b7b15220594a47ea26f619",
            "exchanges", "0e38e2142d6f05978baa3d1ff36e1f31196b93b3b59aafd335686fed449801e6",
            "not recorded", "eec5c2da2f87c5b34a0cfe04fef2cb745926e970d16b3fe60fc821efee7a7d27");

    /** Kinds that no recorded house connects. */
    private static final String NOT_RECORDED =
            """
            {"network": "n", "venues": [], "groups": [], "assets": [], "instruments": [], "accounts": [], "parameters": {}, "connections": [
             {"kind": "morpho", "venue": 0, "chainId": 1, "morpho": "<a>", "proofs": true,
              "markets": {"0x<64>": {"loan": "USDC", "loanDecimals": 6, "collateral": "WETH", "collateralDecimals": 18}}},
             {"kind": "wallet", "venue": 1, "chainId": 1, "proofs": false,
              "tokens": {"<a>": {"asset": "USDC", "decimals": 6, "balanceSlot": 9}},
              "contents": {"<a>": {"underlying": "USDC", "decimals": 6, "view": "STAKED_PER_TOKEN"}}},
             {"kind": "uniswap", "venue": 2, "chainId": 1, "manager": "<a>", "proofs": true,
              "pools": {"<a>": {"first": "WETH", "firstDecimals": 18, "second": "USDC", "secondDecimals": 6, "windowSeconds": 1800,
                                "apartTicks": 100, "fallPpm": 600000, "risePpm": 900000}}},
             {"kind": "feed", "venue": 3, "chainId": 1,
              "rounds": {"<a>": {"subject": "ETH", "decimals": 8, "heartbeatSeconds": 3600, "least": "0.5", "most": "1000000"}},
              "averages": {"<a>": {"subject": "ETH", "dollarFirst": true, "firstDecimals": 6, "secondDecimals": 18, "windowSeconds": 1800,
                                   "costLeast": "1000000.5"}}}]}
            """.replace("<a>", "0x" + "a".repeat(40)).replace("<64>", "b".repeat(64));

    /**
     * SHA-256 of the snapshots of all accounts and markets, as recorded, and of what each says. An account at dYdX is
     * read with the markets that it holds, one at Perp v2 or Lyra with what it needs there, so that its snapshot is another than before;
     * what it says of holdings is the same.
     */
    private static final Map<String, String> SAID = Map.of(
            "demonstration", "43f0ef86cd7ff7241c7596ba8b73713d0a7ea9780c9be1ea4f1718e909a45c63",
            "across-venues", "c62adf0dd5bfa6775ed5b6db2501cfa2001f53f5f93f8cd01bedaa6f407a3efa",
            "exchanges", "03a15d56b99c1f41335f89d27374ded772656b8f0b97114486cae65f63fc3c35");

    @Test
    void shouldReadTheFilesThatHousesHaveSealed() throws IOException {
        Map<String, String> sealed = new TreeMap<>();
        Map<String, String> connected = new TreeMap<>();
        for (Map.Entry<String, Path> file : FILES.entrySet()) {
            byte[] json = Files.readAllBytes(file.getValue());
            sealed.put(file.getKey(), Digest.sha256(json).hex());
            connected.put(file.getKey(), connections(json));
        }
        connected.put("not recorded", connections(NOT_RECORDED.getBytes(StandardCharsets.UTF_8)));
        // As it was before a house could say which contract of Lyra's liquidates.
        byte[] before = Files.readString(Path.of("../../docs/houses/across-venues.json"))
                .replaceFirst(",\"greeks\":\"0x[0-9a-f]{40}\"", "")
                .getBytes(StandardCharsets.UTF_8);
        sealed.put("across-venues before", Digest.sha256(before).hex());
        connected.put("across-venues before", connections(before));
        assertEquals(new TreeMap<>(SEALED), sealed);
        assertEquals(new TreeMap<>(CONNECTED), connected);
    }

    @Test
    void shouldSayWhatHousesHaveSealed() throws Exception {
        Map<String, String> said = new TreeMap<>();
        try (RecordedVenues recorded = RecordedVenues.bundled()) {
            for (Map.Entry<String, Path> file : FILES.entrySet()) {
                FoundingFile founding = FoundingFile.read(Files.readAllBytes(file.getValue()));
                said.put(file.getKey(), digest(meaning(founding, recorded)));
            }
        }
        assertEquals(new TreeMap<>(SAID), said);
    }

    private static String connections(byte[] json) {
        return digest(FoundingFile.read(json).connections().stream()
                .map(connection -> connection.venue().kind() + said(connection.founding()))
                .collect(Collectors.joining("\n")));
    }

    private static String meaning(FoundingFile founding, RecordedVenues recorded) throws InterruptedException {
        List<VenueReader> readers = founding.connections().stream()
                .map(c -> c.open(Endpoint.recorded(
                        recorded.endpoint(founding.listing().venue(c.number()).name()))))
                .toList();
        try {
            List<VenueAccount> accounts = founding.accounts().stream()
                    .flatMap(account -> account.venueAccounts().stream())
                    .toList();
            VenueSurvey survey = VenueSurvey.read(readers, accounts, Duration.ofSeconds(30));
            assertEquals(List.of(), survey.unread());
            return SnapshotSet.of(survey.snapshots(), founding).said().stream()
                    .map(s -> s.raw().id() + " " + s.holdings() + " " + s.reports() + " " + s.grade())
                    // The digests were made when a held claim's record was called so.
                    .map(text -> text.replace("HeldClaim[", "Claim["))
                    .collect(Collectors.joining("\n"));
        } finally {
            readers.forEach(VenueReader::close);
        }
    }

    /** A record's components by name, whatever the record is called, but those of which nothing is said; anything else as its text. */
    private static String said(Object value) {
        return switch (value) {
            case Record fields ->
                Stream.of(fields.getClass().getRecordComponents())
                        .filter(component -> !component(fields, component).equals(Optional.empty()))
                        .map(component -> component.getName() + "=" + said(component(fields, component)))
                        .collect(Collectors.joining(",", "(", ")"));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> entry.getKey() + ":" + said(entry.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            case List<?> list -> list.stream().map(GoldenFoundingTest::said).collect(Collectors.joining(",", "[", "]"));
            default -> value.toString();
        };
    }

    private static Object component(Record fields, RecordComponent component) {
        try {
            return component.getAccessor().invoke(fields);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(component.toString(), e);
        }
    }

    private static String digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).hex();
    }
}
