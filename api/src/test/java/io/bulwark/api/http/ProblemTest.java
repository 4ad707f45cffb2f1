package io.bulwark.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ProblemTest {
    private static HttpFrontDoor door;

    @BeforeAll
    static void open() {
        door = HttpFrontDoor.open(0);
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
