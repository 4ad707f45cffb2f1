package io.bulwark.clearing.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One Kafka node inside this JVM, broker and controller in one (KRaft), on the loopback interface, with a log that outlives it. It takes
 * nobody who does not know its password, on either of its ports: who else runs on the machine writes and reads nothing.
 *
 * <p>Its threads are not daemons: a process that does not close it does not end. Producers and consumers are closed before it.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final String USER = "house";
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NODE = 1;
    /** How long the controller waits for a broker that has gone silent; short, because after a kill the restart waits this long. */
    private static final int SESSION_MILLIS = 3_000;

    private static final int START_ATTEMPTS = 3;
    private static final int SHARE_HEARTBEAT_MILLIS = 500;
    private static final int SHARE_LOCK_MILLIS_MAX = 3_600_000;

    private final KafkaRaftServer server;
    private final DirectoryLock lock;
    private final List<Integer> ports;
    private final String password;

    private EmbeddedKafka(KafkaRaftServer server, DirectoryLock lock, List<Integer> ports, String password) {
        this.server = server;
        this.lock = lock;
        this.ports = ports;
        this.password = password;
    }

    /**
     * Starts the node and waits until it serves.
     *
     * @param directory of log segments and metadata; created if absent, kept between starts
     * @throws EmbeddedServerException if it does not start, or another process uses the directory
     */
    public static EmbeddedKafka start(Path directory) {
        Path home = directory.toAbsolutePath().normalize();
        DirectoryLock lock = DirectoryLock.acquire(home);
        try {
            format(home);
            return start(home, lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** The address for clients. */
    public String bootstrapServers() {
        return "127.0.0.1:" + ports.getFirst();
    }

    /** Where its controller listens: a door that only the node itself goes through. */
    String controller() {
        return "127.0.0.1:" + ports.getLast();
    }

    /** Whom it takes. */
    public String user() {
        return USER;
    }

    /** The password: drawn at every start, and nowhere but in this process. */
    public String password() {
        return password;
    }

    /** Stops the node, broker before controller. */
    @Override
    public void close() {
        try {
            server.shutdown();
            server.awaitShutdown();
        } finally {
            lock.close();
        }
    }

    private static EmbeddedKafka start(Path directory, DirectoryLock lock) {
        RuntimeException last = new EmbeddedServerException("Kafka was not started");
        for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
            List<Integer> ports = FreePort.find(2);
            String password = drawn();
            KafkaRaftServer server = new KafkaRaftServer(
                    new KafkaConfig(properties(directory, ports.getFirst(), ports.getLast(), password), false),
                    Time.SYSTEM);
            try {
                server.startup();
                return new EmbeddedKafka(server, lock, ports, password);
            } catch (RuntimeException e) {
                server.shutdown();
                last = new EmbeddedServerException("Kafka must start in " + directory, e);
            }
        }
        throw last;
    }

    private static String drawn() {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }

    private static Path data(Path directory) {
        return directory.resolve("data");
    }

    private static void format(Path directory) {
        if (Files.exists(data(directory).resolve("meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(data(directory));
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setNodeId(NODE)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setDirectories(List.of(data(directory).toString()))
                    .setMetadataLogDirectory(data(directory).toString())
                    .setControllerListenerName("CONTROLLER")
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .run();
        } catch (Exception e) {
            throw new EmbeddedServerException("Kafka's directory must be formatted: " + directory, e);
        }
    }

    private static Map<String, Object> properties(Path directory, int port, int controllerPort, String password) {
        Map<String, Object> properties = new HashMap<>(onlyOneNode());
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", NODE);
        properties.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("listeners", "HOUSE://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        properties.put("advertised.listeners", "HOUSE://127.0.0.1:" + port);
        properties.put("inter.broker.listener.name", "HOUSE");
        properties.putAll(takingNoStranger(password));
        properties.put("log.dirs", data(directory).toString());
        properties.put("broker.session.timeout.ms", SESSION_MILLIS);
        properties.put("broker.heartbeat.interval.ms", SESSION_MILLIS / 5);
        properties.put("auto.create.topics.enable", false);
        // Its own topics, marks of transactions among them, are flushed before they are acknowledged, as the house's
        // are.
        properties.put("log.flush.interval.messages", 1);
        // The relay's offsets say what was published; they must not expire while the house rests. Ten years.
        properties.put("offsets.retention.minutes", 10 * 365 * 24 * 60);
        properties.put("transactional.id.expiration.ms", Integer.MAX_VALUE);
        // Who shares a queue joins it at its next heartbeat, and works for as long as a job takes.
        properties.put("group.share.heartbeat.interval.ms", SHARE_HEARTBEAT_MILLIS);
        properties.put("group.share.min.heartbeat.interval.ms", SHARE_HEARTBEAT_MILLIS);
        properties.put("group.share.max.record.lock.duration.ms", SHARE_LOCK_MILLIS_MAX);
        return properties;
    }

    /** The controller's port is a door too: who speaks to it changes topics. */
    private static Map<String, Object> takingNoStranger(String password) {
        String login = "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + USER
                + "\" password=\"" + password + "\" user_" + USER + "=\"" + password + "\";";
        return Map.of(
                "listener.security.protocol.map", "HOUSE:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT",
                "sasl.enabled.mechanisms", "PLAIN",
                "sasl.mechanism.inter.broker.protocol", "PLAIN",
                "sasl.mechanism.controller.protocol", "PLAIN",
                "listener.name.house.plain.sasl.jaas.config", login,
                "listener.name.controller.plain.sasl.jaas.config", login);
    }

    /** Sizes for a single node in somebody else's process: no replicas to wait for, few partitions of its own topics, small buffers. */
    private static Map<String, Object> onlyOneNode() {
        Map<String, Object> properties = new HashMap<>();
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            properties.put(topic + ".replication.factor", (short) 1);
            properties.put(topic + ".num.partitions", 1);
        }
        properties.put("transaction.state.log.min.isr", 1);
        properties.put("share.coordinator.state.topic.min.isr", (short) 1);
        properties.put("group.initial.rebalance.delay.ms", 0);
        properties.put("num.network.threads", 1);
        properties.put("num.io.threads", 2);
        properties.put("background.threads", 1);
        properties.put("log.cleaner.dedupe.buffer.size", 8L << 20);
        return properties;
    }
}
