package io.bulwark.clearing.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.tier.OfHouse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
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

    private EmbeddedKafka timedStart(String what) {
        long start = System.nanoTime();
        EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaConfiguration.in(directory));
        System.out.println("Kafka " + what + " start: " + (System.nanoTime() - start) / 1_000_000 + " ms");
        return kafka;
    }

    private static void send(EmbeddedKafka kafka, String text) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("kept", text.getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }

    private static List<String> read(EmbeddedKafka kafka, int count) {
        List<String> texts = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
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
