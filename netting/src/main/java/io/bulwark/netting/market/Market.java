package io.bulwark.netting.market;

import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceBook;
import io.bulwark.clearing.oracle.Quote;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The prices and volatilities of one epoch that a table is built from, by permanent number. What nobody reports freshly is
 * absent here, and everything that needs it is left out of the table by name: a stale price is never used in silence.
 *
 * @param timeMillis the epoch's time, UTC epoch milliseconds
 * @param groups price of the underlying of a group, USD; the numéraire's is 1
 * @param assets price of one unit of an asset, USD
 * @param instruments price of one unit that a perpetual or future follows, USD: the venue's mark, else the group's price
 * @param premiums the venue's mark of an option, USD for one unit of its underlying
 * @param volatilities implied volatility of an option, a fraction a year
 * @param doubts how far these prices may be wrong
 * @param before the market that this one was moved from, whose marks say the implied forwards; empty for what was reported
 */
public record Market(
        long timeMillis,
        Map<Integer, Amount> groups,
        Map<Integer, Amount> assets,
        Map<Integer, Amount> instruments,
        Map<Integer, Amount> premiums,
        Map<Integer, Amount> volatilities,
        MarketDoubts doubts,
        Optional<Market> before) {

    /** Name of the group in which everything is counted: cash and all USD stables. */
    public static final String NUMERAIRE = "USD";

    private static final Amount PAR = Amount.of(1);
    private static final long PPM = Ppm.ONE;
    private static final int PPM_PLACES = 6;

    /** Copies the maps, sorted by number. */
    public Market {
        groups = Collections.unmodifiableMap(new TreeMap<>(groups));
        assets = Collections.unmodifiableMap(new TreeMap<>(assets));
        instruments = Collections.unmodifiableMap(new TreeMap<>(instruments));
        premiums = Collections.unmodifiableMap(new TreeMap<>(premiums));
        volatilities = Collections.unmodifiableMap(new TreeMap<>(volatilities));
    }

    /**
     * A market that has moved: the price of one group, the volatility of its options, or time.
     *
     * @param group permanent number of the group that moves
     * @param pricePpm relative move of everything that follows the group's price, ppm, above −10⁶
     * @param volatilityPpm relative move of the implied volatility of the group's options, ppm, above −10⁶
     * @param laterMillis how much later it is, for every group, ms, at least 0
     */
    public record Move(int group, long pricePpm, long volatilityPpm, long laterMillis) {
        /** Checks the ranges. */
        public Move {
            if (pricePpm <= -PPM || volatilityPpm <= -PPM || laterMillis < 0) {
                throw new IllegalArgumentException("moves must be above -1000000 ppm and time must not run back; have "
                        + pricePpm + ", " + volatilityPpm + ", " + laterMillis);
            }
        }

        /** Only the price. */
        public static Move ofPrice(int group, long ppm) {
            return new Move(group, ppm, 0, 0);
        }

        /** Only the volatility. */
        public static Move ofVolatility(int group, long ppm) {
            return new Move(group, 0, ppm, 0);
        }

        /** Only time. */
        public static Move ofTime(long millis) {
            return new Move(0, 0, 0, millis);
        }
    }

    /** A market of prices that nobody doubts. */
    public Market(
            long timeMillis,
            Map<Integer, Amount> groups,
            Map<Integer, Amount> assets,
            Map<Integer, Amount> instruments,
            Map<Integer, Amount> premiums,
            Map<Integer, Amount> volatilities) {
        this(timeMillis, groups, assets, instruments, premiums, volatilities, MarketDoubts.NONE, Optional.empty());
    }

    /**
     * The market after a move: everything that follows the group's price moves with it, implied forwards keep their ratio to it, and every
     * volatility of the group moves alike. What a venue would mark is not known and not needed.
     */
    public Market moved(Listing listing, Move move) {
        Amount price = factor(move.pricePpm());
        Amount volatility = factor(move.volatilityPpm());
        Predicate<Integer> asset = number -> listing.asset(number).group() == move.group();
        Predicate<Integer> instrument = number -> listing.instrument(number).group() == move.group();
        return new Market(
                Math.addExact(timeMillis, move.laterMillis()),
                times(groups, number -> number == move.group(), price),
                times(assets, asset, price),
                times(instruments, instrument, price),
                premiums,
                times(volatilities, instrument, volatility),
                doubts,
                Optional.of(before.orElse(this)));
    }

    private static Amount factor(long ppm) {
        return Amount.of(BigDecimal.valueOf(PPM + ppm, PPM_PLACES));
    }

    private static Map<Integer, Amount> times(Map<Integer, Amount> prices, Predicate<Integer> moves, Amount factor) {
        Map<Integer, Amount> moved = new TreeMap<>();
        prices.forEach((number, price) -> moved.put(number, moves.test(number) ? price.times(factor) : price));
        return moved;
    }

    /** What the reports of an epoch say of everything listed. */
    public static Market of(Listing listing, PriceBook book) {
        Map<Integer, Amount> groups = new TreeMap<>();
        Map<Integer, Amount> assets = new TreeMap<>();
        Map<Integer, Amount> instruments = new TreeMap<>();
        Map<Integer, Amount> premiums = new TreeMap<>();
        Map<Integer, Amount> volatilities = new TreeMap<>();
        for (RiskGroup group : listing.groups()) {
            groupPrice(group, book).ifPresent(price -> groups.put(group.number(), price));
        }
        for (ListedAsset asset : listing.assets()) {
            if (!SharePrices.isShare(asset)) {
                assetPrice(asset, listing.group(asset.group()), book, groups)
                        .ifPresent(price -> assets.put(asset.number(), price));
            }
        }
        SharePrices shares = new SharePrices(listing, book, groups, Map.copyOf(assets));
        for (ListedAsset asset : listing.assets()) {
            if (SharePrices.isShare(asset)) {
                shares.of(asset).ifPresent(price -> assets.put(asset.number(), price));
            }
        }
        for (ListedInstrument instrument : listing.instruments()) {
            believed(book.quote(Measure.IMPLIED_VOLATILITY, instrument.name()))
                    .ifPresent(volatility -> volatilities.put(instrument.number(), volatility));
            Optional<Amount> mark = believed(book.quote(Measure.MARK_PRICE, instrument.name()));
            if (instrument.paidUp()) {
                mark.ifPresent(premium -> premiums.put(instrument.number(), premium));
            } else {
                mark.or(() -> Optional.ofNullable(groups.get(instrument.group())))
                        .ifPresent(price -> instruments.put(instrument.number(), price));
            }
        }
        return new Market(
                book.epochTimeMillis(),
                groups,
                assets,
                instruments,
                premiums,
                volatilities,
                MarketDoubts.of(listing, book),
                Optional.empty());
    }

    /** Price of a group's underlying. */
    public Optional<Amount> groupPrice(int group) {
        return Optional.ofNullable(groups.get(group));
    }

    /** Price of one unit of an asset. */
    public Optional<Amount> assetPrice(int asset) {
        return Optional.ofNullable(assets.get(asset));
    }

    /** Price of one unit of what a perpetual or future follows. */
    public Optional<Amount> instrumentPrice(int instrument) {
        return Optional.ofNullable(instruments.get(instrument));
    }

    /** The venue's mark of an option, USD for one unit of its underlying. */
    public Optional<Amount> premium(int instrument) {
        return Optional.ofNullable(premiums.get(instrument));
    }

    /** Implied volatility of an option. */
    public Optional<Amount> volatility(int instrument) {
        return Optional.ofNullable(volatilities.get(instrument));
    }

    private static Optional<Amount> groupPrice(RiskGroup group, PriceBook book) {
        return group.name().equals(NUMERAIRE)
                ? Optional.of(PAR)
                : believed(book.quote(Measure.INDEX_PRICE, group.name()));
    }

    /** Its own price, else that of the claim it is on. A stable that nobody reports counts at par, one reported stale does not. */
    private static Optional<Amount> assetPrice(
            ListedAsset asset, RiskGroup group, PriceBook book, Map<Integer, Amount> groups) {
        Quote own = book.quote(Measure.INDEX_PRICE, asset.name());
        if (!(own instanceof Quote.Absent)) {
            return believed(own);
        }
        Optional<String> claim = claim(asset.form());
        if (claim.isPresent()) {
            Quote underlying = book.quote(Measure.INDEX_PRICE, claim.orElseThrow());
            if (!(underlying instanceof Quote.Absent)) {
                return believed(underlying);
            }
        }
        boolean isUnderlying = claim.filter(group.name()::equals).isPresent();
        return group.name().equals(NUMERAIRE) || isUnderlying
                ? Optional.ofNullable(groups.get(group.number()))
                : Optional.empty();
    }

    /** The asset that one unit is worth, unit for unit; shares of vaults and pools are valued by {@link SharePrices}. */
    static Optional<String> claim(Instrument form) {
        return switch (form) {
            case Instrument.Spot spot -> Optional.of(spot.asset());
            case Instrument.LendingClaim claim -> Optional.of(claim.asset());
            case Instrument.Debt debt -> Optional.of(debt.asset());
            case Instrument.VaultShare ignored -> Optional.empty();
            case Instrument.LiquidityShare ignored -> Optional.empty();
            case Instrument.Basket ignored -> Optional.empty();
            case Instrument.Perpetual ignored -> Optional.empty();
            case Instrument.Future ignored -> Optional.empty();
            case Instrument.Option ignored -> Optional.empty();
        };
    }

    private static Optional<Amount> believed(Quote quote) {
        return switch (quote) {
            case Quote.Believed believed -> Optional.of(believed.value());
            case Quote.Stale ignored -> Optional.empty();
            case Quote.Absent ignored -> Optional.empty();
        };
    }
}
