package io.bulwark.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.api.house.HouseFile;
import io.bulwark.api.house.SealedBooks;
import io.bulwark.api.key.VerifyingKeys;
import io.bulwark.api.proof.ClaimWords;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.ledger.QuarantinedPayload;
import io.bulwark.clearing.register.OrderRegister;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundBook;
import io.bulwark.house.proof.FundProofs;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.proof.ProofBundle;
import io.bulwark.prover.proof.VerifyingKey;
import io.bulwark.tier.Drawn;
import io.bulwark.tier.OfProof;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The resource that judges proofs says of the vectors what the judge says in every language, as far as a caller can say what they expect: the house is the server's own,
 * and so are its keys. No caller can say which circuits they compiled themselves, so nothing here is trusted, and a proof under another circuit's key is refused.
 */
@Drawn(0)
@OfProof
final class VerificationVectorTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ProverLibrary LIBRARY = ProverLibrary.load();

    /** What only other programs can tell the judge. */
    private static final List<String> NOT_TOLD = List.of("requests", "facts", "margins", "holdings", "leastList");

    private static final int FRESH = 2;
    private static final int UNITS = 4;
    private static final String NOT_COMPILED =
            "key|missing|this release has not compiled the key's circuit: bulwark proof keys check compiles it";

    @TempDir
    private Path keys;

    @ParameterizedTest
    @CsvSource({"judgement.json, 100", "matrix.json, 420"})
    void shouldSayWhatTheVectorsSayAndTrustNone(String file, int least) throws IOException {
        JsonNode vectors = JSON.readTree(Path.of("../zk-prover/vectors", file).toFile());
        VerifyingKeys known = keysOf(vectors);
        HouseOfVectors books = new HouseOfVectors();
        List<String> differing = new ArrayList<>();
        int compared = 0;
        try (HttpFrontDoor door = HttpFrontDoor.open(0, Asked.ADMISSION, books, known, LIBRARY)) {
            for (JsonNode one : vectors.get("cases")) {
                String proof =
                        vectors.at("/proofs").path(one.get("proof").textValue()).asText("{}");
                if (!books.publish(vectors, one) || !isOfOneKey(vectors, one, proof, known)) {
                    continue;
                }
                ObjectNode told = told(one.get("expected"));
                told.set("proof", JSON.readTree(proof));
                HttpResponse<String> said = new Asked(door.address()).post("/verification", told.toString());
                String have = words(said);
                boolean whole = isTold(one, told);
                compared += whole ? 1 : 0;
                if ((whole && !have.equals(wanted(one))) || have.startsWith("trusted")) {
                    differing.add(one.get("name").textValue() + ": " + have);
                }
            }
        }
        assertEquals(List.of(), differing);
        assertTrue(compared > least, compared + " compared");
    }

    /** Keys of the house, each in a file; what is no key file is passed over. */
    private VerifyingKeys keysOf(JsonNode vectors) throws IOException {
        int number = 0;
        for (JsonNode key : vectors.get("keys")) {
            Files.write(keys.resolve(number++ + ".vk"), HexFormat.of().parseHex(key.textValue()));
        }
        return new VerifyingKeys(keys);
    }

    /** Whether the key that was given is the one that the server finds for the proof. */
    private static boolean isOfOneKey(JsonNode vectors, JsonNode one, String proof, VerifyingKeys known)
            throws IOException {
        if (one.get("keys").size() != 1) {
            return false;
        }
        byte[] given = HexFormat.of()
                .parseHex(vectors.get("keys").get(one.at("/keys/0").textValue()).textValue());
        Optional<VerifyingKey> found = Optional.of(
                        JSON.readTree(proof).path("key").asText(""))
                .filter(text -> text.length() == 64)
                .flatMap(text -> known.find(Digest.parse(text)));
        return found.filter(key -> Arrays.equals(key.encode(), given)).isPresent();
    }

    private static ObjectNode told(JsonNode expected) {
        ObjectNode told = JSON.createObjectNode();
        if (expected.has("house")) {
            told.set("house", expected.get("house"));
        }
        if (expected.has("now")) {
            told.put("at", Instant.ofEpochMilli(expected.get("now").longValue()).toString());
        }
        if (expected.has("oldestEpoch")) {
            told.set("oldestEpoch", expected.get("oldestEpoch"));
        }
        told.put("test", expected.path("test").booleanValue());
        tellTexts(expected, told);
        tellStatement(expected.path("statement"), told);
        return told;
    }

    /** One verifier stands in challenge and scope, and is written as an origin is. */
    private static void tellTexts(JsonNode expected, ObjectNode told) {
        JsonNode challenge = expected.path("challenge");
        JsonNode scope = expected.path("scope");
        for (JsonNode texts : List.of(challenge, scope)) {
            if (!texts.isEmpty() && !told.has("verifier")) {
                told.set("verifier", texts.get(0));
            }
        }
        if (told.path("verifier").asText("").endsWith("/")) {
            told.remove("verifier");
        }
        if (challenge.size() == 3 && challenge.get(0).equals(told.get("verifier"))) {
            told.set("beneficiary", challenge.get(1));
            told.set("nonce", challenge.get(2));
        }
        if (scope.size() == 2 && scope.get(0).equals(told.get("verifier"))) {
            told.set("purpose", scope.get(1));
        }
    }

    /** A statement of an account, where it is one that somebody can claim. */
    private static void tellStatement(JsonNode s, ObjectNode told) {
        Optional<Claim.Kind> kind = Arrays.stream(Claim.Kind.values())
                .filter(k -> k.number() == s.path("tag").asInt(0))
                .findFirst();
        Optional<Claim.Candidate> candidate = Arrays.stream(Claim.Candidate.values())
                .filter(c -> c.number() == s.path("choice").asInt())
                .findFirst();
        if (kind.isEmpty() || candidate.isEmpty()) {
            return;
        }
        long name = s.get("name").longValue();
        OptionalLong account = name == 0 ? OptionalLong.empty() : OptionalLong.of(name - 1);
        try {
            ClaimWords.claim(kind.get(), candidate.get(), s.get("amount").longValue(), account);
        } catch (BadInput noSuchClaim) {
            return;
        }
        told.put("claim", ClaimWords.word(kind.get()));
        told.put("candidate", ClaimWords.word(candidate.get()));
        told.put(
                "amount", BigDecimal.valueOf(s.get("amount").longValue(), UNITS).toPlainString());
        told.set("standing", s.get("standing"));
        account.ifPresent(number -> told.put("account", number));
    }

    /** Whether all that a vector expects was told. */
    private static boolean isTold(JsonNode one, ObjectNode told) {
        JsonNode expected = one.get("expected");
        int once = expected.path("once").intValue();
        return NOT_TOLD.stream().noneMatch(expected::has)
                && (once == 0 || once == FRESH)
                && (expected.has("now") || one.get("house").textValue().isEmpty())
                && expected.path("challenge").isEmpty() != told.has("nonce")
                && expected.path("scope").isEmpty() != told.has("purpose")
                && expected.has("statement") == told.has("claim");
    }

    /** What a vector says, to a caller who has compiled nothing and counts nobody. */
    private static String wanted(JsonNode one) {
        if (one.has("badInput")) {
            return "bad input";
        }
        List<String> pins = pins(one.path("pins")).stream()
                .filter(pin -> !pin.startsWith("once|given|"))
                .map(pin -> pin.equals("key|given|") ? NOT_COMPILED : pin)
                .toList();
        String outcome = one.get("outcome").textValue();
        boolean trusted = outcome.equals("trusted");
        return String.join(
                "\n",
                trusted ? "unanchored" : outcome,
                trusted ? "NOT ANCHORED" : one.get("first").textValue(),
                one.path("sentence").asText(""),
                one.path("reason").asText(""),
                pins.toString());
    }

    private static String words(HttpResponse<String> said) {
        if (said.statusCode() == 400) {
            return "bad input";
        }
        assertEquals(200, said.statusCode(), said.body());
        JsonNode answer = Asked.json(said);
        return String.join(
                "\n",
                answer.get("outcome").textValue(),
                answer.get("first").textValue(),
                answer.path("sentence").asText(""),
                answer.path("reason").asText(""),
                pins(answer.get("pins")).toString());
    }

    private static List<String> pins(JsonNode pins) {
        return StreamSupport.stream(pins.spliterator(), false)
                .map(pin -> pin.path("name").asText() + "|" + pin.path("state").asText() + "|"
                        + pin.path("words").asText(""))
                .toList();
    }

    /** Books of a house that publishes the house file of a vector, or has sealed no epoch where there is none. */
    private static final class HouseOfVectors implements SealedBooks {
        private final OneEpoch sealed = new OneEpoch();
        private Optional<HouseFile> published = Optional.empty();

        /** Whether such a house can publish it: a server reads its own books, which hold nothing that is no house file. */
        private boolean publish(JsonNode vectors, JsonNode one) {
            String name = one.get("house").textValue();
            try {
                published = Optional.of(name)
                        .filter(text -> !text.isEmpty())
                        .map(text -> HouseFile.read(
                                LIBRARY,
                                vectors.get("houses").get(text).textValue().getBytes(UTF_8)));
                return true;
            } catch (BadInput e) {
                return false;
            }
        }

        @Override
        public Optional<ComputedEpoch> latest() {
            return published.flatMap(house -> sealed.latest());
        }

        @Override
        public HouseFile houseFile(int newest) {
            return published.orElseThrow();
        }

        @Override
        public Optional<ComputedEpoch> epoch(long number) {
            return sealed.epoch(number);
        }

        @Override
        public List<SealedEpoch> seals(long newest, int most) {
            return sealed.seals(newest, most);
        }

        @Override
        public List<ProofBundle> proofs(long number) {
            return sealed.proofs(number);
        }

        @Override
        public List<OrderRegister.Kept> sent(int account) {
            return sealed.sent(account);
        }

        @Override
        public FundBook fund(long number) {
            return sealed.fund(number);
        }

        @Override
        public List<FundProofs.Kept> fundProofs(long number) {
            return sealed.fundProofs(number);
        }

        @Override
        public List<QuarantinedPayload> quarantine(long from, int most) {
            return sealed.quarantine(from, most);
        }
    }
}
