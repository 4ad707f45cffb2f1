package io.bulwark.netting.network;

import io.bulwark.netting.contagion.FixedPoint;
import io.bulwark.netting.contagion.IsotoneMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;

/**
 * The greatest clearing vector of a network of any size: from full payment downwards, one gather a node and round. The plain twin is
 * {@link ExactClearing}.
 *
 * <p>A node is in default when what it has falls short of what it owes by more than {@link #SHORT} of it; it never comes back. Doubles:
 * a monitor figure.
 *
 * @param payments by node
 * @param inDefault the nodes in default
 * @param order the same by the application of the map in which each is found short; none of a later one is short before
 * @param rounds applications of the map, the confirming one included
 */
public record Clearing(double[] payments, BitSet inDefault, List<BitSet> order, int rounds) {
    /** Relative change below which a payment stands still, and relative shortfall below which a node pays in full. */
    public static final double SHORT = 1e-12;

    private static final int ROUNDS_MAX = 1_000_000;
    private static final double LOOSEST = 1e-6;

    /**
     * Payments with what is known about the way to them.
     *
     * @param payments by node
     * @param inDefault the nodes found in default
     * @param fallen how far payments have fallen, by the worst node of each round, added up over the rounds; share of what is owed
     * @param safeUntil by node: the fall up to which it still pays in full without being looked at
     */
    record State(double[] payments, BitSet inDefault, double fallen, double[] safeUntil) {
        static State top(ClearingNetwork network) {
            double[] unknown = new double[network.size()];
            Arrays.fill(unknown, -1);
            return new State(network.fullPayment(), new BitSet(network.size()), 0, unknown);
        }
    }

    /**
     * The map of Rogers and Veraart; with both recoveries 1, of Eisenberg and Noe. A node whose surplus is s and to whom d is owed pays
     * in full as long as no payment has
     * fallen by more than s/d of what is owed: until then its row is not gathered, which changes no bit of the answer.
     */
    record PaymentMap(ClearingNetwork network) implements IsotoneMap<State> {
        @Override
        public State apply(State state) {
            double[] next = new double[network.size()];
            BitSet inDefault = (BitSet) state.inDefault().clone();
            double[] safeUntil = state.safeUntil().clone();
            pay(state, next, inDefault, safeUntil, 0, next.length);
            return new State(next, inDefault, state.fallen() + largestFall(state.payments(), next), safeUntil);
        }

        /**
         * The rows from {@code first} to {@code end}, each by itself: ranges may be computed in any order, by anybody, into sets of
         * their own.
         */
        void pay(State state, double[] next, BitSet inDefault, double[] safeUntil, int first, int end) {
            for (int node = first; node < end; node++) {
                double owed = network.owed(node);
                if (state.fallen() <= safeUntil[node]) {
                    next[node] = owed;
                    continue;
                }
                double assets = network.assets(node, state.payments());
                if (state.inDefault().get(node) || assets < owed * (1 - SHORT)) {
                    inDefault.set(node);
                    next[node] = Math.min(owed, network.recovered(node, assets));
                } else {
                    next[node] = owed;
                    safeUntil[node] = state.fallen() + (assets - owed) / network.due(node) - SHORT;
                }
            }
        }

        double largestFall(double[] payments, double[] next) {
            double largest = 0;
            for (int node = 0; node < next.length; node++) {
                if (next[node] < payments[node]) {
                    largest = Math.max(largest, (payments[node] - next[node]) / network.owed(node));
                }
            }
            return largest;
        }

        @Override
        public boolean atMost(State lower, State upper) {
            for (int node = 0; node < lower.payments().length; node++) {
                if (lower.payments()[node] - upper.payments()[node] > SHORT * lower.payments()[node]) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The map, noting who falls in which application. */
    private record Watched(PaymentMap map, List<BitSet> order) implements IsotoneMap<State> {
        @Override
        public State apply(State state) {
            State next = map.apply(state);
            if (next.inDefault().cardinality() > state.inDefault().cardinality()) {
                BitSet newly = (BitSet) next.inDefault().clone();
                newly.andNot(state.inDefault());
                order.add(newly);
            }
            return next;
        }

        @Override
        public boolean atMost(State lower, State upper) {
            return map.atMost(lower, upper);
        }
    }

    /** Clears a network. */
    public static Clearing of(ClearingNetwork network) {
        Watched map = new Watched(new PaymentMap(network), new ArrayList<>());
        FixedPoint<State> reached = FixedPoint.greatest(map, State.top(network), ROUNDS_MAX);
        return new Clearing(
                reached.point().payments(), reached.point().inDefault(), List.copyOf(map.order()), reached.rounds());
    }

    /** What is owed less what is paid, all nodes together. */
    public double totalShortfall(ClearingNetwork network) {
        double shortfall = 0;
        for (int node = 0; node < payments.length; node++) {
            shortfall += network.owed(node) - payments[node];
        }
        return shortfall;
    }

    /**
     * How far below these payments a certified vector p′ lies, every payment by at most this share: p′ is at most its own image,
     * rounding of the sums counted against it. Then p′ is at most the greatest
     * clearing vector, and everybody recovers at least p′. Tried are the shares 0, 10⁻¹², 10⁻¹¹ … 10⁻⁶ of every payment alike, and so
     * much for every round until a node falls, of nothing where it pays in
     * full: who has nothing but what a defaulter pays it needs a little more room than that one. Empty if none of them is.
     */
    public OptionalDouble certifiedBelow(ClearingNetwork network) {
        int[] round = fallsIn();
        int last = order.size();
        for (double share = 0; share <= LOOSEST; share = share == 0 ? SHORT : share * 10) {
            double each = share;
            if (supported(network, lowered(node -> each))) {
                return OptionalDouble.of(share);
            }
            if (supported(network, lowered(node -> each * round[node]))) {
                return OptionalDouble.of(share * last);
            }
        }
        return OptionalDouble.empty();
    }

    /** By node the application of the map, from 1, in which it is found short; 0 where it pays. */
    public int[] fallsIn() {
        int[] round = new int[payments.length];
        for (int i = 0; i < order.size(); i++) {
            int falls = i + 1;
            order.get(i).stream().forEach(node -> round[node] = falls);
        }
        return round;
    }

    private double[] lowered(IntToDoubleFunction share) {
        double[] lower = new double[payments.length];
        for (int node = 0; node < lower.length; node++) {
            lower[node] = payments[node] * (1 - share.applyAsDouble(node));
        }
        return lower;
    }

    /** Whether p′ ≤ Φ(p′), with everybody in default who is short by any amount and every sum taken at its smallest. */
    static boolean supported(ClearingNetwork network, double[] lower) {
        double safe = 1 - network.roundingError();
        for (int node = 0; node < lower.length; node++) {
            double assets = network.assets(node, lower) * safe;
            double owed = network.owed(node);
            double image = assets >= owed ? owed : network.recovered(node, assets) * safe;
            if (lower[node] > image) {
                return false;
            }
        }
        return true;
    }
}
