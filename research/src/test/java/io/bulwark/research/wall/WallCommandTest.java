package io.bulwark.research.wall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.api.door.ExitCode;
import io.bulwark.research.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WallCommandTest {
    @Test
    void shouldPrintAndWriteTheSameFigures(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("wall.html");
        Said said = Said.by(
                "research",
                "wall",
                "oct10",
                "jelly",
                "--seed",
                "3",
                "--accounts",
                "40",
                "--json",
                "--html",
                page.toString());
        assertEquals(ExitCode.OK, said.code(), said.err());
        JsonNode wall = new ObjectMapper().readTree(said.out());
        assertEquals(2, wall.get("events").size());
        assertEquals("jelly", wall.at("/events/0/event").textValue());
        assertEquals(1_000_000, wall.at("/events/0/collateral/dropPpm").intValue());
        String impact = wall.at("/events/1/market/atOnce/impactCost/usd").textValue();
        assertTrue(Files.readString(page).contains(impact), impact);
    }

    @Test
    void shouldRefuseWhatItCannotTakeThrough() {
        assertTrue(Said.by("research", "wall", "tulips", "--seed", "1").isOneLineRefusal());
        assertTrue(Said.by("research", "wall", "--seed", "1", "--accounts", "0").isOneLineRefusal());
        assertTrue(Said.by("research", "wall", "--seed", "1", "--epoch", "2").isOneLineRefusal());
        assertTrue(
                Said.by("research", "wall", "--seed", "1", "--gross", "50001").isOneLineRefusal());
    }
}
