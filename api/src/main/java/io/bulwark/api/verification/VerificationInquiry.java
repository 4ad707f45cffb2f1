package io.bulwark.api.verification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.api.door.JsonFields;
import io.bulwark.api.house.HouseFile;
import io.bulwark.api.proof.Ask;
import io.bulwark.api.proof.ClaimWords;
import io.bulwark.api.proof.Conversation;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.commitment.Challenge;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.commitment.Scope;
import io.bulwark.prover.proof.Expectation;
import io.bulwark.prover.proof.Judgement;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A proof that somebody wants judged over the API, with what they expect of it, in the words of an ask.
 *
 * @param proof the proof file
 * @param key identity of the key that it names
 * @param expected what they know
 */
public record VerificationInquiry(String proof, Digest key, Expectation expected) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int TEXT_MAX = 1_000;
    private static final long NUMBER_MAX = (1L << 32) - 1;

    /**
     * Reads it.
     *
     * @param nowMillis the clock
     * @throws BadInput naming field, value and rule
     */
    public static VerificationInquiry read(JsonFields fields, long nowMillis) {
        Expectation expected = new Expectation().oldestEpoch(fields.wholeNumber("oldestEpoch", 0, Long.MAX_VALUE, 0));
        if (fields.has("house")) {
            expected.house(Digest.of(fields.bytes("house", Digest.LENGTH, Digest.LENGTH)));
        }
        if (fields.has("at")) {
            expected.at(date(fields));
        } else {
            expected.clock(nowMillis);
        }
        if (fields.flag("test")) {
            expected.test();
        }
        tellTexts(fields, expected);
        tellStatement(fields, expected);
        String proof = fields.json("proof");
        Digest key = Digest.of(fields.object("proof").bytes("key", Digest.LENGTH, Digest.LENGTH));
        fields.nothingElse();
        return new VerificationInquiry(proof, key, expected);
    }

    /** A house's file as the judge reads it. */
    public static byte[] encoded(HouseFile house) {
        try {
            return MAPPER.writeValueAsBytes(house.json());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a house's file must be JSON", e);
        }
    }

    private static long date(JsonFields fields) {
        try {
            return Instant.parse(fields.text("at", TEXT_MAX)).toEpochMilli();
        } catch (DateTimeException e) {
            throw fields.refuse("at", "must be a date such as 2024-05-23T18:11:00Z");
        }
    }

    private static void tellTexts(JsonFields fields, Expectation expected) {
        String verifier = text(fields, "verifier");
        String purpose = text(fields, "purpose");
        String beneficiary = text(fields, "beneficiary");
        String nonce = text(fields, "nonce");
        if (!verifier.isEmpty()) {
            Conversation.requireVerifier(verifier);
            if (!purpose.isEmpty()) {
                expected.scope(Scope.of(verifier, purpose).value());
            }
            if (!beneficiary.isEmpty() && !nonce.isEmpty()) {
                expected.challenge(Challenge.of(verifier, beneficiary, nonce).value());
            }
        }
    }

    private static String text(JsonFields fields, String name) {
        if (!fields.has(name)) {
            return "";
        }
        String text = fields.text(name, TEXT_MAX);
        Conversation.requireText(name, text);
        return text;
    }

    private static void tellStatement(JsonFields fields, Expectation expected) {
        String word = text(fields, "claim");
        Claim.Candidate candidate = ClaimWords.candidate(
                fields.at("candidate"), fields.has("candidate") ? fields.text("candidate", TEXT_MAX) : "given");
        long amount = Ask.units(fields.at("amount"), fields.has("amount") ? fields.text("amount", TEXT_MAX) : "0");
        boolean standing = fields.flag("standing");
        long name = fields.has("account") ? fields.wholeNumber("account", 0, NUMBER_MAX) + 1 : 0;
        if (!word.isEmpty()) {
            Claim.Kind kind = ClaimWords.kind(fields.at("claim"), word);
            ClaimWords.claim(kind, candidate, amount, name == 0 ? OptionalLong.empty() : OptionalLong.of(name - 1));
            expected.statement(new Judgement.Statement(kind.number(), candidate.number(), standing, amount, name));
        }
    }
}
