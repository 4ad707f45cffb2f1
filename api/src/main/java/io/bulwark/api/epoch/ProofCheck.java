package io.bulwark.api.epoch;

import io.bulwark.api.house.HouseFile;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.proof.Expectation;
import io.bulwark.prover.proof.Judge;
import io.bulwark.prover.proof.Judgement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whether proofs that lie with epochs hold for their house.
 *
 * @param library the judge
 * @param house what everybody may know of it
 */
record ProofCheck(ProverLibrary library, HouseFile house) {
    /** Of a proof that is judged with the epoch that it speaks of. */
    private static final Duration ANY_AGE = Duration.ofDays(36_500);

    /**
     * What does not hold of a proof; what its reader alone knows of it is not asked.
     *
     * @param proof its file form
     * @param keys verifying keys that it may be of
     * @param epoch that it must speak of
     * @return for people, behind the proof's name; empty if it holds
     */
    Optional<String> finding(String proof, List<byte[]> keys, long epoch) {
        Expectation expected = new Expectation()
                .house(house.house())
                .at(house.epochs().getFirst().timeMillis())
                .maxAge(ANY_AGE.toMillis())
                .oldestEpoch(1)
                .test();
        return switch (new Judge(library).judge(proof, keys, AuditFolder.written(house.json()), expected)) {
            case Answer.Given<Judgement>(Judgement judgement) -> {
                if (judgement.outcome() == Judgement.Outcome.REFUSED) {
                    yield Optional.of("does not hold: " + judgement.reason().orElse("it was refused"));
                }
                yield judgement.epoch().equals(Optional.of(epoch))
                        ? Optional.empty()
                        : Optional.of("must speak of epoch " + epoch);
            }
            case Answer.Refused<Judgement> refused -> Optional.of("does not hold: " + refused);
        };
    }
}
