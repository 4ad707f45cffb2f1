package io.bulwark.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.api.house.HouseFile;
import io.bulwark.api.house.SealedBooks;
import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.Database.Configuration;
import io.bulwark.clearing.database.DatabaseException;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.ledger.QuarantinedPayload;
import io.bulwark.clearing.register.OrderRegister;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundBook;
import io.bulwark.house.proof.FundProofs;
import io.bulwark.house.proof.ProofJobs;
import io.bulwark.prover.binding.ProverException;
import io.bulwark.prover.binding.ProverRefusal;
import io.bulwark.prover.binding.RefusalKind;
import io.bulwark.prover.proof.ProofBundle;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
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
        assertUnanswered(status, title, retryAfter, new ProverException(new ProverRefusal(kind, "", "process", -1)));
    }

    private static String assertUnanswered(int status, String title, String retryAfter, RuntimeException failure) {
        try (HttpFrontDoor losing = HttpFrontDoor.open(0, Asked.ADMISSION, new LosingBooks(failure))) {
            HttpResponse<String> response = new Asked(losing.address()).get("/epochs/latest");
            assertProblem(status, title, "/epochs/latest", response);
            assertEquals(
                    retryAfter, response.headers().firstValue("Retry-After").orElse(""));
            return Asked.json(response).get("detail").textValue();
        }
    }

    @Test
    void shouldSayWhenToAskAgainWhereAnAccountAsksForTooManyProofs() {
        assertEquals(
                "Account 7 has " + ProofJobs.OPEN_MAX + " proofs waiting already; ask again when one is made.",
                assertUnanswered(429, "Too Many Requests", "10", new ProofJobs.OverQuota(7)));
    }

    /** Load is not absence: who asks is told which it was, and nothing of what the database said. */
    @Test
    void shouldTellADatabaseThatIsBusyFromOneThatIsAway() {
        Configuration nowhere = new Configuration(
                "jdbc:postgresql://127.0.0.1:1/none", new Configuration.Role("a", "b"), Optional.empty(), Map.of(), 2);
        DatabaseException away = assertThrows(DatabaseException.class, () -> Database.open(nowhere));
        assertEquals(
                "The database is away; ask again in a moment.",
                assertUnanswered(503, "Service Unavailable", "1", away));
        assertEquals(
                "The house failed to answer. The request changed nothing; the cause is in the server's log.",
                assertUnanswered(500, "Internal Server Error", "", new DatabaseException("a table is gone")));
    }

    /** Books whose every reading fails. */
    private record LosingBooks(RuntimeException failure) implements SealedBooks {
        @Override
        public Optional<ComputedEpoch> latest() {
            throw failure;
        }

        @Override
        public Optional<ComputedEpoch> epoch(long number) {
            throw failure;
        }

        @Override
        public List<SealedEpoch> seals(long newest, int most) {
            throw failure;
        }

        @Override
        public HouseFile houseFile(int newest) {
            throw failure;
        }

        @Override
        public List<FundProofs.Kept> fundProofs(long epoch) {
            return List.of();
        }

        @Override
        public List<ProofBundle> proofs(long epoch) {
            throw failure;
        }

        @Override
        public List<OrderRegister.Kept> sent(int account) {
            throw failure;
        }

        @Override
        public FundBook fund(long epoch) {
            throw failure;
        }

        @Override
        public List<QuarantinedPayload> quarantine(long from, int most) {
            throw failure;
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
