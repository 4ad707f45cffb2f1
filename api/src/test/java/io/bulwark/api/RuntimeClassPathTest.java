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
                "io.bulwark.conformance.Conformance",
                "net.sourceforge.argparse4j.ArgumentParsers",
                "joptsimple.OptionParser",
                "scala.reflect.runtime.JavaUniverse",
                "org.jose4j.jwt.JwtClaims",
                "org.apache.commons.beanutils.PropertyUtils",
                "org.apache.commons.collections.FastHashMap",
                "org.apache.commons.digester.Digester",
                "org.apache.commons.logging.LogFactory",
                "kotlin.Unit"
            })
    void shouldLackWhatOnlyItsNeighboursNeed(String name) {
        assertEquals(List.of(), places(name), name);
    }

    /** Beds of tests are on the class path of these tests alone: in a folder or a jar of tests, which no server is given. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.bulwark.adapter.recording.AaveRecorder",
                "io.bulwark.adapter.recording.AnvilMarket",
                "io.bulwark.adapter.recording.DerivativesBed",
                "io.bulwark.adapter.recording.DerivativesRecorder",
                "io.bulwark.adapter.recording.NodeScript",
                "io.bulwark.adapter.recording.Recorder",
                "io.bulwark.adapter.recording.RecordingProxy",
                "io.bulwark.adapter.recording.TroubledVenue",
                "io.bulwark.prover.soak.Soak",
                "io.bulwark.prover.soak.MemoryCurve",
                "io.bulwark.prover.soak.BoundaryMix",
                "io.bulwark.simulation.ManyVenues",
                "io.bulwark.simulation.PollingSoak"
            })
    void shouldLackTheBedsOfTests(String name) {
        List<String> product = places(name).stream()
                .filter(place -> !place.contains("/test-classes/") && !place.contains("-tests.jar!"))
                .toList();
        assertEquals(List.of(), product, name);
    }

    @Test
    void shouldFindWhatIsThere() {
        assertTrue(!places("io.bulwark.adapter.recording.NodeScript").isEmpty());
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
