package io.bulwark.api.proof;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.money.Usd;
import io.bulwark.prover.book.BookStatement;
import io.bulwark.prover.commitment.Claim;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A claim in words: those that are written in asks and options, and a sentence for people. */
public final class ClaimWords {
    /** What a proved equity does not bind. */
    public static final String ADVISORY =
            "equity behind advisory connections binds nobody: it can be withdrawn; how much is, no proof says";

    private ClaimWords() {}

    /** The word of a kind. */
    public static String word(Claim.Kind kind) {
        return switch (kind) {
            case EXCESS_OVER_INITIAL -> "initial-margin";
            case EXCESS_OVER_MAINTENANCE -> "maintenance-margin";
            case INITIAL_MARGIN -> "initial-margin-equals";
            case BELOW_MAINTENANCE -> "below-maintenance";
            case EXCESS_OVER_BUFFER -> "excess-over-buffer";
            case MARGIN_IS_SEALED -> "margin-is-sealed";
        };
    }

    /** The word of a candidate. */
    public static String word(Claim.Candidate candidate) {
        return candidate.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The kind of a word.
     *
     * @param field where the word was written
     * @throws BadInput if it means none
     */
    public static Claim.Kind kind(String field, String word) {
        return meant(field, word, Claim.Kind.values(), ClaimWords::word);
    }

    /**
     * The candidate of a word.
     *
     * @param field where the word was written
     * @throws BadInput if it means none
     */
    public static Claim.Candidate candidate(String field, String word) {
        return meant(field, word, Claim.Candidate.values(), ClaimWords::word);
    }

    private static <E> E meant(String field, String word, E[] values, Function<E, String> words) {
        return Arrays.stream(values)
                .filter(value -> words.apply(value).equals(word))
                .findFirst()
                .orElseThrow(() -> new BadInput(
                        field,
                        word,
                        "must be one of " + Arrays.stream(values).map(words).collect(Collectors.joining(", "))));
    }

    /**
     * The whole claim.
     *
     * @throws BadInput if no such claim can be made
     */
    public static Claim claim(Claim.Kind kind, Claim.Candidate candidate, long m, OptionalLong account) {
        return BadInput.refusing("claim", word(kind), () -> new Claim(kind, candidate, m, account));
    }

    /** What a proof of this claim says. */
    public static String of(Claim claim) {
        String standing = claim.standing() ? "; it counts once for this verifier, in all epochs together" : "";
        return subject(claim) + " has " + statement(claim)
                + (claim.kind().byHouseAlone() ? "" : lots(claim.candidate())) + standing + binding(claim.kind());
    }

    private static String binding(Claim.Kind kind) {
        return switch (kind) {
            case EXCESS_OVER_INITIAL, EXCESS_OVER_MAINTENANCE, EXCESS_OVER_BUFFER, MARGIN_IS_SEALED -> "; " + ADVISORY;
            case INITIAL_MARGIN, BELOW_MAINTENANCE -> "";
        };
    }

    private static String subject(Claim claim) {
        return claim.account().isPresent() ? "account " + claim.account().getAsLong() : "some account of the prover";
    }

    private static String statement(Claim claim) {
        String amount = Usd.text(claim.m()) + " USD";
        return switch (claim.kind()) {
            case EXCESS_OVER_INITIAL -> "at least " + amount + " of equity over its initial margin";
            case EXCESS_OVER_MAINTENANCE -> "at least " + amount + " of equity over its maintenance margin";
            case INITIAL_MARGIN -> "an initial margin of exactly " + amount;
            case BELOW_MAINTENANCE -> "less equity than its maintenance margin, however its paid-up lots are held";
            case EXCESS_OVER_BUFFER -> "at least " + amount + " of equity over its initial margin and contagion buffer";
            case MARGIN_IS_SEALED -> "the margin, equity and buffer sealed with its epoch that the formula gives";
        };
    }

    private static String lots(Claim.Candidate candidate) {
        return switch (candidate) {
            case GIVEN -> ", as booked";
            case ALL_PAID -> ", with every paid-up long held as paid";
            case RETURNED -> ", with its paid-up lots returned to the positions";
        };
    }

    /** What a book says of itself. */
    public static String of(BookStatement statement) {
        return "epoch " + statement.epoch().epoch() + " has " + statement.accounts()
                + " accounts, each counted once; every liability is within its reserve; accounts below zero lack at most "
                + Usd.text(statement.shortfall()) + " USD together; cash owed " + Usd.text(statement.cashOwed())
                + " USD of "
                + Usd.text(statement.cashReserve()) + " held, cash lent " + Usd.text(statement.cashLent()) + " USD";
    }
}
