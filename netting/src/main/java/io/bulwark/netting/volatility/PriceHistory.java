package io.bulwark.netting.volatility;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.governance.ParameterSet;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The daily prices that a house estimates from: one document, sealed by its digest.
 *
 * @param groups prices by name of the risk group, USD
 */
public record PriceHistory(SortedMap<String, DailyPrices> groups) {
    private static final String SCHEMA = "bulwark-price-history";
    private static final long VERSION = 1;
    private static final int COMMON_LEAST = 3;
    private static final double APART_MOST = 0.02;

    /** Copies; prices stand under the name of their group. */
    public PriceHistory {
        groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
        groups.forEach((name, prices) -> {
            if (!name.equals(prices.underlying())) {
                throw new IllegalArgumentException(
                        "prices of " + prices.underlying() + " must stand under their name; have " + name);
            }
        });
    }

    /** The prices of a group. */
    public Optional<DailyPrices> of(String group) {
        return Optional.ofNullable(groups.get(group));
    }

    /**
     * Checks that estimates from this history are of the market of a day: an epoch of today over the volatility of last year could ask too
     * little, and nothing would say so.
     *
     * @param day epoch day
     * @throws BadInput naming the group whose last day lies too far before
     */
    public void requireReaching(int day, ParameterSet parameters) {
        long age = parameters.value(VolatilityParameters.HISTORY_AGE);
        groups.values().stream()
                .filter(prices -> day - prices.lastDay() - 1L > age)
                .findFirst()
                .ifPresent(prices -> {
                    throw new BadInput(
                            "history." + prices.underlying(),
                            "last day " + LocalDate.ofEpochDay(prices.lastDay()),
                            "must be at most " + age + " days (" + VolatilityParameters.HISTORY_AGE.name() + ") before "
                                    + LocalDate.ofEpochDay(day)
                                    + ", the day of the epoch: bulwark epoch prices --add FILE continues it");
                });
    }

    /**
     * These prices, continued by others: what is kept is never written anew, and who continues it must agree with it first.
     *
     * @param more of groups that stand here, with days in common
     * @throws BadInput naming a group that is not here, one with fewer than three days in common, or the common day whose closes part by
     *     more than 2 %
     */
    public PriceHistory followedBy(PriceHistory more) {
        SortedMap<String, DailyPrices> continued = new TreeMap<>(groups);
        more.groups.forEach((name, later) -> {
            DailyPrices known = of(name).orElseThrow(() -> new BadInput(
                    "prices." + name,
                    later.size() + " days",
                    "must be of a group that has prices: " + groups.keySet()));
            requireAgreeing(known, later);
            continued.put(name, known.followedBy(later));
        });
        return new PriceHistory(continued);
    }

    private static void requireAgreeing(DailyPrices known, DailyPrices later) {
        int[] days = known.epochDays();
        int common = 0;
        for (int t = 0; t < later.size(); t++) {
            int row = Arrays.binarySearch(days, later.epochDay(t));
            if (row >= 0) {
                common++;
                double kept = known.close()[row];
                double said = later.close()[t];
                if (Math.abs(said - kept) > APART_MOST * kept) {
                    throw new BadInput(
                            "prices." + known.underlying() + "." + LocalDate.ofEpochDay(later.epochDay(t)),
                            BigDecimal.valueOf(said).toPlainString(),
                            "must be within 2 % of the close that is kept: "
                                    + BigDecimal.valueOf(kept).toPlainString());
                }
            }
        }
        if (common < COMMON_LEAST) {
            throw new BadInput(
                    "prices." + known.underlying(),
                    common + " days in common",
                    "must share " + COMMON_LEAST + " days or more with what is kept, up to "
                            + LocalDate.ofEpochDay(known.lastDay()));
        }
    }

    /**
     * ["bulwark-price-history", 1, [[name, [[day, open, high, low, close] …]] …]]: names sorted, days since 1970-01-01, prices as the
     * shortest decimals that are these numbers.
     */
    public CanonicalValue canonical() {
        return array(
                text(SCHEMA),
                integer(VERSION),
                array(groups.values().stream().map(PriceHistory::series).toList()));
    }

    private static CanonicalValue series(DailyPrices prices) {
        double[] open = prices.open();
        double[] high = prices.high();
        double[] low = prices.low();
        double[] close = prices.close();
        return array(
                text(prices.underlying()),
                array(IntStream.range(0, prices.size())
                        .mapToObj(t -> array(
                                integer(prices.epochDay(t)),
                                price(open[t]),
                                price(high[t]),
                                price(low[t]),
                                price(close[t])))
                        .toList()));
    }

    private static CanonicalValue price(double price) {
        return CanonicalValue.decimal(BigDecimal.valueOf(price));
    }

    /** SHA-256 of the canonical form; among the epoch's sealed inputs. */
    public Digest digest() {
        return canonical().sha256();
    }

    /**
     * Reads what {@link #canonical} wrote.
     *
     * @throws io.bulwark.clearing.document.CanonicalException if it is not a history
     */
    public static PriceHistory of(CanonicalValue value) {
        CanonicalFields fields = CanonicalFields.document(value, SCHEMA, VERSION);
        SortedMap<String, DailyPrices> groups = new TreeMap<>();
        fields.list("groups", PriceHistory::series).forEach(prices -> groups.put(prices.underlying(), prices));
        fields.end();
        return new PriceHistory(groups);
    }

    private static DailyPrices series(CanonicalFields fields) {
        String name = fields.text("name");
        List<Day> days = fields.list("days", Day::of);
        return new DailyPrices(
                name,
                days.stream().mapToInt(Day::day).toArray(),
                days.stream().mapToDouble(Day::open).toArray(),
                days.stream().mapToDouble(Day::high).toArray(),
                days.stream().mapToDouble(Day::low).toArray(),
                days.stream().mapToDouble(Day::close).toArray());
    }

    private record Day(int day, double open, double high, double low, double close) {
        static Day of(CanonicalFields fields) {
            return new Day(
                    (int) fields.integer("day", Integer.MIN_VALUE, Integer.MAX_VALUE),
                    fields.decimal("open").doubleValue(),
                    fields.decimal("high").doubleValue(),
                    fields.decimal("low").doubleValue(),
                    fields.decimal("close").doubleValue());
        }
    }
}
