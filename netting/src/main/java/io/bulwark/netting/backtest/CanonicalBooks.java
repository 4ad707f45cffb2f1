package io.bulwark.netting.backtest;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.backtest.Book.Leg;
import io.bulwark.netting.backtest.CrossVenueBook.Part;
import io.bulwark.netting.backtest.CrossVenueBook.Venue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.random.RandomGenerator;
import org.hipparchus.random.Well19937c;

/** The books that every rule is judged on (margin formula, sections 4.2, 4.3 and 4.5). */
public final class CanonicalBooks {
    private static final int NEUTRAL_EVERY = 4;
    private static final int UNIT = Ppm.ONE;

    private CanonicalBooks() {}

    /** Long and short one underlying, and the underlying held against its perpetual. */
    public static List<Book> linear(int asset, String name) {
        return List.of(
                Book.of(name + " long", 1, perpetual(asset, 1)),
                Book.of(name + " short", 1, perpetual(asset, -1)),
                Book.of(name + " cash and carry", 1, new Leg(new Contract.Collateral(asset), 1), perpetual(asset, -1)));
    }

    /** The option books of 7 and 30 days, and the calendar between them. */
    public static List<Book> options(int asset, String name) {
        List<Book> books = new ArrayList<>();
        books.add(Book.of(name + " calendar 7d/30d", 1, call(asset, 1, 7, -1), call(asset, 1, 30, 1)));
        books.addAll(options(asset, name, 7));
        books.addAll(options(asset, name, 30));
        return List.copyOf(books);
    }

    /** The option books of one tenor. */
    static List<Book> options(int asset, String name, int days) {
        String tenor = " " + days + "d";
        List<Leg> straddle = List.of(call(asset, 1, days, -1), put(asset, 1, days, -1));
        return List.of(
                new Book(name + " short straddle" + tenor, straddle, 1, false),
                Book.of(name + " long straddle" + tenor, 1, call(asset, 1, days, 1), put(asset, 1, days, 1)),
                Book.of(name + " short strangle" + tenor, 1, call(asset, 1.15, days, -1), put(asset, 0.85, days, -1)),
                Book.of(name + " short put .8" + tenor, 1, put(asset, 0.8, days, -1)),
                Book.of(name + " short call 1.25" + tenor, 1, call(asset, 1.25, days, -1)),
                Book.of(name + " put spread" + tenor, 1, put(asset, 1, days, -1), put(asset, 0.9, days, 1)),
                Book.of(name + " risk reversal" + tenor, 1, call(asset, 1.1, days, 1), put(asset, 0.9, days, -1)),
                new Book(name + " hedged short straddle" + tenor, straddle, 1, true),
                Book.of(name + " 1x-3 put ratio" + tenor, 1, put(asset, 1, days, 1), put(asset, 0.8, days, -3)));
    }

    /** The spreads and the directional book of two underlyings; margins are shares of the first leg, of both for the last. */
    public static List<Book> twoAssets(int first, String firstName, int second, String secondName) {
        return List.of(
                Book.of("long " + firstName + "/short " + secondName, 1, perpetual(first, 1), perpetual(second, -1)),
                Book.of("short " + firstName + "/long " + secondName, 1, perpetual(first, -1), perpetual(second, 1)),
                Book.of(
                        "long " + firstName + "/short .6 " + secondName,
                        1,
                        perpetual(first, 1),
                        perpetual(second, -0.6)),
                Book.of("long " + firstName + "/" + secondName, 2, perpetual(first, 1), perpetual(second, 1)));
    }

    /**
     * Books over venues, the first four hedged over two of them: coins at a lending market against a short perpetual, as ATLAS of the
     * demonstration has it and with a debt of 60 %; a perpetual against another, as DRACO has it and with a tenth of the notional on either
     * side. Then the carry at one exchange that counts both, and a long perpetual alone, as what venues do not change.
     */
    static List<CrossVenueBook> venues(int asset, String name) {
        Venue aave = new Venue("aave", CrossVenueBook.Kind.LENDING_MARKET, 830_000, 0, 50_000);
        Venue hyperliquid = new Venue("hyperliquid", CrossVenueBook.Kind.APPLICATION_CHAIN, 1_000_000, 10_000, 0);
        Venue dydx = new Venue("dydx", CrossVenueBook.Kind.APPLICATION_CHAIN, 1_000_000, 30_000, 15_000);
        Venue okx = new Venue("okx", CrossVenueBook.Kind.EXCHANGE, 950_000, 10_000, 0);
        return List.of(
                book(
                        asset,
                        name + " carry like ATLAS",
                        new Part(aave, UNIT, 0, -150_000),
                        perpetual(hyperliquid, -UNIT, 163_000)),
                book(
                        asset,
                        name + " carry, debt 60 %",
                        new Part(aave, UNIT, 0, -600_000),
                        perpetual(hyperliquid, -UNIT, 200_000)),
                book(
                        asset,
                        name + " like DRACO",
                        perpetual(hyperliquid, -UNIT, 127_900),
                        perpetual(dydx, UNIT, 140_000)),
                book(
                        asset,
                        name + " flat, a tenth each",
                        perpetual(hyperliquid, UNIT, 100_000),
                        perpetual(dydx, -UNIT, 100_000)),
                book(asset, name + " carry at one", new Part(okx, UNIT, -UNIT, 0)),
                book(asset, name + " long at one", perpetual(dydx, UNIT, 140_000)));
    }

    private static CrossVenueBook book(int asset, String name, Part... parts) {
        return new CrossVenueBook(name, asset, List.of(parts));
    }

    private static Part perpetual(Venue venue, int units, int dollars) {
        return new Part(venue, 0, units, dollars);
    }

    /**
     * Random books of perpetuals with gross notional 1: normal weights, every fourth book without net notional.
     *
     * @param assets number of underlyings; neutral books need two
     * @param count number of books
     * @param seed of the generator
     */
    public static List<Book> random(int assets, int count, long seed) {
        RandomGenerator random = new Well19937c(seed);
        List<Book> books = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            boolean neutral = assets > 1 && number % NEUTRAL_EVERY == 0;
            double[] weights = weights(random, assets, neutral);
            List<Leg> legs = IntStream.range(0, assets)
                    .mapToObj(asset -> perpetual(asset, weights[asset]))
                    .toList();
            books.add(new Book((neutral ? "neutral " : "random ") + number, legs, 1, false));
        }
        return List.copyOf(books);
    }

    private static double[] weights(RandomGenerator random, int assets, boolean neutral) {
        double[] weights = IntStream.range(0, assets)
                .mapToDouble(asset -> random.nextGaussian())
                .toArray();
        double mean = neutral
                ? IntStream.range(0, assets).mapToDouble(a -> weights[a]).sum() / assets
                : 0;
        double gross = IntStream.range(0, assets)
                .mapToDouble(a -> Math.abs(weights[a] - mean))
                .sum();
        return IntStream.range(0, assets)
                .mapToDouble(a -> (weights[a] - mean) / gross)
                .toArray();
    }

    private static Leg perpetual(int asset, double units) {
        return new Leg(new Contract.Perpetual(asset), units);
    }

    private static Leg call(int asset, double strike, int days, double units) {
        return new Leg(new Contract.Option(asset, OptionRight.CALL, strike, days), units);
    }

    private static Leg put(int asset, double strike, int days, double units) {
        return new Leg(new Contract.Option(asset, OptionRight.PUT, strike, days), units);
    }
}
