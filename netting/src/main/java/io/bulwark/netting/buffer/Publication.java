package io.bulwark.netting.buffer;

import io.bulwark.netting.risktable.IntColumn;
import java.util.stream.IntStream;

/**
 * The charged vector: never below the certified one, falling slowly, and looking at the ladders of the worst days also in good ones, so that the buffer does not rise most
 * when it hurts most.
 *
 * <p>Source: in the manner of the anti-procyclicality options of Commission Delegated Regulation (EU) 153/2013, article 28.
 *
 * @param keepPpm share of the last published rate that is kept over the time since, 0 … 10⁶ (97 % a day)
 * @param stressWeightPpm weight of the vector at stressed ladders, 0 … 10⁶ (25 %)
 */
public record Publication(int keepPpm, int stressWeightPpm) {
    /** Checks ranges. */
    public Publication {
        MoneyRange.rate("keepPpm", keepPpm, 0, Ppm.ONE);
        MoneyRange.rate("stressWeightPpm", stressWeightPpm, 0, Ppm.ONE);
    }

    /**
     * min(bound, max(certified, ⌊keep·previous⌋, ⌈(1 − weight)·certified + weight·stressed⌉)) in every component. The floor rounds down, so it always decays to the
     * certified rate.
     *
     * @param previous 0 for a new scenario
     * @throws IllegalArgumentException if lengths differ, or a rate is negative
     */
    public IntColumn published(IntColumn certified, IntColumn previous, IntColumn stressed, IntColumn bound) {
        for (IntColumn column : new IntColumn[] {certified, previous, stressed, bound}) {
            if (column.length() != certified.length()) {
                throw new IllegalArgumentException("certified, previous, stressed and bound must be of one length, "
                        + certified.length() + "; have " + column.length());
            }
            column.stream().forEach(rate -> MoneyRange.rate("a rate to be published", rate, 0, Ppm.ONE));
        }
        return IntColumn.ofLongs(IntStream.range(0, certified.length())
                .mapToLong(i -> Math.min(
                        bound.at(i),
                        Math.max(
                                certified.at(i),
                                Math.max(
                                        Ppm.shareDown(previous.at(i), keepPpm),
                                        Math.ceilDiv(
                                                (long) (Ppm.ONE - stressWeightPpm) * certified.at(i)
                                                        + (long) stressWeightPpm * stressed.at(i),
                                                (long) Ppm.ONE)))))
                .toArray());
    }
}
