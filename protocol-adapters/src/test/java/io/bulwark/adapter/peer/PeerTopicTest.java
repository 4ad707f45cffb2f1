package io.bulwark.adapter.peer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.peer.PeerRecord.Kind;
import io.bulwark.adapter.peer.PeerRecord.Place;
import io.bulwark.adapter.peer.PeerTransport.PeerTopic;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.embedded.EmbeddedKafka;
import io.bulwark.clearing.event.Topics.Brokers;
import io.bulwark.tier.OfHouse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nodes say over a topic of a broker, with a stranger on it. */
@OfHouse
class PeerTopicTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private static Path folder;

    private static EmbeddedKafka kafka;
    private static Brokers brokers;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        brokers = new Brokers(kafka.bootstrapServers(), kafka.user(), kafka.password());
    }

    @AfterAll
    static void close() {
        kafka.close();
    }

    /** A node that keeps what it hears and answers every question by its own name and the question. */
    private static final class Heard implements AutoCloseable {
        final QuorumKey key;
        final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
        final Collection<String> said = new ConcurrentLinkedQueue<>();
        final PeerTopic topic;

        Heard(String name, String on, Duration patience) {
            key = QuorumKey.in(folder.resolve(on + name + ".key"));
            topic = new PeerTopic(brokers, on, patience, () -> List.of(key), said::add);
            topic.listen(new PeerTopic.Ears(messages::add, question -> Optional.of(answer(question))));
        }

        byte[] answer(byte[] question) {
            return (key.publicKey() + " heard " + Digest.sha256(question)).getBytes(StandardCharsets.UTF_8);
        }

        byte[] next() throws InterruptedException {
            return Optional.ofNullable(messages.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .orElseThrow(() -> new AssertionError("nothing heard; it said " + said));
        }

        @Override
        public void close() {
            topic.close();
        }
    }

    private static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Both hear from the moment at which each has answered the other. */
    private static void meet(Heard one, Heard other) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (one.topic.ask(other.key.publicKey(), bytes(8, System.nanoTime())).isEmpty()
                || other.topic
                        .ask(one.key.publicKey(), bytes(8, System.nanoTime()))
                        .isEmpty()) {
            assertTrue(System.nanoTime() < end, () -> "they must meet: " + one.said + other.said);
        }
    }

    private static void put(String on, byte[] value) throws Exception {
        try (KafkaProducer<byte[], byte[]> stranger = new KafkaProducer<>(
                brokers.with(Map.of("max.request.size", 4 << 20)),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            stranger.send(new ProducerRecord<>(on, 0, null, value)).get();
        }
    }

    @Test
    void shouldTellAllAskOneAndSplitWhatIsTooLarge() throws Exception {
        String on = "told";
        try (Heard one = new Heard("one", on, Duration.ofSeconds(2));
                Heard other = new Heard("other", on, Duration.ofSeconds(2))) {
            meet(one, other);
            byte[] question = bytes(3 << 20, 7);
            assertArrayEquals(
                    other.answer(question),
                    one.topic.ask(other.key.publicKey(), question).orElseThrow());
            byte[] message = bytes(5_000_001, 8);
            one.topic.tell(message);
            one.topic.tell(message);
            assertArrayEquals(message, other.next());
            one.topic.tell(bytes(9, 9));
            assertArrayEquals(bytes(9, 9), other.next(), "what was said to all is not said twice");
            assertTrue(one.said.isEmpty() && other.said.isEmpty(), () -> "" + one.said + other.said);
        }
    }

    @Test
    void shouldTakeNothingOfAStranger() throws Exception {
        String on = "strangers";
        try (Heard one = new Heard("one", on, Duration.ofSeconds(2));
                Heard other = new Heard("other", on, Duration.ofSeconds(2))) {
            meet(one, other);
            put(on, bytes(1_000, 1));
            put(on, new byte[0]);
            byte[] content = bytes(100, 2);
            // Named by what it is not, and the second part of one of which the first never comes.
            put(on, part(new Place(Kind.MESSAGE, Digest.ZERO, Digest.sha256(bytes(100, 3)), 1, new byte[0]), content));
            Place unended = new Place(Kind.MESSAGE, Digest.ZERO, Digest.sha256(content), 2, new byte[0]);
            put(on, new PeerRecord(unended, 1, content).encode());
            one.topic.tell(bytes(50, 4));
            assertArrayEquals(bytes(50, 4), other.next(), "nothing of the stranger came before it");
        }
    }

    /** Who reads the topic sees a question before who is asked does: his answer is none, signed or not. */
    @Test
    void shouldBelieveOnlyTheNodeThatWasAsked() throws Exception {
        String on = "answers";
        QuorumKey stranger = QuorumKey.in(folder.resolve("stranger.key"));
        QuorumKey silent = QuorumKey.in(folder.resolve("silent.key"));
        byte[] question = bytes(20, 5);
        byte[] lie = bytes(30, 6);
        try (Heard one = new Heard("one", on, Duration.ofSeconds(3));
                Heard other = new Heard("other", on, Duration.ofSeconds(3))) {
            meet(one, other);
            Thread lying = Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(500);
                    Place unsigned =
                            new Place(Kind.ANSWER, Digest.sha256(question), Digest.sha256(lie), 1, new byte[64]);
                    put(on, part(unsigned, lie));
                    put(on, part(signed(unsigned, stranger), lie));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            assertTrue(one.topic.ask(silent.publicKey(), question).isEmpty());
            lying.join();
            Place answer = new Place(Kind.ANSWER, Digest.sha256(question), Digest.sha256(lie), 1, new byte[64]);
            Thread answering = Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(500);
                    put(on, part(signed(answer, silent), lie));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            assertArrayEquals(lie, one.topic.ask(silent.publicKey(), question).orElseThrow());
            answering.join();
        }
    }

    private static Place signed(Place place, QuorumKey key) {
        return new Place(
                place.kind(),
                place.of(),
                place.whole(),
                place.count(),
                key.say(place.answered()).signature());
    }

    private static byte[] part(Place place, byte[] content) {
        return new PeerRecord(place, 0, content).encode();
    }

    @Test
    void shouldNameWhatTheTopicDoesNotTake() throws Exception {
        String on = "small";
        try (Heard one = new Heard("one", on, Duration.ofSeconds(2));
                Heard other = new Heard("other", on, Duration.ofSeconds(2))) {
            meet(one, other);
            try (Admin admin = Admin.create(brokers.with(Map.of()))) {
                admin.incrementalAlterConfigs(Map.of(
                                new ConfigResource(ConfigResource.Type.TOPIC, on),
                                List.of(new AlterConfigOp(
                                        new ConfigEntry("max.message.bytes", "10000"), AlterConfigOp.OpType.SET))))
                        .all()
                        .get();
            }
            one.topic.tell(bytes(100_000, 1));
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (one.said.isEmpty()) {
                assertTrue(System.nanoTime() < end, "it must say that the message was not sent");
                Thread.sleep(20);
            }
            String said = one.said.iterator().next();
            assertTrue(said.startsWith("not sent: topic small takes no record of 100"), said);
            assertTrue(said.contains("max.message.bytes must be at least 1048576"), said);
            one.topic.tell(bytes(100, 2));
            assertArrayEquals(bytes(100, 2), other.next());
        }
    }

    /** No record is larger than a broker takes where nobody said anything else. */
    @Test
    void shouldKeepRecordsBelowWhatBrokersTake() throws Exception {
        String on = "sizes";
        try (Heard one = new Heard("one", on, Duration.ofSeconds(2));
                Heard other = new Heard("other", on, Duration.ofSeconds(2))) {
            meet(one, other);
            one.topic.tell(bytes(2_000_000, 1));
            other.next();
        }
        int largest = 0;
        try (KafkaConsumer<byte[], byte[]> reader =
                new KafkaConsumer<>(brokers.with(Map.of()), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(on, 0);
            reader.assign(List.of(partition));
            reader.seekToBeginning(List.of(partition));
            long end = reader.endOffsets(List.of(partition)).get(partition);
            while (reader.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(200))) {
                    largest = Math.max(largest, record.value().length);
                }
            }
        }
        assertTrue(largest > PeerRecord.PART_BYTES && largest < 1_048_588, "largest record " + largest);
        assertEquals(4, PeerRecord.count(2_000_000));
        assertFalse(PeerRecord.count(PeerRecord.PARTS_MAX * PeerRecord.PART_BYTES + 1) <= PeerRecord.PARTS_MAX);
    }
}
