package io.bulwark.prover.book;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.commitment.EpochCommitment;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * The book of one epoch, as it is asked for.
 *
 * @param epoch the sealed epoch
 * @param accounts every account of its tree
 * @param reserves what the house holds
 * @param bandPpm how much worse than today's the values of new batch proofs are: they need no new proof while values stay inside
 * @param declared shortfall that the house declares, u; empty: as much as is missing at the values of the batch proofs
 */
public record BookRequest(
        EpochCommitment epoch, List<AccountLeaf> accounts, Reserves reserves, int bandPpm, OptionalLong declared) {
    private static final String SCHEMA = "bulwark-book-prove";
    private static final int VERSION = 2;
    private static final long AS_MUCH_AS_IS_MISSING = -1;

    /** Sorts the accounts, and refuses a band outside 0 to 100 %, and a declared shortfall below 0. */
    public BookRequest {
        accounts = accounts.stream()
                .sorted(Comparator.comparingLong(AccountLeaf::number))
                .toList();
        if (bandPpm < 0 || bandPpm > Ppm.ONE) {
            throw new IllegalArgumentException("bandPpm must be in 0..1000000; have " + bandPpm);
        }
        if (declared.isPresent() && declared.getAsLong() < 0) {
            throw new IllegalArgumentException("declared shortfall must be at least 0; have " + declared.getAsLong());
        }
    }

    /** As the library reads it, with what the last book kept. It holds every account: for the call only. */
    byte[] encode(byte[] kept) {
        return CanonicalValue.array(
                        CanonicalValue.text(SCHEMA),
                        CanonicalValue.integer(VERSION),
                        CanonicalValue.bytes(epoch.document()),
                        CanonicalValue.array(accounts.stream()
                                .map(leaf -> CanonicalValue.bytes(leaf.encoded().encode()))
                                .toList()),
                        CanonicalValue.integer(reserves.cash()),
                        integers(reserves.lots()),
                        integers(reserves.instruments()),
                        CanonicalValue.integer(bandPpm),
                        CanonicalValue.integer(declared.orElse(AS_MUCH_AS_IS_MISSING)),
                        CanonicalValue.bytes(kept))
                .encode();
    }

    private static CanonicalValue integers(List<Long> numbers) {
        return CanonicalValue.array(
                numbers.stream().map(CanonicalValue::integer).toList());
    }

    /** The epoch's number alone: accounts are nobody else's business. */
    @Override
    public String toString() {
        return "BookRequest[epoch=" + epoch.epoch() + ", accounts=" + accounts.size() + "]";
    }
}
