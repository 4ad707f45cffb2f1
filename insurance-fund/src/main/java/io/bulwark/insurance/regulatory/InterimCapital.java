package io.bulwark.insurance.regulatory;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The c-factor method of 2012, superseded in 2017 and kept for comparison with old reports. Source: BCBS 227, method 1.
 *
 * @param memberFund DF′ of the members: contributions less twice their mean, as if two had defaulted
 * @param fund DF′ with the house's own capital
 * @param factor c₁ = max(1.6 %/(DF′/K)^0.3, 0.16 %)
 * @param branch which of the three cases, i … iii
 * @param aggregate K* of all members
 * @param concentration β: share of the two largest net exposures
 * @param members K of each
 */
public record InterimCapital(
        double memberFund,
        double fund,
        double factor,
        String branch,
        double aggregate,
        double concentration,
        List<Double> members) {
    private static final double C2 = 1;
    private static final double MU = 1.2;
    private static final int DEFAULTERS = 2;

    /** Copies the members. */
    public InterimCapital {
        members = List.copyOf(members);
    }

    /**
     * Computes it.
     *
     * @param hypothetical K_CCP > 0
     * @param ownCapital prefunded by the house
     * @param contributions of at least three members
     * @param exposures net, of each member, together > 0
     */
    public static InterimCapital of(
            double hypothetical, double ownCapital, double[] contributions, double[] exposures) {
        int n = contributions.length;
        double sum = Arrays.stream(contributions).sum();
        double exposed = Arrays.stream(exposures).sum();
        if (n <= DEFAULTERS || exposures.length != n || !(hypothetical > 0) || !(sum > 0) || !(exposed > 0)) {
            throw new IllegalArgumentException(
                    "kccp, contributions and exposures must be > 0, of three members at least; have " + n + " members");
        }
        double memberFund = sum - DEFAULTERS * (sum / n);
        double fund = ownCapital + memberFund;
        double c1 = Math.max(0.016 / StrictMath.pow(fund / hypothetical, 0.3), 0.0016);
        String branch = fund < hypothetical ? "i" : ownCapital < hypothetical ? "ii" : "iii";
        double aggregate = switch (branch) {
            case "i" -> C2 * MU * (hypothetical - fund) + C2 * memberFund;
            case "ii" -> C2 * (hypothetical - ownCapital) + c1 * (fund - hypothetical);
            default -> c1 * memberFund;
        };
        double beta = twoLargest(exposures) / exposed;
        double scale = (1 + beta * n / (n - DEFAULTERS)) * aggregate / sum;
        return new InterimCapital(
                memberFund,
                fund,
                c1,
                branch,
                aggregate,
                beta,
                Arrays.stream(contributions).mapToObj(df -> df * scale).toList());
    }

    private static double twoLargest(double[] exposures) {
        double[] sorted = DoubleStream.of(exposures).sorted().toArray();
        return sorted[sorted.length - 1] + sorted[sorted.length - 2];
    }
}
