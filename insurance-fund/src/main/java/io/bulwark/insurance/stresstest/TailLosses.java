package io.bulwark.insurance.stresstest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.fraction.BigFraction;

/**
 * Losses of members by scenario, and the level beyond which the tail begins.
 *
 * @param losses of member i in scenario s, positive for a loss
 * @param probabilities of the scenarios, > 0, sum 1
 * @param level of the expected shortfall, in [0, 1)
 */
public record TailLosses(List<List<BigFraction>> losses, List<BigFraction> probabilities, BigFraction level) {
    /** Copies the lists and checks shapes and ranges. */
    public TailLosses {
        losses = losses.stream().map(List::copyOf).toList();
        probabilities = List.copyOf(probabilities);
        int scenarios = probabilities.size();
        if (losses.isEmpty() || scenarios == 0 || losses.stream().anyMatch(row -> row.size() != scenarios)) {
            throw new IllegalArgumentException("losses must have a row a member and " + scenarios + " scenarios each");
        }
        if (probabilities.stream().anyMatch(p -> p.signum() <= 0)
                || !probabilities.stream()
                        .reduce(BigFraction.ZERO, BigFraction::add)
                        .equals(BigFraction.ONE)) {
            throw new IllegalArgumentException("scenarioWeights must be > 0 with sum 1; have " + probabilities);
        }
        if (level.signum() < 0 || level.compareTo(BigFraction.ONE) >= 0) {
            throw new IllegalArgumentException("level must be in [0, 1); have " + level);
        }
    }

    /** How many members there are. */
    public int members() {
        return losses.size();
    }

    /**
     * Weight of each scenario in the mean of the worst {@code 1 − level} of probability of a coalition's loss: the boundary
     * scenario in part, among equal losses the lower index first.
     *
     * @param coalition set of members as bits
     */
    public List<BigFraction> tailWeights(int coalition) {
        List<BigFraction> sums = sums(coalition);
        BigFraction tail = BigFraction.ONE.subtract(level);
        BigFraction left = tail;
        BigFraction[] weights = new BigFraction[sums.size()];
        Arrays.fill(weights, BigFraction.ZERO);
        for (int s : worstFirst(sums)) {
            if (left.signum() == 0) {
                break;
            }
            BigFraction taken = probabilities.get(s).compareTo(left) <= 0 ? probabilities.get(s) : left;
            weights[s] = taken.divide(tail);
            left = left.subtract(taken);
        }
        return List.of(weights);
    }

    /** Expected shortfall of a coalition's joint loss. */
    public BigFraction expectedShortfall(int coalition) {
        return mean(sums(coalition), tailWeights(coalition));
    }

    /** The coalition of everybody. */
    public int everybody() {
        return (1 << members()) - 1;
    }

    /** Euler's shares: each member's mean loss in the tail of the total. */
    public List<BigFraction> euler() {
        List<BigFraction> weights = tailWeights(everybody());
        return losses.stream().map(row -> mean(row, weights)).toList();
    }

    private List<BigFraction> sums(int coalition) {
        List<BigFraction> sums = new ArrayList<>(probabilities.size());
        for (int s = 0; s < probabilities.size(); s++) {
            BigFraction sum = BigFraction.ZERO;
            for (int i = 0; i < members(); i++) {
                sum = (coalition >> i & 1) == 1 ? sum.add(losses.get(i).get(s)) : sum;
            }
            sums.add(sum);
        }
        return sums;
    }

    private static int[] worstFirst(List<BigFraction> sums) {
        return IntStream.range(0, sums.size())
                .boxed()
                .sorted(Comparator.comparing(sums::get, Comparator.reverseOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static BigFraction mean(List<BigFraction> values, List<BigFraction> weights) {
        BigFraction mean = BigFraction.ZERO;
        for (int s = 0; s < values.size(); s++) {
            mean = weights.get(s).signum() == 0 ? mean : mean.add(weights.get(s).multiply(values.get(s)));
        }
        return mean;
    }
}
