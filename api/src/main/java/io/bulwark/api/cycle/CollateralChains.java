package io.bulwark.api.cycle;

import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.insurance.stresstest.WorthlessSymbol;
import io.bulwark.netting.buffer.HouseBuffer;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.AssetRisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

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
        epoch.market().listing().assets().forEach(asset -> roots.addAll(claims(asset)));
        return roots.stream().map(root -> chain(epoch, members, root, dropPpm)).toList();
    }

    /** What an account holds against losses: min(E, IM + Buffer), at least 0, u. Nothing holds it to more. */
    public static long held(ComputedEpoch epoch, int account, MarginStatement statement) {
        long buffer = epoch.buffer()
                .flatMap(b -> b.charge(Integer.toString(account)))
                .map(HouseBuffer::inU)
                .orElse(0L);
        return Math.max(0, Math.min(statement.equity(), Math.addExact(statement.initialMargin(), buffer)));
    }

    /** The symbol, then every listed asset that is a claim on it or on something in the chain. */
    private static WorthlessSymbol chain(ComputedEpoch epoch, Map<Integer, String> members, String root, int dropPpm) {
        List<String> chain = new ArrayList<>(List.of(root));
        List<Integer> numbers = new ArrayList<>();
        boolean grown = true;
        while (grown) {
            grown = false;
            for (ListedAsset asset : epoch.market().listing().assets()) {
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
        List<WorthlessSymbol.Holding> holdings = epoch.accounts().stream()
                .flatMap(line -> line.margin().stated().stream()
                        .map(statement -> new WorthlessSymbol.Holding(
                                line.number(),
                                members.getOrDefault(line.number(), line.name()),
                                value(epoch, line.lots(), numbers),
                                held(epoch, line.number(), statement))))
                .filter(holding -> holding.onChain() > 0)
                .toList();
        return WorthlessSymbol.of(root, chain, holdings, dropPpm);
    }

    private static long value(ComputedEpoch epoch, MarginAccount lots, List<Integer> numbers) {
        return lots.collateral().stream()
                .filter(entry -> numbers.contains(entry.number()))
                .mapToLong(entry -> Math.multiplyExact(
                        entry.lots(),
                        epoch.table()
                                .asset(entry.number())
                                .map(AssetRisk::price)
                                .orElse(0L)))
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
