package io.bulwark.api.proof;

import io.bulwark.api.door.JsonFields;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.AccountMargin;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.prover.commitment.Claim;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * A wish for a proof.
 *
 * @param account the account's number
 * @param epoch the sealed epoch; the latest if empty
 * @param kind what is to be said
 * @param candidate of which lots
 * @param m u; if empty the exact margin for a claim of the margin, else 0
 * @param named whether the proof names the account
 * @param conversation who asks whom
 */
record ProofInquiry(
        int account,
        OptionalLong epoch,
        Claim.Kind kind,
        Claim.Candidate candidate,
        OptionalLong m,
        boolean named,
        Conversation conversation) {
    private static final int TEXT_MAX = 1_000;
    private static final long ACCOUNT_MAX = (1L << 31) - 1;

    /**
     * Reads a wish.
     *
     * @throws BadInput naming field, value and rule
     */
    public static ProofInquiry read(JsonFields fields) {
        ProofInquiry inquiry = new ProofInquiry(
                Math.toIntExact(fields.wholeNumber("account", 0, ACCOUNT_MAX)),
                number(fields, "epoch"),
                ClaimWords.kind(fields.at("claim"), word(fields, "claim", "initial-margin")),
                ClaimWords.candidate(fields.at("candidate"), word(fields, "candidate", "given")),
                number(fields, "m"),
                fields.flag("named"),
                new Conversation(
                        fields.text("verifier", TEXT_MAX),
                        fields.text("purpose", TEXT_MAX),
                        fields.text("beneficiary", TEXT_MAX),
                        fields.text("nonce", TEXT_MAX)));
        fields.nothingElse();
        return inquiry;
    }

    /**
     * The wish that an ask is, about an account.
     *
     * @param epoch the sealed epoch; the latest if empty
     */
    public static ProofInquiry of(Ask ask, int account, OptionalLong epoch) {
        return new ProofInquiry(
                account,
                epoch,
                ask.claim().kind(),
                ask.claim().candidate(),
                OptionalLong.of(ask.claim().m()),
                ask.claim().account().isPresent(),
                ask.conversation());
    }

    private static OptionalLong number(JsonFields fields, String name) {
        return fields.has(name) ? OptionalLong.of(fields.wholeNumber(name, 0, Long.MAX_VALUE)) : OptionalLong.empty();
    }

    private static String word(JsonFields fields, String name, String absent) {
        return fields.has(name) ? fields.text(name, TEXT_MAX) : absent;
    }

    /**
     * The whole claim about a sealed account.
     *
     * @throws BadInput if no such claim can be made, or the account has no margin
     */
    public Claim claim(AccountLine line) {
        return claim(() -> margin(line));
    }

    /**
     * The whole claim.
     *
     * @param margin of the account, u; asked only where the claim is the margin and the wish names no amount
     * @throws BadInput if no such claim can be made
     */
    public Claim claim(LongSupplier margin) {
        OptionalLong name = named ? OptionalLong.of(account) : OptionalLong.empty();
        return ClaimWords.claim(
                kind, candidate, m.orElseGet(() -> kind == Claim.Kind.INITIAL_MARGIN ? margin.getAsLong() : 0), name);
    }

    private static long margin(AccountLine line) {
        return switch (line.margin()) {
            case AccountMargin.Stated(MarginStatement statement, var ignored) -> statement.initialMargin();
            case AccountMargin.Without(List<String> reasons) ->
                throw new BadInput(
                        "account", String.valueOf(line.number()), "must have a margin: " + String.join("; ", reasons));
        };
    }
}
