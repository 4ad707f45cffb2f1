package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.tier.OfHouse;
import io.bulwark.tier.OfProof;
import io.bulwark.tier.Soak;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole demonstration, its proof and the judge in another process, on servers that are not the house's. */
@OfHouse
@OfProof
@Soak
class RealServersDemoTest {
    @Test
    void shouldDoTheDemonstration(@TempDir Path home, @TempDir Path files) throws Exception {
        try (RealServers servers = RealServers.start(files)) {
            servers.nameIn(home);
            String said = Program.said(0, home, "demo", "--once");
            assertTrue(said.contains("PostgreSQL and Kafka as the operator names them"), said);
            assertTrue(said.contains("debits = credits"), said);
            assertTrue(said.contains("TRUSTED"), said);
            assertFalse(said.contains(Files.readString(files.resolve("secret")).strip()), "no secret is printed");
            assertFalse(Files.exists(home.resolve("postgres")), said);
        }
    }
}
