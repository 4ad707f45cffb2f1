package io.bulwark.clearing.event;

import io.bulwark.clearing.event.Topics.Brokers.Copies;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates the house's topics where they are missing, and knows their identity. */
public final class Topics {
    /** Largest record, bytes: a snapshot is one record, whatever a venue answers. */
    public static final int RECORD_BYTES_MAX = 16 << 20;

    private static final long WAIT_SECONDS = 30;
    private static final Duration LOOK = Duration.ofMillis(50);

    /**
     * After how many records a topic is flushed, before they are acknowledged: each. What comes in is nowhere else yet; of what goes out, a
     * power loss that took the mark and left the records, or the other way round, would have it told twice or never.
     */
    private static final String FLUSHED = "1";

    private Topics() {}

    /**
     * Brokers, and as whom they are spoken to.
     *
     * @param servers addresses, as clients take them
     * @param user name
     * @param password its secret; shown nowhere
     * @param door how they are spoken to
     * @param copies how many of them keep each topic
     */
    public record Brokers(String servers, String user, String password, Door door, Copies copies) {
        /** Of this machine: one broker, on the loopback interface. */
        public Brokers(String servers, String user, String password) {
            this(servers, user, password, Door.LOOPBACK, Copies.ONE);
        }

        /**
         * How brokers are spoken to; none is taken that takes anybody.
         *
         * @param encrypted TLS
         * @param mechanism of SASL: PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512
         * @param authority certificates (PEM) that brokers are believed by; empty for those of this Java
         */
        public record Door(boolean encrypted, String mechanism, Optional<Path> authority) {
            static final Door LOOPBACK = new Door(false, "PLAIN", Optional.empty());
        }

        /**
         * How many brokers keep a topic.
         *
         * @param replicas how many, 1…7
         * @param inSync how many of them must have a record before it is acknowledged, 1…replicas: so many may not be lost
         */
        public record Copies(int replicas, int inSync) {
            static final Copies ONE = new Copies(1, 1);
        }

        /** What a client needs to speak to them, beside what it needs itself. */
        public Map<String, Object> with(Map<String, Object> properties) {
            Map<String, Object> all = new HashMap<>(properties);
            all.put("bootstrap.servers", servers);
            all.put("security.protocol", door.encrypted() ? "SASL_SSL" : "SASL_PLAINTEXT");
            all.put("sasl.mechanism", door.mechanism());
            all.put(
                    "sasl.jaas.config",
                    "org.apache.kafka.common.security."
                            + (door.mechanism().equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule")
                            + " required username=" + quoted(user) + " password=" + quoted(password) + ";");
            door.authority().ifPresent(pem -> {
                all.put("ssl.truststore.type", "PEM");
                all.put("ssl.truststore.location", pem.toString());
            });
            return all;
        }

        private static String quoted(String text) {
            return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        }

        @Override
        public String toString() {
            return servers + " as " + user;
        }
    }

    /**
     * Creates the topics that are missing: one partition each, so that a topic has one order, and no expiry, because a record that was
     * not booked yet must not vanish. Whoever of several processes comes first makes them.
     *
     * @throws KafkaException if a topic is there with fewer copies than it must have
     */
    public static void create(Brokers brokers) {
        try (Admin admin = admin(brokers)) {
            Set<String> present = await(admin.listTopics().names());
            List<NewTopic> missing = Arrays.stream(Topic.values())
                    .filter(topic -> !present.contains(topic.id()))
                    .map(topic -> new NewTopic(
                                    topic.id(), 1, (short) brokers.copies().replicas())
                            .configs(configuration(brokers.copies())))
                    .toList();
            for (KafkaFuture<Void> made : admin.createTopics(missing).values().values()) {
                awaitUnlessThere(made);
            }
            requireCopies(admin, brokers.copies());
            if (brokers.door().equals(Brokers.Door.LOOPBACK)) {
                flush(admin, present);
            }
        }
    }

