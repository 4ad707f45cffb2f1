package io.bulwark.journey;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One of several brokers, as somebody else would run it: a process of its own, broker and controller in one, TLS and SCRAM for those who
 * ask it, for a test to kill. Prints "ready" once it serves.
 */
final class BrokerProcess {
    /** Not in an argument: those are everybody's to read. */
    static final String PASSWORD = "BROKER_PASSWORD";

    static final String USER = "house";
    static final int NODES = 3;
    private static final short IN_SYNC = 2;
    private static final int SESSION_MILLIS = 3_000;

    private BrokerProcess() {}

    /** Arguments: the node's number from 1, its directory, the cluster's id, the key store, the ports of all: clients', controllers'. */
    public static void main(String[] arguments) throws Exception {
        int node = Integer.parseInt(arguments[0]);
        Path directory = Path.of(arguments[1]);
        String password = System.getenv(PASSWORD);
        List<String> ports = List.of(arguments).subList(4, 4 + 2 * NODES);
        if (!Files.exists(directory.resolve("meta.properties"))) {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setNodeId(node)
                    .setClusterId(arguments[2])
                    .setDirectories(List.of(directory.toString()))
                    .setMetadataLogDirectory(directory.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setScramArguments(List.of("SCRAM-SHA-512=[name=" + USER + ",password=" + password + "]"))
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .run();
        }
        Map<String, Object> properties = properties(node, ports, password, arguments[3]);
        properties.put("log.dirs", directory.toString());
        new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM).startup();
        System.out.println("ready");
    }

    private static Map<String, Object> properties(int node, List<String> ports, String password, String keys) {
        Map<String, Object> properties = new HashMap<>();
        StringBuilder voters = new StringBuilder();
        for (int n = 1; n <= NODES; n++) {
            voters.append(n == 1 ? "" : ",").append(n).append("@localhost:").append(ports.get(NODES + n - 1));
        }
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", node);
        properties.put("controller.quorum.voters", voters.toString());
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put(
                "listeners",
                "HOUSE://localhost:" + ports.get(node - 1) + ",CONTROLLER://localhost:" + ports.get(NODES + node - 1));
        properties.put("inter.broker.listener.name", "HOUSE");
        properties.put("listener.security.protocol.map", "HOUSE:SASL_SSL,CONTROLLER:SASL_PLAINTEXT");
        properties.put("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-512");
        properties.put("listener.name.controller.sasl.enabled.mechanisms", "PLAIN");
        properties.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        properties.put("sasl.mechanism.controller.protocol", "PLAIN");
        String login =
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"broker\" password=\""
                        + password + "\" user_broker=\"" + password + "\";";
        properties.put("listener.name.house.plain.sasl.jaas.config", login);
        properties.put("listener.name.controller.plain.sasl.jaas.config", login);
        properties.put(
                "listener.name.house.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        for (String store : List.of("keystore", "truststore")) {
            properties.put("ssl." + store + ".location", keys);
            properties.put("ssl." + store + ".password", CertifiedHost.PASSWORD);
            properties.put("ssl." + store + ".type", "PKCS12");
        }
        properties.put("ssl.key.password", CertifiedHost.PASSWORD);
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            properties.put(topic + ".replication.factor", (short) NODES);
            properties.put(topic + ".num.partitions", 1);
        }
        properties.put("transaction.state.log.min.isr", (int) IN_SYNC);
        properties.put("share.coordinator.state.topic.min.isr", IN_SYNC);
        properties.put("broker.session.timeout.ms", SESSION_MILLIS);
        properties.put("broker.heartbeat.interval.ms", SESSION_MILLIS / 5);
        properties.put("group.initial.rebalance.delay.ms", 0);
        properties.put("group.share.max.record.lock.duration.ms", 3_600_000);
        properties.put("auto.create.topics.enable", false);
        properties.put("num.network.threads", 1);
        properties.put("num.io.threads", 2);
        properties.put("log.cleaner.dedupe.buffer.size", 8L << 20);
        return properties;
    }
}
