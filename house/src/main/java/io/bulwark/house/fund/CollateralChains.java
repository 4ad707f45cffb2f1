package io.bulwark.house.fund;

import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.insurance.stresstest.WorthlessSymbol;
import io.bulwark.netting.placement.Placement.Place;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.risktable.AssetRisk;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What rests on every collateral symbol of an epoch, along its chain of claims. */
public final class CollateralChains {

    private CollateralChains() {}

    /**
     * Every root of the listing, by name.
     *
     * @param members who stands behind each account, by number
     * @param dropPpm share of its worth that the symbol loses
     */
    public static List<WorthlessSymbol> of(ComputedEpoch epoch, Map<Integer, String> members, int dropPpm) {
        TreeSet<String> roots = new TreeSet<>();
        epoch.market()
                .listing()
                .assets()
                .forEach(asset -> roots.addAll(asset.form().claims()));
        return roots.stream().map(root -> chain(epoch, members, root, dropPpm)).toList();
    }

    /**
     * A listed asset on a chain.
     *
     * @param lost what is lost if this asset, and every claim on it, is worth nothing
     * @param on what it is a claim on, along this chain; empty for the root
     * @param held what accounts hold of this asset itself, u
     */
    public record Hop(WorthlessSymbol lost, List<String> on, long held) {
        /** Copies the list. */
        public Hop {
            on = List.copyOf(on);
        }
    }

    /**
     * The hops of a root: itself, then every listed asset along its chain.
     *
     * @param members who stands behind each account, by number
     */
    public static List<Hop> hops(ComputedEpoch epoch, Map<Integer, String> members, WorthlessSymbol root) {
        return root.chain().stream()
                .map(name -> new Hop(
                        chain(epoch, members, name, Ppm.ONE),
                        epoch.market().listing().assets().stream()
                                .filter(asset -> asset.name().equals(name))
                                .flatMap(asset -> asset.form().claims().stream())
                                .filter(on -> root.chain().contains(on) && !on.equals(name))
                                .distinct()
                                .toList(),
                        epoch.accounts().stream()
                                .mapToLong(line -> value(epoch, line.lots().collateral(), numbers(epoch, name)))
                                .reduce(0, Math::addExact)))
                .toList();
    }

    /** Names of a chain that are claims on themselves by way of others: an asset that backs its own backer. */
    public static List<String> cycles(ComputedEpoch epoch, WorthlessSymbol root) {
        return cycles(
                epoch.market().listing().assets().stream()
                        .collect(Collectors.toMap(
                                ListedAsset::name, asset -> asset.form().claims(), (one, other) -> one)),
                root.chain());
    }

    /** Names whose claims lead back to them. A claim on the same name (a coin that is its own) leads nowhere. */
    static List<String> cycles(Map<String, List<String>> claims, List<String> names) {
        return names.stream().filter(name -> leadsBack(claims, name)).toList();
    }

    private static boolean leadsBack(Map<String, List<String>> claims, String name) {
        ArrayDeque<String> open = new ArrayDeque<>(beyond(claims, name));
        TreeSet<String> seen = new TreeSet<>(open);
        while (!open.isEmpty()) {
            for (String next : beyond(claims, open.remove())) {
                if (next.equals(name)) {
                    return true;
                }
                if (seen.add(next)) {
                    open.add(next);
                }
            }
        }
        return false;
    }

    private static List<String> beyond(Map<String, List<String>> claims, String name) {
        return claims.getOrDefault(name, List.of()).stream()
                .filter(on -> !on.equals(name))
                .toList();
    }

    /**
     * What accounts pledge along a chain and owe in it at once, u: so much of what is pledged was borrowed first and is counted again.
     *
     * @param chain names
     */
    public static long looped(ComputedEpoch epoch, List<String> chain) {
        List<Integer> numbers =
                chain.stream().flatMap(name -> numbers(epoch, name).stream()).toList();
        return epoch.accounts().stream()
                .mapToLong(line -> Math.min(
                        value(epoch, line.lots().collateral(), numbers),
                        value(epoch, line.lots().debt(), numbers)))
                .reduce(0, Math::addExact);
    }

    private static List<Integer> numbers(ComputedEpoch epoch, String name) {
        return epoch.market().listing().assets().stream()
                .filter(asset -> asset.name().equals(name))
                .map(ListedAsset::number)
                .toList();
    }

    /** The symbol, then every listed asset that is a claim on it or on something in the chain. */
    private static WorthlessSymbol chain(ComputedEpoch epoch, Map<Integer, String> members, String root, int dropPpm) {
        List<String> chain = new ArrayList<>(List.of(root));
        List<Integer> numbers = new ArrayList<>();
        boolean grown = true;
        while (grown) {
            grown = false;
            for (ListedAsset asset : epoch.market().listing().assets()) {
                boolean on = asset.name().equals(root)
                        || asset.form().claims().stream().anyMatch(chain::contains);
                if (on && !numbers.contains(asset.number())) {
                    numbers.add(asset.number());
                    if (!chain.contains(asset.name())) {
                        chain.add(asset.name());
                    }
                    grown = true;
                }
            }
        }
        List<WorthlessSymbol.Holding> holdings = epoch.accounts().stream()
                .filter(line -> FundBook.Reliance.rests(epoch, line))
                .flatMap(line -> line.margin().stated().stream()
                        .map(statement -> new WorthlessSymbol.Holding(
                                line.number(),
                                members.getOrDefault(line.number(), line.name()),
                                value(epoch, line.lots().collateral(), numbers),
                                FundBook.Reliance.counted(epoch, line, statement))))
                .filter(holding -> holding.onChain() > 0)
                .toList();
        return WorthlessSymbol.of(root, chain, holdings, dropPpm);
    }

    private static long value(ComputedEpoch epoch, List<Entry> entries, List<Integer> numbers) {
        return entries.stream()
                .filter(entry -> numbers.contains(Place.listed(entry.number())))
                .mapToLong(entry -> worth(epoch, entry))
                .reduce(0, Math::addExact);
    }

    private static long worth(ComputedEpoch epoch, Entry entry) {
        return Math.multiplyExact(
                entry.lots(),
                epoch.table().asset(entry.number()).map(AssetRisk::price).orElse(0L));
    }
}
