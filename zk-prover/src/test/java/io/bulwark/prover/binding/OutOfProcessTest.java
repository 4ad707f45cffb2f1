package io.bulwark.prover.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.RandomRiskTable;
import io.bulwark.tier.OfProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ends the library ends the house where the library is inside it, and costs one call where it is a process of its own. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@OfProof
final class OutOfProcessTest {
    private static final RiskTable TABLE = RandomRiskTable.of(new SplittableRandom(17), 54, 20);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private static Path folder;

    private static Path built;
    private static ProverLibrary library;

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        built = FatalProver.build(folder);
        library = FatalProver.outOfProcess(built, PATIENCE);
    }

    @AfterAll
    static void end() {
        library.close();
    }

    /** In one test, so that the JVMs start side by side. */
    @Test
    void shouldTakeTheHouseDownWhereItIsInside() throws IOException {
        Map<String, Process> houses = new TreeMap<>();
        for (String kind : List.of(
                "stack overflow",
                "out of memory",
                "segmentation fault",
                "kill",
                "panic in another routine",
                "concurrent map write",
                "exit")) {
            houses.put(kind, FatalProver.jvm(built, kind));
        }
        for (Map.Entry<String, Process> house : houses.entrySet()) {
            assertFalse(FatalProver.survived(house.getValue()), house.getKey());
        }
        Process unharmed = FatalProver.jvm(built, "no such end");
        assertTrue(FatalProver.survived(unharmed), "a refusal ends nobody");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stack overflow",
                "out of memory",
                "segmentation fault",
                "kill",
                "panic in another routine",
                "concurrent map write",
                "exit",
                "garbage",
                "garbled answer",
                "answer to no call",
                "half a frame"
            })
    void shouldCostOneCallWhereItIsAProcess(String kind) {
        FieldElement before = library.hash(10, List.of(FieldElement.of(7)));
        assertLost(library, kind);
        assertEquals(before, library.hash(10, List.of(FieldElement.of(7))), "the next call finds another process");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang", "stop"})
    void shouldLoseItsPatience(String kind) {
        try (ProverLibrary impatient = FatalProver.outOfProcess(built, Duration.ofSeconds(1))) {
            ProverException lost = assertLost(impatient, kind);
            assertEquals(
                    "process that gave no answer within 1000 ms (status 137)",
                    lost.refusal().where());
            assertEquals(1, impatient.openTree(1).depth());
        }
    }

    private static ProverException assertLost(ProverLibrary library, String kind) {
        ProverException lost = assertThrows(ProverException.class, () -> FatalProver.end(library, kind));
        assertEquals(ProverException.Category.RETRY, lost.category(), lost.getMessage());
        assertEquals(RefusalKind.LOST, lost.refusal().kind());
        return lost;
    }

    @Test
    void shouldHoldWhatItHeldInTheProcessThatFollows() {
        TreeMap<Long, FieldElement> some = new TreeMap<>(Map.of(3L, FieldElement.of(5), 60L, FieldElement.of(6)));
        TreeMap<Long, FieldElement> more = new TreeMap<>(Map.of(3L, FieldElement.of(8)));
        byte[] rehearsal = CanonicalValue.array(
                        CanonicalValue.text("bulwark-compile"),
                        CanonicalValue.integer(1),
                        CanonicalValue.text("rehearsal"),
                        CanonicalValue.array(CanonicalValue.integer(3)))
                .encode();
        try (TreeHandle tree = library.openTree(3);
                TableHandle table = library.openTable(TABLE.encode()).orElseThrow();
                CircuitHandle circuit = library.compileCircuit(rehearsal).orElseThrow()) {
            tree.update(some);
            tree.update(more);
            FieldElement root = tree.root();
            FieldElement evaluated = table.evaluatedRoot("challenge", FieldElement.of(1), FieldElement.of(2));
            Answer<?> refused = library.prove(circuit, table, new byte[0]);
            assertLost(library, "kill");
            // Numbers begin again in the process that follows: one that came from before must not be taken for
            // another's.
            try (TreeHandle other = library.openTree(2)) {
                assertNotEquals(root, other.root());
                assertEquals(root, tree.root());
                assertEquals(evaluated, table.evaluatedRoot("challenge", FieldElement.of(1), FieldElement.of(2)));
                assertEquals(refused, library.prove(circuit, table, new byte[0]));
                tree.update(some);
                assertNotEquals(root, tree.root());
            }
            assertLost(library, "exit");
            tree.update(more);
            assertEquals(root, tree.root(), "also after a second end, with what came between");
        }
    }

    @Test
    @SuppressWarnings("try") // It is the end of the process that is tested.
    void shouldLoseEveryCallThatWaits() {
        try (ProverLibrary own = FatalProver.outOfProcess(built, PATIENCE)) {
            List<CompletableFuture<Answer<CanonicalValue>>> waiting = IntStream.range(0, 8)
                    .mapToObj(call -> CompletableFuture.supplyAsync(
                            () -> FatalProver.end(own, "hang"), Thread::startVirtualThread))
                    .toList();
            assertThrows(
                    java.util.concurrent.TimeoutException.class,
                    () -> waiting.getFirst().get(200, TimeUnit.MILLISECONDS));
            own.close();
            for (CompletableFuture<Answer<CanonicalValue>> call : waiting) {
                ExecutionException lost = assertThrows(ExecutionException.class, call::get);
                assertInstanceOf(ProverException.class, lost.getCause());
            }
        }
    }

    @Test
    void shouldAnswerManyAtOnceEachItsOwn() {
        List<FieldElement> hashes = IntStream.range(0, 400)
                .parallel()
                .mapToObj(i -> library.hash(10, List.of(FieldElement.of(i))))
                .toList();
        ProverLibrary inside = ProverLibrary.load();
        for (int i = 0; i < hashes.size(); i++) {
            assertEquals(inside.hash(10, List.of(FieldElement.of(i))), hashes.get(i));
        }
    }

    @Test
    void shouldBeTheSameBuildBothWays() {
        try (ProverLibrary outside =
                ProverLibrary.open(ProverConfiguration.of(ProverConfiguration.Way.OUT_OF_PROCESS))) {
            assertEquals(ProverLibrary.load().build(), outside.build());
            assertNotEquals(library.build(), outside.build(), "a test build is another");
            assertInstanceOf(
                    Answer.Refused.class, FatalProver.end(outside, "exit"), "what is shipped cannot be told to end");
        }
    }

    @Test
    @SuppressWarnings("try") // It is the end of the process that is tested.
    void shouldHoldTheProcessToItsLimitsAndGiveItNothingElse() throws IOException {
        try (ProverLibrary own = FatalProver.outOfProcess(built, PATIENCE)) {
            CanonicalFields runtime = own.configure(0, 0, 0);
            assertEquals((512L << 20) / 4 * 3, runtime.integer("memoryLimitBytes"));
            assertEquals(2, runtime.integer("cores"));
            ProcessHandle process = ProcessHandle.current()
                    .children()
                    .filter(child -> child.info().command().orElse("").startsWith(built.toString()))
                    .max(java.util.Comparator.comparing(
                            child -> child.info().startInstant().orElseThrow()))
                    .orElseThrow();
            Path proc = Path.of("/proc", String.valueOf(process.pid()));
            String limits = Files.readString(proc.resolve("limits"));
            assertTrue(limits.matches("(?s).*Max data size +536870912 +536870912.*"), limits);
            assertTrue(limits.matches("(?s).*Max core file size +0 +0.*"), limits);
            assertEquals("", Files.readString(proc.resolve("environ")));
            assertFalse(Files.readString(proc.resolve("cmdline")).contains("BULWARK"));
            own.close();
            process.onExit().join();
        }
    }
}
