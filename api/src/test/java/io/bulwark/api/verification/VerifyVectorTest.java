package io.bulwark.api.verification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.api.Said;
import io.bulwark.prover.commitment.Challenge;
import io.bulwark.prover.commitment.Scope;
import io.bulwark.tier.OfProof;
import io.bulwark.tier.Sized;
import io.bulwark.tier.Tier;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line says of every vector what the judge says in every language, with the exit code that belongs to it. */
@OfProof
@Sized
final class VerifyVectorTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What only other programs can tell the judge. */
    private static final Set<String> NOT_OPTIONS = Set.of("requests", "facts", "margins", "holdings", "leastList");

    private static final Map<String, Integer> CODES = Map.of("trusted", 0, "unanchored", 4, "refused", 1);
    private static final int FRESH = 2;
    private static final int STRIDE = Tier.isSoak() ? 1 : 8;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"judgement.json", "matrix.json"})
    void shouldSayWhatTheVectorsSay(String file) throws IOException {
        JsonNode vectors = JSON.readTree(Path.of("../zk-prover/vectors", file).toFile());
        List<String> differing = new ArrayList<>();
        int compared = 0;
        int at = 0;
        for (JsonNode one : vectors.get("cases")) {
            // Every case is judged without a command line by VerificationVectorTest; here the spelling of options is
            // what can differ.
            if (canBeSaid(one) && at++ % STRIDE == 0) {
                compared++;
                String differs = differs(vectors, one);
                if (!differs.isEmpty()) {
                    differing.add(one.get("name").textValue() + ": " + differs);
                }
            }
        }
        assertEquals(List.of(), differing);
        assertTrue(compared > 100 / STRIDE, compared + " compared");
    }

    private static boolean canBeSaid(JsonNode one) {
        JsonNode expected = one.get("expected");
        boolean options = NOT_OPTIONS.stream().noneMatch(expected::has);
        int once = expected.path("once").intValue();
        return options
                && expected.has("now")
                && (once == 0 || once == FRESH)
                && !one.get("keys").isEmpty();
    }

    private String differs(JsonNode vectors, JsonNode one) throws IOException {
        Said said = Said.by(arguments(vectors, one));
        if (one.has("badInput")) {
            return said.isOneLineRefusal() ? "" : said.toString();
        }
        if (!Integer.valueOf(said.code()).equals(CODES.get(one.get("outcome").textValue()))) {
            return said.toString();
        }
        JsonNode answer = JSON.readTree(said.out());
        for (String field : List.of("outcome", "first", "sentence", "reason")) {
            if (!answer.path(field).asText("").equals(one.path(field).asText(""))) {
                return field + ": " + answer;
            }
        }
        List<String> pins = pins(answer.get("pins"));
        return pins.equals(pins(one.path("pins"))) ? "" : "pins: " + pins;
    }

    private static List<String> pins(JsonNode pins) {
        return StreamSupport.stream(pins.spliterator(), false)
                .map(pin -> pin.path("name").asText() + "|" + pin.path("state").asText() + "|"
                        + pin.path("words").asText(""))
                .toList();
    }

    private String[] arguments(JsonNode vectors, JsonNode one) throws IOException {
        JsonNode expected = one.get("expected");
        List<String> arguments = new ArrayList<>(List.of("verify", "--json"));
        arguments.add(file(
                "proof.json",
                vectors.at("/proofs")
                        .get(one.get("proof").textValue())
                        .textValue()
                        .getBytes(UTF_8)));
        for (JsonNode key : one.get("keys")) {
            byte[] bytes = HexFormat.of()
                    .parseHex(vectors.get("keys").get(key.textValue()).textValue());
            arguments.addAll(List.of("--key", file("key-" + arguments.size() + ".vk", bytes)));
        }
        String house = one.get("house").textValue();
        if (!house.isEmpty()) {
            arguments.addAll(List.of(
                    "--house-file",
                    file(
                            "house.json",
                            vectors.get("houses").get(house).textValue().getBytes(UTF_8))));
        }
        if (expected.has("house")) {
            arguments.addAll(List.of("--house", expected.get("house").textValue()));
        }
        arguments.addAll(List.of(
                "--at", Instant.ofEpochMilli(expected.get("now").longValue()).toString()));
        arguments.addAll(List.of(
                "--oldest-epoch", Long.toString(expected.path("oldestEpoch").longValue())));
        if (expected.path("test").booleanValue()) {
            arguments.add("--test");
        }
        tellNumbers(expected, arguments);
        StringBuilder compiled = new StringBuilder();
        expected.path("compiled")
                .forEach(circuit -> compiled.append(circuit.textValue()).append('\n'));
        arguments.addAll(
                List.of("--compiled", file("compiled", compiled.toString().getBytes(UTF_8))));
        if (expected.path("once").intValue() == FRESH) {
            Path nullifiers = folder.resolve("nullifiers");
            Files.deleteIfExists(nullifiers);
            arguments.addAll(List.of("--nullifiers", nullifiers.toString()));
        }
        return arguments.toArray(String[]::new);
    }

    private static void tellNumbers(JsonNode expected, List<String> arguments) {
        JsonNode challenge = expected.path("challenge");
        if (!challenge.isEmpty()) {
            String hex = Challenge.of(
                            challenge.get(0).textValue(),
                            challenge.get(1).textValue(),
                            challenge.get(2).textValue())
                    .value()
                    .hex();
            arguments.addAll(List.of("--challenge", hex));
        }
        JsonNode scope = expected.path("scope");
        if (!scope.isEmpty()) {
            arguments.addAll(List.of(
                    "--scope",
                    Scope.of(scope.get(0).textValue(), scope.get(1).textValue())
                            .value()
                            .hex()));
        }
        JsonNode s = expected.path("statement");
        if (!s.isMissingNode()) {
            BigInteger statement = BigInteger.valueOf(s.get("name").longValue())
                    .shiftLeft(80)
                    .add(s.get("amount").bigIntegerValue().shiftLeft(16))
                    .add(BigInteger.valueOf(s.get("standing").booleanValue() ? 1 << 15 : 0))
                    .add(BigInteger.valueOf(s.get("choice").longValue() << 8))
                    .add(s.get("tag").bigIntegerValue());
            String hex = statement.toString(16);
            arguments.addAll(List.of("--statement", "0".repeat(64 - hex.length()) + hex));
        }
    }

    private String file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content).toString();
    }
}
