package io.bulwark.api.verification;

import io.bulwark.api.proof.ClaimWords;
import io.bulwark.prover.proof.Judgement;
import java.util.Optional;
import java.util.Set;

/**
 * What a sentence does not bind. No proof says behind which connections an account's equity stands; so beside every sentence about equity
 * stands that part of it may be its owner's to withdraw. A certificate counts the places of its key.
 */
final class BindingWords {
    /**
     * Tags of statements that rest on equity: over initial margin, over maintenance margin, over margin and buffer, margins that are
     * sealed.
     */
    private static final Set<Long> OF_EQUITY = Set.of(1L, 2L, 5L, 6L);

    private static final long OF_FUND = 19;
    private static final long OF_CERTIFICATE = 20;
    private static final String HELD =
            "what members hold is counted behind every connection, and of what is only read nothing could be taken: "
                    + ClaimWords.ADVISORY;
    private static final String PLACES =
            "groups and scenarios are the places of the key: where the tariff has fewer, nothing moves in the others";

    private BindingWords() {}

    /** Beside a judgement's sentence; empty where there is nothing to say, or no sentence. */
    static Optional<String> of(Judgement judged) {
        return judged.sentence().flatMap(said -> of(judged.statement().tag()));
    }

    private static Optional<String> of(long tag) {
        if (tag == OF_FUND) {
            return Optional.of(HELD);
        }
        if (tag == OF_CERTIFICATE) {
            return Optional.of(PLACES);
        }
        return OF_EQUITY.contains(tag) ? Optional.of(ClaimWords.ADVISORY) : Optional.empty();
    }
}
