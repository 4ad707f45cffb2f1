package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.node.NodeList;
import io.bulwark.clearing.node.NodeList.Fault;
import io.bulwark.clearing.round.RoundMessage.Commitment;
import io.bulwark.clearing.round.RoundMessage.Turn;
import io.bulwark.house.epoch.Witness;
import io.bulwark.house.founding.Home;
import io.bulwark.house.node.NodeHome;
import io.bulwark.tier.OfHouse;
import io.bulwark.tier.Soak;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four nodes, of which three seal, over a topic of three brokers and nothing else: a stranger writes there, the brokers die and come
 * back, a node dies and comes back.
 */
@OfHouse
@Soak
class NodesOnTopicJourneyTest {
    private static final int NODES = 4;
    private static final int KILLED = 3;
    private static final TopicPartition TOPIC = new TopicPartition("bulwark.nodes", 0);

    @Test
    void shouldSealOverATopic(@TempDir Path folder, @TempDir Path files) throws Exception {
        try (RealServers servers = RealServers.start(files);
                NodeProcesses nodes = new NodeProcesses(folder, NODES, 3, ", " + servers.ofNodes())) {
            for (int node = 0; node < NODES; node++) {
                nodes.start(node).await("^node listens on .* and on topic bulwark.nodes of localhost");
            }
            sealed(nodes, 2);
            aStrangerChangesNothing(servers, nodes, folder);
            nothingIsLostWithTheBrokers(servers, nodes);
            aNodeComesBack(nodes);
            verifiersFollowTheNextList(nodes, folder);
            everybodySealedTheSame(nodes);
            whoSawAnotherHeadStops(nodes);
        }
    }

    private static NodeHome home(NodeProcesses nodes, int node) {
        return new NodeHome(new Home(nodes.home(node)));
    }

    private static long last(NodeProcesses nodes) {
        return IntStream.range(0, NODES)
                .mapToLong(node -> home(nodes, node).last())
                .max()
                .orElseThrow();
    }

    private static void sealed(NodeProcesses nodes, long epoch) throws InterruptedException {
        for (int node = 0; node < NODES; node++) {
            nodes.program(node).await("^epoch " + epoch + " [0-9a-f]{64} sealed");
        }
    }

