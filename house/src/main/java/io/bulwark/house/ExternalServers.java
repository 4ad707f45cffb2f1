package io.bulwark.house;

import io.bulwark.clearing.database.Database.Configuration;
import io.bulwark.clearing.database.Database.Configuration.Role;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.event.Topics.Brokers;
import io.bulwark.house.founding.Home;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The servers that a house uses instead of those that it brings along: {@code servers.properties} in its home, or the file that {@code
 * BULWARK_SERVERS} names. Each field may stand in the environment instead, {@code database.url} as {@code BULWARK_DATABASE_URL}. Secrets
 * stand in these or in files that they name, never on a command line; nothing here prints one.
 *
 * @param database how PostgreSQL is reached; empty for the embedded one
 * @param brokers how Kafka is reached; empty for the embedded one
 */
record ExternalServers(Optional<Configuration> database, Optional<Brokers> brokers) {
    private static final String FILE = "BULWARK_SERVERS";
    private static final String PREFIX = "BULWARK_";
    private static final String DATABASE = "database.";
    private static final String KAFKA = "kafka.";

    private static final List<String> FIELDS = List.of(
            "database.url",
            "database.user",
            "database.password",
            "database.password.file",
            "database.owner.user",
            "database.owner.password",
            "database.owner.password.file",
            "database.ssl",
            "database.ca",
            "database.connections",
            "kafka.bootstrap",
            "kafka.user",
            "kafka.password",
            "kafka.password.file",
            "kafka.mechanism",
            "kafka.tls",
            "kafka.ca",
            "kafka.replicas",
            "kafka.insync");

    private static final String HOST = "(?:\\[[0-9a-fA-F:]+]|[A-Za-z0-9._-]+)(?::[0-9]{1,5})?";
    private static final Pattern HOSTS = Pattern.compile(HOST + "(?:," + HOST + ")*");
    private static final Pattern URL =
            Pattern.compile("(?:jdbc:)?postgres(?:ql)?://(" + HOSTS.pattern() + ")/([A-Za-z0-9_-]{1,63})");
    private static final Pattern ROLE = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
    private static final Pattern LOOPBACK = Pattern.compile("(?:localhost|127\\.[0-9.]+|\\[::1])(?::[0-9]+)?");
    private static final int REPLICAS_MAX = 7;

    /** What a home and the environment say. */
    static ExternalServers of(Home home, Map<String, String> environment) {
        return new Reading(fields(home, environment)).servers();
    }

    /** Brokers by their fields, each of which the environment overrules. */
    static Brokers brokers(Map<String, String> given, Map<String, String> environment) {
        Map<String, String> fields = new HashMap<>();
        given.forEach((name, value) -> {
            requireKnown(KAFKA + name, KAFKA + name);
            fields.put(KAFKA + name, value.strip());
        });
        fields.putAll(named(environment, PREFIX + "KAFKA_"));
        return new Reading(fields).brokers();
    }

    private static Map<String, String> fields(Home home, Map<String, String> environment) {
        Optional<Path> named = Optional.ofNullable(environment.get(FILE)).map(Path::of);
        Path file = named.orElse(home.servers());
        Map<String, String> fields = new HashMap<>();
        if (Files.exists(file)) {
            fields.putAll(file(file));
        } else if (named.isPresent()) {
            throw new BadInput(FILE, file.toString(), "must name a file that is there");
        }
        fields.putAll(named(environment, PREFIX + "DATABASE_"));
        fields.putAll(named(environment, PREFIX + "KAFKA_"));
        return fields;
    }

