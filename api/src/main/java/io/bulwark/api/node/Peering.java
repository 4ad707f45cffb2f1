package io.bulwark.api.node;

import io.bulwark.adapter.VenueReader;
import io.bulwark.adapter.peer.PeerTransport;
import io.bulwark.adapter.peer.PeerTransport.PeerTopic;
import io.bulwark.api.door.Printout;
import io.bulwark.api.house.HouseFile;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.epoch.EpochInputs.AccountInput;
import io.bulwark.clearing.node.NodeList.Member;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.house.node.Node;
import io.bulwark.house.node.NodeHome;
import io.bulwark.house.survey.VenueSurvey;
import io.bulwark.prover.binding.ProverLibrary;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A node with its connections: to venues, to the other nodes, and the door at which these knock.
 *
 * @param transport to the others
 * @param topic to those of its own deployment; empty where there is none
 * @param node at work
 * @param door where the others reach it
 */
record Peering(PeerTransport transport, Optional<PeerTopic> topic, Node node, NodeDoor door) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Over HTTP, as between organisations, and over a topic with the nodes that are on it. */
    static Peering of(NodeHome home, NodeConfiguration configuration, List<VenueReader> readers, Consumer<String> say) {
        return of(home, configuration, () -> observed(home, readers), peers -> peers, say);
    }

    /**
     * The same where something stands between the node and the others.
     *
     * @param venues reads every venue once
     * @param between what stands there
     */
    static Peering of(
            NodeHome home,
            NodeConfiguration configuration,
            Supplier<List<RawSnapshot>> venues,
            UnaryOperator<Node.Peers> between,
            Consumer<String> say) {
        PeerTransport transport = new PeerTransport(PATIENCE);
        Http http = new Http(transport);
        Optional<PeerTopic> topic = configuration
                .topic()
                .map(on -> new PeerTopic(
                        on.brokers(),
                        on.name(),
                        PATIENCE,
                        () -> NodeHome.keys(home.home()).stream()
                                .map(NodeHome.Keys::key)
                                .toList(),
                        say));
        Node.Peers peers = topic.<Node.Peers>map(
                        open -> new Both(configuration.topic().orElseThrow(), open, http))
                .orElse(http);
        Node node = new Node(home, ProverLibrary.load(), venues, between.apply(peers), configuration.timing(), say);
        NodeDoor door = new NodeDoor(
                configuration.listen(),
                node,
                Map.of(
                        "/node", () -> Optional.of(standing(home, node)),
                        "/node/heads", () -> Optional.of(heads(home)),
                        "/house.json", () -> houseFile(home)));
        topic.ifPresent(open -> open.listen(new PeerTopic.Ears(node::take, node::answer)));
        say.accept("node listens on " + configuration.listen().getHostString() + ":" + door.port()
                + configuration
                        .topic()
                        .map(on -> " and on topic " + on.name() + " of " + on.brokers())
                        .orElse("")
                + ", house " + home.genesis().founding().house() + ", " + node.waitsForNow());
        return new Peering(transport, topic, node, door);
    }

    /** The other nodes over HTTP, at the addresses of the list. */
    private record Http(PeerTransport transport) implements Node.Peers {
        @Override
        public void tell(Member to, byte[] message) {
            transport.post(to.url(), "/node/messages", message);
        }

        @Override
        public Optional<byte[]> ask(Member to, byte[] question) {
            return transport.post(to.url(), "/node/questions", question);
        }
    }

    /** Those of this deployment over their topic, the others over HTTP. */
    private record Both(NodeConfiguration.OnTopic on, PeerTopic topic, Http http) implements Node.Peers {
        @Override
        public void tell(Member to, byte[] message) {
            if (on.has(to.key())) {
                topic.tell(message);
            } else {
                http.tell(to, message);
            }
        }

        @Override
        public Optional<byte[]> ask(Member to, byte[] question) {
            return on.has(to.key()) ? topic.ask(to.key(), question) : http.ask(to, question);
        }

        @Override
        public int pullMillis() {
            return PULL_MILLIS;
        }

        /** What was said is on the topic for everybody: who asks for it was away. */
        private static final int PULL_MILLIS = 3_000;
    }

    /** What venues say of the accounts that the genesis links; whoever does not answer was not observed. */
    static List<RawSnapshot> observed(NodeHome home, List<VenueReader> readers) {
        List<VenueAccount> linked = home.genesis().accounts().stream()
                .map(AccountInput::venueAccounts)
                .flatMap(List::stream)
                .toList();
        try {
            return VenueSurvey.read(readers, linked, PATIENCE).snapshots();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static byte[] standing(NodeHome home, Node node) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("house", home.genesis().founding().house().hex());
        answer.put("sealed", home.last());
        home.kept(home.last()).ifPresent(last -> {
            answer.put("digest", last.sealed().digest().hex());
            answer.put("signatures", last.seals().size());
            answer.put("nodes", home.nodes(home.last()).members().size());
        });
        answer.put("now", node.waitsForNow());
        answer.put("standings", node.standings().stream().map(NodeTable::json).toList());
        return written(answer);
    }

    private static byte[] written(Object answer) {
        StringWriter text = new StringWriter();
        new Printout(new PrintWriter(text)).json(answer);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** As witnesses keep it. */
    private static byte[] heads(NodeHome home) {
        return home.witness().seen().entrySet().stream()
                .map(head -> head.getKey() + " " + head.getValue() + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static Optional<byte[]> houseFile(NodeHome home) {
        return home.last() == 0
                ? Optional.empty()
                : Optional.of(written(HouseFile.of(home, HouseFile.EPOCHS_MAX).json()));
    }

    @Override
    public void close() {
        door.close();
        topic.ifPresent(PeerTopic::close);
        node.close();
        transport.close();
    }
}
