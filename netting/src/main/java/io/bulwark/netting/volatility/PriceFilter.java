package io.bulwark.netting.volatility;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.volatility.BadPrint.Field;
import io.bulwark.netting.volatility.PriceFlag.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds bad prints in daily prices. One of them (BTC/USD 2017-04-15, low 0.06) is enough to reverse the ranking of every range-based model.
 *
 * <p>The limit of a day is {@code multiple} × the median range ln(highest/lowest) of the {@code days} days before it, at least {@code floor}. A high or low beyond it is
 * replaced by the day's own open or close, unless the day's move (from the last close, or from open to close) is a tenth of its range or more: then the day was a
 * crash, and stays. Closes are never replaced: only a second source can tell a misprinted close from a collapse. A history of closes only has no ranges to judge;
 * its moves are, by the same limit on moves.
 *
 * <p>Causal: a day is judged by itself and the days before it, so what was said of a shorter history stays true of a longer one.
 */
public final class PriceFilter {
    /** A range is borne out by a move of this share of it. */
    private static final double BORNE_OUT = 0.1;

    private final double multiple;
    private final double floor;
    private final int days;
    private final int flatDays;
    private final DailyPrices prices;
    private final double[] open;
    private final double[] high;
    private final double[] low;
    private final double[] close;
    private final List<BadPrint> removed = new ArrayList<>();
    private final List<PriceFlag> flagged = new ArrayList<>();

    private PriceFilter(DailyPrices prices, ParameterSet parameters) {
        this.multiple = parameters.value(VolatilityParameters.FILTER_MULTIPLE);
        this.floor = VolatilityParameters.share(parameters, VolatilityParameters.FILTER_FLOOR);
        this.days = VolatilityParameters.count(parameters, VolatilityParameters.FILTER_DAYS);
        this.flatDays = VolatilityParameters.count(parameters, VolatilityParameters.FLAT_DAYS);
        this.prices = prices;
        this.open = prices.open();
        this.high = prices.high();
        this.low = prices.low();
        this.close = prices.close();
    }

    /** {@link #clean(DailyPrices, ParameterSet)} under the founding parameters. */
    public static Cleaned clean(DailyPrices prices) {
        return clean(prices, ParameterSet.founding());
    }

    /** The prices without bad prints, every replaced print by name, and what looks strange but stays. */
    public static Cleaned clean(DailyPrices prices, ParameterSet parameters) {
        PriceFilter filter = new PriceFilter(prices, parameters);
        filter.judgeMoves();
        filter.judgeRanges();
        filter.findFlatRuns();
        DailyPrices cleaned = new DailyPrices(
                prices.underlying(), prices.epochDays(), filter.open, filter.high, filter.low, filter.close);
        return new Cleaned(cleaned, filter.removed, filter.flagged);
    }

    private void judgeMoves() {
        SlidingWindow moves = new SlidingWindow(days);
        for (int t = 1; t < close.length; t++) {
            int missing = prices.epochDay(t) - prices.epochDay(t - 1) - 1;
            if (missing > 0) {
                flag(Kind.GAP, prices.epochDay(t - 1) + 1, prices.epochDay(t) - 1, missing);
            }
            double move = Math.abs(StrictMath.log(close[t] / close[t - 1]));
            if (move > limit(moves)) {
                flag(Kind.JUMP, prices.epochDay(t), prices.epochDay(t), move);
            }
            moves.add(move);
        }
    }

    private void judgeRanges() {
        SlidingWindow ranges = new SlidingWindow(days);
        for (int t = 0; t < close.length; t++) {
            double limit = limit(ranges);
            double range = prices.logRange(t);
            if (range > limit) {
                if (bornOut(t, range)) {
                    flag(Kind.WIDE_DAY, prices.epochDay(t), prices.epochDay(t), range);
                } else {
                    range = replaceWicks(t, limit, rule(range, limit));
                }
            }
            ranges.add(range);
        }
    }

    /** No limit before there are enough days to take a median of. */
    private double limit(SlidingWindow before) {
        return before.size() < days ? Double.POSITIVE_INFINITY : Math.max(multiple * before.median(), floor);
    }

    private boolean bornOut(int t, double range) {
        double body = Math.abs(StrictMath.log(close[t] / open[t]));
        double move = t == 0 ? 0 : Math.abs(StrictMath.log(close[t] / close[t - 1]));
        return Math.max(body, move) >= BORNE_OUT * range;
    }

    /** Takes the longer wick away, and the other one if the range is still beyond the limit; returns the range that is left. */
    private double replaceWicks(int t, double limit, String rule) {
        double lower = Math.min(open[t], close[t]);
        double upper = Math.max(open[t], close[t]);
        boolean lowIsLonger = lower / Math.min(low[t], high[t]) >= Math.max(low[t], high[t]) / upper;
        double range = lowIsLonger ? replaceLow(t, lower, rule) : replaceHigh(t, upper, rule);
        if (range > limit) {
            range = lowIsLonger ? replaceHigh(t, upper, rule) : replaceLow(t, lower, rule);
        }
        return range;
    }

    private double replaceLow(int t, double lower, String rule) {
        removed.add(new BadPrint(prices.underlying(), prices.epochDay(t), Field.LOW, low[t], lower, rule));
        low[t] = lower;
        return range(t);
    }

    private double replaceHigh(int t, double upper, String rule) {
        removed.add(new BadPrint(prices.underlying(), prices.epochDay(t), Field.HIGH, high[t], upper, rule));
        high[t] = upper;
        return range(t);
    }

    private double range(int t) {
        double most = Math.max(Math.max(high[t], low[t]), Math.max(open[t], close[t]));
        double least = Math.min(Math.min(high[t], low[t]), Math.min(open[t], close[t]));
        return StrictMath.log(most / least);
    }

    private static String rule(double range, double limit) {
        return String.format(
                Locale.ROOT, "range %.4f must be at most %.4f, or be borne out by open or close", range, limit);
    }

    private void findFlatRuns() {
        int run = 0;
        for (int t = 1; t <= close.length; t++) {
            if (t < close.length && close[t] == close[t - 1] && prices.logRange(t) == 0) {
                run++;
            } else {
                if (run >= flatDays) {
                    flag(Kind.FLAT_RUN, prices.epochDay(t - run), prices.epochDay(t - 1), close[t - 1]);
                }
                run = 0;
            }
        }
    }

    private void flag(Kind kind, int firstDay, int lastDay, double value) {
        flagged.add(new PriceFlag(prices.underlying(), firstDay, lastDay, kind, value));
    }
}