    private static Map<String, String> named(Map<String, String> environment, String prefix) {
        Map<String, String> fields = new HashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                String field =
                        name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
                requireKnown(field, name);
                fields.put(field, value.strip());
            }
        });
        return fields;
    }

    private static Map<String, String> file(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            boolean othersRead = permissions.stream()
                    .anyMatch(permission -> !permission.name().startsWith("OWNER"));
            if (othersRead && properties.stringPropertyNames().stream().anyMatch(name -> name.endsWith("password"))) {
                throw new BadInput(
                        file.toString(),
                        PosixFilePermissions.toString(permissions),
                        "must be its owner's alone, since it holds a password: chmod 600");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        } catch (IllegalArgumentException e) {
            throw new BadInput(file.toString(), "", "must be lines of field=value");
        }
        Map<String, String> fields = new HashMap<>();
        for (String name : properties.stringPropertyNames()) {
            requireKnown(name, name);
            fields.put(name, properties.getProperty(name).strip());
        }
        return fields;
    }

    private static void requireKnown(String field, String shown) {
        if (!FIELDS.contains(field)) {
            throw new BadInput(shown, "", "must be a field of servers: one of " + String.join(", ", FIELDS));
        }
    }

    /** The fields, as they are read. */
    private record Reading(Map<String, String> fields) {
        ExternalServers servers() {
            Optional<Configuration> database = group(DATABASE, "url").map(this::database);
            Optional<Brokers> brokers = group(KAFKA, "bootstrap").map(this::brokers);
            return new ExternalServers(database, brokers);
        }

        Brokers brokers() {
            return brokers(required(KAFKA + "bootstrap"));
        }

        /** What a group is about; empty if nothing of it is said. */
        private Optional<String> group(String prefix, String subject) {
            if (fields.keySet().stream().noneMatch(field -> field.startsWith(prefix))) {
                return Optional.empty();
            }
            return Optional.of(required(prefix + subject));
        }

        private Configuration database(String url) {
            Matcher parts = URL.matcher(url);
            if (!parts.matches()) {
                throw new BadInput(
                        "database.url",
                        "",
                        "must be jdbc:postgresql://HOST[:PORT][,HOST…]/DATABASE and nothing else:"
                                + " user, password and TLS have fields of their own");
            }
            String hosts = parts.group(1);
            Map<String, String> options = new HashMap<>();
            String ssl = optional("database.ssl").orElse("verify-full");
            if (!List.of("verify-full", "verify-ca").contains(ssl)
                    && !(ssl.equals("disable") && isThisMachine(hosts))) {
                throw new BadInput(
                        "database.ssl",
                        ssl,
                        "must be verify-full or verify-ca; disable only where every host is this machine");
            }
            options.put("sslmode", ssl);
            readable("database.ca").ifPresent(ca -> options.put("sslrootcert", ca.toString()));
            if (hosts.contains(",")) {
                options.put("targetServerType", "primary");
            }
            Optional<Role> owner = optional("database.owner.user")
                    .map(user -> role("database.owner.user", user, "database.owner.password"));
            Role application = role("database.user", required("database.user"), "database.password");
            if (owner.filter(o -> o.user().equals(application.user())).isPresent()) {
                throw new BadInput(
                        "database.user",
                        application.user(),
                        "must be another than database.owner.user: it owns nothing");
            }
            return new Configuration(
                    "jdbc:postgresql://" + hosts + "/" + parts.group(2),
                    application,
                    owner,
                    options,
                    number("database.connections", Configuration.CONNECTIONS, 4, 100));
        }

        private Role role(String field, String user, String password) {
            if (!ROLE.matcher(user).matches()) {
                throw new BadInput(field, user, "must be a role's name: lower-case letters, digits and _");
            }
            return new Role(user, secret(password));
        }

        private Brokers brokers(String servers) {
            boolean ported = Arrays.stream(servers.split(",")).allMatch(host -> host.matches(".+:[0-9]{1,5}"));
            if (!HOSTS.matcher(servers).matches() || !ported) {
                throw new BadInput("kafka.bootstrap", servers, "must be HOST:PORT[,HOST:PORT…]");
            }
            String tls = optional("kafka.tls").orElse("on");
            if (!tls.equals("on") && !(tls.equals("off") && isThisMachine(servers))) {
                throw new BadInput("kafka.tls", tls, "must be on; off only where every broker is this machine");
            }
            String mechanism = optional("kafka.mechanism").orElse("SCRAM-SHA-512");
            if (!List.of("SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN").contains(mechanism)) {
                throw new BadInput("kafka.mechanism", mechanism, "must be SCRAM-SHA-512, SCRAM-SHA-256 or PLAIN");
            }
            int hosts = servers.split(",").length;
            int replicas = number("kafka.replicas", Math.min(3, hosts), 1, REPLICAS_MAX);
            return new Brokers(
                    servers,
                    required("kafka.user"),
                    secret("kafka.password"),
                    new Brokers.Door(tls.equals("on"), mechanism, readable("kafka.ca")),
                    new Brokers.Copies(replicas, number("kafka.insync", (replicas + 1) / 2, 1, replicas)));
        }

        private static boolean isThisMachine(String hosts) {
            return Arrays.stream(hosts.split(","))
                    .allMatch(host -> LOOPBACK.matcher(host).matches());
        }

        private Optional<String> optional(String field) {
            return Optional.ofNullable(fields.get(field)).filter(value -> !value.isEmpty());
        }

        private String required(String field) {
            return optional(field).orElseThrow(() -> new BadInput(field, "", "must be given"));
        }

        /** A secret itself, or what the file holds that is named for it. */
        private String secret(String field) {
            Optional<Path> file = readable(field + ".file");
            if (file.isPresent() == optional(field).isPresent()) {
                throw new BadInput(field, "", "must be given, itself or by " + field + ".file, one of both");
            }
            return file.map(Reading::content).orElseGet(() -> required(field));
        }

        private static String content(Path file) {
            try {
                return Files.readString(file).strip();
            } catch (IOException e) {
                throw new UncheckedIOException("reading " + file, e);
            }
        }

        private Optional<Path> readable(String field) {
            return optional(field).map(name -> {
                if (!Files.isRegularFile(Path.of(name)) || !Files.isReadable(Path.of(name))) {
                    throw new BadInput(field, name, "must be a file that this process reads");
                }
                return Path.of(name).toAbsolutePath();
            });
        }

        private int number(String field, int otherwise, int least, int most) {
            String text = optional(field).orElse(String.valueOf(otherwise));
            if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
                throw new BadInput(field, text, "must be from " + least + " to " + most);
            }
            return Integer.parseInt(text);
        }
    }
}
