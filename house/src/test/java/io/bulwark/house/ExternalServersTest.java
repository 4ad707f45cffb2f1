package io.bulwark.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.database.Database.Configuration;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.event.Topics.Brokers;
import io.bulwark.house.founding.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which servers a house uses: what is said is read, what is left out is safe, what cannot be is refused by field and rule, and no secret
 * is shown.
 */
class ExternalServersTest {
    private static final String SECRET = "hunter2;\" \\ '";

    @TempDir
    Path folder;

    private Map<String, String> both() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");
        return new HashMap<>(Map.of(
                "BULWARK_DATABASE_URL", "postgresql://db.example:5433,standby.example/house",
                "BULWARK_DATABASE_USER", "bulwark_app",
                "BULWARK_DATABASE_PASSWORD_FILE", secret.toString(),
                "BULWARK_KAFKA_BOOTSTRAP", "a.example:9092,b.example:9092,c.example:9092",
                "BULWARK_KAFKA_USER", "house",
                "BULWARK_KAFKA_PASSWORD", SECRET));
    }

    private ExternalServers read(Map<String, String> environment) {
        return ExternalServers.of(new Home(folder), environment);
    }

    @Test
    void shouldUseItsOwnServersWhereNoneAreNamed() {
        assertEquals(new ExternalServers(Optional.empty(), Optional.empty()), read(Map.of("BULWARK_HOME", "x")));
    }

    @Test
    void shouldBeSafeWhereNothingElseIsSaid() throws IOException {
        ExternalServers servers = read(both());
        Configuration database = servers.database().orElseThrow();
        assertEquals("jdbc:postgresql://db.example:5433,standby.example/house", database.jdbcUrl());
        assertEquals(Map.of("sslmode", "verify-full", "targetServerType", "primary"), database.options());
        assertEquals(SECRET, database.password());
        assertEquals(Optional.empty(), database.owner());
        Brokers brokers = servers.brokers().orElseThrow();
        assertEquals(new Brokers.Door(true, "SCRAM-SHA-512", Optional.empty()), brokers.door());
        assertEquals(new Brokers.Copies(3, 2), brokers.copies());
        Map<String, Object> client = brokers.with(Map.of());
        assertEquals("SASL_SSL", client.get("security.protocol"));
        assertEquals(
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"house\""
                        + " password=\"hunter2;\\\" \\\\ '\";",
                client.get("sasl.jaas.config"));
        assertFalse(servers.toString().contains("hunter2"), servers::toString);
    }

    @Test
    void shouldReadAFileThatTheEnvironmentOverrules() throws IOException {
        Path file = Files.writeString(folder.resolve("servers.properties"), """
                database.url=jdbc:postgresql://localhost/house
                database.ssl=disable
                database.user=bulwark_app
                database.password=of the file
                database.owner.user=bulwark_owner
                database.owner.password=of the owner
                database.connections=20
                """);
        assertRefused("rw-r--r--", "must be its owner's alone", file.toString(), Map.of());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Configuration database =
                read(Map.of("BULWARK_DATABASE_PASSWORD", "of now")).database().orElseThrow();
        assertEquals("of now", database.password());
        assertEquals("bulwark_owner", database.owner().orElseThrow().user());
        assertEquals(20, database.connectionsMax());
        assertEquals(Optional.empty(), read(Map.of()).brokers());
        Path elsewhere = folder.resolve("elsewhere");
        assertRefused(
                elsewhere.toString(),
                "must name a file that is there",
                "BULWARK_SERVERS",
                Map.of("BULWARK_SERVERS", elsewhere.toString()));
    }

    @Test
    void shouldNameWhatCannotBe() throws IOException {
        String url = "must be jdbc:postgresql://HOST";
        refuses("DATABASE_URL", "database.url", "jdbc:postgresql://u:" + SECRET + "@db/house", "", url);
        refuses("DATABASE_URL", "database.url", "jdbc:postgresql://db/house?password=" + SECRET, "", url);
        refuses("DATABASE_URL", "database.url", "", "", "must be given");
        refuses("DATABASE_SSL", "database.ssl", "disable", "disable", "only where every host is this machine");
        refuses("DATABASE_SSL", "database.ssl", "require", "require", "must be verify-full or verify-ca");
        refuses("DATABASE_USER", "database.user", "Robert'; --", "Robert'; --", "must be a role's name");
        refuses(
                "DATABASE_CA",
                "database.ca",
                "/no/such/file",
                "/no/such/file",
                "must be a file that this process reads");
        refuses("DATABASE_CONNECTIONS", "database.connections", "101", "101", "must be from 4 to 100");
        refuses("DATABASE_PASSWORD", "database.password", SECRET, "", "one of both");
        refuses("DATABASE_PASSWROD", "BULWARK_DATABASE_PASSWROD", SECRET, "", "must be a field of servers");
        refuses("KAFKA_BOOTSTRAP", "kafka.bootstrap", "a.example", "a.example", "must be HOST:PORT");
        refuses("KAFKA_TLS", "kafka.tls", "off", "off", "off only where every broker is this machine");
        refuses("KAFKA_MECHANISM", "kafka.mechanism", "GSSAPI", "GSSAPI", "must be SCRAM-SHA-512");
        refuses("KAFKA_INSYNC", "kafka.insync", "4", "4", "must be from 1 to 3");
        refuses("KAFKA_PASSWORD", "kafka.password", "", "", "must be given");
        Map<String, String> one = both();
        one.put("BULWARK_DATABASE_OWNER_USER", "bulwark_app");
        one.put("BULWARK_DATABASE_OWNER_PASSWORD", SECRET);
        assertRefused("bulwark_app", "must be another than database.owner.user", "database.user", one);
    }

    private void refuses(String name, String field, String said, String shown, String rule) throws IOException {
        Map<String, String> environment = both();
        environment.put("BULWARK_" + name, said);
        assertRefused(shown, rule, field, environment);
    }

    private void assertRefused(String shown, String rule, String field, Map<String, String> environment) {
        BadInput refused = assertThrows(BadInput.class, () -> read(environment));
        assertEquals(field, refused.field());
        assertEquals(shown, refused.value());
        assertTrue(refused.rule().contains(rule), refused::rule);
        assertFalse(String.valueOf(refused.getMessage()).contains("hunter2"), refused::getMessage);
    }
}
