package io.bulwark.api.advice;

import io.bulwark.api.advice.OutlookAnswer.Distance;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Amount;
import io.bulwark.house.epoch.EpochMarket;
import io.bulwark.netting.action.LiquidationDistance;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The distances to liquidation of one account, as sentences: price and volatility of each group that it holds, and time. */
final class Distances {
    private static final long PRICE_STEP = 20_000;
    private static final long FALL_MAX = 960_000;
    private static final long RISE_MAX = 3_000_000;
    private static final long VOLATILITY_STEP = 50_000;
    private static final long VOLATILITY_FALL_MAX = 900_000;
    private static final long VOLATILITY_RISE_MAX = 3_000_000;
    private static final long DAY_MILLIS = 86_400_000;
    private static final long DAYS_MAX = 90;

    private final MarginAccount account;
    private final RiskTable table;
    private final EpochMarket market;
    private final List<Distance> distances = new ArrayList<>();

    private Distances(MarginAccount account, RiskTable table, EpochMarket market) {
        this.account = account;
        this.table = table;
        this.market = market;
    }

    /** Every distance that the account has. */
    static List<Distance> of(MarginAccount account, RiskTable table, EpochMarket market) {
        Distances search = new Distances(account, table, market);
        boolean options = search.holdsOptions(-1);
        for (RiskGroup group : market.listing().groups()) {
            if (search.holds(group) && !group.name().equals(Market.NUMERAIRE)) {
                search.price(group, -1, FALL_MAX);
                search.price(group, 1, RISE_MAX);
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

    /** The sealed table as long as nothing has moved. */
    private RiskTable after(long n, Market.Move move) {
        return n == 0 ? table : market.tableAfter(move);
    }

    private void price(RiskGroup group, int sign, long most) {
        OptionalLong edge = LiquidationDistance.of(
                n -> after(n, Market.Move.ofPrice(group.number(), sign * n)),
                account,
                n -> LiquidationDistance.settlement(table, account, group.number(), sign * n),
                PRICE_STEP,
                most);
        Optional<Amount> now = market.market().groupPrice(group.number());
        Optional<String> level = edge.isPresent()
                ? now.map(price -> moved(price, sign * edge.getAsLong()).toPlainString() + " USD")
                : Optional.empty();
        add("price of " + group.name(), sign, percent(sign, edge.orElse(most)), edge.isPresent(), level);
    }

    private void volatility(RiskGroup group, int sign, long most) {
        OptionalLong edge = LiquidationDistance.of(
                n -> after(n, Market.Move.ofVolatility(group.number(), sign * n)),
                account,
                n -> 0L,
                VOLATILITY_STEP,
                most);
        add(
                "volatility of " + group.name(),
                sign,
                percent(sign, edge.orElse(most)) + " of each",
                edge.isPresent(),
                Optional.empty());
    }

    private void time() {
        OptionalLong edge = LiquidationDistance.of(
                days -> after(days, Market.Move.ofTime(days * DAY_MILLIS)), account, n -> 0L, 1, DAYS_MAX);
        distances.add(
                new Distance("time", "later", edge.isPresent(), edge.orElse(DAYS_MAX) + " days", Optional.empty()));
    }

    private void add(String what, int sign, String move, boolean reached, Optional<String> level) {
        distances.add(new Distance(what, sign < 0 ? "down" : "up", reached, move, level));
    }

    private static String percent(int sign, long ppm) {
        return (sign < 0 ? "\u2212" : "+") + BigDecimal.valueOf(ppm, 4).toPlainString() + " %";
    }

    private static BigDecimal moved(Amount price, long ppm) {
        BigDecimal now = price.toDecimal();
        return now.add(now.multiply(BigDecimal.valueOf(ppm, 6))).setScale(2, RoundingMode.HALF_EVEN);
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
