package io.bulwark.netting.margin;

/** The inner loops of a scan. Two ways, the same integers: plain loops, and vector instructions where the machine was started with them. */
interface ScanKernel {
    /**
     * Sets sums [from, to) to the loss of neighbouring lines in the rows of the same positions.
     *
     * @param first first line
     * @param end line after the last
     */
    void sumLines(ScanLayout layout, ScanBook book, int first, int end, int from, int to, long[] sums);

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
