package io.bulwark.prover.book;

import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.witness.CircuitSize;
import java.util.stream.IntStream;

/**
 * The size of a batch of neighbouring accounts.
 *
 * @param levels 4^levels accounts
 * @param lines collateral and debt lines of an account together
 * @param positions positions of an account; 0: a batch of accounts without positions
 * @param assets assets of the risk table
 * @param instruments instruments of the risk table; 0 with positions
 * @param tiers charges by size of a line
 * @param paid entries of an account's paid list; 0: a batch of accounts without paid lots
 * @param format of the accounts' leaves, which follows from the house's tables
 */
public record BatchShape(
        int levels,
        int lines,
        int positions,
        int assets,
        int instruments,
        int tiers,
        int paid,
        AccountLeaf.Format format)
        implements CircuitSize.OfAccounts {
    /** Refuses a batch with positions and without instruments, and the other way round, and paid lots of no instrument. */
    public BatchShape {
        if ((positions == 0) != (instruments == 0)) {
            throw new IllegalArgumentException(
                    "positions and instruments must both be 0 or neither; have " + positions + " and " + instruments);
        }
        if (paid > 0 && instruments == 0) {
            throw new IllegalArgumentException("paid must be 0 without instruments; have " + paid);
        }
    }

    /** The same sizes for accounts of a format. */
    public BatchShape with(AccountLeaf.Format leaves) {
        return new BatchShape(levels, lines, positions, assets, instruments, tiers, paid, leaves);
    }

    /** Accounts of a batch. */
    public int accounts() {
        return 1 << (2 * levels);
    }

    @Override
    public IntStream sizes() {
        return IntStream.of(levels, lines, positions, assets, instruments, tiers, paid);
    }

    @Override
    public String circuit() {
        return "book-batch";
    }
}
