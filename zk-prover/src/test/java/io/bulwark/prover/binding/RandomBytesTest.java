package io.bulwark.prover.binding;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests of a stranger through the boundary: each is refused by name, none is a failure inside, and the process lives. */
final class RandomBytesTest {
    private static final int DRAWS = 400;
    private static final int BYTES_MAX = 1200;

    static Stream<Named<Function<byte[], Answer<?>>>> exports() {
        ProverLibrary library = ProverLibrary.load();
        return Stream.of(
                Named.of("table", library::openTable),
                Named.of("account", library::accountLeaf),
                Named.of("set-up", library::setUp),
                Named.of("circuit", library::openCircuit),
                Named.of("compilation", library::compileCircuit),
                Named.of("ceremony begun", library::beginCeremony),
                Named.of("contribution", library::contributeToCeremony),
                Named.of("ceremony verified", library::verifyCeremony),
                Named.of("ceremony sealed", library::sealCeremony));
    }

    @ParameterizedTest
    @MethodSource("exports")
    void shouldBeRefusedByName(Function<byte[], Answer<?>> export) {
        Random random = new Random(91);
        for (int draw = 0; draw < DRAWS; draw++) {
            byte[] bytes = new byte[random.nextInt(BYTES_MAX)];
            random.nextBytes(bytes);
            if (bytes.length > 0 && random.nextBoolean()) {
                bytes[0] = (byte) (0x80 + random.nextInt(16)); // an array, as every request is
            }
            ProverRefusal refusal =
                    assertInstanceOf(Answer.Refused.class, export.apply(bytes)).refusal();
            assertNotEquals(RefusalKind.INTERNAL, refusal.kind(), refusal.toString());
            assertNotEquals("", refusal.code());
        }
    }
}
