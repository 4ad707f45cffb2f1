package io.bulwark.netting.surface;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.surface.ChainExpiry.OptionQuote;
import io.bulwark.netting.surface.SurfaceFit.SurfacePoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Turns quotes into points of a surface, or says by which rule a quote is refused. Rules are asked in the order of {@link
 * QuoteRule}; the first that applies is the one named.
 *
 * @param points usable quotes by expiry, then strike
 * @param rejected the others by expiry, then strike
 */
public record QuoteFilter(List<SurfacePoint> points, List<RejectedQuote> rejected) {
    private static final double YEARS_LEAST = 0.25 / 365;
    private static final double AGREEMENT = 0.01;

    /** Copies. */
    public QuoteFilter {
        points = List.copyOf(points);
        rejected = List.copyOf(rejected);
    }

    /** Asks every quote of a chain. An expiry without one bid or offer is taken at the venue's marks. */
    public static QuoteFilter of(List<ChainExpiry> chain, SurfaceLimits parameters) {
        List<SurfacePoint> points = new ArrayList<>();
        List<RejectedQuote> rejected = new ArrayList<>();
        boolean twoSided = chain.stream()
                .flatMap(expiry -> expiry.quotes().stream())
                .anyMatch(quote -> quote.bid().isPresent() || quote.ask().isPresent());
        for (ChainExpiry expiry : sorted(chain)) {
            for (OptionQuote quote : sortedQuotes(expiry)) {
                Asked asked = new Asked(expiry, quote, expiry.logStrike(quote), twoSided, parameters);
                switch (asked.answer()) {
                    case Answer.Usable usable -> points.add(usable.point());
                    case Answer.Refused refused ->
                        rejected.add(new RejectedQuote(expiry.years(), quote, refused.rule()));
                }
            }
        }
        return new QuoteFilter(points, rejected);
    }

    private static List<ChainExpiry> sorted(List<ChainExpiry> chain) {
        return chain.stream()
                .sorted(Comparator.comparingDouble(ChainExpiry::years))
                .toList();
    }

    private static List<OptionQuote> sortedQuotes(ChainExpiry expiry) {
        return expiry.quotes().stream()
                .sorted(Comparator.comparingDouble(OptionQuote::strike).thenComparing(OptionQuote::right))
                .toList();
    }

    private sealed interface Answer {
        record Usable(SurfacePoint point) implements Answer {}

        record Refused(QuoteRule rule) implements Answer {}
    }

    private record Asked(
            ChainExpiry expiry, OptionQuote quote, double logStrike, boolean twoSided, SurfaceLimits parameters) {

        Answer answer() {
            if (expiry.years() < YEARS_LEAST) {
                return refused(QuoteRule.TOO_NEAR);
            }
            if (quote.right() == OptionRight.CALL ? logStrike < 0 : logStrike >= 0) {
                return refused(QuoteRule.IN_THE_MONEY);
            }
            return twoSided ? ofBidAndAsk() : ofMark();
        }

        private Answer ofBidAndAsk() {
            if (quote.bid().isEmpty() || quote.ask().isEmpty()) {
                return refused(
                        quote.bid().isEmpty() && quote.ask().isEmpty() ? QuoteRule.UNQUOTED : QuoteRule.ONE_SIDED);
            }
            double bid = quote.bid().getAsDouble();
            double ask = quote.ask().getAsDouble();
            return bid >= ask ? refused(QuoteRule.CROSSED) : priced(bid, 0.5 * (bid + ask), ask);
        }

        private Answer ofMark() {
            OptionalDouble price = quote.mark().isPresent() ? quote.mark() : ofVolatility();
            if (price.isEmpty()) {
                return refused(QuoteRule.UNQUOTED);
            }
            double mark = price.getAsDouble();
            return priced(mark - 0.5 * parameters.tick(), mark, mark + 0.5 * parameters.tick());
        }

        /** The price of the venue's volatility, where it gives no mark. */
        private OptionalDouble ofVolatility() {
            return quote.volatility().isPresent()
                    ? OptionalDouble.of(ImpliedVolatility.price(
                            quote.right(), logStrike, quote.volatility().getAsDouble() * Math.sqrt(expiry.years())))
                    : OptionalDouble.empty();
        }

        private Answer priced(double low, double price, double high) {
            OptionalDouble volatility = implied(price);
            OptionalDouble least = implied(low);
            OptionalDouble most = implied(high);
            if (volatility.isEmpty() || least.isEmpty() || most.isEmpty()) {
                return refused(QuoteRule.BELOW_INTRINSIC);
            }
            double level = volatility.getAsDouble();
            double vega = ImpliedVolatility.vega(logStrike, level, expiry.years());
            if (vega * parameters.spreadMost() < parameters.tick()) {
                return refused(QuoteRule.INSENSITIVE);
            }
            if (most.getAsDouble() - least.getAsDouble() > parameters.spreadMost()) {
                return refused(QuoteRule.TOO_WIDE);
            }
            return agrees(level, vega)
                    ? new Answer.Usable(new SurfacePoint(
                            quote.right(),
                            quote.strike(),
                            expiry.years(),
                            logStrike,
                            level,
                            least.getAsDouble(),
                            most.getAsDouble()))
                    : refused(QuoteRule.INCONSISTENT);
        }

        /** A venue's own volatility must be the mark's, up to 1 % of it and two ticks. */
        private boolean agrees(double level, double vega) {
            if (quote.volatility().isEmpty() || quote.mark().isEmpty()) {
                return true;
            }
            double marked = implied(quote.mark().getAsDouble()).orElse(level);
            return Math.abs(quote.volatility().getAsDouble() - marked)
                    <= AGREEMENT * level + 2 * parameters.tick() / vega;
        }

        private OptionalDouble implied(double price) {
            return ImpliedVolatility.of(quote.right(), logStrike, expiry.years(), price);
        }

        private static Answer refused(QuoteRule rule) {
            return new Answer.Refused(rule);
        }
    }

    /** Why a quote does not shape the surface. */
    public enum QuoteRule {
        /** The expiry is nearer than six hours: its volatility is a number about the next settlement. */
        TOO_NEAR,
        /** In the money: the other side at the same strike says the same with a smaller spread. */
        IN_THE_MONEY,
        /** Neither bid, offer nor mark. */
        UNQUOTED,
        /** The chain quotes both sides, this option only one. */
        ONE_SIDED,
        /** The bid is at or above the offer. */
        CROSSED,
        /** At or below what it is worth exercised now: no volatility gives that price. */
        BELOW_INTRINSIC,
        /** One tick of the price moves the volatility by more than the widest spread allowed. */
        INSENSITIVE,
        /** Bid and offer are further apart than governance allows, in volatility. */
        TOO_WIDE,
        /** The venue's own volatility is not the one its mark implies: a placeholder, or two moments mixed. */
        INCONSISTENT,
        /** Far from every arbitrage-free surface through its neighbours. */
        OUTLIER
    }

    /**
     * A quote that does not shape the surface.
     *
     * @param years to its expiry
     * @param quote as given
     * @param rule why
     */
    public record RejectedQuote(double years, OptionQuote quote, QuoteRule rule) {}
}
