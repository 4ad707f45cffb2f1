package io.bulwark.api.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.door.JsonFields;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.register.ProofJobRegister.ProofJob;
import io.bulwark.clearing.register.ProofJobRegister.ProofJobRecord;
import io.bulwark.clearing.register.ProofJobRegister.ProofOutcome;
import io.bulwark.prover.commitment.Claim;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wish for a proof, and what becomes of it. */
final class ProofInquiryTest {
    private static final String WORDS =
            "'verifier': 'https://bank.example', 'purpose': 'loan', 'beneficiary': 'borealis', 'nonce': '1'";

    @Test
    void shouldReadWhatIsNotSaidAsTheUsual() {
        ProofInquiry inquiry = read("{'account': 4, " + WORDS + "}");
        assertEquals(4, inquiry.account());
        assertEquals(OptionalLong.empty(), inquiry.epoch());
        assertEquals(Claim.Kind.EXCESS_OVER_INITIAL, inquiry.kind());
        assertEquals(0, inquiry.claim(() -> 9).m(), "an amount above the margin is 0 where none is said");
        assertEquals(OptionalLong.empty(), inquiry.claim(() -> 9).account());
    }

    @Test
    void shouldClaimTheExactMarginWhereTheMarginIsClaimed() {
        Claim claim = read("{'account': 4, 'claim': 'initial-margin-equals', 'named': true, " + WORDS + "}")
                .claim(() -> 9);
        assertEquals(9, claim.m());
        assertEquals(OptionalLong.of(4), claim.account());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'account': -1, WORDS} | account",
                "{'account': 2147483648, WORDS} | account",
                "{'account': 4, 'epoch': -1, WORDS} | epoch",
                "{'account': 4, 'claim': 'solvent', WORDS} | claim",
                "{'account': 4, 'candidate': 'best', WORDS} | candidate",
                "{'account': 4, 'm': 0.5, WORDS} | m",
                "{'account': 4, 'named': 'yes', WORDS} | named",
                "{'account': 4, 'more': 1, WORDS} | more",
                "{'account': 4} | verifier"
            })
    void shouldRefuseByField(String json, String field) {
        BadInput refused = assertThrows(BadInput.class, () -> read(json.replace("WORDS", WORDS)));
        assertTrue(refused.field().contains(field), refused.toString());
    }

    @Test
    void shouldSayWhereAJobStands() {
        Refusal why = new Refusal("shape", "9", "must be at most 8");
        assertEquals("waiting", answer(0, Optional.empty()).state());
        assertEquals("working", answer(2, Optional.empty()).state());
        ProofJobAnswer unfit = answer(1, Optional.of(new ProofOutcome.Unfit(why)));
        assertEquals("unfit", unfit.state());
        assertTrue(unfit.reason().orElseThrow().contains("must be at most 8"), unfit.toString());
        assertEquals(
                "refused", answer(1, Optional.of(new ProofOutcome.Refused(why))).state());
        assertEquals("dead", answer(5, Optional.of(new ProofOutcome.Dead(why))).state());
        assertEquals(Optional.empty(), unfit.answer());
        assertEquals(4, unfit.account());
    }

    private static ProofJobAnswer answer(int attempts, Optional<ProofOutcome> outcome) {
        Digest claim = Claim.initialMargin(5).value().digest();
        ProofJob job = new ProofJob(1, 4, claim, Digest.ZERO, Digest.ZERO);
        return ProofJobAnswer.of(new ProofJobRecord(job, attempts, 0, outcome), proof -> {
            throw new AssertionError("there is no proof");
        });
    }

    private static ProofInquiry read(String json) {
        return ProofInquiry.read(JsonFields.read(json.replace('\'', '"').getBytes(UTF_8)));
    }
}
