package io.bulwark.prover.book;

import io.bulwark.prover.commitment.AccountLeaf;
import java.util.Arrays;

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
}
