package io.bulwark.netting.venuemargin;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Forwards over spot by put–call parity. Options that pay in the coin are worth Black(F, K)/F coins, so of a pair of one strike {@code call − put = 1 − K/F} in coins, and
 * {@code F = K / (1 − (call − put))}. The pair whose strike is nearest the spot counts; without a pair the forward is the spot.
 */
final class ParityForwards {
    private record Expiry(int group, long millis) {}

    private final Map<Expiry, Map<Double, double[]>> pairs = new HashMap<>();

    /** Notes the mark of an option in coins. */
    void observe(int group, long expiryMillis, OptionRight right, double strike, double coins) {
        double[] pair = pairs.computeIfAbsent(new Expiry(group, expiryMillis), expiry -> new TreeMap<>())
                .computeIfAbsent(strike, at -> new double[] {Double.NaN, Double.NaN});
        pair[right == OptionRight.CALL ? 0 : 1] = coins;
    }

    /** F/S. */
    double overSpot(int group, long expiryMillis, double spot) {
        Map<Double, double[]> strikes = pairs.getOrDefault(new Expiry(group, expiryMillis), Map.of());
        double nearest = Double.POSITIVE_INFINITY;
        double ratio = 1;
        for (Map.Entry<Double, double[]> entry : strikes.entrySet()) {
            double forward = entry.getKey() / (1 - (entry.getValue()[0] - entry.getValue()[1]));
            double distance = Math.abs(entry.getKey() - spot);
            if (forward > 0 && distance < nearest) {
                nearest = distance;
                ratio = forward / spot;
            }
        }
        return ratio;
    }
}
