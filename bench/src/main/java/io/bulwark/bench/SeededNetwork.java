package io.bulwark.bench;

import io.bulwark.netting.network.ClearingNetwork;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A seeded network in which most nodes default: every node owes a hundred others, has a little less outside than it owes there, and trouble takes many rounds to arrive.
 *
 * @param debtor of each debt
 * @param creditor of each debt
 * @param amount of each debt
 * @param externalAssets by node
 * @param externalLiabilities by node
 */
record SeededNetwork(
        int[] debtor, int[] creditor, double[] amount, double[] externalAssets, double[] externalLiabilities) {
    static final int NODES = 10_000;
    static final int DEBTS = 1_000_000;

    private static final long SEED = 20_240_601;
    private static final double LARGEST = 100;
    private static final double OUTSIDE = 0.1;
    private static final double SPREAD = 0.2;
    private static final double SHORT = 0.5;
    private static final double LEAST = 0.001;

    static SeededNetwork draw() {
        Random random = new Random(SEED);
        int each = DEBTS / NODES;
        int[] debtor = IntStream.range(0, DEBTS).map(d -> d / each).toArray();
        int[] creditor = new int[DEBTS];
        double[] amount = new double[DEBTS];
        double[] owed = new double[NODES];
        double[] due = new double[NODES];
        for (int d = 0; d < DEBTS; d++) {
            // Distinct creditors of one debtor: a random start and a stride through all others.
            creditor[d] = (debtor[d] + 1 + random.nextInt(NODES - 1)) % NODES;
            amount[d] = 1 + random.nextDouble() * LARGEST;
            owed[debtor[d]] += amount[d];
            due[creditor[d]] += amount[d];
        }
        double[] outside = new double[NODES];
        double[] assets = new double[NODES];
        for (int i = 0; i < NODES; i++) {
            outside[i] = OUTSIDE * owed[i];
            double gap = owed[i] + outside[i] - due[i];
            assets[i] = Math.max(LEAST * owed[i], gap + SPREAD * owed[i] * (random.nextDouble() - SHORT));
        }
        return new SeededNetwork(debtor, creditor, amount, assets, outside);
    }

    ClearingNetwork network() {
        return ClearingNetwork.of(
                debtor, creditor, amount, externalAssets, externalLiabilities, new ClearingNetwork.Recovery(1, 1));
    }
}
