package io.bulwark.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.tier.Heavy;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Counts of what the house wants less of. One that rises fails; one that has fallen fails until {@code ratchet.properties} says so, and stays there. */
@Heavy
class RatchetTest {
    private static final int SHOWN = 12;

    private static Map<String, List<String>> found;
    private static Properties limits;

    @BeforeAll
    static void count() throws IOException {
        found = Ratchets.of(TidyTest.ROOT);
        limits = new Properties();
        try (Reader file = Files.newBufferedReader(TidyTest.ROOT.resolve("src/test/ratchet.properties"))) {
            limits.load(file);
        }
    }

    @Test
    void shouldOnlyFall() {
        List<String> wrong = new ArrayList<>();
        found.forEach((name, places) -> {
            int limit = Integer.parseInt(limits.getProperty(name, "-1"));
            if (places.size() > limit) {
                wrong.add(name + " is " + places.size() + ", at most " + limit + "; among them " + sample(places));
            } else if (places.size() < limit) {
                wrong.add(name + " has fallen: ratchet.properties takes " + name + "=" + places.size());
            }
        });
        assertTrue(wrong.isEmpty(), String.join(System.lineSeparator(), wrong));
    }

    @Test
    void shouldCountWhatItLimits() {
        assertEquals(found.keySet(), limits.stringPropertyNames());
    }

    /** The last ones: of a count whose places are in the order of files, those are not always the new ones, but they are places to begin. */
    private static List<String> sample(List<String> places) {
        return places.subList(Math.max(0, places.size() - SHOWN), places.size());
    }
}
