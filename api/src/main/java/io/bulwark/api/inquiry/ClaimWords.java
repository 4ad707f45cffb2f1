package io.bulwark.api.inquiry;

import io.bulwark.clearing.money.Usd;
import io.bulwark.prover.commitment.Claim;

/** A claim as a sentence, for people. */
public final class ClaimWords {
    private ClaimWords() {}

    /** What a proof of this claim says. */
    public static String of(Claim claim) {
        String standing = claim.standing() ? "; it counts once for this verifier, in all epochs together" : "";
        return subject(claim) + " has " + statement(claim)
                + (claim.kind().byHouseAlone() ? "" : lots(claim.candidate())) + standing;
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
}
