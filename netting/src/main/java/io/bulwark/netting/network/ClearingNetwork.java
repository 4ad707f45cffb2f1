package io.bulwark.netting.network;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Who owes whom, for networks of any size: claims as compressed rows, creditor by debtor.
 *
 * <p>Source of the model: {@link ExactClearing}, whose fast twin {@link Clearing} is.
 */
public final class ClearingNetwork {
    private final CompressedRows shares;
    private final double[] owed;
    private final double[] due;
    private final double[] externalAssets;
    private final double assetRecovery;
    private final double claimRecovery;

    private ClearingNetwork(
            CompressedRows shares,
            double[] owed,
            double[] due,
            double[] externalAssets,
            double assetRecovery,
            double claimRecovery) {
        this.shares = shares;
        this.owed = owed;
        this.due = due;
        this.externalAssets = externalAssets;
        this.assetRecovery = assetRecovery;
        this.claimRecovery = claimRecovery;
    }

    /**
     * What is kept in default.
     *
     * @param assets α: share of external assets, 0 … 1
     * @param claims β: share of what others pay, 0 … 1
     */
    public record Recovery(double assets, double claims) {
        /** Checks ranges. */
        public Recovery {
            share("alpha", assets);
            share("beta", claims);
        }
    }

    /**
     * The network of the given debts.
     *
     * @param debtor of each debt
     * @param creditor of each debt, another node
     * @param amount of each debt, ≥ 0
     * @param externalAssets by node, ≥ 0
     * @param externalLiabilities by node, of the same rank as the debts; ≥ 0
     * @param recovery what a default leaves
     * @throws IllegalArgumentException naming what breaks a rule
     */
    public static ClearingNetwork of(
            int[] debtor,
            int[] creditor,
            double[] amount,
            double[] externalAssets,
            double[] externalLiabilities,
            Recovery recovery) {
        int nodes = externalAssets.length;
        notNegative("externalAssets", externalAssets);
        notNegative("externalLiabilities", externalLiabilities);
        if (externalLiabilities.length != nodes) {
            throw new IllegalArgumentException(
                    "externalLiabilities must have " + nodes + " entries; has " + externalLiabilities.length);
        }
        CompressedRows claims = CompressedRows.of(nodes, nodes, creditor, debtor, amount);
        double[] owed = externalLiabilities.clone();
        for (int debt = 0; debt < amount.length; debt++) {
            if (debtor[debt] == creditor[debt]) {
                throw new IllegalArgumentException(
                        "debt " + debt + " must be owed to another node; have " + debtor[debt]);
            }
            owed[debtor[debt]] += amount[debt];
        }
        double[] perUnit = Arrays.stream(owed).map(o -> o > 0 ? 1 / o : 0).toArray();
        return new ClearingNetwork(
                claims.columnsTimes(perUnit),
                owed,
                IntStream.range(0, nodes).mapToDouble(claims::rowSum).toArray(),
                externalAssets.clone(),
                recovery.assets(),
                recovery.claims());
    }

    /** Number of nodes. */
    public int size() {
        return owed.length;
    }

    /** What a node owes in all. */
    public double owed(int node) {
        return owed[node];
    }

    /** What the other nodes owe a node in all. */
    double due(int node) {
        return due[node];
    }

    double[] fullPayment() {
        return owed.clone();
    }

    /** What a node has when the others pay as given. */
    double assets(int node, double[] payments) {
        return externalAssets[node] + shares.gather(node, payments);
    }

    /** What a node in default keeps of what it has. */
    double recovered(int node, double assets) {
        return assetRecovery * externalAssets[node] + claimRecovery * (assets - externalAssets[node]);
    }

    /** Relative error that the sum of a row of this network may carry: all terms are ≥ 0, so it is at most one half-ulp an operation. */
    double roundingError() {
        return (shares.longestRow() + 8) * 0x1p-52;
    }

    private static void notNegative(String name, double[] amounts) {
        for (int i = 0; i < amounts.length; i++) {
            if (!(amounts[i] >= 0 && amounts[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(name + "[" + i + "] must be >= 0; have " + amounts[i]);
            }
        }
    }

    private static void share(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " must be within 0 … 1; have " + share);
        }
    }
}
