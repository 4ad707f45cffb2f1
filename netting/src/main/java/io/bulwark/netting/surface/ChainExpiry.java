package io.bulwark.netting.surface;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * All quotes of one expiry.
 *
 * @param years to expiry, &gt; 0, 365-day years
 * @param forward F &gt; 0
 * @param quotes in any order
 */
public record ChainExpiry(double years, double forward, List<OptionQuote> quotes) {
    /** Pairs nearest the money from which a parity forward is taken: the median of so many. */
    private static final int PAIRS = 7;

    /** Copies and checks. */
    public ChainExpiry {
        quotes = List.copyOf(quotes);
        if (!(years > 0) || !(forward > 0)) {
            throw new IllegalArgumentException(
                    "expiry must have years > 0 and forward > 0; have " + years + " and " + forward);
        }
    }

    /** ln(K/F). */
    public double logStrike(OptionQuote quote) {
        return StrictMath.log(quote.strike() / forward);
    }

    /**
     * The forward that put-call parity implies: prices in coins c − p = 1 − K/F, so F = K/(1 − c + p). The median over the seven
     * strikes whose call and put marks differ least; empty without such a pair.
     */
    public static OptionalDouble parityForward(List<OptionQuote> quotes) {
        Map<Double, Double> calls = marks(quotes, OptionRight.CALL);
        Map<Double, Double> puts = marks(quotes, OptionRight.PUT);
        List<double[]> pairs = new ArrayList<>();
        calls.forEach((strike, call) -> {
            Double put = puts.get(strike);
            if (put != null && call - put < 1) {
                pairs.add(new double[] {Math.abs(call - put), strike / (1 - (call - put))});
            }
        });
        pairs.sort((a, b) -> Double.compare(a[0], b[0]));
        List<Double> nearest =
                new ArrayList<>(pairs.stream().limit(PAIRS).map(pair -> pair[1]).toList());
        Collections.sort(nearest);
        return nearest.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(nearest.get((nearest.size() - 1) / 2));
    }

    private static Map<Double, Double> marks(List<OptionQuote> quotes, OptionRight right) {
        Map<Double, Double> marks = new TreeMap<>();
        for (OptionQuote quote : quotes) {
            if (quote.right() == right && quote.mark().isPresent()) {
                marks.put(quote.strike(), quote.mark().getAsDouble());
            }
        }
        return marks;
    }

    /**
     * What is quoted for one option. Prices are undiscounted and in units of the forward of its expiry: what a venue that settles in
     * the coin quotes in coins.
     *
     * @param right call or put
     * @param strike K &gt; 0, in the unit of the forward
     * @param bid best bid, if somebody bids
     * @param ask best offer, if somebody offers
     * @param mark the venue's mark, if it gives one
     * @param volatility the venue's own implied volatility, a fraction a year, if it gives one
     */
    public record OptionQuote(
            OptionRight right,
            double strike,
            OptionalDouble bid,
            OptionalDouble ask,
            OptionalDouble mark,
            OptionalDouble volatility) {

        /** Checks the strike. */
        public OptionQuote {
            if (!(strike > 0)) {
                throw new IllegalArgumentException("strike must be > 0; have " + strike);
            }
        }
    }
}
