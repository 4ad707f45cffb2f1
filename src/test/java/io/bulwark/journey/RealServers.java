package io.bulwark.journey;

import io.bulwark.clearing.database.Database.Configuration;
import io.bulwark.clearing.embedded.EmbeddedPostgres;
import io.bulwark.clearing.embedded.EmbeddedPostgresConfiguration;
import io.bulwark.clearing.event.Topic;
import io.bulwark.clearing.event.Topics.Brokers;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/**
 * Servers that are not the house's: a PostgreSQL with an owner of the tables and a role for the application, and three brokers, each a
 * process of its own; TLS, SCRAM and passwords everywhere, certificates made for the day.
 */
final class RealServers implements AutoCloseable {
    private static final String OWNER = "bulwark_owner";
    private static final String APPLICATION = "bulwark_app";

    private final Path folder;
    private final EmbeddedPostgres postgres;
    private final String password;
    private final String cluster = Uuid.randomUuid().toString();
    private final List<Integer> ports;
    private final List<Process> brokers = new ArrayList<>();

    private RealServers(Path folder, EmbeddedPostgres postgres, String password, List<Integer> ports) {
        this.folder = folder;
        this.postgres = postgres;
        this.password = password;
        this.ports = ports;
    }

    /** Starts all of them in a folder. */
    static RealServers start(Path folder) throws Exception {
        byte[] secret = new byte[16];
        new Random().nextBytes(secret);
        certify(folder);
        EmbeddedPostgres postgres =
                EmbeddedPostgres.start(EmbeddedPostgresConfiguration.in(folder.resolve("postgres")));
        RealServers servers =
                new RealServers(folder, postgres, HexFormat.of().formatHex(secret), freePorts(2 * BrokerProcess.NODES));
        try {
            for (int node = 1; node <= BrokerProcess.NODES; node++) {
                servers.brokers.add(servers.launch(node));
            }
            servers.admitRoles();
            for (Process broker : servers.brokers) {
                awaitReady(broker);
            }
            return servers;
        } catch (Exception e) {
            servers.close();
            throw e;
        }
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        }
        List<Integer> free = held.stream().map(ServerSocket::getLocalPort).toList();
        for (ServerSocket socket : held) {
            socket.close();
        }
        return free;
    }

    /** A key and a certificate for localhost: the brokers' store, and the same as PostgreSQL and clients read them. */
    private static void certify(Path folder) throws Exception {
        Path store = folder.resolve("keys.p12");
        CertifiedHost host =
                CertifiedHost.in(store).certificate(folder.resolve("ca.pem")).key(folder.resolve("key.pem"));
        KeyStore keys = host.store();
        // Clients trust the certificate, brokers one another by it.
        keys.setCertificateEntry("authority", keys.getCertificate("server"));
        try (var out = Files.newOutputStream(store)) {
            keys.store(out, CertifiedHost.PASSWORD.toCharArray());
        }
    }

    private void admitRoles() throws Exception {
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            for (String sql : List.of(
                    "create role " + OWNER + " login password '" + password + "'",
                    "create role " + APPLICATION + " login password '" + password + "'",
                    "create database house owner " + OWNER,
                    "alter system set ssl_cert_file = '" + folder.resolve("ca.pem") + "'",
                    "alter system set ssl_key_file = '" + folder.resolve("key.pem") + "'",
                    "alter system set ssl = on",
                    "select pg_reload_conf()")) {
                statement.execute(sql);
            }
        }
    }

    private Process launch(int node) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                BrokerProcess.class.getName(),
                String.valueOf(node),
                folder.resolve("broker-" + node).toString(),
                cluster,
                folder.resolve("keys.p12").toString()));
        ports.forEach(port -> command.add(String.valueOf(port)));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(folder.resolve("broker-" + node + ".log").toFile());
        builder.environment().put(BrokerProcess.PASSWORD, password);
        return builder.start();
    }

    private static void awaitReady(Process broker) throws IOException {
        BufferedReader said = broker.inputReader();
        String line = said.readLine();
        while (line != null && !line.equals("ready")) {
            line = said.readLine();
        }
        if (line == null) {
            throw new IllegalStateException("a broker must start; see its log");
        }
    }

    /** The home's file of servers: passwords in files, the rest as an operator writes it. */
    void nameIn(Path home) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), password + "\n");
        Files.writeString(home.resolve("servers.properties"), """
                database.url=jdbc:postgresql://localhost:%d/house
                database.user=%s
                database.password.file=%s
                database.owner.user=%s
                database.owner.password.file=%s
                database.ca=%s
                kafka.bootstrap=%s
                kafka.user=%s
                kafka.password.file=%s
                kafka.ca=%s
                """.formatted(
                        postgres.port(),
                        APPLICATION,
                        secret,
                        OWNER,
                        secret,
                        folder.resolve("ca.pem"),
                        bootstrap(),
                        BrokerProcess.USER,
                        secret,
                        folder.resolve("ca.pem")));
    }

    private String bootstrap() {
        return IntStream.range(0, BrokerProcess.NODES)
                .mapToObj(node -> "localhost:" + ports.get(node))
                .collect(Collectors.joining(","));
    }

    /** What a client of the brokers needs, beside what it needs itself. */
    Map<String, Object> client(Map<String, Object> properties) {
        return new Brokers(
                        bootstrap(),
                        BrokerProcess.USER,
                        password,
                        new Brokers.Door(true, "SCRAM-SHA-512", Optional.of(folder.resolve("ca.pem"))),
                        new Brokers.Copies(3, 2))
                .with(properties);
    }

    /** The database, as the application's role sees it. */
    Configuration application() {
        return new Configuration(
                "jdbc:postgresql://localhost:" + postgres.port() + "/house",
                new Configuration.Role(APPLICATION, password),
                Optional.empty(),
                Map.of(
                        "sslmode",
                        "verify-full",
                        "sslrootcert",
                        folder.resolve("ca.pem").toString()),
                4);
    }

    /** SIGKILL to the broker that leads what comes in, and which it was. */
    int killLeader() throws Exception {
        int leader;
        try (Admin admin = Admin.create(client(Map.of()))) {
            leader = admin.describeTopics(List.of(Topic.SNAPSHOTS.id()))
                    .allTopicNames()
                    .get()
                    .get(Topic.SNAPSHOTS.id())
                    .partitions()
                    .getFirst()
                    .leader()
                    .id();
        }
        brokers.get(leader - 1).destroyForcibly().waitFor();
        return leader;
    }

    /** SIGKILL to all brokers. */
    void killBrokers() throws InterruptedException {
        for (Process broker : brokers) {
            broker.destroyForcibly().waitFor();
        }
    }

    /** Starts all brokers again. */
    void startBrokers() throws IOException {
        for (int node = 1; node <= BrokerProcess.NODES; node++) {
            brokers.set(node - 1, launch(node));
        }
        for (Process broker : brokers) {
            awaitReady(broker);
        }
    }

    /** What a node's own file says of the brokers. */
    String ofNodes() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), password + "\n");
        return "\"kafka\": {\"bootstrap\": \"" + bootstrap() + "\", \"user\": \"" + BrokerProcess.USER
                + "\", \"password.file\": \"" + secret + "\", \"ca\": \"" + folder.resolve("ca.pem") + "\"}";
    }

    /** Starts a broker again that was killed. */
    void startAgain(int node) throws IOException {
        brokers.set(node - 1, launch(node));
        awaitReady(brokers.get(node - 1));
    }

    /** SIGKILL to PostgreSQL, which somebody starts again on its port. */
    void killDatabase() {
        ProcessHandle.of(postgres.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Kills what has nothing to keep. */
    @Override
    public void close() {
        brokers.forEach(Process::destroyForcibly);
        postgres.close();
    }
}
