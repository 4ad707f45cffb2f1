package io.bulwark.prover.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.RandomRiskTable;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.commitment.AccountLeaf.Format;
import io.bulwark.tier.OfProof;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The native library through its Java door: whatever bytes come, an answer or a refusal, never the end of the process. */
@OfProof
final class ProverLibraryTest {
    private static final long SEED = 4711;
    private static final RiskTable TABLE = RandomRiskTable.of(new SplittableRandom(SEED), 54, 20);

    private final ProverLibrary library = ProverLibrary.load();

    @Test
    void shouldBeLoadedOnce() {
        assertEquals(library, ProverLibrary.load());
    }

    @Test
    void shouldSeparateDomainsAndLengths() {
        List<FieldElement> one = List.of(FieldElement.of(1));
        assertNotEquals(library.hash(10, one), library.hash(11, one));
        assertNotEquals(library.hash(11, one), library.hash(11, List.of(FieldElement.of(1), FieldElement.ZERO)));
        assertNotEquals(library.hash(11, List.of()), library.hash(11, List.of(FieldElement.ZERO)));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 34, 1 << 20, Integer.MAX_VALUE})
    void shouldRefuseADomainThatDoesNotExist(int domain) {
        assertThrows(ProverException.class, () -> library.hash(domain, List.of(FieldElement.ZERO)));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 17, Integer.MAX_VALUE})
    void shouldRefuseATreeOfImpossibleDepth(int depth) {
        assertThrows(IllegalArgumentException.class, () -> library.openTree(depth));
    }

    @Test
    void shouldGiveOneRootToOneTable() {
        byte[] encoding = TABLE.encode();
        try (TableHandle first = library.openTable(encoding).orElseThrow();
                TableHandle second = library.openTable(encoding).orElseThrow();
                TableHandle other = library.openTable(RandomRiskTable.of(new SplittableRandom(SEED + 1), 54, 20)
                                .encode())
                        .orElseThrow()) {
            assertEquals(first.root(), second.root());
            assertNotEquals(first.root(), other.root());
        }
    }

    @Test
    void shouldSurviveEveryMutilationOfATable() {
        mutilate(
                TABLE.encode(),
                1500,
                encoding -> library.openTable(encoding).map(handle -> {
                    handle.close();
                    return 0;
                }));
    }

    @Test
    void shouldSurviveEveryMutilationOfAnAccount() {
        MarginAccount account = new MarginAccount(
                -5,
                List.of(new Entry(2, -7), new Entry(9, 8)),
                List.of(new Entry(9, 1)),
                List.of(new Entry(1, 5)),
                List.of(new Entry(6, 4)));
        byte[] encoding = new AccountLeaf(Format.WITHOUT_VENUES, 3, FieldElement.of(1), FieldElement.of(2), account)
                .encoded()
                .encode();
        assertInstanceOf(Answer.Given.class, library.accountLeaf(encoding));
        mutilate(encoding, 3000, library::accountLeaf);
    }

    /** Cut, lengthened, flipped and random bytes; the call must come back. */
    private static void mutilate(byte[] valid, int times, Function<byte[], Answer<?>> call) {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < times; i++) {
            byte[] bytes = switch (i % 4) {
                case 0 -> Arrays.copyOf(valid, random.nextInt(valid.length));
                case 1 -> flipped(valid, random, 1 + random.nextInt(4));
                case 2 -> randomBytes(random, random.nextInt(200));
                default -> Arrays.copyOf(valid, valid.length + 1 + random.nextInt(40));
            };
            Answer<?> answer = call.apply(bytes);
            if (i % 4 == 0 || i % 4 == 3) {
                assertInstanceOf(Answer.Refused.class, answer, "seed " + SEED + ", case " + i);
            }
        }
    }

    private static byte[] flipped(byte[] valid, SplittableRandom random, int flips) {
        byte[] bytes = valid.clone();
        for (int i = 0; i < flips; i++) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static byte[] randomBytes(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void shouldRefuseRequestsBeyondItsLimitsBeforeTheBoundary() {
        assertThrows(
                IllegalArgumentException.class,
                () -> library.accountLeaf(new byte[ProverLibrary.REQUEST_BYTES_MAX + 1]));
        assertThrows(
                IllegalArgumentException.class,
                () -> library.verify(new byte[ProverLibrary.REQUEST_BYTES_MAX + 1], new byte[0], new byte[0]));
    }

    @Test
    void shouldRefuseAClosedTableAndCloseTwice() {
        TableHandle table = library.openTable(TABLE.encode()).orElseThrow();
        table.close();
        table.close();
        assertThrows(
                IllegalStateException.class,
                () -> table.evaluatedRoot("challenge", FieldElement.ZERO, FieldElement.ZERO));
    }

    @Test
    void shouldReleaseWhatItsOwnersForget() {
        for (int i = 0; i < 200; i++) {
            library.openTree(10).update(new TreeMap<>(Map.of((long) i, FieldElement.of(i))));
        }
        System.gc();
        try (TreeHandle tree = library.openTree(3)) {
            assertEquals(64, tree.capacity());
        }
    }

    @Test
    void shouldTakeLimitsForItsRuntime() {
        CanonicalFields before = library.configure(0, 0, 0);
        long memory = before.integer("memoryLimitBytes");
        int cores = (int) before.integer("cores");
        assertEquals(Runtime.getRuntime().availableProcessors(), cores);
        CanonicalFields changed = library.configure(1L << 40, 0, cores + 1);
        assertEquals(1L << 40, changed.integer("memoryLimitBytes"));
        assertEquals(cores + 1, changed.integer("cores"));
        library.configure(memory, 0, cores);
        assertThrows(ProverException.class, () -> library.configure(-1, 0, 0));
    }
}
