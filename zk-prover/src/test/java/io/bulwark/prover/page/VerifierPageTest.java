package io.bulwark.prover.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.bulwark.netting.PortfolioMargin;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.RandomAccount;
import io.bulwark.prover.RandomRiskTable;
import io.bulwark.prover.TestEpoch;
import io.bulwark.prover.TestKeys;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.proof.ProofBundle;
import io.bulwark.prover.proof.Prover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that checks proofs, in the system's Chromium, with real proofs: the verifier in it is the library's own, compiled for pages. */
final class VerifierPageTest {
    private static final Path PAGE = Path.of("target/classes/verifier");
    private static final long VERIFIER_BYTES_MAX = 8 << 20;
    private static final long SEED = 31;
    private static final RiskTable TABLE = RandomRiskTable.of(new SplittableRandom(SEED), 6, 20);

    @TempDir
    private static Path folder;

    private static @Nullable Chromium chromium;
    private static ProofBundle bundle;
    private static ProofBundle ofHouse;
    private static Path key;

    @BeforeAll
    static void open() throws IOException {
        chromium = Chromium.before(PAGE);
        Prover prover = TestKeys.prover(TestKeys.TINY);
        key = Files.write(folder.resolve("key.vk"), prover.keys().verifyingKey().bytes());
        MarginAccount account = RandomAccount.indebted(new SplittableRandom(SEED), TABLE, TestKeys.TINY);
        Claim claim =
                Claim.initialMargin(assertInstanceOf(MarginStatement.class, PortfolioMargin.evaluate(TABLE, account))
                        .initialMargin());
        try (TestEpoch epoch = TestEpoch.of(ProverLibrary.load(), TABLE, List.of(account))) {
            bundle = bundle(prover.prove(epoch.table(), epoch.request(0, claim)));
            ofHouse = bundle(
                    prover.prove(epoch.table(), epoch.requestOfHouse(0, claim, TestEpoch.CHALLENGE, TestEpoch.SCOPE)));
        }
    }

    private static ProofBundle bundle(Prover.Proving proving) {
        return assertInstanceOf(Prover.Proving.Proved.class, proving).bundle();
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    private static Chromium chromium() {
        return Objects.requireNonNull(chromium);
    }

    /** A page with a memory of its own. */
    private static Page page(BrowserContext context) {
        Page page = context.newPage();
        page.navigate(chromium().index());
        page.waitForCondition(() -> page.locator("#check").isEnabled());
        return page;
    }

    private static String answer(Page page, String json, Path verifyingKey) throws IOException {
        Path file = Files.writeString(Files.createTempFile(folder, "proof", ".json"), json);
        page.setInputFiles("#proof", file);
        page.setInputFiles("#key", verifyingKey);
        page.evaluate("document.getElementById('answer').textContent = ''");
        page.click("#check");
        page.waitForCondition(() -> !page.locator("#answer").textContent().isEmpty());
        return page.locator("#answer").textContent();
    }

    private static String answer(Page page, String json) throws IOException {
        return answer(page, json, key);
    }

    @Test
    void shouldAcceptAProofOnceAndRememberItsNullifier() throws IOException {
        try (BrowserContext context = chromium().browser().newContext()) {
            Page page = page(context);
            String first = answer(page, bundle.toJson());
            assertTrue(
                    first.startsWith("accepted: some account of the prover has an initial margin of exactly"), first);
            String second = answer(page, bundle.toJson());
            assertTrue(second.startsWith("refused: this was counted here before"), second);
            String later = answer(page(context), bundle.toJson());
            assertTrue(later.startsWith("refused: this was counted here before"), "a page opened later: " + later);
        }
        try (BrowserContext context = chromium().browser().newContext()) {
            Page page = page(context);
            assertTrue(answer(page, ofHouse.toJson()).startsWith("accepted: account 0 has"));
            assertTrue(answer(page, ofHouse.toJson()).startsWith("refused: this was counted here before"));
            assertTrue(answer(page, bundle.toJson()).startsWith("accepted"), "an owner's proof is another matter");
        }
    }

    @Test
    void shouldRefuseWhateverIsChanged() throws IOException {
        try (BrowserContext context = chromium().browser().newContext()) {
            Page page = page(context);
            for (String changed : List.of("proof", "seal", "challenge", "scope", "nullifier", "claim")) {
                String said = answer(page, changedByOneDigit(bundle.toJson(), changed));
                assertTrue(said.startsWith("refused: the proof does not hold ("), changed + ": " + said);
            }
            assertRefused(page, changedByOneDigit(bundle.toJson(), "verifyingKey"), "another verifying key");
            assertRefused(page, "{}", "must have exactly the fields");
            assertRefused(page, "no JSON", "must be one JSON object");
            assertRefused(page, bundle.toJson().replace("\"version\" : 1", "\"version\" : 2"), "version 1");
            String order = "30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001";
            assertRefused(
                    page,
                    bundle.toJson().replace(bundle.publicInputs().nullifier().hex(), order),
                    "NOT_A_FIELD_ELEMENT, public[3]");
            byte[] otherKey = Files.readAllBytes(key);
            otherKey[300] ^= 1;
            Path file = Files.write(folder.resolve("other.vk"), otherKey);
            assertTrue(answer(page, bundle.toJson(), file).contains("another verifying key"));
            assertTrue(answer(page, bundle.toJson()).startsWith("accepted"), "what was refused used nothing up");
        }
    }

    @Test
    void shouldCompareWhatTheReaderExpects() throws IOException {
        try (BrowserContext context = chromium().browser().newContext()) {
            Page page = page(context);
            for (String field : List.of("seal", "challenge", "scope", "claim")) {
                page.fill("#" + field, "ab");
                assertRefused(page, bundle.toJson(), "another " + field + " than you expect");
                page.fill("#" + field, "");
            }
            page.fill("#claim", "0x" + bundle.publicInputs().statement().hex());
            page.fill("#scope", bundle.publicInputs().scope().hex());
            assertTrue(answer(page, bundle.toJson()).startsWith("accepted"));
            assertEquals(5, page.locator("dd").count());
        }
    }

    private static void assertRefused(Page page, String json, String why) throws IOException {
        String said = answer(page, json);
        assertTrue(said.startsWith("refused: ") && said.contains(why), said);
    }

    private static String changedByOneDigit(String json, String field) {
        int end = json.indexOf('"', json.indexOf("\"" + field + "\" : \"") + field.length() + 6);
        char last = json.charAt(end - 1);
        return json.substring(0, end - 1) + (last == '0' ? '1' : '0') + json.substring(end);
    }

    @Test
    void shouldStaySmallAndAnswerAtOnce() throws IOException {
        long size = Files.size(PAGE.resolve("verifier.wasm"));
        try (BrowserContext context = chromium().browser().newContext()) {
            long begin = System.nanoTime();
            Page page = page(context);
            long loaded = System.nanoTime();
            Object millis = page.evaluate(
                    "([key, proof, inputs]) => { const of = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));"
                            + " const begin = performance.now();"
                            + " if (bulwark.verify(of(key), of(proof), of(inputs)) !== null) throw new Error('refused');"
                            + " return Math.round(performance.now() - begin); }",
                    List.of(
                            hex(Files.readAllBytes(key)),
                            bundle.proof().toString(),
                            hex(bundle.publicInputs().bytes())));
            System.out.printf(
                    "verifier of pages: %,d bytes, ready after %d ms, a proof checked in %s ms%n",
                    size, (loaded - begin) / 1_000_000, millis);
        }
        assertTrue(size <= VERIFIER_BYTES_MAX, "verifier.wasm has " + size + " bytes");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
