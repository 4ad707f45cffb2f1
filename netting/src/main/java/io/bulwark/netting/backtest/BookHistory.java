package io.bulwark.netting.backtest;

import io.bulwark.netting.volatility.DailyPrices;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Closes of one or more underlyings on the same days. Move j leads from day j to day j + 1; what is known when it begins are
 * the prices of days 0 to j, so the moves 0 to j − 1.
 */
public final class BookHistory {
    private final List<DailyPrices> prices;
    private final List<String> names;
    private final int[] days;
    private final double[][] closes;

    private BookHistory(List<DailyPrices> prices, int[] days, double[][] closes) {
        this.prices = List.copyOf(prices);
        this.names = prices.stream().map(DailyPrices::underlying).toList();
        this.days = days;
        this.closes = closes;
    }

    /**
     * The days that all underlyings have; a move may lead over days that one of them lacks.
     *
     * @throws IllegalArgumentException if there is no underlying or fewer than two common days
     */
    public static BookHistory of(List<DailyPrices> prices) {
        if (prices.isEmpty()) {
            throw new IllegalArgumentException("prices must have at least one underlying; have none");
        }
        int[] days = prices.stream()
                .map(DailyPrices::epochDays)
                .reduce(BookHistory::common)
                .orElseThrow();
        if (days.length < 2) {
            throw new IllegalArgumentException("prices must have at least two common days; have " + days.length);
        }
        double[][] closes = prices.stream().map(p -> closes(p, days)).toArray(double[][]::new);
        return new BookHistory(prices, days, closes);
    }

    private static int[] common(int[] a, int[] b) {
        return IntStream.of(a).filter(day -> Arrays.binarySearch(b, day) >= 0).toArray();
    }

    private static double[] closes(DailyPrices prices, int[] days) {
        int[] all = prices.epochDays();
        return IntStream.of(days)
                .mapToDouble(day -> prices.close(Arrays.binarySearch(all, day)))
                .toArray();
    }

    /** The days up to and with one. */
    public BookHistory until(int epochDay) {
        int at = Arrays.binarySearch(days, epochDay);
        int end = at >= 0 ? at + 1 : -at - 1;
        double[][] shorter =
                Arrays.stream(closes).map(close -> Arrays.copyOf(close, end)).toArray(double[][]::new);
        return new BookHistory(prices, Arrays.copyOf(days, end), shorter);
    }

    /** All prices of an underlying: also of days that others lack, and later ones. */
    DailyPrices prices(int asset) {
        return prices.get(asset);
    }

    /** Number of underlyings. */
    public int assets() {
        return names.size();
    }

    /** Name of an underlying. */
    public String name(int asset) {
        return names.get(asset);
    }

    /** Number of moves: one less than days. */
    public int moves() {
        return days.length - 1;
    }

    /** Epoch day at whose close a move begins. */
    public int beginDay(int move) {
        return days[move];
    }

    /** Epoch day on which a move ends. */
    public int endDay(int move) {
        return days[move + 1];
    }

    /** The first move that ends on this day or later; {@link #moves} if none does. */
    public int firstEndingFrom(int epochDay) {
        int at = Arrays.binarySearch(days, epochDay);
        return Math.max(0, (at >= 0 ? at : -at - 1) - 1);
    }

    /** Relative change of the price from the beginning of a move to the end of the one {@code count − 1} later. */
    public double change(int asset, int move, int count) {
        return closes[asset][move + count] / closes[asset][move] - 1;
    }

    /** ln of the price ratio of every move. */
    public double[] logReturns(int asset) {
        double[] close = closes[asset];
        return IntStream.range(0, moves())
                .mapToDouble(move -> StrictMath.log(close[move + 1] / close[move]))
                .toArray();
    }
}
