package io.bulwark.netting.scan;

/** The inner loops of a scan. Two ways, the same integers: plain loops, and vector instructions where the machine was started with them. */
interface ScanKernel {
    /**
     * Sets sums [from, to) to the loss of neighbouring lines in the rows of the same positions.
     *
     * @param block the risk arrays
     * @param first first line
     * @param end line after the last
     */
    void sumLines(RowBlock block, ScanLines lines, int first, int end, int from, int to, long[] sums);

    /** Adds to sums of the same positions what values are above a bound. */
    void addAbove(long[] values, long bound, long[] sums);

    /** Weight of the losses above a bound. */
    long weightAbove(long[] losses, long[] weights, long bound);

    /** Σ weight·loss over the losses above a bound; the caller keeps it within 64 bits. */
    long weightedAbove(long[] losses, long[] weights, long bound);

    /**
     * Copies the losses in (above, upTo] and their weights to the front of two other columns, in order.
     *
     * @return how many
     */
    int between(long[] losses, long[] weights, long above, long upTo, long[] someLosses, long[] someWeights);

    /** Σ of {@code count} neighbouring values from 0, within 64 bits. */
    long sum(long[] values);

    /** The smallest of all values. */
    long smallest(long[] values);

    /** Adds to the sums of a family's points what one group of one account loses there at worst. */
    void addFamily(ScanLayout.FamilyRun run, long[] losses, long[] sums);

    /** The largest of {@code count} neighbouring values. */
    long largest(long[] values, int start, int count);

    /** The kernel of this process: vectors if the module that has them was added at start. */
    static ScanKernel ofThisProcess() {
        boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        return vectors ? new VectorScanKernel() : new PlainScanKernel();
    }
}
