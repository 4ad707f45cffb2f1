package io.bulwark.netting.surface;

import io.bulwark.netting.pricing.NormalDistribution;
import io.bulwark.netting.surface.ChainExpiry.OptionQuote;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/**
 * When a chain was read, from the chain itself: a mark and the venue's volatility for it agree at one time to expiry only,
 * {@code T = (deviation/σ)²}. The median over the options near the money of expiries within five weeks: a recorded chain whose
 * clock is missing or wrong says so.
 */
public final class ObservationTime {
    private static final double MILLIS_A_YEAR = 365.0 * 86_400_000;
    private static final double YEARS_MOST = 35 / 365.0;
    private static final double DELTA_LEAST = 0.25;

    private ObservationTime() {}

    /**
     * The quotes of one expiry without a time to it.
     *
     * @param expiryMillis when it expires, UTC epoch milliseconds
     * @param forward to it
     * @param quotes with marks and volatilities
     */
    public record Expiry(long expiryMillis, double forward, List<OptionQuote> quotes) {}

    /** The moment, UTC epoch milliseconds; empty where no option near the money has both a mark and a volatility. */
    public static OptionalLong of(List<Expiry> expiries) {
        List<Long> moments = new ArrayList<>();
        for (Expiry expiry : expiries) {
            for (OptionQuote quote : expiry.quotes()) {
                double years = years(expiry, quote);
                if (years > 0 && years < YEARS_MOST) {
                    moments.add(expiry.expiryMillis() - Math.round(years * MILLIS_A_YEAR));
                }
            }
        }
        Collections.sort(moments);
        return moments.isEmpty() ? OptionalLong.empty() : OptionalLong.of(moments.get((moments.size() - 1) / 2));
    }

    /** Years at which mark and volatility agree; 0 away from the money or where one of them is missing. */
    private static double years(Expiry expiry, OptionQuote quote) {
        double k = StrictMath.log(quote.strike() / expiry.forward());
        boolean outOfTheMoney = quote.right() == MixtureSurface.outOfTheMoney(k);
        double volatility = quote.volatility().orElse(0);
        if (!outOfTheMoney || !(volatility > 0) || quote.mark().isEmpty()) {
            return 0;
        }
        double deviation = ImpliedVolatility.of(
                        quote.right(), k, 1, quote.mark().getAsDouble())
                .orElse(0);
        double delta = deviation > 0 ? NormalDistribution.cumulative(-Math.abs(k) / deviation) : 0;
        return delta < DELTA_LEAST ? 0 : deviation * deviation / (volatility * volatility);
    }
}
