package io.bulwark.netting.surface;

import java.util.ArrayList;
import java.util.List;

/**
 * Coordinates in which every point of the whole space is an extended SSVI surface free of arbitrage (Mingone 2022, section 4),
 * so that an optimiser has no constraint to watch.
 *
 * <p>Three an expiry: x = artanh ρ; y, θ less its least value as a logarithm; z, the place of ψ between its bounds as a logit.
 * With p = max((1+ρ₁)/(1+ρ₂), (1−ρ₁)/(1−ρ₂)) the least θ₂ is pθ₁, and ψ₂ lies between pψ₁ and the smallest of ψ₁θ₂/θ₁ and the
 * two butterfly bounds.
 */
final class EssviCoordinates {
    static final int AN_EXPIRY = 3;

    private static final double RHO_MOST = 0.995;
    private static final double MARGIN = 1e-6;
    private static final double LOGARITHM_LEAST = -24;
    private static final double LOGARITHM_MOST = 12;

    private EssviCoordinates() {}

    /** The slices of given coordinates. */
    static List<SmileSlice> slices(double[] years, double[] coordinates) {
        List<SmileSlice> slices = new ArrayList<>(years.length);
        for (int i = 0; i < years.length; i++) {
            double rho = RHO_MOST * StrictMath.tanh(coordinates[AN_EXPIRY * i]);
            double logarithm = coordinates[AN_EXPIRY * i + 1];
            double above = StrictMath.exp(Math.max(LOGARITHM_LEAST, Math.min(LOGARITHM_MOST, logarithm)));
            double place = 1 / (1 + StrictMath.exp(-coordinates[AN_EXPIRY * i + 2]));
            Bounds bounds = i == 0 ? Bounds.first(rho) : Bounds.after(slices.get(i - 1), rho);
            double theta = bounds.leastTheta + above;
            double most = bounds.mostPsi(theta);
            slices.add(new SmileSlice(
                    years[i], theta, rho, bounds.leastPsi + place * Math.max(0, most - bounds.leastPsi)));
        }
        return slices;
    }

    /** The coordinates of a slice after another; a slice outside the space is moved to its edge. */
    static double[] of(List<SmileSlice> before, SmileSlice slice) {
        double rho = Math.max(-0.99, Math.min(0.99, slice.rho() / RHO_MOST));
        Bounds bounds = before.isEmpty() ? Bounds.first(slice.rho()) : Bounds.after(before.getLast(), slice.rho());
        double above = Math.max(slice.theta() - bounds.leastTheta, 0.02 * slice.theta());
        double room = bounds.mostPsi(bounds.leastTheta + above) - bounds.leastPsi;
        double place = room > 0 ? Math.max(0.02, Math.min(0.98, (slice.psi() - bounds.leastPsi) / room)) : 0.5;
        return new double[] {
            0.5 * StrictMath.log((1 + rho) / (1 - rho)), StrictMath.log(above), StrictMath.log(place / (1 - place))
        };
    }

    private record Bounds(double rho, double leastTheta, double leastPsi, double wing) {
        static Bounds first(double rho) {
            return new Bounds(rho, 0, 0, Double.POSITIVE_INFINITY);
        }

        static Bounds after(SmileSlice before, double rho) {
            double p = (1 + MARGIN) * Math.max((1 + before.rho()) / (1 + rho), (1 - before.rho()) / (1 - rho));
            double leastPsi = p * before.psi();
            double steep = 0.25 * leastPsi * leastPsi * (1 + Math.abs(rho));
            return new Bounds(
                    rho, (1 + MARGIN) * Math.max(p * before.theta(), steep), leastPsi, before.psi() / before.theta());
        }

        double mostPsi(double theta) {
            double tilt = 1 + Math.abs(rho);
            double butterfly = (1 - MARGIN) * Math.min(4 / tilt, 2 * Math.sqrt(theta / tilt));
            return Math.min((1 - MARGIN) * wing * theta, butterfly);
        }
    }
}
