package io.bulwark.journey;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.house.founding.FoundingFile;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Homes of one house that nodes keep, each with its own keys and connections, and the processes that run over them. */
final class NodeProcesses implements AutoCloseable {
    private final Path folder;
    private final int nodes;
    private final int threshold;
    private final String more;
    private final RecordedVenues recorded;
    private final List<Integer> ports = new ArrayList<>();
    private final Map<Integer, Program> running = new HashMap<>();
    private final HttpClient client = HttpClient.newHttpClient();

    /** Seven, of which five seal, over HTTP. */
    NodeProcesses(Path folder) throws IOException {
        this(folder, 7, 5, "");
    }

    /**
     * So many nodes.
     *
     * @param threshold how many of them seal
     * @param more what stands at the end of each one's own file, from a comma on
     */
    NodeProcesses(Path folder, int nodes, int threshold, String more) throws IOException {
        this.folder = folder;
        this.nodes = nodes;
        this.threshold = threshold;
        this.more = more;
        this.recorded = RecordedVenues.bundled();
        List<ServerSocket> taken = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            ServerSocket socket = new ServerSocket(0);
            taken.add(socket);
            ports.add(socket.getLocalPort());
        }
        for (ServerSocket socket : taken) {
            socket.close();
        }
        found();
    }

    Path home(int node) {
        return folder.resolve("node-" + (node + 1));
    }

    private void found() throws IOException {
        ObjectNode house = (ObjectNode) new ObjectMapper().readTree(Demonstration.foundingFile());
        ((ObjectNode) house.get("parameters")).put("table.design", 0).put("vault.venueReplays", 0);
        Path founding = Files.writeString(folder.resolve("house.json"), house.toString());
        String keys = IntStream.range(0, nodes)
                .mapToObj(i -> Verb.said(0, home(i), "node", "key", "--url", "http://127.0.0.1:" + ports.get(i)))
                .collect(Collectors.joining(", "));
        Path list = Files.writeString(
                folder.resolve("nodes.json"), "{\"threshold\": " + threshold + ", \"nodes\": [" + keys + "]}");
        Path genesis = folder.resolve("genesis");
        Verb.said(
                0,
                folder.resolve("founder"),
                "node",
                "found",
                "--house",
                founding.toString(),
                "--nodes",
                list.toString(),
                genesis.toString());
        for (int i = 0; i < nodes; i++) {
            Verb.said(0, home(i), "node", "join", genesis.toString());
        }
        secret("deribit.key", "recorded");
        secret("venues.json", venues());
    }

    private String venues() throws IOException {
        FoundingFile file = FoundingFile.read(Demonstration.foundingFile());
        return file.connections().stream()
                .map(connection -> file.listing().venue(connection.number()).name())
                .map(name -> "{\"venue\": \"" + name + "\", \"endpoint\": \"" + recorded.endpoint(name)
                        + (name.equals("deribit")
                                ? "\", \"keys\": [{\"id\": \"recorded\", \"secretFile\": \"deribit.key\"}]}"
                                : "\"}"))
                .collect(Collectors.joining(",\n", "{\"venues\": [", "]}"));
    }

    private void secret(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private Path configuration(int node, int port) throws IOException {
        return Files.writeString(
                folder.resolve("node-" + (node + 1) + ".json"),
                "{\"listen\": \"127.0.0.1:" + port + "\", \"venues\": \"venues.json\", \"commitMillis\": 10000,"
                        + " \"revealMillis\": 10000, \"voteMillis\": 8000, \"pauseMillis\": 200" + more + "}");
    }

    /** Starts the program over a home. Where more is said of how nodes reach one another, nobody finds it over HTTP. */
    Program start(int node) throws IOException {
        Program program = Program.start(
                home(node),
                "node",
                "run",
                "--config",
                configuration(node, more.isEmpty() ? ports.get(node) : 0).toString());
        running.put(node, program);
        return program;
    }

    /**
     * Starts a node that lies so in each epoch.
     *
     * @param answers whether it listens where the others ask it: who does not gives nobody what it observed
     */
    Program startLying(int node, List<String> ways, boolean answers) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of(configuration(node, answers ? ports.get(node) : 0).toString()));
        arguments.addAll(ways);
        Program program = Program.java(home(node), "io.bulwark.api.node.LyingNode", arguments.toArray(String[]::new));
        running.put(node, program);
        return program;
    }

    Program program(int node) {
        return Objects.requireNonNull(running.get(node));
    }

    /** What a node shows of itself. */
    String shown(int node) throws IOException, InterruptedException {
        return asked(node, "/node");
    }

    /** What a node answers anybody, at the address that it printed. */
    String asked(int node, String path) throws IOException, InterruptedException {
        String port =
                program(node).await("^node listens on 127[.]0[.]0[.]1:([0-9]+)").group(1);
        return client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() {
        for (Program program : running.values()) {
            try {
                program.kill();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        client.close();
        recorded.close();
    }
}
