package io.bulwark.clearing.event;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;

/** Creates the house's topics where they are missing, and knows their identity. */
public final class Topics {
    /** Largest record, bytes: a snapshot is one record, whatever a venue answers. */
    public static final int RECORD_BYTES_MAX = 16 << 20;

    private static final long WAIT_SECONDS = 30;

    private Topics() {}

    /**
     * Brokers, and as whom they are spoken to (SASL, PLAIN).
     *
     * @param servers addresses, as clients take them
     * @param user name
     * @param password its secret; shown nowhere
     */
    public record Brokers(String servers, String user, String password) {
        /** What a client needs to speak to them, beside what it needs itself. */
        public Map<String, Object> with(Map<String, Object> properties) {
            Map<String, Object> all = new HashMap<>(properties);
            all.put("bootstrap.servers", servers);
            all.put("security.protocol", "SASL_PLAINTEXT");
            all.put("sasl.mechanism", "PLAIN");
            all.put(
                    "sasl.jaas.config",
                    "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + user
                            + "\" password=\"" + password + "\";");
            return all;
        }

        @Override
        public String toString() {
            return servers + " as " + user;
        }
    }

    /**
     * Creates the topics that are missing: one partition each, so that a topic has one order, and no expiry, because a record that was
     * not booked yet must not vanish.
     *
     * @param replicas copies of each, at most the number of brokers
     */
    public static void create(Brokers brokers, int replicas) {
        try (Admin admin = admin(brokers)) {
            Set<String> present = await(admin.listTopics().names());
            List<NewTopic> missing = Arrays.stream(Topic.values())
                    .filter(topic -> !present.contains(topic.id()))
                    .map(topic -> new NewTopic(topic.id(), 1, (short) replicas).configs(configuration(topic)))
                    .toList();
            await(admin.createTopics(missing).all());
        }
    }

    /** The identity of a topic: one that was deleted and made anew has another. */
    public static Uuid identity(Brokers brokers, Topic topic) {
        try (Admin admin = admin(brokers)) {
            return await(admin.describeTopics(List.of(topic.id())).allTopicNames()).values().stream()
                    .findFirst()
                    .orElseThrow()
                    .topicId();
        }
    }

    private static Map<String, String> configuration(Topic topic) {
        // What comes in is flushed before it is acknowledged: it is nowhere else yet. What goes out can be sent again
        // from the outbox.
        String flush = topic == Topic.SNAPSHOTS ? "1" : String.valueOf(Long.MAX_VALUE);
        return Map.of(
                "retention.ms", "-1", "max.message.bytes", String.valueOf(RECORD_BYTES_MAX), "flush.messages", flush);
    }

    static Admin admin(Brokers brokers) {
        return Admin.create(brokers.with(Map.of()));
    }

    static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for Kafka", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("Kafka must answer", e);
        }
    }
}
