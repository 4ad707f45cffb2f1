package io.bulwark.prover.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.bulwark.tier.OfPage;
import io.bulwark.tier.OfProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page that judges proofs, in the system's Chromium: the judge in it is the library's own, compiled for pages, and says what the vectors say. */
@OfPage
@OfProof
final class VerifierPageTest {
    private static final Path PAGE = Path.of("target/classes/verifier");
    private static final long VERIFIER_BYTES_MAX = 8 << 20;
    private static final HexFormat HEX = HexFormat.of();
    private static final String WHOLE = "excess over initial: whole";
    private static final Map<String, String> ASKED = Map.of(
            "verifier", "https://bank.example",
            "purpose", "loan",
            "beneficiary", "fund A",
            "nonce", "nonce 7",
            "oldest", "2",
            "amount", "500");

    @TempDir
    private static Path folder;

    private static @Nullable Chromium chromium;
    private static JsonNode vectors;
    private static JsonNode conversations;

    @BeforeAll
    static void open() throws IOException {
        vectors =
                new ObjectMapper().readTree(Path.of("vectors", "judgement.json").toFile());
        conversations = new ObjectMapper()
                .readTree(Path.of("vectors", "conversation.json").toFile());
        chromium = Chromium.before(PAGE);
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

    private static Page page(BrowserContext context) {
        Page page = context.newPage();
        page.navigate(chromium().index());
        page.waitForCondition(() -> page.locator("#check").isEnabled());
        return page;
    }

    @ParameterizedTest
    @ValueSource(strings = {"judgement.json", "matrix.json"})
    void shouldJudgeAsTheVectors(String name) throws IOException {
        JsonNode file = new ObjectMapper().readTree(Path.of("vectors", name).toFile());
        try (BrowserContext context = chromium().browser().newContext()) {
            Page page = page(context);
            Object differing = page.evaluate(
                    "(text) => {"
                            + " const file = JSON.parse(text);"
                            + " const utf8 = (text) => new TextEncoder().encode(text);"
                            + " const hex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));"
                            + " const differing = [];"
                            + " for (const one of file.cases) {"
                            + "  const said = bulwark.judge(utf8(file.proofs[one.proof] ?? ''), (one.keys ?? []).map((name) => hex(file.keys[name])), utf8(file.houses[one.house] ?? ''), utf8(JSON.stringify(one.expected)));"
                            + "  const pins = (one.pins ?? []).map((pin) => [pin.name, pin.state, pin.words ?? '']);"
                            + "  const have = said.code ? [said.code] : [said.outcome, said.first, said.sentence, said.reason, said.origin, said.pins.map((pin) => [pin.name, pin.state, pin.words])];"
                            + "  const want = one.badInput ? [one.badInput] : [one.outcome, one.first, one.sentence ?? '', one.reason ?? '', one.key ?? '', pins];"
                            + "  if (JSON.stringify(have) !== JSON.stringify(want)) differing.push(`${one.name}: ${JSON.stringify(have)}`);"
                            + " }"
                            + " return differing; }",
                    file.toString());
            assertEquals(List.of(), differing);
            assertTrue(file.get("cases").size() > 200);
        }
    }

    /** Puts the clock where the vectors' houses are, and says that their circuits were compiled; all else is what the page itself tells the judge. */
    private static void atTheVectorsTime(Page page) {
        JsonNode expected = named(WHOLE).get("expected");
        page.evaluate(
                "(more) => { const judge = bulwark.judge, text = new TextDecoder(), bytes = new TextEncoder();"
                        + " bulwark.judge = (proof, keys, house, expected) => judge(proof, keys, house,"
                        + " bytes.encode(JSON.stringify({ ...JSON.parse(text.decode(expected)), ...JSON.parse(more) }))); }",
                "{\"now\":" + expected.get("now") + ",\"compiled\":" + expected.get("compiled") + "}");
    }

    private static JsonNode named(String name) {
        for (JsonNode one : vectors.get("cases")) {
            if (one.get("name").textValue().equals(name)) {
                return one;
            }
        }
        throw new AssertionError("no case " + name);
    }

    private static Page filled(BrowserContext context) throws IOException {
        Page page = page(context);
        atTheVectorsTime(page);
        JsonNode whole = named(WHOLE);
        choose(
                page,
                "proof",
                "json",
                vectors.at("/proofs")
                        .get(whole.get("proof").textValue())
                        .textValue()
                        .getBytes(UTF_8));
        String key = whole.at("/keys/0").textValue();
        choose(page, "key", "vk", HEX.parseHex(vectors.get("keys").get(key).textValue()));
        choose(
                page,
                "house-file",
                "json",
                vectors.get("houses").get("ceremony").textValue().getBytes(UTF_8));
        page.fill("#house", whole.at("/expected/house").textValue());
        ASKED.forEach((id, value) -> page.fill("#" + id, value));
        page.selectOption("#claim", "1");
        page.selectOption("#candidate", "1");
        return page;
    }

    private static void choose(Page page, String id, String ending, byte[] content) throws IOException {
        page.setInputFiles("#" + id, Files.write(Files.createTempFile(folder, id, "." + ending), content));
    }

    private static String answer(Page page) {
        page.evaluate("document.getElementById('answer').textContent = ''");
        page.click("#check");
        page.waitForCondition(() -> !page.locator("#answer").textContent().isEmpty());
        return page.getAttribute("#answer", "data-colour") + " "
                + page.locator("#answer").textContent();
    }

    @Test
    void shouldBeGreenWhereTrustedAndSayTheSameTwice() throws IOException {
        try (BrowserContext context = chromium().browser().newContext()) {
            Page page = filled(context);
            page.fill("#house-name", "north");
            page.check("#once");
            String first = answer(page);
            assertTrue(first.startsWith("green TRUSTED: some account of the prover has at least 500.0000 USD"), first);
            assertEquals(first, answer(page), "a second look says the same");
            page.fill("#house", "north");
            assertEquals(first, answer(page), "the house is remembered by its name");
            choose(
                    page,
                    "proof",
                    "json",
                    vectors.at("/proofs")
                            .get("initial margin by its owner")
                            .textValue()
                            .getBytes(UTF_8));
            page.selectOption("#claim", "3");
            page.selectOption("#candidate", "0");
            page.fill("#amount", "0.0042");
            String second = answer(page);
            assertEquals("red REFUSED: another proof answered this nonce before", second);
        }
    }

    @Test
    void shouldBeAmberWhereSomethingIsNotGiven() throws IOException {
        try (BrowserContext context = chromium().browser().newContext()) {
            Page page = filled(context);
            Map<String, String> pins =
                    Map.of("house", "house", "purpose", "scope", "nonce", "challenge", "beneficiary", "challenge");
            for (Map.Entry<String, String> left : pins.entrySet()) {
                String before = page.inputValue("#" + left.getKey());
                page.fill("#" + left.getKey(), "");
                String said = answer(page);
                assertTrue(said.startsWith("amber NOT ANCHORED; says, without anchor: some account"), said);
                List<String> named = page.locator("#pins li").allTextContents();
                assertEquals(1, named.size(), named.toString());
                assertTrue(named.getFirst().startsWith(left.getValue() + ": "), named.toString());
                page.fill("#" + left.getKey(), before);
            }
            page.selectOption("#claim", "");
            assertTrue(answer(page).startsWith("amber NOT ANCHORED"));
            assertTrue(page.locator("#pins li").first().textContent().startsWith("statement: "));
            assertEquals(
                    Map.of(),
                    page.evaluate("JSON.parse(localStorage.getItem('bulwark.asks') ?? '{}')"),
                    "only trust is noted");
        }
    }

    @Test
    void shouldBeRedWhereSomethingDiffers() throws IOException {
        try (BrowserContext context = chromium().browser().newContext()) {
            Page page = filled(context);
            Map<String, String> others = Map.of(
                    "house", "00" + "07".repeat(31),
                    "verifier", "https://other.example",
                    "purpose", "rent",
                    "nonce", "nonce 8",
                    "amount", "500.0001",
                    "account", "0",
                    "oldest", "4");
            for (Map.Entry<String, String> other : others.entrySet()) {
                String before = page.inputValue("#" + other.getKey());
                page.fill("#" + other.getKey(), other.getValue());
                String said = answer(page);
                assertTrue(said.startsWith("red REFUSED: "), other.getKey() + ": " + said);
                page.fill("#" + other.getKey(), before);
            }
            assertTrue(answer(page).startsWith("green TRUSTED"));
        }
    }

    @Test
    void shouldRefuseTextsWithTwoSpellings() throws IOException {
        List<String> taken = new ArrayList<>();
        try (BrowserContext context = chromium().browser().newContext()) {
            Page page = filled(context);
            for (JsonNode refused : conversations.get("refused")) {
                String field = refused.get("field").textValue();
                String text = refused.get(field).textValue();
                if (text.isEmpty() || text.contains("\n")) {
                    continue; // An empty field is one that is not compared; an input line holds no line break.
                }
                page.fill("#" + field, text);
                if (!answer(page).startsWith("red cannot be checked: " + field + " must")) {
                    taken.add(refused.toString());
                }
                page.fill("#" + field, ASKED.get(field));
            }
        }
        assertEquals(List.of(), taken);
    }

    @Test
    void shouldStaySmall() throws IOException {
        long size = Files.size(PAGE.resolve("verifier.wasm"));
        System.out.printf("judge of pages: %,d bytes%n", size);
        assertTrue(size <= VERIFIER_BYTES_MAX, "verifier.wasm has " + size + " bytes");
    }
}
