package io.bulwark.netting.scan;

/**
 * Risk arrays of one kind, one after the other, 32 bits an entry.
 *
 * @param rows every array, {@code stride} entries each
 * @param stride entries of one array, whole vectors
 */
record RowBlock(int[] rows, int stride) {
    /** Where the array of a place starts. */
    int start(int place) {
        return place * stride;
    }
}
