package io.bulwark.prover.book;

import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.witness.CircuitSize;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The sizes of a house's book. A house beyond them sums its batches in layers, which the library knows and this room does not ask for yet.
 *
 * @param batch a batch
 * @param top the layer above the batches
 */
public record BookShape(BatchShape batch, TopShape top) {
    /** The house's own: 256 accounts of 16 positions, 4 paid entries and 8 lines over 16 assets and 64 instruments, in a tree of 2^20. */
    public static final BookShape STANDARD = of("2-8-16-16-64-0-4-2");

    private static final int DEPTH = 10;

    /** Refuses a top that does not stand on the batches. */
    public BookShape {
        if (top.height() != batch.levels()
                || top.assets() != batch.assets()
                || top.instruments() != batch.instruments()) {
            throw new IllegalArgumentException("top must stand on its batches; have " + batch + " under " + top);
        }
    }

    /** The same sizes for a house whose accounts are of a format. */
    public BookShape with(AccountLeaf.Format leaves) {
        return new BookShape(batch.with(leaves), top);
    }

    /**
     * Reads sizes: levels, lines, positions, assets, instruments, tiers, paid, fan, with - between, for accounts without standings.
     *
     * @throws IllegalArgumentException if they are no shape, saying why
     */
    public static BookShape of(String label) {
        if (!label.matches("\\d{1,3}(-\\d{1,3}){7}")) {
            throw new IllegalArgumentException(
                    "must be LEVELS-LINES-POSITIONS-ASSETS-INSTRUMENTS-TIERS-PAID-FAN, such as 2-8-16-16-64-0-4-2");
        }
        int[] sizes =
                Arrays.stream(label.split("-")).mapToInt(Integer::parseInt).toArray();
        BatchShape batch = new BatchShape(
                sizes[0],
                sizes[1],
                sizes[2],
                sizes[3],
                sizes[4],
                sizes[5],
                sizes[6],
                AccountLeaf.Format.WITHOUT_VENUES);
        return new BookShape(batch, new TopShape(batch.assets(), batch.instruments(), batch.levels(), sizes[7], DEPTH));
    }

    /**
     * The size of the top layer, which sums batches to the house.
     *
     * @param assets assets of the batches
     * @param instruments instruments of the batches
     * @param height levels of a batch
     * @param fan 4^fan batches are summed
     * @param depth levels of the account tree
     */
    public record TopShape(int assets, int instruments, int height, int fan, int depth) implements CircuitSize.Row {
        @Override
        public IntStream sizes() {
            return IntStream.of(assets, instruments, height, fan, depth);
        }

        @Override
        public String circuit() {
            return "book-top";
        }
    }

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
                throw new IllegalArgumentException("positions and instruments must both be 0 or neither; have "
                        + positions + " and " + instruments);
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
}
