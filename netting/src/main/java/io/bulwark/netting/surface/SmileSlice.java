package io.bulwark.netting.surface;

/**
 * One expiry of an extended SSVI surface: {@code w(k) = ½(θ + ρψk + √((ψk + ρθ)² + (1 − ρ²)θ²))}.
 *
 * <p>Free of butterfly arbitrage if ψ(1 + |ρ|) ≤ 4 and ψ²(1 + |ρ|) ≤ 4θ (Gatheral and Jacquier 2014, theorem 4.2, with ψ = θφ).
 *
 * @param years T &gt; 0, 365-day years
 * @param theta θ &gt; 0, total variance at the money (k = 0)
 * @param rho ρ between −1 and 1: the tilt; below 0 low strikes are dearer
 * @param psi ψ ≥ 0: how steep the wings are; ρψ/2 is the slope of w at the money
 */
public record SmileSlice(double years, double theta, double rho, double psi) {
    private static final double WING_MOST = 4;

    /** Checks the ranges, not the conditions of no arbitrage: {@link #butterflySlack} tells those. */
    public SmileSlice {
        if (!(years > 0) || !(theta > 0) || !(Math.abs(rho) < 1) || !(psi >= 0)) {
            throw new IllegalArgumentException("slice must have years > 0, theta > 0, |rho| < 1, psi >= 0; have "
                    + years + ", " + theta + ", " + rho + ", " + psi);
        }
    }

    /** w(k). */
    public double totalVariance(double logStrike) {
        return 0.5 * (theta + rho * psi * logStrike + root(logStrike));
    }

    /** Durrleman's g(k): the density of the underlying at k is g times a positive number, so g ≥ 0 is no butterfly arbitrage. */
    public double durrleman(double logStrike) {
        double root = root(logStrike);
        double slope = 0.5 * (rho * psi + psi * (psi * logStrike + rho * theta) / root);
        double bend = 0.5 * psi * psi * (1 - rho * rho) * theta * theta / (root * root * root);
        return durrleman(logStrike, totalVariance(logStrike), slope, bend);
    }

    /** g of any smile from w, w′ and w″ at k. */
    static double durrleman(double logStrike, double variance, double slope, double bend) {
        double first = 1 - logStrike * slope / (2 * variance);
        return first * first - 0.25 * slope * slope * (1 / variance + 0.25) + 0.5 * bend;
    }

    /** The smaller room in the two sufficient conditions, as a share of their bound: ≥ 0 means free of butterfly arbitrage. */
    public double butterflySlack() {
        double tilt = 1 + Math.abs(rho);
        return Math.min(1 - psi * tilt / WING_MOST, 1 - psi * psi * tilt / (WING_MOST * theta));
    }

    /**
     * The smallest room in the sufficient conditions of no calendar arbitrage against a later slice: θ grows, {@code |ρ₂ψ₂ −
     * ρ₁ψ₁| ≤ ψ₂ − ψ₁}, and ψ/θ does not grow (Hendriks and Martini 2019, proposition 3.5). ≥ 0 means free of it.
     */
    public double calendarSlack(SmileSlice later) {
        double wings = later.psi - psi - Math.abs(later.rho * later.psi - rho * psi);
        double curvature = psi / theta - later.psi / later.theta;
        return Math.min(later.theta / theta - 1, Math.min(wings, curvature));
    }

    private double root(double logStrike) {
        double shifted = psi * logStrike + rho * theta;
        return Math.sqrt(shifted * shifted + (1 - rho * rho) * theta * theta);
    }
}
