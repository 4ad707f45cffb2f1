package io.bulwark.insurance.apportionment;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An integer total divided pro rata by largest remainder, ties to whoever comes first: what venues do. It favours old ids and
 * many small accounts.
 */
public final class LargestRemainder {
    private LargestRemainder() {}

    /**
     * What each takes; the sum is the total.
     *
     * @param weights ≥ 0, together > 0
     * @param total ≥ 0
     */
    public static List<BigInteger> divide(List<BigInteger> weights, BigInteger total) {
        BigInteger sum = weights.stream().reduce(BigInteger.ZERO, BigInteger::add);
        if (sum.signum() <= 0 || weights.stream().anyMatch(w -> w.signum() < 0)) {
            throw new IllegalArgumentException("weights must be >= 0 and together > 0; have " + weights);
        }
        if (total.signum() < 0) {
            throw new IllegalArgumentException("total must be >= 0; have " + total);
        }
        List<BigInteger[]> quotas = weights.stream()
                .map(w -> w.multiply(total).divideAndRemainder(sum))
                .toList();
        int left = total.subtract(quotas.stream().map(q -> q[0]).reduce(BigInteger.ZERO, BigInteger::add))
                .intValueExact();
        var more = IntStream.range(0, weights.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> quotas.get(i)[1]).reversed())
                .limit(left)
                .collect(Collectors.toSet());
        return IntStream.range(0, weights.size())
                .mapToObj(i -> more.contains(i) ? quotas.get(i)[0].add(BigInteger.ONE) : quotas.get(i)[0])
                .toList();
    }
}
