package io.bulwark.api.verification;

import io.bulwark.api.proof.ClaimWords;
import io.bulwark.prover.proof.Judgement;
import java.util.Optional;
import java.util.Set;

/**
 * What a proved equity does not bind. No proof says behind which connections an account's equity stands; so beside every sentence
 * about equity stands that part of it may be
 * its owner's to withdraw.
 */
final class BindingWords {
    /**
     * Tags of statements that rest on equity: over initial margin, over maintenance margin, over margin and buffer, margins that are
     * sealed; and of the fund.
     */
    private static final Set<Long> OF_EQUITY = Set.of(1L, 2L, 5L, 6L, 19L);

    private BindingWords() {}

    /** Beside a judgement's sentence; empty where it says nothing of equity, or nothing at all. */
    static Optional<String> of(Judgement judged) {
        return judged.sentence()
                .filter(said -> OF_EQUITY.contains(judged.statement().tag()))
                .map(said -> ClaimWords.ADVISORY);
    }
}
