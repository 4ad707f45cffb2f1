package io.bulwark.clearing.position;

import io.bulwark.clearing.money.Amount;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a venue itself counts of an account: how far it is from being acted on there. The house rebuilds no venue's margin engine; it
 * takes the venue's word, at the
 * grade and the horizon of the snapshot that the word stands in.
 *
 * @param pocket what the venue liquidates by itself
 * @param count what it counts, or that it does not tell
 * @param weights by the listing's number of an asset the share of its price at which the venue counts it against liquidation, ppm; an
 *     asset that is not named counts in full
 * @param limits at which price of one leg, all others unmoved, the venue would act, where it says so
 */
public record VenueStanding(
        Pocket pocket, Count count, SortedMap<Integer, Integer> weights, List<LiquidationPrice> limits) {
    private static final int PLACES = 6;

    /** The name of US dollars, in which most venues count. */
    public static final String USD = "USD";

    /** Copies. */
    public VenueStanding {
        Objects.requireNonNull(pocket, "pocket");
        Objects.requireNonNull(count, "count");
        weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
        limits = List.copyOf(limits);
    }

    /** What a venue counts of a whole account, without a price of any leg. */
    public static VenueStanding of(Count count) {
        return new VenueStanding(Pocket.WHOLE, count, Collections.emptySortedMap(), List.of());
    }

    /** The same of a part that the venue liquidates by itself. */
    public VenueStanding in(Pocket part) {
        return new VenueStanding(part, count, weights, limits);
    }

    /** The same with the liquidation prices that the venue tells. */
    public VenueStanding limited(List<LiquidationPrice> prices) {
        return new VenueStanding(pocket, count, weights, prices);
    }

    /** The same where the venue counts assets at a share of their price. */
    public VenueStanding weighing(SortedMap<Integer, Integer> shares) {
        return new VenueStanding(pocket, count, shares, limits);
    }

    /** In words: what is counted, what is required, what is between them, and where legs would be closed. */
    public String text() {
        String part = pocket.name().isEmpty() ? "" : pocket.name() + ": ";
        String counted = switch (count) {
            case Told told ->
                "counts " + told.equity() + " " + told.asset() + " and requires " + told.requirement() + ": "
                        + told.distance() + " from acting";
            case NotTold missing -> "not told (" + missing.field() + " is absent): counted as 0";
        };
        return part
                + counted
                + limits.stream().map(limit -> "; " + limit.text()).collect(Collectors.joining());
    }

    /**
     * A part of an account that a venue liquidates by itself: a lending market, a subaccount with one position, a short with its own
     * collateral.
     *
     * @param name empty for the whole account
     * @param instruments the listing's numbers of those that stand in it; of the whole account none is named
     * @param assets the same of assets, held or owed
     */
    public record Pocket(String name, Set<Integer> instruments, Set<Integer> assets) {
        /** The whole account. */
        public static final Pocket WHOLE = new Pocket("", Set.of(), Set.of());

        /** Copies. */
        public Pocket {
            Objects.requireNonNull(name, "name");
            instruments = Set.copyOf(instruments);
            assets = Set.copyOf(assets);
        }

        /** Of these holdings. */
        public static Pocket of(String name, List<Holding> holdings) {
            Set<Integer> instruments = new HashSet<>();
            Set<Integer> assets = new HashSet<>();
            for (Holding holding : holdings) {
                switch (holding) {
                    case Holding.Derivative derivative -> instruments.add(derivative.instrument());
                    case Holding.Collateral collateral -> assets.add(collateral.asset());
                    case Holding.Debt debt -> assets.add(debt.asset());
                    case Holding.Cash ignored -> {
                        // Dollars do not move.
                    }
                }
            }
            return new Pocket(name, instruments, assets);
        }

        /** Whether an instrument stands in it. */
        public boolean holdsInstrument(int number) {
            return name.isEmpty() || instruments.contains(number);
        }

        /** Whether an asset does. */
        public boolean holdsAsset(int number) {
            return name.isEmpty() || assets.contains(number);
        }
    }

    /** Whether the venue tells what it counts. */
    public sealed interface Count permits Told, NotTold {}

    /**
     * What it counts.
     *
     * @param asset in which: {@link #USD}, where it counts its settlement coin as a dollar too, or a coin
     * @param equity its own, any sign
     * @param requirement its own for going on to hold the positions, ≥ 0
     */
    public record Told(String asset, Amount equity, Amount requirement) implements Count {
        /** Checks the sign. */
        public Told {
            Objects.requireNonNull(asset, "asset");
            Objects.requireNonNull(equity, "equity");
            if (requirement.signum() < 0) {
                throw new IllegalArgumentException("requirement must be >= 0; have " + requirement);
            }
        }

        /** How far it is from being acted on, exact: equity − requirement. Below zero the venue may act now. */
        public Amount distance() {
            return equity.minus(requirement);
        }

        /** The same of a venue that acts where equity is so many times its requirement. */
        public Told actedOnAt(Amount multiple) {
            return new Told(asset, equity, requirement.times(multiple));
        }
    }

    /**
     * It does not tell, so the distance counts as 0: silence is no credit.
     *
     * @param field the first that is absent
     */
    public record NotTold(String field) implements Count {
        /** Checks presence. */
        public NotTold {
            Objects.requireNonNull(field, "field");
        }
    }

    /**
     * At which price of a leg, moved alone from the venue's own mark, the venue would act.
     *
     * @param symbol the venue's name of the instrument
     * @param size signed, in the underlying
     * @param worth size · mark as the venue states it, of the sign of the size: what the leg is worth, of which no mark is rounded
     * @param price at which it acts, &gt; 0; above the mark for a short
     */
    public record LiquidationPrice(String symbol, Amount size, Amount worth, Amount price) {
        /** Checks the signs. */
        public LiquidationPrice {
            Objects.requireNonNull(symbol, "symbol");
            if (size.signum() == 0 || worth.signum() != size.signum() || price.signum() <= 0) {
                throw new IllegalArgumentException("a leg must have a size, a worth of its sign and a price > 0; have "
                        + size + ", " + worth + " and " + price);
            }
        }

        /** What the leg loses on the way there; below zero where the price lies on the side on which it gains. */
        public Amount loss() {
            return worth.minus(size.times(price));
        }

        /** In words. */
        public String text() {
            return "closes the " + (size.signum() > 0 ? "long" : "short") + " of " + symbol + " at " + price;
        }

        /** The move from the mark to the price as a fraction, toward zero in the sixth place. */
        public BigDecimal move() {
            return size.times(price).minus(worth).toDecimal().divide(worth.toDecimal(), PLACES, RoundingMode.DOWN);
        }
    }
}
