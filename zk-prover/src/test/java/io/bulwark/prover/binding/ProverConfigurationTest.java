package io.bulwark.prover.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.prover.binding.ProverConfiguration.Way;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProverConfigurationTest {
    @Test
    void shouldGoTheWayOfItsCallerUnlessToldOtherwise() {
        ProverConfiguration defaults = ProverConfiguration.of(Map.of(), Way.IN_PROCESS);
        assertEquals(Way.IN_PROCESS, defaults.way());
        assertEquals(
                Way.OUT_OF_PROCESS,
                ProverConfiguration.of(Map.of(), Way.OUT_OF_PROCESS).way());
        assertEquals(4L << 30, defaults.memoryBytesMax());
        assertEquals(Runtime.getRuntime().availableProcessors(), defaults.threads());
        assertEquals(Duration.ofMinutes(10), defaults.patience());
    }

    @Test
    void shouldTakeWhatTheEnvironmentSays() {
        assertEquals(
                new ProverConfiguration(Way.OUT_OF_PROCESS, 1L << 30, 3, Duration.ofSeconds(9)),
                ProverConfiguration.of(
                        Map.of(
                                "BULWARK_PROVER", "out-of-process",
                                "BULWARK_PROVER_MEMORY_MIB", "1024",
                                "BULWARK_PROVER_THREADS", "3",
                                "BULWARK_PROVER_PATIENCE_SECONDS", "9"),
                        Way.IN_PROCESS));
    }

    @ParameterizedTest
    @CsvSource({
        "BULWARK_PROVER, elsewhere",
        "BULWARK_PROVER, ''",
        "BULWARK_PROVER_MEMORY_MIB, 255",
        "BULWARK_PROVER_MEMORY_MIB, 1048577",
        "BULWARK_PROVER_MEMORY_MIB, much",
        "BULWARK_PROVER_THREADS, 0",
        "BULWARK_PROVER_THREADS, 1025",
        "BULWARK_PROVER_PATIENCE_SECONDS, 0",
        "BULWARK_PROVER_PATIENCE_SECONDS, 86401"
    })
    void shouldNameWhatCannotBe(String name, String value) {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> ProverConfiguration.of(Map.of(name, value), Way.IN_PROCESS));
        assertTrue(String.valueOf(refusal.getMessage()).startsWith(name + " must be "), refusal.toString());
    }
}
