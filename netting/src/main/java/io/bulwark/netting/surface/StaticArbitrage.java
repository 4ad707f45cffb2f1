package io.bulwark.netting.surface;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.surface.StaticArbitrage.ArbitrageViolation.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Looks for static arbitrage in any surface, whatever made it.
 *
 * <p>{@link #everywhere} asks Durrleman's g(k) ≥ 0 and growing total variance on a fine grid of log-strikes; {@link #listed} asks
 * only what can be traded: neighbouring listed strikes of one expiry, and total variance from one listed expiry to the next at the
 * log-strikes of either. Both find nothing in a surface free of arbitrage, up to the rounding of a double.
 */
public final class StaticArbitrage {
    private static final int STEPS = 60;
    private static final double DEVIATIONS = 5;
    private static final double DIFFERENCE = 0.01;
    private static final double ROUNDING_DENSITY = 1e-6;
    private static final double ROUNDING_PRICE = 1e-12;
    private static final double ROUNDING_VARIANCE = 1e-10;
    private static final double VEGA_LEAST = 1e-9;

    private StaticArbitrage() {}

    /** One listed expiry: its time and its log-strikes, strictly increasing. */
    public record ListedExpiry(double years, double[] logStrikes) {
        /** Copies the strikes. */
        public ListedExpiry {
            logStrikes = logStrikes.clone();
        }

        /** The expiries of a chain, each with every strike that it lists once. */
        public static List<ListedExpiry> of(List<ChainExpiry> chain) {
            return chain.stream()
                    .map(expiry -> new ListedExpiry(
                            expiry.years(),
                            expiry.quotes().stream()
                                    .mapToDouble(expiry::logStrike)
                                    .sorted()
                                    .distinct()
                                    .toArray()))
                    .sorted((a, b) -> Double.compare(a.years(), b.years()))
                    .toList();
        }
    }

    /** Violations on 121 log-strikes to five deviations either side of the money, at given times in increasing order. */
    public static List<ArbitrageViolation> everywhere(VolatilitySurface surface, double... years) {
        List<ArbitrageViolation> found = new ArrayList<>();
        for (int i = 0; i < years.length; i++) {
            double deviation = Math.sqrt(surface.totalVariance(0, years[i]));
            for (int step = -STEPS; step <= STEPS; step++) {
                double logStrike = DEVIATIONS * deviation * step / STEPS;
                density(surface, logStrike, years[i], DIFFERENCE * deviation, found);
                if (i > 0) {
                    calendar(surface, logStrike, years[i - 1], years[i], found);
                }
            }
        }
        return found;
    }

    /** Violations among what is listed, by expiry and strike. */
    public static List<ArbitrageViolation> listed(VolatilitySurface surface, List<ListedExpiry> expiries) {
        List<ArbitrageViolation> found = new ArrayList<>();
        for (int i = 0; i < expiries.size(); i++) {
            ListedExpiry expiry = expiries.get(i);
            strikes(surface, expiry, found);
            if (i > 0) {
                ListedExpiry before = expiries.get(i - 1);
                DoubleStream.concat(Arrays.stream(before.logStrikes), Arrays.stream(expiry.logStrikes))
                        .sorted()
                        .distinct()
                        .forEach(k -> calendar(surface, k, before.years, expiry.years, found));
            }
        }
        return found;
    }

    private static void density(
            VolatilitySurface surface, double k, double years, double h, List<ArbitrageViolation> found) {
        double low = surface.totalVariance(k - h, years);
        double middle = surface.totalVariance(k, years);
        double high = surface.totalVariance(k + h, years);
        double g = SmileSlice.durrleman(k, middle, (high - low) / (2 * h), (high - 2 * middle + low) / (h * h));
        if (g < -ROUNDING_DENSITY) {
            found.add(new ArbitrageViolation(Kind.DENSITY, years, k, -g, 0));
        }
    }

    private static void calendar(
            VolatilitySurface surface, double k, double earlier, double later, List<ArbitrageViolation> found) {
        double before = surface.totalVariance(k, earlier);
        double after = surface.totalVariance(k, later);
        if (after < before * (1 - ROUNDING_VARIANCE)) {
            OptionRight right = MixtureSurface.outOfTheMoney(k);
            double lost = ImpliedVolatility.price(right, k, Math.sqrt(before))
                    - ImpliedVolatility.price(right, k, Math.sqrt(after));
            if (lost > ROUNDING_PRICE) {
                double volatility = Math.sqrt(before / later) - Math.sqrt(after / later);
                found.add(new ArbitrageViolation(Kind.CALENDAR, later, k, lost, volatility));
            }
        }
    }

    private static void strikes(VolatilitySurface surface, ListedExpiry expiry, List<ArbitrageViolation> found) {
        double[] strikes = Arrays.stream(expiry.logStrikes).map(StrictMath::exp).toArray();
        double[] calls = Arrays.stream(expiry.logStrikes)
                .map(k ->
                        ImpliedVolatility.price(OptionRight.CALL, k, Math.sqrt(surface.totalVariance(k, expiry.years))))
                .toArray();
        for (int i = 0; i + 1 < strikes.length; i++) {
            double fall = calls[i] - calls[i + 1];
            double excess = Math.max(-fall, fall - (strikes[i + 1] - strikes[i]));
            add(Kind.VERTICAL, surface, expiry, i, excess, found);
            if (i > 0) {
                double share = (strikes[i + 1] - strikes[i]) / (strikes[i + 1] - strikes[i - 1]);
                double mixed = share * calls[i - 1] + (1 - share) * calls[i + 1];
                add(Kind.BUTTERFLY, surface, expiry, i, calls[i] - mixed, found);
            }
        }
    }

    private static void add(
            Kind kind,
            VolatilitySurface surface,
            ListedExpiry expiry,
            int strike,
            double excess,
            List<ArbitrageViolation> found) {
        if (excess > ROUNDING_PRICE) {
            double k = expiry.logStrikes[strike];
            double vega = ImpliedVolatility.vega(k, surface.volatility(k, expiry.years), expiry.years);
            found.add(new ArbitrageViolation(kind, expiry.years, k, excess, vega > VEGA_LEAST ? excess / vega : 0));
        }
    }

    /**
     * A place where a surface can be traded against itself without risk.
     *
     * @param kind which trade
     * @param years expiry of the option that is too dear, or of the later of two expiries
     * @param logStrike k = ln(K/F) there
     * @param size how large: see the kind
     * @param volatility the same as a move of that option's volatility, a fraction a year; 0 for a density
     */
    public record ArbitrageViolation(Kind kind, double years, double logStrike, double size, double volatility) {
        /** The trades. */
        public enum Kind {
            /** The density of the underlying is negative: size is −g(k) of Durrleman's condition. */
            DENSITY,
            /** An option costs more than its two neighbours mixed to the same strike: size in units of the forward. */
            BUTTERFLY,
            /** Two neighbouring calls differ by less than nothing or more than their strikes: size in units of the forward. */
            VERTICAL,
            /** Total variance falls from one expiry to the next: size is the price given up at the same k, in units of the forward. */
            CALENDAR
        }
    }
}
