package io.bulwark.netting.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.hipparchus.fraction.BigFraction;

/**
 * A seeded network of small whole amounts, for the exact kernel and its fast twin.
 *
 * @param amounts by debtor, then creditor
 * @param assets by node
 * @param external owed outside, by node
 * @param alphaTenths share of assets kept in default, tenths
 * @param betaTenths share of claims kept in default, tenths
 */
record RandomNetwork(int[][] amounts, int[] assets, int[] external, int alphaTenths, int betaTenths) {
    static RandomNetwork of(long seed) {
        Random random = new Random(seed);
        int nodes = 2 + random.nextInt(7);
        int[][] amounts = new int[nodes][nodes];
        for (int i = 0; i < nodes; i++) {
            for (int j = 0; j < nodes; j++) {
                amounts[i][j] = i != j && random.nextInt(3) > 0 ? random.nextInt(40) : 0;
            }
        }
        boolean costs = random.nextBoolean();
        return new RandomNetwork(
                amounts,
                random.ints(nodes, 0, 50).toArray(),
                random.ints(nodes, 0, 20).toArray(),
                costs ? random.nextInt(11) : 10,
                costs ? random.nextInt(11) : 10);
    }

    int size() {
        return assets.length;
    }

    RandomNetwork withAssets(int node, int more) {
        int[] raised = assets.clone();
        raised[node] += more;
        return new RandomNetwork(amounts, raised, external, alphaTenths, betaTenths);
    }

    ExactNetwork exact() {
        return new ExactNetwork(
                Arrays.stream(amounts).map(RandomNetwork::fractions).toList(),
                fractions(assets),
                fractions(external),
                new BigFraction(alphaTenths, 10),
                new BigFraction(betaTenths, 10));
    }

    ClearingNetwork fast() {
        return fast(new Random(1));
    }

    /** The debts in an order drawn by chance. */
    ClearingNetwork fast(Random random) {
        List<int[]> debts = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            for (int j = 0; j < size(); j++) {
                if (amounts[i][j] > 0) {
                    debts.add(new int[] {i, j, amounts[i][j]});
                }
            }
        }
        java.util.Collections.shuffle(debts, random);
        return ClearingNetwork.of(
                debts.stream().mapToInt(d -> d[0]).toArray(),
                debts.stream().mapToInt(d -> d[1]).toArray(),
                debts.stream().mapToDouble(d -> d[2]).toArray(),
                doubles(assets),
                doubles(external),
                new ClearingNetwork.Recovery(alphaTenths / 10.0, betaTenths / 10.0));
    }

    static List<BigFraction> fractions(int[] values) {
        return Arrays.stream(values).mapToObj(BigFraction::new).toList();
    }

    static double[] doubles(int[] values) {
        return IntStream.of(values).asDoubleStream().toArray();
    }
}
