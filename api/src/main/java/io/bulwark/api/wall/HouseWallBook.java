package io.bulwark.api.wall;

import io.bulwark.api.cycle.AccountLine;
import io.bulwark.api.cycle.ComputedEpoch;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.insurance.stresstest.StressedAccount;
import io.bulwark.insurance.stresstest.WorthlessSymbol;
import io.bulwark.netting.buffer.LiquidityGroup;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.risktable.Sensitivity;
import io.bulwark.netting.scenario.Replay;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
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

    private record Margined(AccountLine line, MarginStatement statement) {
        long held() {
            return Math.max(0, Math.min(statement.equity(), statement.initialMargin()));
        }
    }

    private Stream<Margined> margined() {
        return epoch.accounts().stream()
                .flatMap(line -> line.margin().stated().stream().map(statement -> new Margined(line, statement)));
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
    public List<FirstLoss> losses(Replay day) {
        RiskTable table = epoch.market().tableOf(List.of(day));
        int row = IntStream.range(0, table.rowCount())
                .filter(r -> table.rows().get(r).move() instanceof ScenarioRow.Replay replay
                        && replay.day().equals(day.day()))
                .findFirst()
                .orElseThrow();
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

    @Override
    public List<WorthlessSymbol> chains(int dropPpm) {
        Listing listing = epoch.market().listing();
        TreeSet<String> roots = new TreeSet<>();
        listing.assets().forEach(asset -> roots.addAll(claims(asset)));
        return roots.stream().map(root -> chain(listing, root, dropPpm)).toList();
    }

    /** The symbol, then every listed asset that is a claim on it or on something in the chain. */
    private WorthlessSymbol chain(Listing listing, String root, int dropPpm) {
        List<String> chain = new ArrayList<>(List.of(root));
        List<Integer> numbers = new ArrayList<>();
        boolean grown = true;
        while (grown) {
            grown = false;
            for (ListedAsset asset : listing.assets()) {
                boolean on = asset.name().equals(root) || claims(asset).stream().anyMatch(chain::contains);
                if (on && !numbers.contains(asset.number())) {
                    numbers.add(asset.number());
                    if (!chain.contains(asset.name())) {
                        chain.add(asset.name());
                    }
                    grown = true;
                }
            }
        }
        return WorthlessSymbol.of(
                root,
                chain,
                margined()
                        .map(m -> new WorthlessSymbol.Holding(value(m.line().lots(), numbers), m.held()))
                        .filter(h -> h.onChain() > 0)
                        .toList(),
                dropPpm);
    }

    private long value(MarginAccount lots, List<Integer> numbers) {
        return lots.collateral().stream()
                .filter(e -> numbers.contains(e.number()))
                .mapToLong(e -> Math.multiplyExact(
                        e.lots(),
                        epoch.table().asset(e.number()).map(AssetRisk::price).orElse(0L)))
                .reduce(0, Math::addExact);
    }

    private static List<String> claims(ListedAsset asset) {
        return switch (asset.form()) {
            case Instrument.Spot spot -> List.of(spot.asset());
            case Instrument.LendingClaim claim -> List.of(claim.asset());
            case Instrument.Debt ignored -> List.of();
            case Instrument.VaultShare share -> List.of(share.asset());
            case Instrument.LiquidityShare share -> List.of(share.first(), share.second());
            case Instrument.Basket ignored -> List.of();
            case Instrument.Perpetual ignored -> List.of();
            case Instrument.Future ignored -> List.of();
            case Instrument.Option ignored -> List.of();
        };
    }
}