    /** He knows the password of the brokers and no key of a node: noise, what was said before, and what he signs himself. */
    private static void aStrangerChangesNothing(RealServers servers, NodeProcesses nodes, Path folder)
            throws Exception {
        List<byte[]> said = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> reader = new KafkaConsumer<>(
                servers.client(Map.of()), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            reader.assign(List.of(TOPIC));
            reader.seekToBeginning(List.of(TOPIC));
            while (said.size() < 20) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofSeconds(1))) {
                    said.add(record.value());
                }
            }
        }
        long before = last(nodes);
        NodeHome home = home(nodes, 0);
        QuorumKey stranger = QuorumKey.in(folder.resolve("stranger.key"));
        said.add("noise".getBytes(StandardCharsets.UTF_8));
        said.add(new Commitment(new Turn(home.genesis().nodes().house(), before + 1, 0), Digest.sha256(new byte[1]))
                .by(stranger)
                .canonical()
                .encode());
        try (KafkaProducer<byte[], byte[]> writer =
                new KafkaProducer<>(servers.client(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (byte[] record : said) {
                writer.send(new ProducerRecord<>(TOPIC.topic(), 0, null, record))
                        .get();
            }
        }
        sealed(nodes, before + 3);
    }

    /** All brokers by SIGKILL: nothing is sealed without them, and the round goes on with them where it stood. */
    private static void nothingIsLostWithTheBrokers(RealServers servers, NodeProcesses nodes) throws Exception {
        servers.killBrokers();
        for (int node = 0; node < NODES; node++) {
            nodes.program(node).await("^the brokers of topic bulwark.nodes do not answer");
        }
        long stopped = last(nodes);
        Thread.sleep(3_000);
        assertEquals(stopped, last(nodes));
        servers.startBrokers();
        sealed(nodes, stopped + 2);
    }

    private static void aNodeComesBack(NodeProcesses nodes) throws Exception {
        nodes.program(KILLED).kill();
        long before = last(nodes);
        nodes.program(0).await("^epoch " + (before + 2) + " [0-9a-f]{64} sealed");
        nodes.start(KILLED);
        sealed(nodes, before + 4);
    }

    /** Three of four sign that the fourth has other keys: epochs go on, whoever audits follows, and takes no folder without the act. */
    private static void verifiersFollowTheNextList(NodeProcesses nodes, Path folder) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode renewed = mapper.readTree(
                Verb.said(0, nodes.home(KILLED), "node", "key", "--new", "--url", "http://127.0.0.1:1"));
        NodeList before = home(nodes, 0).lists().getLast();
        Digest old =
                NodeHome.keys(new Home(nodes.home(KILLED))).getFirst().key().publicKey();
        ObjectNode list = mapper.createObjectNode().put("threshold", before.threshold());
        ArrayNode members = list.putArray("nodes").add(renewed);
        before.members().stream()
                .filter(member -> !member.key().equals(old))
                .forEach(member -> members.addObject()
                        .put("key", member.key().hex())
                        .put("chain", member.chain().text())
                        .put("url", member.url()));
        Path next = Files.writeString(folder.resolve("next.json"), list.toString());
        long from = last(nodes) + 6;
        String act = folder.resolve("act").toString();
        Verb.said(
                0,
                nodes.home(0),
                "node",
                "act",
                "draw",
                "--nodes",
                next.toString(),
                "--from",
                String.valueOf(from),
                act);
        Verb.refused(2, nodes.home(0), "must be signed by 3 nodes", "node", "act", "take", act);
        Verb.said(0, nodes.home(1), "node", "act", "sign", act);
        Verb.said(0, nodes.home(2), "node", "act", "sign", act);
        Verb.said(0, nodes.home(0), "node", "act", "take", act);
        sealed(nodes, from + 1);
        Path published = folder.resolve("published");
        Verb.said(0, nodes.home(0), "epoch", "publish", published.toString());
        Path auditor = folder.resolve("auditor");
        String audited = Verb.said(0, auditor, "audit", published.toString());
        assertTrue(audited.contains("lists 1 to 1 follow one another"), audited);
        Path file = published.resolve("house.json");
        ObjectNode house = (ObjectNode) mapper.readTree(Files.readAllBytes(file));
        assertEquals(2, house.get("nodes").size());
        assertEquals(
                house.get("nodes"),
                mapper.readTree(nodes.asked(0, "/house.json")).get("nodes"));
        String heads = nodes.asked(0, "/node/heads");
        Path witness =
                Files.writeString(folder.resolve("heads"), heads.substring(0, heads.indexOf("\n" + (from + 1)) + 1));
        Verb.said(0, auditor, "audit", "--witness", witness.toString(), published.toString());
        Files.writeString(witness, "1 " + "0".repeat(64) + "\n");
        Verb.refused(
                1, auditor, "epoch 1 was sealed as", "audit", "--witness", witness.toString(), published.toString());
        ((ArrayNode) house.get("nodes")).remove(1);
        Files.writeString(file, house.toString());
        String without = Verb.said(1, auditor, "audit", published.toString());
        assertTrue(
                without.contains("must be a member of the house's quorum") || without.contains("must name list 0"),
                without);
    }

    private static void everybodySealedTheSame(NodeProcesses nodes) {
        long last = IntStream.range(0, NODES)
                .mapToLong(node -> home(nodes, node).last())
                .min()
                .orElseThrow();
        for (long epoch = 1; epoch <= last; epoch++) {
            Digest sealed = home(nodes, 0).kept(epoch).orElseThrow().sealed().digest();
            for (int node = 0; node < NODES; node++) {
                assertEquals(
                        sealed,
                        home(nodes, node).kept(epoch).orElseThrow().sealed().digest());
            }
        }
        for (int node = 0; node < NODES; node++) {
            home(nodes, node)
                    .evidence()
                    .forEach(evidence -> assertEquals(Fault.ABSENT, evidence.fault(), "who was cut off was absent"));
        }
        assertTrue(last > 8);
    }

    /** A home that was set back, with a witness that saw the epoch sealed otherwise: the node does not go on from what it is told. */
    private static void whoSawAnotherHeadStops(NodeProcesses nodes) throws Exception {
        nodes.program(KILLED).kill();
        NodeHome home = home(nodes, KILLED);
        long last = home.last();
        Path witness = nodes.home(KILLED).resolve("witness");
        List<String> lines = new ArrayList<>(Files.readAllLines(witness));
        assertTrue(lines.remove(Witness.line(home.kept(last).orElseThrow().sealed())), lines::toString);
        lines.add(last + " " + "0".repeat(64));
        Files.write(witness, lines);
        Files.delete(nodes.home(KILLED).resolve("node/epochs/" + last));
        Program stopped = nodes.start(KILLED);
        assertEquals(1, stopped.exitCode(), stopped.output());
        assertTrue(
                stopped.output().contains("the node stops: epoch " + last + " was seen sealed as 0000"),
                stopped.output());
    }
}