    /**
     * Creates a topic that is not one of the house's, if it is missing: one partition, as many copies as the brokers are to keep.
     *
     * @param retention after which its records may go
     */
    public static void create(Brokers brokers, String topic, Duration retention) {
        try (Admin admin = admin(brokers)) {
            if (await(admin.listTopics().names()).contains(topic)) {
                return;
            }
            NewTopic missing = new NewTopic(topic, 1, (short) brokers.copies().replicas())
                    .configs(Map.of(
                            "retention.ms",
                            String.valueOf(retention.toMillis()),
                            "min.insync.replicas",
                            String.valueOf(brokers.copies().inSync())));
            awaitUnlessThere(admin.createTopics(List.of(missing)).all());
            described(admin, List.of(topic));
        }
    }

    private static void awaitUnlessThere(KafkaFuture<Void> made) {
        try {
            await(made);
        } catch (KafkaException e) {
            if (!failedBy(e, TopicExistsException.class)) {
                throw e;
            }
        }
    }

    private static boolean failedBy(KafkaException failure, Class<? extends Exception> cause) {
        return failure.getCause() instanceof ExecutionException failed && cause.isInstance(failed.getCause());
    }

    /** What brokers know of topics: one that was made just now, they know a moment later. */
    private static Map<String, TopicDescription> described(Admin admin, List<String> topics) {
        long end = System.nanoTime() + Duration.ofSeconds(WAIT_SECONDS).toNanos();
        while (true) {
            try {
                return await(admin.describeTopics(topics).allTopicNames());
            } catch (KafkaException e) {
                if (!failedBy(e, UnknownTopicOrPartitionException.class) || System.nanoTime() > end) {
                    throw e;
                }
            }
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KafkaException("interrupted while waiting for Kafka", e);
            }
        }
    }

    private static void requireCopies(Admin admin, Copies wanted) {
        List<String> topics = Arrays.stream(Topic.values()).map(Topic::id).toList();
        described(admin, topics)
                .forEach((name, topic) -> topic.partitions().forEach(partition -> {
                    if (partition.replicas().size() < wanted.replicas()) {
                        throw new KafkaException("topic " + name + " must be kept by " + wanted.replicas()
                                + " brokers (kafka.replicas); it is by "
                                + partition.replicas().size() + ": reassign it, or say so");
                    }
                }));
    }

    /** Whether they answer within this time. */
    public static boolean answer(Brokers brokers, Duration patience) {
        int millis = Math.toIntExact(patience.toMillis());
        try (Admin admin =
                Admin.create(brokers.with(Map.of("default.api.timeout.ms", millis, "request.timeout.ms", millis)))) {
            return !admin.describeTopics(List.of(Topic.SNAPSHOTS.id()))
                    .allTopicNames()
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return false;
        }
    }

    /** The identity of a topic: one that was deleted and made anew has another. */
    public static Uuid identity(Brokers brokers, Topic topic) {
        try (Admin admin = admin(brokers)) {
            return described(admin, List.of(topic.id())).values().stream()
                    .findFirst()
                    .orElseThrow()
                    .topicId();
        }
    }

    private static Map<String, String> configuration(Copies copies) {
        return Map.of(
                "retention.ms",
                "-1",
                "max.message.bytes",
                String.valueOf(RECORD_BYTES_MAX),
                "flush.messages",
                FLUSHED,
                "min.insync.replicas",
                String.valueOf(copies.inSync()));
    }

    /** Topics of before were flushed only if they held what comes in. */
    private static void flush(Admin admin, Set<String> present) {
        AlterConfigOp flush = new AlterConfigOp(new ConfigEntry("flush.messages", FLUSHED), AlterConfigOp.OpType.SET);
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        Arrays.stream(Topic.values())
                .filter(topic -> present.contains(topic.id()))
                .forEach(topic ->
                        changes.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.id()), List.of(flush)));
        await(admin.incrementalAlterConfigs(changes).all());
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
