package io.bulwark.netting.surface;

import java.util.List;

/**
 * An extended SSVI surface: one slice an expiry, arbitrage-free between and beyond them.
 *
 * <p>Between expiries θ, ψ and ρψ are linear in time, which keeps the conditions of no arbitrage (Corbetta, Cohort, Laachir and
 * Martini 2019): forward variance is flat between expiries. Before the first expiry the whole smile shrinks in proportion to
 * time, so its volatility is the first expiry's; after the last one θ grows at the last forward variance and ψ and ρ stay.
 *
 * @param slices at least one, years strictly increasing
 */
public record EssviSurface(List<SmileSlice> slices) implements VolatilitySurface {
    /** Copies and checks the order. */
    public EssviSurface {
        slices = List.copyOf(slices);
        if (slices.isEmpty()) {
            throw new IllegalArgumentException("surface must have a slice; have none");
        }
        for (int i = 1; i < slices.size(); i++) {
            if (!(slices.get(i).years() > slices.get(i - 1).years())) {
                throw new IllegalArgumentException("slices must have years strictly increasing; have "
                        + slices.get(i - 1).years() + " then " + slices.get(i).years());
            }
        }
    }

    @Override
    public double totalVariance(double logStrike, double years) {
        return at(years).totalVariance(logStrike);
    }

    /** The smile of any time &gt; 0. */
    public SmileSlice at(double years) {
        SmileSlice first = slices.getFirst();
        SmileSlice last = slices.getLast();
        if (years <= first.years()) {
            double share = years / first.years();
            return new SmileSlice(years, first.theta() * share, first.rho(), first.psi() * share);
        }
        if (years >= last.years()) {
            return new SmileSlice(
                    years, last.theta() + lastForwardVariance() * (years - last.years()), last.rho(), last.psi());
        }
        int later = 1;
        while (slices.get(later).years() < years) {
            later++;
        }
        return between(slices.get(later - 1), slices.get(later), years);
    }

    /** Forward variance a year at the money beyond the last expiry. */
    private double lastForwardVariance() {
        SmileSlice last = slices.getLast();
        if (slices.size() == 1) {
            return last.theta() / last.years();
        }
        SmileSlice before = slices.get(slices.size() - 2);
        return Math.max(0, (last.theta() - before.theta()) / (last.years() - before.years()));
    }

    private static SmileSlice between(SmileSlice a, SmileSlice b, double years) {
        double share = (years - a.years()) / (b.years() - a.years());
        double psi = mix(a.psi(), b.psi(), share);
        double tilt = mix(a.rho() * a.psi(), b.rho() * b.psi(), share);
        return new SmileSlice(years, mix(a.theta(), b.theta(), share), psi > 0 ? tilt / psi : 0, psi);
    }

    private static double mix(double a, double b, double share) {
        return a + share * (b - a);
    }

    /** The smallest room in all sufficient conditions; ≥ 0 means that the parameters rule static arbitrage out. */
    public double slack() {
        double slack = Double.POSITIVE_INFINITY;
        for (int i = 0; i < slices.size(); i++) {
            slack = Math.min(slack, slices.get(i).butterflySlack());
            if (i > 0) {
                slack = Math.min(slack, slices.get(i - 1).calendarSlack(slices.get(i)));
            }
        }
        return slack;
    }
}
