package io.bulwark.api.advice;

import io.bulwark.api.account.EpochView;
import io.bulwark.api.advice.OutlookAnswer.Act;
import io.bulwark.api.advice.OutlookAnswer.Distance;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Amount;
import io.bulwark.house.epoch.EpochMarket;
import io.bulwark.netting.action.LiquidationDistance;
import io.bulwark.netting.action.LiquidationDistance.World;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The distances to liquidation of one account, as sentences: price and volatility of each group that it holds, and time. Of a price it is
 * the nearest of the house's own and each venue's.
 */
final class Distances {
    private static final long PRICE_STEP = 20_000;
    private static final int FALL_MAX = 960_000;
    private static final int RISE_MAX = 3_000_000;
    private static final long VOLATILITY_STEP = 50_000;
    private static final long VOLATILITY_FALL_MAX = 900_000;
    private static final long VOLATILITY_RISE_MAX = 3_000_000;
    private static final long DAY_MILLIS = 86_400_000;
    private static final long DAYS_MAX = 90;
    private static final int PPM_PLACES = 6;

    private static final String HOUSE = "the house";

    private final MarginAccount account;
    private final RiskTable table;
    private final EpochMarket market;
    private final VenueActs venues;
    private final List<Distance> distances = new ArrayList<>();

    private Distances(MarginAccount account, EpochView view) {
        this.account = account;
        this.table = view.table();
        this.market = view.requireMarket();
        this.venues = new VenueActs(table, market.listing(), account, view.booked(), view.counted(), view.numbers());
    }

    /** Every distance that the account has. */
    static List<Distance> of(MarginAccount account, EpochView view) {
        Distances search = new Distances(account, view);
        boolean options = search.holdsOptions(-1);
        for (RiskGroup group : search.market.listing().groups()) {
            if (search.holds(group) && !group.name().equals(Market.NUMERAIRE)) {
                search.price(group, -1, farthest(-1));
                search.price(group, 1, farthest(1));
                if (search.holdsOptions(group.number())) {
                    search.volatility(group, -1, VOLATILITY_FALL_MAX);
                    search.volatility(group, 1, VOLATILITY_RISE_MAX);
                }
            }
        }
        if (options) {
            search.time();
        }
        return List.copyOf(search.distances);
    }

    /** The farthest price move that is looked at, ppm. */
    static int farthest(int sign) {
        return sign < 0 ? FALL_MAX : RISE_MAX;
    }

    /** The sealed table as long as nothing has moved. */
    private RiskTable after(long n, Market.Move move) {
        return n == 0 ? table : market.tableAfter(move);
    }

    private World world(RiskTable moved) {
        return World.moved(table, moved, account);
    }

    private void price(RiskGroup group, int sign, long most) {
        OptionalLong edge = LiquidationDistance.of(
                n -> {
                    RiskTable moved = after(n, Market.Move.ofPrice(group.number(), sign * n));
                    return World.priced(table, moved, account, group.number(), sign * n);
                },
                PRICE_STEP,
                most);
        Optional<BigDecimal> now = market.market().groupPrice(group.number()).map(Amount::toDecimal);
        List<VenueActs.Placed> placed = new ArrayList<>(venues.of(group, now, sign));
        placed.add(house(group, now, BigDecimal.valueOf(sign * edge.orElse(most), PPM_PLACES), edge.isPresent()));
        placed.sort(Comparator.comparing((VenueActs.Placed act) -> !act.act().reached())
                .thenComparing(act -> act.move().abs()));
        List<Act> acts = placed.stream().map(VenueActs.Placed::act).toList();
        Act nearest = acts.getFirst();
        distances.add(new Distance(
                "price of " + group.name(),
                sign < 0 ? "down" : "up",
                nearest.reached(),
                nearest.move(),
                nearest.level(),
                acts));
    }

    private static VenueActs.Placed house(RiskGroup group, Optional<BigDecimal> now, BigDecimal move, boolean reached) {
        Optional<BigDecimal> level = reached ? now.map(price -> moved(price, move)) : Optional.empty();
        String there = level.map(price -> place(group.name(), price, move)).orElse(percent(move));
        Act act = new Act(
                HOUSE,
                reached,
                percent(move),
                level.map(Distances::usd),
                reached ? "the house would at " + there : "the house would not within " + percent(move));
        return new VenueActs.Placed(move, act);
    }

    private void volatility(RiskGroup group, int sign, long most) {
        OptionalLong edge = LiquidationDistance.of(
                n -> world(after(n, Market.Move.ofVolatility(group.number(), sign * n))), VOLATILITY_STEP, most);
        add(
                "volatility of " + group.name(),
                sign,
                percent(BigDecimal.valueOf(sign * edge.orElse(most), PPM_PLACES)) + " of each",
                edge.isPresent());
    }

    private void time() {
        OptionalLong edge =
                LiquidationDistance.of(days -> world(after(days, Market.Move.ofTime(days * DAY_MILLIS))), 1, DAYS_MAX);
        distances.add(new Distance(
                "time", "later", edge.isPresent(), edge.orElse(DAYS_MAX) + " days", Optional.empty(), List.of()));
    }

    private void add(String what, int sign, String move, boolean reached) {
        distances.add(new Distance(what, sign < 0 ? "down" : "up", reached, move, Optional.empty(), List.of()));
    }

    /** A move as people read it: {@code +15.1426 %}. */
    static String percent(BigDecimal move) {
        BigDecimal shown = move.abs().movePointRight(2).setScale(PPM_PLACES - 2, RoundingMode.DOWN);
        return (move.signum() < 0 ? "\u2212" : "+") + shown.toPlainString() + " %";
    }

    static BigDecimal moved(BigDecimal price, BigDecimal move) {
        return price.add(price.multiply(move));
    }

    static String usd(BigDecimal price) {
        return cents(price).toPlainString() + " USD";
    }

    /** A price and how far away it is: {@code ETH 4,357.92 (+15.1426 %)}. */
    static String place(String group, BigDecimal price, BigDecimal move) {
        return String.format(Locale.ROOT, "%s %,.2f (%s)", group, cents(price), percent(move));
    }

    private static BigDecimal cents(BigDecimal price) {
        return price.setScale(2, RoundingMode.HALF_EVEN);
    }

    private boolean holds(RiskGroup group) {
        Stream<Integer> assets = Stream.concat(account.collateral().stream(), account.debt().stream())
                .map(entry -> table.asset(entry.number()).map(AssetRisk::group).orElseThrow());
        Stream<Integer> instruments = Stream.concat(account.positions().stream(), account.paid().stream())
                .map(Distances.this::instrument)
                .map(InstrumentRisk::group);
        Set<Integer> held = new TreeSet<>(Stream.concat(assets, instruments).toList());
        return held.contains(group.number());
    }

    /** Whether options are held in a group, or in any for −1. */
    private boolean holdsOptions(int group) {
        return account.positions().stream()
                .map(this::instrument)
                .anyMatch(risk -> risk.paidUp() && (group < 0 || risk.group() == group));
    }

    private InstrumentRisk instrument(Entry entry) {
        return table.instrument(entry.number()).orElseThrow();
    }
}
