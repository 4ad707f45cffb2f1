package io.bulwark.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.api.house.HouseFile;
import io.bulwark.api.house.SealedBooks;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.ledger.QuarantinedPayload;
import io.bulwark.clearing.register.OrderRegister;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundBook;
import io.bulwark.house.proof.FundProofs;
import io.bulwark.prover.binding.ProverException;
import io.bulwark.prover.binding.ProverRefusal;
import io.bulwark.prover.binding.RefusalKind;
import io.bulwark.prover.proof.ProofBundle;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ProblemTest {
    private static HttpFrontDoor door;

    @BeforeAll
    static void open() {
        door = HttpFrontDoor.open(0, Asked.ADMISSION);
    }

    @AfterAll
    static void close() {
        door.close();
    }

    @Test
    void shouldSayThatAnUnknownPathIsNotFound() {
        assertProblem(404, "Not Found", "/no/such/path", asked().get("/no/such/path?secret=hidden"));
    }

    @Test
    void shouldSayThatAWrongMethodIsNotAllowed() {
        HttpResponse<String> response = asked().post("/", "{}");
        assertProblem(405, "Method Not Allowed", "/", response);
        assertTrue(response.headers().firstValue("Allow").orElse("").contains("GET"));
    }

    @Test
    void shouldNotShowTheCallerWhatFailedInside() {
        HttpResponse<String> response = asked().get("/epochs");
        assertProblem(500, "Internal Server Error", "/epochs", response);
        assertEquals(
                "The house failed to answer. The request changed nothing; the cause is in the server's log.",
                Asked.json(response).get("detail").textValue());
    }

    @Test
    void shouldSayWhenToAskAgainWhereTheProverWasLost() {
        assertUnanswered(503, "Service Unavailable", "1", RefusalKind.LOST);
        assertUnanswered(503, "Service Unavailable", "1", RefusalKind.BUSY);
        assertUnanswered(500, "Internal Server Error", "", RefusalKind.NOT_SATISFIED);
    }

    private static void assertUnanswered(int status, String title, String retryAfter, RefusalKind kind) {
        try (HttpFrontDoor losing =
                HttpFrontDoor.open(0, Asked.ADMISSION, new LosingBooks(new ProverRefusal(kind, "", "process", -1)))) {
            HttpResponse<String> response = new Asked(losing.address()).get("/epochs/latest");
            assertProblem(status, title, "/epochs/latest", response);
            assertEquals(
                    retryAfter, response.headers().firstValue("Retry-After").orElse(""));
        }
    }

    /** Books whose every reading needs a prover that refuses. */
    private record LosingBooks(ProverRefusal refusal) implements SealedBooks {
        @Override
        public Optional<ComputedEpoch> latest() {
            throw new ProverException(refusal);
        }

        @Override
        public Optional<ComputedEpoch> epoch(long number) {
            throw new ProverException(refusal);
        }

        @Override
        public List<SealedEpoch> seals(int most) {
            throw new ProverException(refusal);
        }

        @Override
        public HouseFile houseFile(int newest) {
            throw new ProverException(refusal);
        }

        @Override
        public List<FundProofs.Kept> fundProofs(long epoch) {
            return List.of();
        }

        @Override
        public List<ProofBundle> proofs(long epoch) {
            throw new ProverException(refusal);
        }

        @Override
        public List<OrderRegister.Kept> sent(int account) {
            throw new ProverException(refusal);
        }

        @Override
        public FundBook fund(long epoch) {
            throw new ProverException(refusal);
        }

        @Override
        public List<QuarantinedPayload> quarantine(long from, int most) {
            throw new ProverException(refusal);
        }
    }

    @Test
    void shouldAnswerHealthAndMetrics() {
        assertEquals(200, asked().get("/prometheus").statusCode());
        assertTrue(asked().get("/prometheus").body().contains("jvm_memory_used_bytes"));
    }

    private static Asked asked() {
        return new Asked(door.address());
    }

    private static void assertProblem(int status, String title, String instance, HttpResponse<String> response) {
        assertEquals(status, response.statusCode());
        assertEquals(
                "application/problem+json",
                response.headers().firstValue("Content-Type").orElse(""));
        JsonNode problem = Asked.json(response);
        assertEquals("about:blank", problem.get("type").textValue());
        assertEquals(title, problem.get("title").textValue());
        assertEquals(status, problem.get("status").intValue());
        assertEquals(instance, problem.get("instance").textValue());
        assertTrue(problem.get("detail").textValue().length() > 5, "detail is said");
    }
}
