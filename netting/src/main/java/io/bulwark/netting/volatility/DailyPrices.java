package io.bulwark.netting.volatility;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.decimal;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalValue;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Daily prices of one underlying in USD (or another unit: only ratios are read), a column a measure, a row a day.
 *
 * <p>Days are epoch days (1970-01-01 is 0), strictly increasing; a day may be missing, and the return over a gap is one return. Where a source has closes only, open,
 * high and low equal the close. Arrays go in and out as copies.
 *
 * @param underlying name of the underlying, such as {@code BTC}
 * @param epochDays days, strictly increasing, at least one
 * @param open first prices, finite and > 0
 * @param high highest prices
 * @param low lowest prices; a source may print a high below its low or close, and a range reads all four
 * @param close last prices
 */
public record DailyPrices(
        String underlying, int[] epochDays, double[] open, double[] high, double[] low, double[] close) {
    /** Checks and copies. */
    public DailyPrices {
        requireDays(underlying, epochDays);
        open = prices(underlying, "open", open, epochDays);
        high = prices(underlying, "high", high, epochDays);
        low = prices(underlying, "low", low, epochDays);
        close = prices(underlying, "close", close, epochDays);
        epochDays = epochDays.clone();
    }

    /** Prices of which only closes are known. */
    public static DailyPrices ofCloses(String underlying, int[] epochDays, double[] close) {
        return new DailyPrices(underlying, epochDays, close, close, close, close);
    }

    private static void requireDays(String underlying, int[] days) {
        if (underlying.isBlank()) {
            throw new IllegalArgumentException("underlying must have a name");
        }
        if (days.length == 0) {
            throw new IllegalArgumentException(underlying + ": must have at least one day");
        }
        for (int t = 1; t < days.length; t++) {
            if (days[t] <= days[t - 1]) {
                throw new IllegalArgumentException(underlying + ": days must increase strictly; have " + days[t]
                        + " after " + days[t - 1] + " at row " + t);
            }
        }
    }

    private static double[] prices(String underlying, String column, double[] prices, int[] days) {
        if (prices.length != days.length) {
            throw new IllegalArgumentException(underlying + "." + column + ": must have " + days.length
                    + " prices, one a day; have " + prices.length);
        }
        for (int t = 0; t < prices.length; t++) {
            if (!(prices[t] > 0 && prices[t] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(underlying + "." + column + ": price of epoch day " + days[t]
                        + " must be finite and > 0; have " + prices[t]);
            }
        }
        return prices.clone();
    }

    /** Number of days. */
    public int size() {
        return epochDays.length;
    }

    @Override
    public int[] epochDays() {
        return epochDays.clone();
    }

    /** Epoch day of a row from 0. */
    public int epochDay(int row) {
        return epochDays[row];
    }

    /** The last epoch day. */
    public int lastDay() {
        return epochDays[epochDays.length - 1];
    }

    @Override
    public double[] open() {
        return open.clone();
    }

    @Override
    public double[] high() {
        return high.clone();
    }

    @Override
    public double[] low() {
        return low.clone();
    }

    @Override
    public double[] close() {
        return close.clone();
    }

    /** Close of a row from 0. */
    public double close(int row) {
        return close[row];
    }

    /** ln(close[t+1]/close[t]) for t = 0 … size−2: entry t is the return of row t+1. */
    public double[] logReturns() {
        return IntStream.range(1, close.length)
                .mapToDouble(t -> StrictMath.log(close[t] / close[t - 1]))
                .toArray();
    }

    /** Natural logarithm of the largest over the smallest of open, high, low and close of a row; ≥ 0. */
    public double logRange(int row) {
        double most = Math.max(Math.max(high[row], low[row]), Math.max(open[row], close[row]));
        double least = Math.min(Math.min(high[row], low[row]), Math.min(open[row], close[row]));
        return StrictMath.log(most / least);
    }

    /**
     * The days up to and with this one.
     *
     * @throws IllegalArgumentException if there is none
     */
    public DailyPrices until(int epochDay) {
        return rows(0, firstAfter(epochDay));
    }

    /** Rows {@code first} to {@code end − 1}. */
    public DailyPrices rows(int first, int end) {
        return new DailyPrices(
                underlying,
                Arrays.copyOfRange(epochDays, first, end),
                Arrays.copyOfRange(open, first, end),
                Arrays.copyOfRange(high, first, end),
                Arrays.copyOfRange(low, first, end),
                Arrays.copyOfRange(close, first, end));
    }

    /** These prices under another name. */
    public DailyPrices named(String name) {
        return new DailyPrices(name, epochDays, open, high, low, close);
    }

    /** These days, and those of another history that are later than all of them, under this name. */
    public DailyPrices followedBy(DailyPrices later) {
        int from = later.firstAfter(lastDay());
        int rows = size() + later.size() - from;
        return new DailyPrices(
                underlying,
                IntStream.concat(
                                Arrays.stream(epochDays),
                                Arrays.stream(later.epochDays).skip(from))
                        .toArray(),
                joined(open, later.open, from, rows),
                joined(high, later.high, from, rows),
                joined(low, later.low, from, rows),
                joined(close, later.close, from, rows));
    }

    private static double[] joined(double[] first, double[] later, int from, int rows) {
        double[] joined = Arrays.copyOf(first, rows);
        System.arraycopy(later, from, joined, first.length, later.length - from);
        return joined;
    }

    private int firstAfter(int epochDay) {
        int at = Arrays.binarySearch(epochDays, epochDay);
        return at >= 0 ? at + 1 : -at - 1;
    }

    /** ["bulwark-daily-prices", 1, underlying, [[day, open, high, low, close] …]], prices as the shortest decimals that are these doubles. */
    public CanonicalValue canonical() {
        return array(
                text("bulwark-daily-prices"),
                integer(1),
                text(underlying),
                array(IntStream.range(0, size()).mapToObj(this::canonicalRow).toList()));
    }

    private CanonicalValue canonicalRow(int t) {
        return array(integer(epochDays[t]), price(open[t]), price(high[t]), price(low[t]), price(close[t]));
    }

    private static CanonicalValue price(double price) {
        return decimal(BigDecimal.valueOf(price));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DailyPrices that
                && underlying.equals(that.underlying)
                && Arrays.equals(epochDays, that.epochDays)
                && Arrays.equals(open, that.open)
                && Arrays.equals(high, that.high)
                && Arrays.equals(low, that.low)
                && Arrays.equals(close, that.close);
    }

    @Override
    public int hashCode() {
        return 31 * underlying.hashCode() + Arrays.hashCode(close);
    }

    @Override
    public String toString() {
        return "DailyPrices[" + underlying + ", " + size() + " days to epoch day " + lastDay() + "]";
    }
}
