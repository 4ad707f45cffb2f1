package io.bulwark.netting.pricing;

import java.util.Arrays;

/** Chebyshev points of the second kind from −1 to 1, and the polynomial through values at them (Berrut and Trefethen 2004). */
final class ChebyshevGrid {
    private final double[] nodes;

    ChebyshevGrid(int points) {
        this.nodes = new double[points];
        Arrays.setAll(nodes, i -> -StrictMath.cos(i * StrictMath.PI / (points - 1)));
    }

    int points() {
        return nodes.length;
    }

    double node(int i) {
        return nodes[i];
    }

    /** The weights with which the values at the nodes make the polynomial's value at a place in −1…1. */
    double[] weights(double z) {
        double[] weights = new double[nodes.length];
        double sum = 0;
        for (int i = 0; i < nodes.length; i++) {
            double gap = z - nodes[i];
            if (gap == 0) {
                Arrays.fill(weights, 0);
                weights[i] = 1;
                return weights;
            }
            weights[i] = (i % 2 == 0 ? 1 : -1) * (i == 0 || i == nodes.length - 1 ? 0.5 : 1) / gap;
            sum += weights[i];
        }
        for (int i = 0; i < nodes.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }
}
