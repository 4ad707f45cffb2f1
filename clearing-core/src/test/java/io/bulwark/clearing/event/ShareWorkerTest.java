package io.bulwark.clearing.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.embedded.EmbeddedKafka;
import io.bulwark.clearing.event.ShareWorker.Verdict;
import io.bulwark.tier.OfHouse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The queue of jobs on a real broker. Each test has a group of its own, which reads the topic from its first record. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@OfHouse
final class ShareWorkerTest {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LOCK = Duration.ofMinutes(15);
    private static final List<String> JOBS = List.of("a", "b", "c", "d");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"));
        Topics.create(brokers());
        Map<String, Object> properties = brokers().with(Map.of());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            for (String job : JOBS) {
                producer.send(new ProducerRecord<>(Topic.PROOF_JOBS.id(), "7", job))
                        .get();
            }
        }
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    private static Topics.Brokers brokers() {
        return new Topics.Brokers(kafka.bootstrapServers(), kafka.user(), kafka.password());
    }

    private static ShareWorker worker(String group) {
        ShareWorker.prepare(brokers(), group, LOCK);
        return ShareWorker.of(brokers(), group, Topic.PROOF_JOBS);
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }

    @Test
    void shouldHandAReleasedRecordOutAgainAndARejectedOneNever() {
        List<String> handed = new ArrayList<>();
        try (ShareWorker worker = worker("verdicts")) {
            while (handed.size() < 6) {
                worker.work(POLL, (value, delivery) -> {
                    handed.add(text(value));
                    return switch (text(value)) {
                        case "b" -> handed.stream().filter("b"::equals).count() < 3 ? Verdict.RELEASE : Verdict.ACCEPT;
                        case "c" -> Verdict.REJECT;
                        default -> Verdict.ACCEPT;
                    };
                });
            }
            for (int round = 0; round < 4; round++) {
                assertEquals(List.of(), worker.work(POLL, (value, delivery) -> Verdict.ACCEPT));
            }
        }
        handed.sort(null);
        assertEquals(List.of("a", "b", "b", "b", "c", "d"), handed);
    }

    @Test
    void shouldLetWorkersShareOneTopicEachRecordForOneOfThem() {
        Set<String> done = new HashSet<>();
        int total = 0;
        try (ShareWorker first = worker("shared");
                ShareWorker second = worker("shared")) {
            while (done.size() < JOBS.size()) {
                total += first.work(POLL, (value, delivery) -> taken(done, value))
                        .size();
                total += second.work(POLL, (value, delivery) -> taken(done, value))
                        .size();
            }
        }
        assertEquals(JOBS.size(), total);
    }

    private static Verdict taken(Set<String> done, byte[] value) {
        assertTrue(done.add(text(value)), text(value) + " was handed out twice");
        return Verdict.ACCEPT;
    }

    @Test
    void shouldGiveTheRecordOfAKilledWorkerToAnotherLongBeforeItsLockEnds() throws IOException, InterruptedException {
        ShareWorker.prepare(brokers(), "killed", LOCK);
        Process held = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ShareProcess.class.getName(),
                        brokers().servers(),
                        "killed",
                        brokers().user(),
                        brokers().password())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        byte[] begun = new byte[1];
        int read;
        do {
            read = held.getInputStream().read(begun);
        } while (read == 1 && begun[0] != 'b');
        assertEquals('b', begun[0], "the worker must begin");
        Set<String> done = new HashSet<>();
        try (ShareWorker other = worker("killed")) {
            for (int round = 0; round < 6; round++) {
                other.work(POLL, (value, delivery) -> taken(done, value));
            }
            assertTrue(done.size() < JOBS.size(), "what one holds is not another's: " + done);
            held.destroyForcibly().waitFor();
            while (done.size() < JOBS.size()) {
                other.work(POLL, (value, delivery) -> taken(done, value));
            }
        }
    }
}
