package io.bulwark.netting.buffer;

import io.bulwark.clearing.money.MoneyRange;
import io.bulwark.clearing.money.Ppm;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Short-volatility crowding of one underlying and one wing: vega on tenor nodes, the net short of all customers against what can be traded on a day of stress, and a charge
 * that rises with it.
 *
 * @param vegaByAccount vega of each account on each node, micro-USD per vol point, long > 0
 * @param netShortVegaMicro by node: what customers are short together, plus what each dealer is short
 * @param crowdingPpm by node: net short over capacity
 * @param haircutPpm by node: share of a vol move that is charged
 * @param addOnMicro by account, micro-USD; dealers included
 */
public record VegaCrowding(
        List<List<Long>> vegaByAccount,
        List<Long> netShortVegaMicro,
        List<Long> crowdingPpm,
        List<Long> haircutPpm,
        List<Long> addOnMicro) {
    /**
     * Governed numbers.
     *
     * @param h0Ppm charge without crowding, 0 … 10⁶
     * @param h1Ppm rise of the charge per unit of crowding, ≥ 0
     * @param rhoStarPpm crowding up to which it does not rise, ≥ 0
     * @param hMaxPpm largest charge, h0 … 10⁶
     */
    public record Rules(int h0Ppm, int h1Ppm, int rhoStarPpm, int hMaxPpm) {
        /** Checks ranges. */
        public Rules {
            MoneyRange.rate("h0Ppm", h0Ppm, 0, Ppm.ONE);
            MoneyRange.rate("h1Ppm", h1Ppm, 0, Integer.MAX_VALUE);
            MoneyRange.rate("rhoStarPpm", rhoStarPpm, 0, Integer.MAX_VALUE);
            MoneyRange.rate("hMaxPpm", hMaxPpm, 0, Ppm.ONE);
        }

        long haircut(long crowding) {
            BigInteger beyond = BigInteger.valueOf(Math.max(0, crowding - rhoStarPpm));
            BigInteger rise = ceilDiv(beyond.multiply(BigInteger.valueOf(h1Ppm)), Ppm.ONE);
            return rise.add(BigInteger.valueOf(h0Ppm))
                    .min(BigInteger.valueOf(hMaxPpm))
                    .longValueExact();
        }
    }

    /**
     * A tenor node.
     *
     * @param tenorDays whole days, ascending from node to node
     * @param capacityMicro vega that can be traded on a day of stress at one vol point, micro-USD per vol point, > 0
     * @param volMovePoints expected shortfall of the two-day move, vol points ≥ 0
     */
    public record Node(int tenorDays, long capacityMicro, int volMovePoints) {
        /** Checks ranges. */
        public Node {
            if (capacityMicro <= 0) {
                throw new IllegalArgumentException("capacityMicro must be > 0; have " + capacityMicro);
            }
            if (volMovePoints < 0) {
                throw new IllegalArgumentException("volMovePoints must be >= 0; have " + volMovePoints);
            }
        }
    }

    /**
     * Vega of one tenor.
     *
     * @param tenorDays whole days, ≥ 0
     * @param vegaMicro micro-USD per vol point, long > 0
     */
    public record Vega(int tenorDays, long vegaMicro) {
        /** Checks ranges. */
        public Vega {
            if (tenorDays < 0) {
                throw new IllegalArgumentException("tenorDays must be >= 0; have " + tenorDays);
            }
            if (vegaMicro <= -MoneyRange.END || vegaMicro >= MoneyRange.END) {
                throw new IllegalArgumentException("vegaMicro must lie below 2^56 in size; have " + vegaMicro);
            }
        }
    }

    /**
     * What an account holds of the underlying.
     *
     * @param dealer whether it is on the published list: its shorts count by themselves, its longs hide no customer's short
     */
    public record Account(boolean dealer, List<Vega> options) {
        /** Copies the list. */
        public Account {
            options = List.copyOf(options);
        }
    }

    /**
     * Computes it.
     *
     * @param nodes at least one, tenors ascending
     */
    public static VegaCrowding of(Rules rules, List<Node> nodes, List<Account> accounts) {
        if (nodes.isEmpty()
                || IntStream.range(1, nodes.size())
                        .anyMatch(j ->
                                nodes.get(j - 1).tenorDays() >= nodes.get(j).tenorDays())) {
            throw new IllegalArgumentException("tenorDays must ascend and not be empty; have "
                    + nodes.stream().map(Node::tenorDays).toList());
        }
        List<Integer> tenors = nodes.stream().map(Node::tenorDays).toList();
        List<long[]> vega = accounts.stream()
                .map(account -> onNodes(tenors, account.options()))
                .toList();
        return onNodes(rules, nodes, accounts.stream().map(Account::dealer).toList(), vega);
    }

    private static VegaCrowding onNodes(Rules rules, List<Node> nodes, List<Boolean> dealer, List<long[]> vega) {
        List<Long> netShort = new ArrayList<>();
        List<Long> crowding = new ArrayList<>();
        List<Long> haircut = new ArrayList<>();
        for (int b = 0; b < nodes.size(); b++) {
            netShort.add(netShort(dealer, vega, b));
            crowding.add(crowding(netShort.get(b), nodes.get(b).capacityMicro()));
            haircut.add(rules.haircut(crowding.get(b)));
        }
        return new VegaCrowding(
                vega.stream()
                        .map(row -> IntStream.range(0, row.length)
                                .mapToObj(b -> row[b])
                                .toList())
                        .toList(),
                netShort,
                crowding,
                haircut,
                vega.stream().map(row -> addOn(nodes, haircut, row)).toList());
    }

    private static long[] onNodes(List<Integer> tenors, List<Vega> options) {
        long[] vega = new long[tenors.size()];
        for (Vega option : options) {
            long[] split = onNodes(tenors, option);
            for (int b = 0; b < vega.length; b++) {
                vega[b] = Math.addExact(vega[b], split[b]);
            }
        }
        return vega;
    }

    /** Vega on the nodes: at or outside the ends on the end node, between two of them the upper one takes the share of the way, rounded toward 0, and the lower one the rest. */
    static long[] onNodes(List<Integer> tenors, Vega option) {
        long[] vega = new long[tenors.size()];
        int upper = 0;
        while (upper < tenors.size() && tenors.get(upper) < option.tenorDays()) {
            upper++;
        }
        if (upper == 0 || upper == tenors.size()) {
            vega[Math.min(upper, tenors.size() - 1)] = option.vegaMicro();
            return vega;
        }
        int from = tenors.get(upper - 1);
        long way = (long) Ppm.ONE * (option.tenorDays() - from) / (tenors.get(upper) - from);
        vega[upper] = share(option.vegaMicro(), way);
        vega[upper - 1] = option.vegaMicro() - vega[upper];
        return vega;
    }

    /** A share of a vega, toward 0. */
    static long share(long vegaMicro, long ppm) {
        return Long.signum(vegaMicro) * Ppm.shareDown(Math.abs(vegaMicro), ppm);
    }

    /** ρ: net short over capacity, ppm, rounded up. */
    static long crowding(long netShortVegaMicro, long capacityMicro) {
        return ceilDiv(BigInteger.valueOf(netShortVegaMicro).multiply(BigInteger.valueOf(Ppm.ONE)), capacityMicro)
                .longValueExact();
    }

    private static long netShort(List<Boolean> dealer, List<long[]> vega, int node) {
        NetShort sum = new NetShort();
        for (int a = 0; a < dealer.size(); a++) {
            sum.add(dealer.get(a), vega.get(a)[node]);
        }
        return sum.vegaMicro();
    }

    /** What a node is short: what all customers are together, and what each dealer is. */
    static final class NetShort {
        private long customers;
        private long dealers;

        /** Adds what an account holds there, micro-USD per vol point, long > 0. */
        void add(boolean dealer, long held) {
            if (dealer) {
                dealers = Math.addExact(dealers, Math.max(0, -held));
            } else {
                customers = Math.addExact(customers, held);
            }
        }

        /** Micro-USD per vol point ≥ 0. */
        long vegaMicro() {
            return Math.addExact(Math.max(0, -customers), dealers);
        }
    }

    private static long addOn(List<Node> nodes, List<Long> haircut, long[] vega) {
        BigInteger sum = BigInteger.ZERO;
        for (int b = 0; b < vega.length; b++) {
            sum = sum.add(BigInteger.valueOf(Math.max(0, -vega[b]))
                    .multiply(BigInteger.valueOf(nodes.get(b).volMovePoints()))
                    .multiply(BigInteger.valueOf(haircut.get(b))));
        }
        return ceilDiv(sum, Ppm.ONE).longValueExact();
    }

    private static BigInteger ceilDiv(BigInteger value, long divisor) {
        BigInteger by = BigInteger.valueOf(divisor);
        return value.add(by).subtract(BigInteger.ONE).divide(by);
    }
}
