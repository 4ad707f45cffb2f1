package io.bulwark.prover.book;

/**
 * The sizes of a house's book. A house beyond them sums its batches in layers, which the library knows and this room does not ask for yet.
 *
 * @param batch a batch
 * @param top the layer above the batches
 */
public record BookShape(BatchShape batch, TopShape top) {
    /** The house's own: 256 accounts of 16 positions and 8 lines over 16 assets and 64 instruments, in a tree of 2^20. */
    public static final BookShape STANDARD =
            new BookShape(new BatchShape(2, 8, 16, 16, 64, 0), new TopShape(16, 64, 2, 2, 10));

    /** Refuses a top that does not stand on the batches. */
    public BookShape {
        if (top.height() != batch.levels()
                || top.assets() != batch.assets()
                || top.instruments() != batch.instruments()) {
            throw new IllegalArgumentException("top must stand on its batches; have " + batch + " under " + top);
        }
    }

    /** Accounts that a book of this shape can hold. */
    public int accounts() {
        return batch.accounts() * top.batches();
    }
}
