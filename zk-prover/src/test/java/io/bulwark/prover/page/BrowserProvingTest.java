package io.bulwark.prover.page;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.RandomAccount;
import io.bulwark.prover.RandomRiskTable;
import io.bulwark.prover.TestEpoch;
import io.bulwark.prover.TestKeys;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.proof.Prover;
import io.bulwark.prover.proof.ProvingKeys;
import io.bulwark.prover.witness.WitnessRequest;
import io.bulwark.tier.OfPage;
import io.bulwark.tier.OfProof;
import io.bulwark.tier.Soak;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An experiment: the owner proves in a page. The library is compiled for the browser's worker, the tiny shape's key is fetched, and the witness leaves the
 * page in no request. What comes out is verified by the library; what it cost is printed beside the library's own time.
 */
@OfPage
@OfProof
@Soak
final class BrowserProvingTest {
    private static final Path BUILD = Path.of("circuits/build.sh");
    private static final Path PAGE = Path.of("src/test/resources/browser");
    private static final int ARRAY_OF_FOUR = 0x84;
    private static final int SEALS = 5;
    private static final double MIB = 1 << 20;
    private static final SplittableRandom RANDOM = new SplittableRandom(47);
    private static final RiskTable TABLE = RandomRiskTable.of(RANDOM, 6, 20);

    @TempDir
    private Path folder;

    @Test
    void shouldProveInAPageWhatTheLibraryVerifies() throws Exception {
        MarginAccount account = RandomAccount.indebted(RANDOM, TABLE, TestKeys.TINY);
        Claim claim = Claim.initialMargin(MarginStatement.of(TABLE, account).initialMargin());
        Prover prover = TestKeys.prover(TestKeys.TINY);
        try (Chromium chromium = Chromium.before(folder);
                TestEpoch epoch = TestEpoch.of(ProverLibrary.load(), TABLE, List.of(account))) {
            WitnessRequest request = epoch.request(0, claim);
            write(prover.keys(), request);
            build();
            long begin = System.nanoTime();
            assertInstanceOf(Prover.Proving.Proved.class, prover.prove(epoch.table(), request));
            long library = (System.nanoTime() - begin) / 1_000_000;
            Page page = chromium.browser().newPage();
            page.setDefaultTimeout(600_000);
            page.navigate(chromium.index());
            Map<?, ?> told = assertInstanceOf(Map.class, page.evaluate("window.proved"));
            verify(prover.keys(), request, Base64.getDecoder().decode(String.valueOf(told.get("answer"))));
            System.out.printf(
                    "proving in the browser, %d constraints: %.1f MiB of code, loaded in %.0f ms, key opened in %.0f ms, proved in %.0f ms (the library, on every processor: %d ms),"
                            + " %.0f MiB of memory%n",
                    prover.keys().constraints(),
                    Files.size(folder.resolve("prover.wasm")) / MIB,
                    number(told, "loadMillis"),
                    number(told, "openMillis"),
                    number(told, "proveMillis"),
                    library,
                    number(told, "memoryBytes") / MIB);
        }
    }

    private static double number(Map<?, ?> told, String name) {
        return assertInstanceOf(Number.class, told.get(name)).doubleValue();
    }

    /** The answer is [0, [proof, public inputs, cost]]; nothing of it is taken on trust. */
    private static void verify(ProvingKeys keys, WitnessRequest request, byte[] answer) {
        List<CanonicalValue> outcome = values(CanonicalReader.read(answer));
        assertEquals(integer(0), outcome.getFirst(), () -> "refused: " + outcome);
        List<CanonicalValue> proved = values(outcome.get(1));
        byte[] proof = content(proved.getFirst());
        List<CanonicalValue> shown = values(proved.get(1));
        assertEquals(SEALS, shown.size());
        byte[] inputs = request.publicInputs(ProverLibrary.load()).bytes();
        for (int i = 0; i < SEALS; i++) {
            assertTrue(
                    Arrays.equals(content(shown.get(i)), Arrays.copyOfRange(inputs, 32 * i, 32 * i + 32)),
                    "public input " + i);
        }
        byte[] key = keys.verifyingKey().bytes();
        assertInstanceOf(Answer.Given.class, ProverLibrary.load().verify(key, proof, inputs));
        proof[7] ^= 1;
        assertInstanceOf(Answer.Refused.class, ProverLibrary.load().verify(key, proof, inputs));
    }

    private static List<CanonicalValue> values(CanonicalValue value) {
        return assertInstanceOf(CanonicalValue.Array.class, value).values();
    }

    private static byte[] content(CanonicalValue value) {
        return assertInstanceOf(CanonicalValue.Bytes.class, value).value();
    }

    /** What the page fetches: the keys, and the calls of ABI.md but for the handles, which it learns. */
    private void write(ProvingKeys keys, WitnessRequest request) throws IOException {
        try (Stream<Path> files = Files.list(PAGE)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        Path copies = Files.createDirectory(folder.resolve("keys"));
        try (Stream<Path> files = Files.list(keys.folder())) {
            for (Path file : files.toList()) {
                Files.copy(file, copies.resolve(file.getFileName()));
                Files.writeString(
                        folder.resolve("keys.txt"),
                        file.getFileName() + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            }
        }
        byte[] open = array(
                        text("bulwark-circuit"),
                        integer(3),
                        text(TestKeys.TINY.circuit()),
                        TestKeys.TINY.encoded(),
                        text("/keys"),
                        bytes(keys.verifyingKey().identity()))
                .encode();
        put("open-circuit", array(text("circuit-open"), bytes(open)).encode());
        put("open-table", array(text("table-open"), bytes(TABLE.encode())).encode());
        byte[] name = text("prove").encode();
        byte[] head = new byte[name.length + 1];
        head[0] = (byte) ARRAY_OF_FOUR;
        System.arraycopy(name, 0, head, 1, name.length);
        put("prove", head);
        put("request", bytes(request.encode()).encode());
    }

    private void put(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
    }

    private void build() throws IOException, InterruptedException {
        Process build = new ProcessBuilder("sh", BUILD.toString(), "browser", folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, build.waitFor(), said);
    }
}
