package io.bulwark.api.inquiry;

import io.bulwark.api.cycle.AccountLine;
import io.bulwark.api.cycle.AccountMargin;
import io.bulwark.api.cycle.BadInput;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.prover.commitment.Challenge;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.commitment.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * A wish for a proof.
 *
 * @param account the account's number
 * @param epoch the sealed epoch; the latest if empty
 * @param kind what is to be said
 * @param candidate of which lots
 * @param m u; if empty the exact margin for a claim of the margin, else 0
 * @param named whether the proof names the account
 * @param challenge what ties it to one conversation
 * @param scope for whom and for what it is made
 */
public record ProofInquiry(
        int account,
        OptionalLong epoch,
        Claim.Kind kind,
        Claim.Candidate candidate,
        OptionalLong m,
        boolean named,
        Challenge challenge,
        Scope scope) {
    private static final int TEXT_MAX = 200;
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
                named(fields, "claim", Claim.Kind.values(), Claim.Kind.EXCESS_OVER_INITIAL),
                named(fields, "candidate", Claim.Candidate.values(), Claim.Candidate.GIVEN),
                number(fields, "m"),
                fields.flag("named"),
                Challenge.of(
                        fields.text("verifier", TEXT_MAX),
                        fields.text("beneficiary", TEXT_MAX),
                        fields.text("nonce", TEXT_MAX)),
                Scope.of(fields.text("verifier", TEXT_MAX), fields.text("purpose", TEXT_MAX)));
        fields.nothingElse();
        return inquiry;
    }

    private static OptionalLong number(JsonFields fields, String name) {
        return fields.has(name) ? OptionalLong.of(fields.wholeNumber(name, 0, Long.MAX_VALUE)) : OptionalLong.empty();
    }

    private static <E extends Enum<E>> E named(JsonFields fields, String name, E[] values, E absent) {
        return fields.has(name) ? named(fields.at(name), fields.text(name, TEXT_MAX), values) : absent;
    }

    /**
     * The constant that a word means.
     *
     * @param field where the word was written
     * @throws BadInput if it means none
     */
    public static <E extends Enum<E>> E named(String field, String word, E[] values) {
        return Arrays.stream(values)
                .filter(value -> word(value).equals(word))
                .findFirst()
                .orElseThrow(() -> new BadInput(
                        field,
                        word,
                        "must be one of "
                                + Arrays.stream(values).map(ProofInquiry::word).collect(Collectors.joining(", "))));
    }

    /** A constant as JSON and command line write it: excess-over-initial. */
    public static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
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
        try {
            return new Claim(
                    kind,
                    candidate,
                    m.orElseGet(() -> kind == Claim.Kind.INITIAL_MARGIN ? margin.getAsLong() : 0),
                    name);
        } catch (IllegalArgumentException e) {
            throw new BadInput("claim", word(kind), String.valueOf(e.getMessage()));
        }
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
