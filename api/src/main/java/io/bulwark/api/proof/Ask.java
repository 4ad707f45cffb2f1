package io.bulwark.api.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.api.door.JsonFields;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.money.Usd;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.proof.Expectation;
import io.bulwark.prover.proof.Judgement;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.OptionalLong;

/**
 * What a verifier asks for, in words: {@code ask.json}. Prover and verifier compute challenge, scope and statement from the same words, so nobody copies a number.
 *
 * @param house whose accounts are meant: its identity
 * @param conversation who asks whom
 * @param claim what is to be proved
 * @param oldestEpoch the oldest epoch that is taken
 * @param once whether an account counts once
 */
public record Ask(Digest house, Conversation conversation, Claim claim, long oldestEpoch, boolean once) {
    /** Longest file, bytes. */
    public static final long BYTES_MAX = 16 << 10;

    private static final String FORMAT = "bulwark-ask";
    private static final int VERSION = 1;
    private static final int TEXT_MAX = 1_000;
    private static final long NUMBER_MAX = (1L << 32) - 1;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Reads the file.
     *
     * @throws BadInput naming field, value and rule
     */
    public static Ask read(byte[] file) {
        JsonFields fields = JsonFields.read(file);
        if (!fields.text("format", TEXT_MAX).equals(FORMAT) || fields.wholeNumber("version", 0, 1_000) != VERSION) {
            throw fields.refuse("format", "must be " + FORMAT + " of version " + VERSION);
        }
        Conversation conversation = new Conversation(
                fields.text("verifier", TEXT_MAX),
                fields.text("purpose", TEXT_MAX),
                fields.text("beneficiary", TEXT_MAX),
                fields.text("nonce", TEXT_MAX));
        Ask ask = new Ask(
                Digest.of(fields.bytes("house", Digest.LENGTH, Digest.LENGTH)),
                conversation,
                claim(fields),
                fields.wholeNumber("oldestEpoch", 0, Long.MAX_VALUE),
                fields.flag("once"));
        fields.nothingElse();
        return ask;
    }

    private static Claim claim(JsonFields fields) {
        Claim.Kind kind = ClaimWords.kind("claim", fields.text("claim", TEXT_MAX));
        Claim.Candidate candidate = ClaimWords.candidate("candidate", fields.text("candidate", TEXT_MAX));
        OptionalLong account = fields.has("account")
                ? OptionalLong.of(fields.wholeNumber("account", 0, NUMBER_MAX))
                : OptionalLong.empty();
        Claim claim = ClaimWords.claim(kind, candidate, units("amount", fields.text("amount", TEXT_MAX)), account);
        return fields.flag("standing") ? standing(claim) : claim;
    }

    /**
     * The same claim with one nullifier in all epochs, by which this verifier can follow the account through time.
     *
     * @throws BadInput if no proof of it could have one
     */
    public static Claim standing(Claim claim) {
        return BadInput.refusing("standing", "true", () -> claim.thatStands());
    }

    /**
     * The units u in an amount of USD.
     *
     * @throws BadInput unless it is a decimal of at most four places, from 0 to below 2^63 u
     */
    public static long units(String field, String usd) {
        if (usd.matches("[0-9]{1,15}(\\.[0-9]{1,4})?")) {
            BigDecimal units = new BigDecimal(usd).movePointRight(Usd.SCALE);
            if (units.toBigIntegerExact().bitLength() < Long.SIZE) {
                return units.longValueExact();
            }
        }
        throw new BadInput(field, usd, "must be an amount of USD with at most four places, such as 1000000.00");
    }

    /** Tells a verifier's expectation what is asked for, but for house and epochs. */
    public void tell(Expectation expected) {
        expected.challenge(conversation.challenge().value());
        expected.scope(conversation.scope().value());
        expected.statement(new Judgement.Statement(
                claim.kind().number(),
                claim.candidate().number(),
                claim.standing(),
                claim.m(),
                claim.account().isPresent() ? claim.account().getAsLong() + 1 : 0));
    }

    /** The file. */
    public byte[] encode() {
        ObjectNode file = MAPPER.createObjectNode();
        file.put("format", FORMAT);
        file.put("version", VERSION);
        file.put("house", HexFormat.of().formatHex(house.bytes()));
        file.put("verifier", conversation.verifier());
        file.put("purpose", conversation.purpose());
        file.put("beneficiary", conversation.beneficiary());
        file.put("nonce", conversation.nonce());
        file.put("claim", ClaimWords.word(claim.kind()));
        file.put("amount", Usd.text(claim.m()));
        if (claim.account().isPresent()) {
            file.put("account", claim.account().getAsLong());
        } else {
            file.putNull("account");
        }
        file.put("candidate", ClaimWords.word(claim.candidate()));
        file.put("oldestEpoch", oldestEpoch);
        file.put("once", once);
        file.put("standing", claim.standing());
        try {
            return (MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(file) + "\n").getBytes(UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an ask must be JSON", e);
        }
    }
}
