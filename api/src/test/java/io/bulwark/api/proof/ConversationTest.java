package io.bulwark.api.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.clearing.document.BadInput;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Texts of conversations against the vectors that contracts and the library's other languages read too. */
final class ConversationTest {
    private static final Path VECTORS = Path.of("../zk-prover/vectors/conversation.json");

    @Test
    void shouldComputeChallengeAndScopeAsEverybodyDoes() throws IOException {
        JsonNode cases = vectors().get("cases");
        for (JsonNode given : cases) {
            Conversation held = conversation(given);
            assertEquals(
                    given.get("challenge").textValue(), held.challenge().value().hex(), given.toString());
            assertEquals(given.get("scope").textValue(), held.scope().value().hex(), given.toString());
        }
        assertEquals(6, cases.size());
    }

    @Test
    void shouldRefuseWhatCouldBeWrittenInTwoWays() throws IOException {
        JsonNode refused = vectors().get("refused");
        for (JsonNode given : refused) {
            BadInput refusal = assertThrows(BadInput.class, () -> conversation(given), given.toString());
            assertEquals(given.get("field").textValue(), refusal.field(), given.toString());
        }
        assertTrue(refused.size() >= 20);
    }

    private static JsonNode vectors() throws IOException {
        return new ObjectMapper().readTree(VECTORS.toFile());
    }

    private static Conversation conversation(JsonNode given) {
        return new Conversation(
                given.get("verifier").textValue(),
                given.get("purpose").textValue(),
                given.get("beneficiary").textValue(),
                given.get("nonce").textValue());
    }
}
