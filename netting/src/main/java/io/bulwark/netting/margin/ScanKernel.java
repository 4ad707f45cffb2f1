package io.bulwark.netting.margin;

/** The inner loops of a scan. Two ways, the same integers: plain loops, and vector instructions where the machine was started with them. */
interface ScanKernel {
    /**
     * Adds to the sums of every point what one group of one account loses there at worst.
     *
     * @param segment the lines of the group
     * @param losses scratch, one per laid-out row
     * @param sums one per laid-out point of every family
     */
    void addSegment(ScanLayout layout, ScanBook book, int segment, long[] losses, long[] sums);

    /** The largest of {@code count} neighbouring values. */
    long largest(long[] values, int start, int count);

    /** The kernel of this process: vectors if the module that has them was added at start. */
    static ScanKernel ofThisProcess() {
        boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        return vectors ? new VectorScanKernel() : new PlainScanKernel();
    }
}
