package io.bulwark.netting.network;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.fraction.BigFraction;

/**
 * The greatest clearing vector of a network, exact. A node pays all that it owes if it can, else what it keeps of its assets.
 *
 * <p>Source: L. Eisenberg and T. Noe, "Systemic risk in financial systems", Management Science 47 (2001), fictitious default algorithm; L. C. G. Rogers and L. A. M.
 * Veraart, "Failure and rescue in an interbank network", Management Science 59 (2013), greatest clearing vector algorithm. With default costs the map jumps where a node
 * just pays: the set of defaults is accumulated from full payment downwards, and nobody comes back from it.
 *
 * @param owed by node, in all
 * @param payments by node, in all; at most what is owed
 * @param defaultRounds the nodes, ascending, that are found short of what they owe in each round; none of a later round is short before
 * @param equity by node: assets less liabilities, 0 for a node in default
 * @param totalShortfall what is owed less what is paid, all nodes together
 */
public record ExactClearing(
        List<BigFraction> owed,
        List<BigFraction> payments,
        List<List<Integer>> defaultRounds,
        List<BigFraction> equity,
        BigFraction totalShortfall) {
    /** Clears a network. */
    public static ExactClearing of(ExactNetwork network) {
        int nodes = network.size();
        List<BigFraction> owed =
                IntStream.range(0, nodes).mapToObj(network::owed).toList();
        List<BigFraction> payments = new ArrayList<>(owed);
        BitSet inDefault = new BitSet(nodes);
        List<List<Integer>> rounds = new ArrayList<>();
        for (List<Integer> fallen = newlyShort(network, owed, payments, inDefault);
                !fallen.isEmpty();
                fallen = newlyShort(network, owed, payments, inDefault)) {
            rounds.add(fallen);
            fallen.forEach(inDefault::set);
            payDefaulted(network, owed, inDefault, payments);
        }
        List<BigFraction> equity = IntStream.range(0, nodes)
                .mapToObj(i -> inDefault.get(i)
                        ? BigFraction.ZERO
                        : assets(network, owed, payments, i).subtract(owed.get(i)))
                .toList();
        return new ExactClearing(
                owed,
                List.copyOf(payments),
                List.copyOf(rounds),
                equity,
                sum(owed).subtract(sum(payments)));
    }

    private static List<Integer> newlyShort(
            ExactNetwork network, List<BigFraction> owed, List<BigFraction> payments, BitSet inDefault) {
        return IntStream.range(0, network.size())
                .filter(i -> !inDefault.get(i) && owed.get(i).signum() > 0)
                .filter(i -> assets(network, owed, payments, i).compareTo(owed.get(i)) < 0)
                .boxed()
                .toList();
    }

    private static BigFraction assets(
            ExactNetwork network, List<BigFraction> owed, List<BigFraction> payments, int node) {
        BigFraction assets = network.externalAssets().get(node);
        for (int j = 0; j < network.size(); j++) {
            assets = assets.add(share(network, owed, j, node).multiply(payments.get(j)));
        }
        return assets;
    }

    private static BigFraction share(ExactNetwork network, List<BigFraction> owed, int debtor, int creditor) {
        BigFraction all = owed.get(debtor);
        return all.signum() == 0
                ? BigFraction.ZERO
                : network.liabilities().get(debtor).get(creditor).divide(all);
    }

    /** What the nodes in default pay when all others pay in full: p = α·e + β·(what they are paid), exactly. */
    private static void payDefaulted(
            ExactNetwork network, List<BigFraction> owed, BitSet inDefault, List<BigFraction> payments) {
        BigFraction beta = network.claimRecovery();
        List<BigFraction> constants = new ArrayList<>();
        for (int i = 0; i < network.size(); i++) {
            BigFraction paid = BigFraction.ZERO;
            for (int j = inDefault.nextClearBit(0); j < network.size(); j = inDefault.nextClearBit(j + 1)) {
                paid = paid.add(network.liabilities().get(j).get(i));
            }
            constants.add(network.assetRecovery()
                    .multiply(network.externalAssets().get(i))
                    .add(beta.multiply(paid)));
        }
        ExactLinear.solve(inDefault, (i, j) -> share(network, owed, j, i).multiply(beta), constants, payments);
    }

    private static BigFraction sum(List<BigFraction> amounts) {
        return amounts.stream().reduce(BigFraction.ZERO, BigFraction::add);
    }
}
