package io.bulwark.netting.network;

import java.util.List;
import org.hipparchus.fraction.BigFraction;

/**
 * Who owes whom, in exact fractions of one currency: the plain twin of {@link ClearingNetwork}, for networks of some dozens of nodes.
 *
 * @param liabilities by debtor, then creditor; ≥ 0, nothing owed to oneself
 * @param externalAssets by node, ≥ 0
 * @param externalLiabilities by node, owed outside the network, of the same rank; ≥ 0
 * @param assetRecovery share of its external assets that a node in default keeps, 0 … 1 (α of Rogers and Veraart; 1: Eisenberg and Noe)
 * @param claimRecovery share of what it is paid that a node in default keeps, 0 … 1 (β)
 */
public record ExactNetwork(
        List<List<BigFraction>> liabilities,
        List<BigFraction> externalAssets,
        List<BigFraction> externalLiabilities,
        BigFraction assetRecovery,
        BigFraction claimRecovery) {
    /**
     * Checks shape and ranges.
     *
     * @throws IllegalArgumentException naming the entry that breaks a rule
     */
    public ExactNetwork {
        liabilities = liabilities.stream().map(List::copyOf).toList();
        externalAssets = List.copyOf(externalAssets);
        externalLiabilities = List.copyOf(externalLiabilities);
        int nodes = externalAssets.size();
        ExactRules.length("liabilities", liabilities, nodes);
        ExactRules.length("externalLiabilities", externalLiabilities, nodes);
        for (int i = 0; i < nodes; i++) {
            ExactRules.length("liabilities[" + i + "]", liabilities.get(i), nodes);
            ExactRules.notNegative("liabilities[" + i + "]", liabilities.get(i));
            if (liabilities.get(i).get(i).signum() != 0) {
                throw new IllegalArgumentException("liabilities[" + i + "][" + i + "] must be 0: a node owes itself "
                        + liabilities.get(i).get(i));
            }
        }
        ExactRules.notNegative("externalAssets", externalAssets);
        ExactRules.notNegative("externalLiabilities", externalLiabilities);
        ExactRules.share("alpha", assetRecovery);
        ExactRules.share("beta", claimRecovery);
    }

    /** Number of nodes. */
    public int size() {
        return externalAssets.size();
    }

    /** What a node owes in all. */
    public BigFraction owed(int node) {
        return liabilities.get(node).stream().reduce(externalLiabilities.get(node), BigFraction::add);
    }
}
