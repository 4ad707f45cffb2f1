package io.bulwark.api.house;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.ledger.QuarantinedPayload;
import io.bulwark.clearing.register.OrderRegister;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundBook;
import io.bulwark.house.proof.FundProofs;
import io.bulwark.netting.calibration.Calibration;
import io.bulwark.prover.proof.ProofBundle;
import java.util.List;
import java.util.Optional;

/** What inquiries may see of a house: the sealed epochs with what follows from them, and the payloads that were refused. An open house has them in its books. */
public interface SealedBooks {
    /** The latest sealed epoch; empty before the first. */
    Optional<ComputedEpoch> latest();

    /** The sealed epoch of a number. */
    Optional<ComputedEpoch> epoch(long number);

    /**
     * Seals, newest first.
     *
     * @param newest number of the first, or of the last that there is where that is less
     * @param most how many at most
     */
    List<SealedEpoch> seals(long newest, int most);

    /** The proofs that were made over an epoch, in the order in which they were kept. */
    List<ProofBundle> proofs(long epoch);

    /** The proof of a digest, which was made over an epoch. */
    default Optional<ProofBundle> proof(long epoch, Digest digest) {
        return proofs(epoch).stream()
                .filter(bundle -> Digest.sha256(bundle.proof().bytes()).equals(digest))
                .findFirst();
    }

    /** What the books say about the fund beside a sealed epoch. */
    FundBook fund(long epoch);

    /** What the sealed price history of an epoch says on its day; empty where it was sealed without one. */
    default Optional<Calibration> calibration(long epoch) {
        return Optional.empty();
    }

    /** What was sent to venues for an account and what became of it, the oldest first. */
    List<OrderRegister.Kept> sent(int account);

    /** The proofs of the fund that were kept with an epoch, each checked again. */
    List<FundProofs.Kept> fundProofs(long epoch);

    /**
     * What everybody may know of the house, with its newest epochs.
     *
     * @param newest how many, 1 to {@value HouseFile#EPOCHS_MAX}
     */
    HouseFile houseFile(int newest);

    /** Refused payloads by their place in the quarantine, from one place on, at most so many. */
    List<QuarantinedPayload> quarantine(long from, int most);
}
