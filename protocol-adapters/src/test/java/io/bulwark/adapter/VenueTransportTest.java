package io.bulwark.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.bulwark.adapter.VenueException.Category;
import io.bulwark.adapter.recording.BundledVenues;
import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class VenueTransportTest {
    private static final ReadBudget BUDGET =
            new ReadBudget(100, Duration.ofSeconds(1), Duration.ofMillis(400), 3, 1_000);

    private final AtomicInteger calls = new AtomicInteger();
    private HttpServer server;
    private volatile int status = 200;
    private volatile byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
    private volatile long delayMillis;
    private volatile boolean trickles;
    private volatile Map<String, String> headers = Map.of();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            try (exchange) {
                Thread.sleep(delayMillis);
                headers.forEach(exchange.getResponseHeaders()::set);
                exchange.sendResponseHeaders(status, trickles ? 0 : answer.length);
                while (trickles) {
                    exchange.getResponseBody().write(' ');
                    exchange.getResponseBody().flush();
                    Thread.sleep(20);
                }
                exchange.getResponseBody().write(answer);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.setExecutor(command -> Thread.ofVirtual().start(command));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldAskAgainAndThenDegradeWhenTheVenueFails() {
        status = 503;
        assertEquals(Category.DEGRADE, failure().category());
        assertEquals(3, calls.get());
    }

    @Test
    void shouldHaltAtOnceWhenTheVenueShutsUsOut() {
        status = 403;
        assertEquals(Category.HALT, failure().category());
        assertEquals(1, calls.get());
    }

    @Test
    void shouldDegradeAtOnceWhenTheQuestionIsWrong() {
        status = 404;
        assertEquals(Category.DEGRADE, failure().category());
        assertEquals(1, calls.get());
    }

    @Test
    void shouldNotWaitLongerThanTheBudgetForASlowVenue() {
        delayMillis = 5_000;
        long start = System.nanoTime();
        assertEquals(Category.DEGRADE, failure().category());
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertTrue(millis < 4_000, millis + " ms");
    }

    @Test
    @Timeout(20)
    void shouldNotWaitLongerThanTheBudgetForABodyThatTrickles() {
        trickles = true;
        assertEquals(Category.DEGRADE, failure().category());
        assertEquals(3, calls.get());
    }

    @Test
    void shouldWaitAsLongAsTheVenueAsks() throws VenueException {
        status = 429;
        headers = Map.of("Retry-After", "1");
        ReadBudget patient = within(Duration.ofSeconds(3));
        try (VenueTransport transport = new VenueTransport("busy", endpoint(), patient)) {
            long start = System.nanoTime();
            VenueException failure = assertThrows(VenueException.class, () -> transport.get("/", Map.of(), 1));
            assertEquals(Category.DEGRADE, failure.category());
            assertEquals(3, calls.get());
            status = 200;
            headers = Map.of();
            assertArrayEquals(answer, transport.get("/", Map.of(), 1));
            long millis = (System.nanoTime() - start) / 1_000_000;
            assertTrue(millis >= 3_000, "three rests of a second; have " + millis + " ms");
        }
    }

    @Test
    void shouldNotAskAtAllDuringALongRest() {
        status = 429;
        headers = Map.of("Retry-After", "60");
        try (VenueTransport transport = new VenueTransport("busy", endpoint(), BUDGET)) {
            for (int i = 0; i < 3; i++) {
                VenueException failure = assertThrows(VenueException.class, () -> transport.get("/", Map.of(), 1));
                assertEquals(Category.DEGRADE, failure.category());
                assertTrue(String.valueOf(failure.getMessage()).contains("left alone for another"), failure.toString());
            }
            assertEquals(1, calls.get());
        }
    }

    @Test
    void shouldStopBeforeTheVenueDoesWhenItsHeadersSayThatTheWeightIsUsed() throws VenueException {
        ReadBudget minute = new ReadBudget(100, Duration.ofMinutes(1), Duration.ofMillis(400), 1, 1_000);
        headers = Map.of("X-MBX-USED-WEIGHT-1M", "99", "Date", "Thu, 23 May 2024 18:11:20 GMT");
        try (VenueTransport transport = new VenueTransport("weighted", endpoint(), minute)) {
            transport.get("/", Map.of(), 1);
            headers = Map.of("X-MBX-USED-WEIGHT-1M", "100");
            transport.get("/", Map.of(), 1);
            assertThrows(VenueException.class, () -> transport.get("/", Map.of(), 1));
            assertEquals(2, calls.get());
        }
    }

    @Test
    void shouldLeaveAVenueAloneThatOutlastsThePatienceOfWhoeverAsks() throws InterruptedException {
        delayMillis = 60_000;
        ReadBudget long60 = within(Duration.ofMinutes(1));
        try (VenueTransport transport = new VenueTransport("hanging", endpoint(), long60)) {
            for (int i = 0; i < 10; i++) {
                Thread asker = Thread.ofVirtual().start(() -> ask(transport));
                while (calls.get() <= i) {
                    Thread.sleep(5);
                }
                asker.interrupt();
                asker.join();
            }
            VenueException failure = assertThrows(VenueException.class, () -> transport.get("/", Map.of(), 1));
            assertTrue(String.valueOf(failure.getMessage()).contains("left alone"), failure.toString());
            assertEquals(10, calls.get());
        }
    }

    private static void ask(VenueTransport transport) {
        assertThrows(VenueException.class, () -> transport.get("/", Map.of(), 1));
    }

    @Test
    void shouldRefuseAnAnswerLongerThanTheBudget() {
        answer = new byte[1_001];
        assertEquals(Category.DEGRADE, failure().category());
    }

    @Test
    void shouldLeaveAVenueAloneThatIsDown() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        try (VenueTransport transport = new VenueTransport("down", URI.create("http://127.0.0.1:" + port), BUDGET)) {
            for (int i = 0; i < 4; i++) {
                assertThrows(VenueException.class, () -> transport.get("/", Map.of(), 1));
            }
            VenueException failure = assertThrows(VenueException.class, () -> transport.get("/", Map.of(), 1));
            assertEquals(Category.DEGRADE, failure.category());
            assertTrue(String.valueOf(failure.getMessage()).contains("left alone"), failure.toString());
        }
    }

    @Test
    void shouldSpendNoMoreThanTheBudget() throws VenueException {
        ReadBudget small = new ReadBudget(2, Duration.ofMinutes(1), Duration.ofSeconds(5), 1, 1_000);
        try (VenueTransport transport = new VenueTransport("small", endpoint(), small)) {
            transport.get("/", Map.of(), 2);
            VenueException failure = assertThrows(VenueException.class, () -> transport.get("/", Map.of(), 1));
            assertTrue(String.valueOf(failure.getMessage()).contains("budget"), failure.toString());
            assertEquals(1, calls.get());
        }
    }

    @Test
    void shouldKeepTheRefusedAnswerForTheQuarantine() {
        answer = "{\"marginSummary\":{\"accountVal".getBytes(StandardCharsets.UTF_8);
        for (OpenVenue adapter : BundledVenues.adapters(venue -> endpoint())) {
            try (adapter) {
                PayloadRefused refusal = assertThrows(PayloadRefused.class, adapter::finalised);
                assertEquals(adapter.profile().name(), refusal.venue());
                assertArrayEquals(answer, refusal.answer().orElseThrow());
            }
        }
    }

    @Test
    void shouldReadTheOtherVenuesWhileOneIsDead() throws IOException, VenueException {
        try (var venues = RecordedVenues.bundled()) {
            List<OpenVenue> adapters = BundledVenues.adapters(
                    v -> v.equals("deribit") ? URI.create("http://127.0.0.1:9") : venues.endpoint(v));
            int read = 0;
            int dead = 0;
            for (VenueAccount account : DemoHouse.venueAccounts(DemoHouse.FILE)) {
                OpenVenue adapter = adapters.get(account.venue());
                try {
                    Horizon horizon = adapter.finalised();
                    RawSnapshot raw = adapter.read(account, horizon);
                    read += adapter.normalise(raw, RecordedSnapshots.LISTING)
                                    .holdings()
                                    .isEmpty()
                            ? 0
                            : 1;
                } catch (VenueException e) {
                    assertEquals("deribit", e.venue());
                    assertEquals(Category.DEGRADE, e.category());
                    dead++;
                }
            }
            assertEquals(9, read);
            assertEquals(3, dead);
            adapters.forEach(OpenVenue::close);
        }
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private VenueException failure() {
        try (VenueTransport transport = new VenueTransport("test", endpoint(), BUDGET)) {
            return assertThrows(VenueException.class, () -> transport.get("/", Map.of(), 1));
        }
    }

    /** The same budget with another longest wait. */
    private static ReadBudget within(Duration longest) {
        return new ReadBudget(BUDGET.permits(), BUDGET.period(), longest, BUDGET.attempts(), BUDGET.answerBytesMax());
    }
}
