package io.bulwark.prover.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.Opening;
import io.bulwark.prover.commitment.RequestSeal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The one judge says the same here as in Go: the same files, the same words. */
final class JudgementVectorTest {
    private static final Judge JUDGE = new Judge(ProverLibrary.load());
    private static final HexFormat HEX = HexFormat.of();

    @TestFactory
    Stream<DynamicTest> shouldJudgeAsTheVectors() throws IOException {
        return judged("judgement.json");
    }

    @TestFactory
    Stream<DynamicTest> shouldTakeAProofOfAnyCircuitUnderItsOwnKeyAlone() throws IOException {
        return judged("matrix.json");
    }

    private static Stream<DynamicTest> judged(String vectors) throws IOException {
        JsonNode file = new ObjectMapper().readTree(Path.of("vectors", vectors).toFile());
        return stream(file.get("cases"))
                .map(c -> DynamicTest.dynamicTest(c.get("name").textValue(), () -> assertJudged(file, c)));
    }

    private static void assertJudged(JsonNode file, JsonNode c) {
        byte[] expectation = HEX.parseHex(c.get("expectation").textValue());
        assertArrayEquals(expectation, expected(c.get("expected")).encode(), "the expectation in words");
        Answer<Judgement> answer = JUDGE.judge(
                named(file, "proofs", c.get("proof")).getBytes(StandardCharsets.UTF_8),
                stream(c.get("keys"))
                        .map(name -> HEX.parseHex(named(file, "keys", name)))
                        .toList(),
                named(file, "houses", c.get("house")).getBytes(StandardCharsets.UTF_8),
                expectation);
        switch (answer) {
            case Answer.Refused<Judgement> refused ->
                assertEquals(text(c, "badInput"), refused.refusal().code());
            case Answer.Given<Judgement>(Judgement judgement) -> assertSaid(c, judgement);
        }
    }

    private static void assertSaid(JsonNode c, Judgement judgement) {
        assertEquals(text(c, "outcome"), judgement.outcome().word());
        assertEquals(text(c, "first"), judgement.firstWords());
        assertEquals(text(c, "sentence"), judgement.sentence().orElse(""));
        assertEquals(text(c, "reason"), judgement.reason().orElse(""));
        assertEquals(text(c, "key"), judgement.origin());
        assertEquals(
                stream(c.path("pins"))
                        .map(pin -> new Judgement.Pin(
                                text(pin, "name"),
                                Judgement.State.valueOf(text(pin, "state").toUpperCase(Locale.ROOT)),
                                text(pin, "words")))
                        .toList(),
                judgement.pins());
        assertTrue(judgement.outcome() != Judgement.Outcome.TRUSTED
                || judgement.missing().isEmpty());
    }

    private static Expectation expected(JsonNode fields) {
        Expectation expected = new Expectation()
                .oldestEpoch(fields.path("oldestEpoch").longValue())
                .leastList(fields.path("leastList").longValue())
                .once(List.of(Expectation.Once.values()).get(fields.path("once").intValue()))
                .holdings(fields.path("holdings").longValue())
                .compiled(stream(fields.path("compiled"))
                        .map(digest -> Digest.parse(digest.textValue()))
                        .toList());
        if (fields.has("house")) {
            expected.house(Digest.parse(text(fields, "house")));
        }
        long now = fields.path("now").longValue();
        if (fields.path("stated").booleanValue()) {
            expected.at(now);
        } else {
            expected.clock(now);
        }
        if (fields.path("test").booleanValue()) {
            expected.test();
        }
        List<String> challenge = texts(fields.path("challenge"));
        if (!challenge.isEmpty()) {
            expected.challenge(challenge.get(0), challenge.get(1), challenge.get(2));
        }
        List<String> scope = texts(fields.path("scope"));
        if (!scope.isEmpty()) {
            expected.scope(scope.get(0), scope.get(1));
        }
        if (fields.has("statement")) {
            JsonNode s = fields.get("statement");
            expected.statement(new Judgement.Statement(
                    s.get("tag").longValue(),
                    s.get("choice").longValue(),
                    s.get("standing").booleanValue(),
                    s.get("amount").longValue(),
                    s.get("name").longValue()));
        }
        if (fields.has("requests")) {
            requests(expected, fields.get("requests"));
        }
        stream(fields.path("facts"))
                .forEach(fact -> expected.fact(
                        text(fact, "pin"),
                        Judgement.State.valueOf(text(fact, "state").toUpperCase(Locale.ROOT)),
                        text(fact, "words")));
        JsonNode margins = fields.path("margins");
        if (!margins.isMissingNode()) {
            expected.margins(
                    margins.get("proved").longValue(), margins.get("accounts").longValue());
            if (margins.get("signedIsEnough").booleanValue()) {
                expected.signedMargins();
            }
        }
        return expected;
    }

    private static void requests(Expectation expected, JsonNode requests) {
        expected.requests(
                new RequestSeal(
                        Opening.CHALLENGE,
                        element(requests, "epoch"),
                        element(requests, "requestRoot"),
                        element(requests, "evaluatedRoot")),
                requests.get("checked").booleanValue(),
                stream(requests.get("signatures"))
                        .map(s ->
                                new EpochSignature(Digest.parse(text(s, "signer")), HEX.parseHex(text(s, "signature"))))
                        .toList());
    }

    private static FieldElement element(JsonNode fields, String name) {
        return FieldElement.ofDigest(Digest.parse(text(fields, name)));
    }

    private static String named(JsonNode file, String kind, JsonNode name) {
        return name.textValue().isEmpty()
                ? ""
                : file.get(kind).get(name.textValue()).textValue();
    }

    private static String text(JsonNode fields, String name) {
        return fields.path(name).asText("");
    }

    private static List<String> texts(JsonNode list) {
        return stream(list).map(JsonNode::textValue).toList();
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
