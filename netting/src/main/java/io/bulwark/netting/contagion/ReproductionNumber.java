package io.bulwark.netting.contagion;

import io.bulwark.clearing.money.MoneyRange;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.risktable.IntColumn;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * R of a scenario's cascade: what a fall of prices forces prices to fall further, as a factor. Below 1 a push dies out, from 1 on it feeds itself.
 *
 * <p>At the fixed point c* it is the spectral radius of J, J_il = (Φ_i(c* + push·e_l) − Φ_i(c*)) / push: the answer of the house's own integer map to a further push of
 * each price, with who falls on the way of the push. Images are whole ppm, so an entry is exact to 1/push. For a matrix without negative entries every x > 0 certifies
 * ρ ≤ max (Jx)_i / x_i, and every x ≥ 0 certifies ρ ≥ min (Jx)_i / x_i over the i with x_i > 0 (Collatz 1942, Wielandt 1950): both bounds are computed from a whole-numbered x,
 * exactly, and rounded outwards; how x was found does not matter.
 *
 * <p>At a fixed point at which all who could be forced are sold R is 0: the cascade is over. What it was on the way is {@code alongPpm}.
 *
 * @param lowerPpm R is at least this
 * @param upperPpm R is at most this
 * @param alongPpm the largest ratio of what two successive rounds of the cascade force, from 0 to c*, rounded up; a round that adds no
 *     more than a hundredth to what is forced already is not looked at, for there the rounding to whole ppm would speak
 * @param push of every price, ppm
 */
public record ReproductionNumber(long lowerPpm, long upperPpm, long alongPpm, int push) {
    private static final int SQUARINGS = 20;
    private static final long COUNTED = 100;
    private static final long SCALE = 1_000_000_000;

    /**
     * R at the least fixed point.
     *
     * @param push of every price, 1 … 10⁶ ppm; 1,000 is a tenth of a per cent
     */
    public static ReproductionNumber of(ContagionMap map, int push) {
        MoneyRange.rate("push", push, 1, Ppm.ONE);
        ContagionVector point = map.leastFixedPoint().point();
        long[][] answers = answers(map, point, push);
        long[] direction = direction(answers, push);
        return new ReproductionNumber(
                atLeast(answers, direction, push), atMost(answers, direction, push), along(map), push);
    }

    /** Φ(c* + push·e_l) − Φ(c*) by column l, as rows. */
    private static long[][] answers(ContagionMap map, ContagionVector point, int push) {
        int size = point.rates().length();
        long[][] answers = new long[size][size];
        IntColumn rest = map.apply(point).rates();
        for (int l = 0; l < size; l++) {
            int[] pushed = point.rates().stream().toArray();
            pushed[l] += push;
            IntColumn image =
                    map.apply(new ContagionVector(IntColumn.of(pushed))).rates();
            for (int i = 0; i < size; i++) {
                answers[i][l] = (long) image.at(i) - rest.at(i);
            }
        }
        return answers;
    }

    /** About the direction in which the cascade grows most, in whole numbers ≥ 1: a high power of J + 1 by squaring, applied to ones. */
    private static long[] direction(long[][] answers, int push) {
        int size = answers.length;
        double[][] power = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int l = 0; l < size; l++) {
                power[i][l] = (double) answers[i][l] / push + (i == l ? 1 : 0);
            }
        }
        for (int squaring = 0; squaring < SQUARINGS; squaring++) {
            power = squared(power);
        }
        double[] x = Arrays.stream(power)
                .mapToDouble(row -> Arrays.stream(row).sum())
                .toArray();
        double largest = Arrays.stream(x).max().orElse(1);
        return Arrays.stream(x)
                .mapToLong(v -> Math.max(1, (long) (v / largest * SCALE)))
                .toArray();
    }

    /** The square over its largest entry. */
    private static double[][] squared(double[][] matrix) {
        int size = matrix.length;
        double[][] square = new double[size][size];
        double largest = 0;
        for (int i = 0; i < size; i++) {
            for (int m = 0; m < size; m++) {
                for (int l = 0; l < size; l++) {
                    square[i][l] += matrix[i][m] * matrix[m][l];
                }
            }
            largest = Math.max(largest, Arrays.stream(square[i]).max().orElse(0));
        }
        for (double[] row : square) {
            for (int l = 0; l < size; l++) {
                row[l] /= largest;
            }
        }
        return square;
    }

    private static long atMost(long[][] answers, long[] x, int push) {
        long most = 0;
        for (int i = 0; i < x.length; i++) {
            BigInteger[] ratio = product(answers[i], x)
                    .multiply(BigInteger.valueOf(Ppm.ONE))
                    .divideAndRemainder(BigInteger.valueOf(x[i]).multiply(BigInteger.valueOf(push)));
            most = Math.max(most, ratio[0].longValueExact() + ratio[1].signum());
        }
        return most;
    }

    /** Components that have all but died away say nothing about the largest: they are left out, which x ≥ 0 allows. */
    private static long atLeast(long[][] answers, long[] x, int push) {
        long[] support = Arrays.stream(x).map(v -> v < SCALE / Ppm.ONE ? 0 : v).toArray();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < x.length; i++) {
            if (support[i] > 0) {
                least = Math.min(
                        least,
                        product(answers[i], support)
                                .multiply(BigInteger.valueOf(Ppm.ONE))
                                .divide(BigInteger.valueOf(x[i]).multiply(BigInteger.valueOf(push)))
                                .longValueExact());
            }
        }
        return least == Long.MAX_VALUE ? 0 : least;
    }

    private static BigInteger product(long[] row, long[] x) {
        BigInteger sum = BigInteger.ZERO;
        for (int l = 0; l < x.length; l++) {
            sum = sum.add(BigInteger.valueOf(row[l]).multiply(BigInteger.valueOf(x[l])));
        }
        return sum;
    }

    private static long along(ContagionMap map) {
        ContagionVector point = map.apply(ContagionVector.zero(map.groups()));
        long forced = total(map.flows(ContagionVector.zero(map.groups())));
        long increment = forced;
        long largest = 0;
        while (increment > forced / COUNTED) {
            long next = Math.subtractExact(total(map.flows(point)), forced);
            largest = Math.max(
                    largest,
                    BigInteger.valueOf(next)
                            .multiply(BigInteger.valueOf(Ppm.ONE))
                            .add(BigInteger.valueOf(increment - 1))
                            .divide(BigInteger.valueOf(increment))
                            .longValueExact());
            forced += next;
            increment = next;
            point = map.apply(point);
        }
        return largest;
    }

    private static long total(ForcedFlows flows) {
        return flows.amounts().stream().mapToLong(Long::longValue).reduce(0, Math::addExact);
    }
}
