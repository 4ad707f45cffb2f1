package io.bulwark.clearing.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.event.Topics;
import io.bulwark.tier.OfHouse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OfHouse
final class EmbeddedKafkaTest {
    private static final TopicPartition KEPT = new TopicPartition("kept", 0);

    @TempDir
    Path directory;

    @Test
    void shouldKeepItsLogThroughARestart() throws Exception {
        try (EmbeddedKafka kafka = timedStart("cold")) {
            try (Admin admin = Admin.create(client(kafka))) {
                admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                        .all()
                        .get();
            }
            send(kafka, "one");
            EmbeddedServerException refusal = assertThrows(EmbeddedServerException.class, () -> timedStart("second"));
            assertTrue(String.valueOf(refusal.getMessage()).contains("one process at a time"));
        }
        try (EmbeddedKafka kafka = timedStart("warm")) {
            send(kafka, "two");
            assertEquals(List.of("one", "two"), read(kafka, 2));
        }
    }

    /** Whoever does not know the password of this start writes and reads nothing, through neither door. */
    @Test
    void shouldTakeNoStranger() throws Exception {
        String before;
        try (EmbeddedKafka kafka = timedStart("first")) {
            before = kafka.password();
        }
        try (EmbeddedKafka kafka = timedStart("second")) {
            assertNotEquals(before, kafka.password());
            for (Map<String, Object> stranger : List.of(
                    Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                    new Topics.Brokers(kafka.bootstrapServers(), kafka.user(), before).with(Map.of()),
                    new Topics.Brokers(kafka.bootstrapServers(), "stranger", kafka.password()).with(Map.of()),
                    Map.<String, Object>of("bootstrap.controllers", kafka.controller()),
                    controllers(kafka, before))) {
                assertThrows(ExecutionException.class, () -> knock(stranger), stranger::toString);
            }
            knock(controllers(kafka, kafka.password()));
            try (Admin admin = Admin.create(client(kafka))) {
                assertEquals(Set.of(), admin.listTopics().names().get());
            }
        }
    }

    private static Map<String, Object> controllers(EmbeddedKafka kafka, String password) {
        Map<String, Object> properties = new Topics.Brokers(kafka.controller(), kafka.user(), password).with(Map.of());
        properties.put("bootstrap.controllers", Objects.requireNonNull(properties.remove("bootstrap.servers")));
        return properties;
    }

    private static void knock(Map<String, Object> client) throws Exception {
        Map<String, Object> impatient = new HashMap<>(client);
        impatient.putAll(Map.of("default.api.timeout.ms", 3_000, "request.timeout.ms", 2_000));
        try (Admin admin = Admin.create(impatient)) {
            admin.describeCluster().nodes().get();
        }
    }

    private static Map<String, Object> client(EmbeddedKafka kafka) {
        return new Topics.Brokers(kafka.bootstrapServers(), kafka.user(), kafka.password()).with(Map.of());
    }

    private EmbeddedKafka timedStart(String what) {
        long start = System.nanoTime();
        EmbeddedKafka kafka = EmbeddedKafka.start(directory);
        System.out.println("Kafka " + what + " start: " + (System.nanoTime() - start) / 1_000_000 + " ms");
        return kafka;
    }

    private static void send(EmbeddedKafka kafka, String text) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client(kafka), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("kept", text.getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }

    private static List<String> read(EmbeddedKafka kafka, int count) {
        List<String> texts = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(KEPT));
            consumer.seekToBeginning(List.of(KEPT));
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (texts.size() < count && System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    texts.add(new String(record.value(), StandardCharsets.UTF_8));
                }
            }
        }
        return texts;
    }
}
