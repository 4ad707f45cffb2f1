package io.bulwark.api.node;

import io.bulwark.api.door.JsonFields;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.event.Topics.Brokers;
import io.bulwark.clearing.node.NodeList;
import io.bulwark.house.House;
import io.bulwark.house.node.Node;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How one node runs: what changes no number, and is no other node's matter.
 *
 * <p>JSON: {@code {"listen": "HOST:PORT", "venues": PATH, "commitMillis": N, "revealMillis": N, "voteMillis": N, "pauseMillis":
 * N, "kafka": {"bootstrap": "HOST:PORT,…", "user": TEXT, "password.file": PATH, …, "topic": TEXT, "nodes": [KEY, …]}}}. The first two
 * must be there; paths are from the file's own folder. The fields of {@code kafka} are those of docs/servers.md, topic and nodes aside.
 *
 * @param listen where it answers the other nodes
 * @param venues the file that says where venues answer
 * @param timing how long it waits
 * @param topic over which it speaks with nodes of its own deployment; empty where it does over HTTP with all
 */
record NodeConfiguration(InetSocketAddress listen, Path venues, Node.Timing timing, Optional<OnTopic> topic) {
    /** What holds where the file says nothing: 5 s each for commitments, reveals and votes, a minute between epochs. */
    static final Node.Timing TIMING = new Node.Timing(5_000, 5_000, 5_000, 60_000);

    private static final int TEXT_MAX = 4_096;
    private static final int TOPIC_MAX = 249;
    private static final int MILLIS_MAX = 86_400_000;
    private static final int PORT_MAX = 65_535;

    /**
     * Reads it.
     *
     * @throws BadInput naming field, value and rule
     */
    static NodeConfiguration read(Path file) {
        return JsonFields.ofFile(file, fields -> read(file, fields));
    }

    private static NodeConfiguration read(Path file, JsonFields fields) {
        NodeConfiguration configuration = new NodeConfiguration(
                listen(fields),
                file.toAbsolutePath().resolveSibling(fields.text("venues", TEXT_MAX)),
                new Node.Timing(
                        millis(fields, "commitMillis", TIMING.commitMillis()),
                        millis(fields, "revealMillis", TIMING.revealMillis()),
                        millis(fields, "voteMillis", TIMING.voteMillis()),
                        millis(fields, "pauseMillis", TIMING.pauseMillis())),
                fields.has("kafka") ? Optional.of(OnTopic.read(file, fields.object("kafka"))) : Optional.empty());
        fields.nothingElse();
        return configuration;
    }

    /**
     * Nodes of one deployment on a topic.
     *
     * @param brokers that keep it
     * @param name of the topic
     * @param nodes who is on it; empty: all
     */
    record OnTopic(Brokers brokers, String name, Set<Digest> nodes) {
        /** Its name where the file names none. */
        static final String NAME = "bulwark.nodes";

        private static final Set<String> FILES = Set.of("password.file", "ca");

        /** Whether a node is reached over it. */
        boolean has(Digest node) {
            return nodes.isEmpty() || nodes.contains(node);
        }

        private static OnTopic read(Path file, JsonFields fields) {
            Map<String, String> named = new HashMap<>();
            for (String field : fields.names()) {
                if (field.equals("password")) {
                    throw new BadInput(
                            fields.at(field),
                            "",
                            "must not stand in this file: it is given by password.file or BULWARK_KAFKA_PASSWORD");
                }
                if (!field.equals("topic") && !field.equals("nodes")) {
                    String text = fields.text(field, TEXT_MAX);
                    named.put(
                            field,
                            FILES.contains(field)
                                    ? file.toAbsolutePath().resolveSibling(text).toString()
                                    : text);
                }
            }
            String topic = fields.has("topic") ? fields.text("topic", TOPIC_MAX) : NAME;
            if (!topic.matches("[A-Za-z0-9._-]+")) {
                throw fields.refuse("topic", "must be letters, digits, '.', '_' and '-'");
            }
            Set<Digest> nodes = fields.byteArrays("nodes", NodeList.MEMBERS_MAX, Digest.LENGTH).stream()
                    .map(key -> BadInput.refusing(fields.at("nodes"), key.length + " bytes", () -> Digest.of(key)))
                    .collect(Collectors.toSet());
            return new OnTopic(House.brokers(named), topic, nodes);
        }
    }

    private static int millis(JsonFields fields, String name, int absent) {
        return (int) fields.wholeNumber(name, 1, MILLIS_MAX, absent);
    }

    private static InetSocketAddress listen(JsonFields fields) {
        String text = fields.text("listen", TEXT_MAX);
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw fields.refuse("listen", "must be HOST:PORT");
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        if (port > PORT_MAX) {
            throw fields.refuse("listen", "must have a port of at most " + PORT_MAX);
        }
        return new InetSocketAddress(text.substring(0, colon), port);
    }
}
