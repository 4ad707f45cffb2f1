package io.bulwark.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server runs with, it must need. The class path of these tests holds all of it, so what is not on theirs is not on its own. */
final class RuntimeClassPathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.tribuo.MutableDataset",
                "org.knowm.xchart.XYChart",
                "io.bulwark.research.Research",
                "io.bulwark.conformance.Conformance"
            })
    void shouldLackWhatOnlyItsNeighboursNeed(String name) {
        assertEquals(List.of(), places(name), name);
    }

    @Test
    void shouldFindWhatIsThere() {
        assertTrue(!places("picocli.CommandLine").isEmpty());
    }

    private static List<String> places(String name) {
        return RuntimeClassPathTest.class
                .getClassLoader()
                .resources(name.replace('.', '/') + ".class")
                .map(Object::toString)
                .toList();
    }
}
