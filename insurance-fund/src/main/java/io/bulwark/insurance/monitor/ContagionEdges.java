package io.bulwark.insurance.monitor;

import io.bulwark.netting.contagion.ContagionAccount;
import io.bulwark.netting.contagion.ContagionMap;
import io.bulwark.netting.contagion.ContagionSystem;
import io.bulwark.netting.contagion.ContagionVector;
import io.bulwark.netting.contagion.ForcedFlows;
import java.util.ArrayList;
import java.util.List;

/**
 * Who infects whom in one scenario, through which asset: what an account is forced to trade of it, and what the moved price costs an account that holds it.
 *
 * <p>Both are the cascade's own integers, of the account by itself: the trades of a member's accounts together may be larger where they are looked at as one. Each cost is
 * rounded up by itself, so those of one account may exceed its second-round loss by one micro-USD an asset and side.
 *
 * @param trades from accounts to assets
 * @param costs from assets to accounts
 */
public record ContagionEdges(List<Edge> trades, List<Edge> costs) {
    /**
     * An edge.
     *
     * @param account number
     * @param asset liquidity group
     * @param side sale or purchase
     * @param amount u = 10⁻⁴ USD, rounded up, above 0
     */
    public record Edge(int account, String asset, String side, long amount) {}

    /** Copies the lists. */
    public ContagionEdges {
        trades = List.copyOf(trades);
        costs = List.copyOf(costs);
    }

    /** The edges of a book in its one scenario with levers pulled. */
    public static ContagionEdges of(ShockedBook book, Levers levers) {
        ForcedTrades forced = ForcedTrades.of(book, levers);
        return forced.system()
                .map(system -> of(system, system.withAccounts(forced.tradable())))
                .orElse(new ContagionEdges(List.of(), List.of()));
    }

    private static ContagionEdges of(ContagionSystem system, ContagionSystem traded) {
        ContagionVector vector = new ContagionMap(traded, 0).leastFixedPoint().point();
        ForcedFlows hedgers = new ContagionMap(system.withAccounts(List.of()), 0).flows(vector);
        List<Integer> sold = new ContagionMap(traded, 0).liquidated(vector);
        List<Edge> trades = new ArrayList<>();
        for (int a = 0; a < sold.size(); a++) {
            ContagionAccount account = traded.accounts().get(a);
            if (sold.get(a) == 0) {
                continue;
            }
            ForcedFlows flows = new ContagionMap(system.withAccounts(List.of(account)), 0).flows(vector);
            for (int k = 0; k < system.groups().size(); k++) {
                add(trades, account, system, k, "sale", flows.sale(k) - hedgers.sale(k));
                add(trades, account, system, k, "purchase", flows.purchase(k) - hedgers.purchase(k));
            }
        }
        return new ContagionEdges(trades, costs(system, vector));
    }

    private static List<Edge> costs(ContagionSystem system, ContagionVector vector) {
        List<Edge> costs = new ArrayList<>();
        int groups = system.groups().size();
        for (int k = 0; k < groups; k++) {
            int[] down = new int[groups];
            down[k] = vector.down(k);
            int[] up = new int[groups];
            up[k] = vector.up(k);
            costs(system, k, "sale", ContagionVector.of(down, new int[groups]), costs);
            costs(system, k, "purchase", ContagionVector.of(new int[groups], up), costs);
        }
        return costs;
    }

    private static void costs(ContagionSystem system, int group, String side, ContagionVector alone, List<Edge> costs) {
        if (!alone.equals(ContagionVector.zero(alone.groups()))) {
            var transmitted = ForcedTrades.transmitted(system, alone);
            system.accounts().forEach(a -> add(costs, a, system, group, side, transmitted.getOrDefault(a.name(), 0L)));
        }
    }

    private static void add(
            List<Edge> edges, ContagionAccount account, ContagionSystem system, int group, String side, long micro) {
        if (micro > 0) {
            edges.add(new Edge(
                    Integer.parseInt(account.name()),
                    system.groups().get(group).name(),
                    side,
                    Counterfactual.inU(micro)));
        }
    }
}
