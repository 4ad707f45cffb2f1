package io.bulwark.research.wall;

import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.CollateralChains;
import io.bulwark.insurance.stresstest.StressedAccount;
import io.bulwark.insurance.stresstest.WorthlessSymbol;
import io.bulwark.netting.contagion.LiquidityGroup;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.risktable.Sensitivity;
import io.bulwark.netting.scenario.CrashDay;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The book of a sealed epoch. What a day does to it is the vault's own table with a row for the day; in the cascade it is its net deltas at the table's prices, a group each.
 *
 * @param epoch sealed
 * @param members by account number
 * @param resources what stands in the fund now
 */
record HouseWallBook(ComputedEpoch epoch, Map<Integer, String> members, Resources resources) implements WallBook {
    private static final long MICRO_PER_U = 100;

    /** An account with its statement and what it holds against losses, u. */
    record Margined(AccountLine line, MarginStatement statement, long held) {}

    private Stream<Margined> margined() {
        return epoch.accounts().stream()
                .flatMap(line -> line.margin().stated().stream()
                        .map(statement -> new Margined(line, statement, epoch.held(line.number(), statement))));
    }

    private String member(AccountLine line) {
        return members.getOrDefault(line.number(), line.name());
    }

    @Override
    public String name() {
        return "epoch " + epoch.number();
    }

    private List<Group> coins() {
        return epoch.table().groups().stream()
                .filter(g -> g.charges().isPresent())
                .toList();
    }

    @Override
    public List<LiquidityGroup> groups() {
        return coins().stream()
                .map(g -> DrawnBook.group(g.id(), epoch.parameters()))
                .toList();
    }

    @Override
    public List<Account> accounts() {
        List<Group> coins = coins();
        return margined()
                .map(m -> new Account(
                        member(m.line()),
                        coins.stream()
                                .map(coin -> Math.multiplyExact(delta(m.line().lots(), coin.number()), MICRO_PER_U))
                                .toList(),
                        Math.multiplyExact(m.statement().equity(), MICRO_PER_U),
                        Math.multiplyExact(m.statement().maintenanceMargin(), MICRO_PER_U)))
                .toList();
    }

    private long delta(MarginAccount lots, int group) {
        RiskTable table = epoch.table();
        long sum = 0;
        for (Entry entry : lots.positions()) {
            sum = add(sum, table.instrument(entry.number()).orElseThrow().delta(), entry.lots(), group);
        }
        for (Entry entry : lots.collateral()) {
            sum = add(sum, table.asset(entry.number()).orElseThrow().delta(), entry.lots(), group);
        }
        for (Entry entry : lots.debt()) {
            sum = add(sum, table.asset(entry.number()).orElseThrow().delta(), -entry.lots(), group);
        }
        return sum;
    }

    private static long add(long sum, List<Sensitivity> deltas, long lots, int group) {
        long all = sum;
        for (Sensitivity delta : deltas) {
            if (delta.group() == group) {
                all = Math.addExact(all, Math.multiplyExact(lots, (long) delta.amount()));
            }
        }
        return all;
    }

    @Override
    public List<FirstLoss> losses(CrashDay day) {
        RiskTable table = epoch.market().tableOf(List.of(day));
        int row = row(table, day);
        return margined()
                .map(m -> new FirstLoss(
                        member(m.line()),
                        Math.multiplyExact(
                                new StressedAccount(
                                                m.line().number(),
                                                member(m.line()),
                                                m.line().lots(),
                                                m.held())
                                        .loss(table, row),
                                MICRO_PER_U),
                        Math.multiplyExact(m.held(), MICRO_PER_U)))
                .toList();
    }

    private static int row(RiskTable table, CrashDay day) {
        return IntStream.range(0, table.rowCount())
                .filter(r -> table.rows().get(r).move() instanceof ScenarioRow.Replay replay
                        && replay.day().equals(day.day()))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public List<WallAnswer.VenueLoss> venues(WallEvent event, CrashDay day) {
        if (!event.venueGone() && !event.deleveraged()) {
            return List.of();
        }
        RiskTable table = epoch.market().tableOf(List.of(day));
        HouseVenues venues = new HouseVenues(epoch, margined().toList(), day, table, row(table, day));
        return event.venueGone() ? venues.gone() : venues.deleveraged(event.date());
    }

    @Override
    public List<WorthlessSymbol> chains(int dropPpm) {
        return CollateralChains.of(epoch, members, dropPpm);
    }
}
